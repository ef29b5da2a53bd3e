package desk

import (
	"cmp"
	"strings"

	"standfirst"
	"standfirst/internal/newsroom"
)

// startStep is one step of a new newsroom on the way to its first published story.
type startStep struct {
	Title, Text string
	Path, Do    string // where it is taken, and what the link says; empty for not by the member, or not yet
	Done        bool
	Next        bool // it is the one to take now
}

// startSteps returns the steps to the first published story, and none to who publishes
// nothing, or once there was one.
func (m *member) startSteps() ([]startStep, error) {
	if !m.staff.Role.Can(standfirst.PublishStory) {
		return nil, nil
	}
	s, err := m.newsroom.Start(m.r.Context(), m.staff.Actor())
	if err != nil || s.Over {
		return nil, err
	}
	steps := []startStep{m.nameStep(s), m.sectionStep(s), m.draftStep(s), m.publishStep(s)}
	for i := range steps {
		if !steps[i].Done && steps[i].Path != "" {
			steps[i].Next = true
			break
		}
	}
	return steps, nil
}

func (m *member) nameStep(s newsroom.Start) startStep {
	step := startStep{
		Title: m.Text("desk.start.name"), Text: m.Text("desk.start.name.now", s.Publication.Name, s.Publication.TimeZone), Done: s.Named,
	}
	switch {
	case !m.staff.Role.Can(standfirst.ManageSettings):
		if !s.Named {
			step.Text += " " + m.Text("desk.start.name.other")
		}
	case s.Named:
		step.Path, step.Do = Prefix+"/settings", m.Text("desk.start.name.change")
	default:
		step.Path, step.Do = Prefix+"/settings", m.Text("desk.start.name.do")
	}
	return step
}

func (m *member) sectionStep(s newsroom.Start) startStep {
	step := startStep{
		Title: m.Text("desk.settings.sections"), Text: m.Text("desk.start.sections.none"),
		Path: Prefix + "/settings#sections", Do: m.Text("desk.start.sections.do"), Done: len(s.Sections) > 0,
	}
	if step.Done {
		names := make([]string, len(s.Sections))
		for i, section := range s.Sections {
			names[i] = section.Name
		}
		step.Text, step.Do = strings.Join(names, ", "), m.Text("desk.start.sections.change")
	}
	return step
}

func (m *member) draftStep(s newsroom.Start) startStep {
	if s.Draft.ID == 0 {
		return startStep{
			Title: m.Text("desk.start.story"), Text: m.Text("desk.start.story.text"), Path: storyPrefix + "/new", Do: m.Text("desk.start.story.do"),
		}
	}
	return startStep{
		Title: m.Text("desk.start.story"), Text: cmp.Or(s.Draft.Headline, m.Text("desk.story.untitled")),
		Path: storyPath(s.Draft.ID), Do: m.Text("desk.start.story.open"), Done: true,
	}
}

func (m *member) publishStep(s newsroom.Start) startStep {
	step := startStep{Title: m.Text("desk.start.publish"), Text: m.Text("desk.start.publish.text")}
	if s.Draft.ID == 0 {
		return step
	}
	step.Path, step.Do = storyPath(s.Draft.ID)+"/publish", m.Text("desk.start.publish.do")
	if s.Draft.State == standfirst.Scheduled {
		step.Text, step.Do = m.Text("desk.start.publish.scheduled"), m.Text("desk.start.publish.due")
	}
	return step
}
