package desk

import (
	"cmp"
	"net/http"
	"strconv"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// historyRoutes adds the addresses of what a story said before.
func (d *Desk) historyRoutes(metrics *web.Metrics) {
	d.route("GET /desk/story/{id}/history", d.member((*member).history), metrics)
	d.route("GET /desk/story/{id}/compare", d.member((*member).compareRevisions), metrics)
	d.route("POST /desk/story/{id}/restore", d.member((*member).restoreRevision), metrics)
}

const (
	// historyLength is how many revisions one page of a history shows.
	historyLength = 30
	// trailLength is how many of the last steps with a story are listed.
	trailLength = 30
)

// historyPage lists what was kept of a story, the newest first.
type historyPage struct {
	Layout    layout
	Path      string
	Headline  string
	Version   int // of the working copy
	Published int // the number that readers see; zero if they see none
	CanEdit   bool
	Revisions []revisionRow
	Older     string // the next page; empty at the end
	First     string // the first page; empty if this is it
	Trail     []trailRow
}

// revisionRow is one revision in the history.
type revisionRow struct {
	ID      standfirst.RevisionID
	Number  int // of a published one; zero for others
	Purpose string
	When    moment
	By      string
	Class   string // why it changed; empty for the first
	Note    string // what readers were told
	Compare string // address of what differs from the text of today
	Before  string // address of what changed from the one before; empty for none
}

// trailRow is one step with the story.
type trailRow struct {
	When             moment
	By, What, Detail string // what was done, in words
}

func comparisonPath(id standfirst.StoryID, from, to standfirst.RevisionID) string {
	path := storyPath(id) + "/compare?from=" + from.String()
	if to != 0 {
		path += "&to=" + to.String()
	}
	return path
}

func (m *member) history() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	before := standfirst.RevisionID(0)
	if text := m.r.URL.Query().Get("before"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n <= 0 {
			return standfirst.Errorf(standfirst.NotFound, "there is no such page of the history")
		}
		before = standfirst.RevisionID(n)
	}
	ctx, actor := m.r.Context(), m.staff.Actor()
	details, err := m.newsroom.Show(ctx, actor, id)
	if err != nil {
		return err
	}
	revisions, err := m.newsroom.History(ctx, actor, id, before, historyLength+1)
	if err != nil {
		return err
	}
	p := &historyPage{
		Layout: m.layout(m.Text("desk.history.title", details.Story.Headline)), Path: storyPath(id), Headline: details.Story.Headline,
		Version: details.WorkingCopy.Version, CanEdit: actor.RequireEdit(details.Story) == nil,
	}
	if details.Story.State.Public() {
		p.Published = details.Story.PublishedNumber
	}
	if before != 0 {
		p.First = p.Path + "/history"
	}
	err = m.store.View(ctx, func(tx *store.ReadTx) error {
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		zone := pub.Location()
		p.Revisions, p.Trail = nil, nil
		for i, r := range revisions {
			if i == historyLength {
				p.Older = p.Path + "/history?before=" + revisions[i-1].ID.String()
				break
			}
			row := revisionRow{
				ID: r.ID, Number: r.Number, Purpose: m.Text("desk.purpose." + string(r.Purpose)), By: newsroom.ActorName(tx, r.CreatedBy),
				Note: r.Change.Note, Compare: comparisonPath(id, r.ID, 0),
			}
			row.When = m.moment(r.CreatedAt, zone)
			if r.Number > 0 {
				row.When = m.moment(r.PublishedAt, zone)
			}
			if r.Change.Class != "" {
				row.Class = m.Text("desk.class.short." + classKey(r.Change.Class))
			}
			if i+1 < len(revisions) {
				row.Before = comparisonPath(id, revisions[i+1].ID, r.ID)
			}
			p.Revisions = append(p.Revisions, row)
		}
		trail, err := tx.Audits("story:"+id.String(), trailLength)
		for _, entry := range trail {
			p.Trail = append(p.Trail, trailRow{When: m.moment(entry.At, zone), By: cmp.Or(entry.Actor.Name, entry.Actor.String()), What: m.deed(entry.Action), Detail: entry.Detail})
		}
		return err
	})
	if err != nil {
		return err
	}
	return m.render(m.w, m.r, http.StatusOK, "history", p)
}

// comparePage shows what differs between two texts of a story.
type comparePage struct {
	Layout   layout
	Path     string
	Headline string
	From, To string
	Changes  *comparedTexts
	Same     bool
	Restore  standfirst.RevisionID // the older one; zero for who may not edit the story
	Version  int
}

// revision reads which revision the address names, and returns the zero revision for none.
func (m *member) revision(tx *store.ReadTx, id standfirst.StoryID, name string) (standfirst.Revision, error) {
	text := m.r.URL.Query().Get(name)
	if text == "" {
		return standfirst.Revision{}, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		return standfirst.Revision{}, standfirst.Errorf(standfirst.NotFound, "there is no version %q", text)
	}
	r, err := tx.Revision(standfirst.RevisionID(n))
	if err == nil && r.StoryID != id {
		err = standfirst.Errorf(standfirst.NotFound, "story %s has no such version", id)
	}
	if err == nil && r.Number > 0 {
		r.Content.Citations, err = tx.Citations(r.ID)
	}
	return r, err
}

func (m *member) compareRevisions() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	details, err := m.newsroom.Show(m.r.Context(), m.staff.Actor(), id)
	if err != nil {
		return err
	}
	p := &comparePage{Path: storyPath(id), Headline: details.Story.Headline, Version: details.WorkingCopy.Version}
	err = m.store.View(m.r.Context(), func(tx *store.ReadTx) error {
		from, err := m.revision(tx, id, "from")
		if err != nil {
			return err
		}
		if from.ID == 0 {
			return standfirst.Errorf(standfirst.NotFound, "the address names no version to compare")
		}
		to, err := m.revision(tx, id, "to")
		if err != nil {
			return err
		}
		now := details.WorkingCopy.Content
		if to.ID != 0 {
			now = to.Content
		}
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		p.From, p.To = m.revisionName(from, pub), m.Text("desk.compare.now")
		if to.ID != 0 {
			p.To = m.revisionName(to, pub)
		}
		known, err := ledger.CitedFigures(tx, append(from.Content.Citations[:len(from.Content.Citations):len(from.Content.Citations)], now.Citations...))
		if err != nil {
			return err
		}
		titles := make(map[standfirst.ClaimID]string)
		for _, f := range known {
			titles[f.Claim.ID] = f.Title
		}
		p.Changes = m.compare(from.Content, now, titles)
		p.Same = len(p.Changes.Figures)+len(p.Changes.Parts) == 0 && unchanged(p.Changes)
		if m.staff.Actor().RequireEdit(details.Story) == nil && details.Story.State != standfirst.Retracted {
			p.Restore = from.ID
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.Layout = m.layout(m.Text("desk.compare.title", p.Headline))
	return m.render(m.w, m.r, http.StatusOK, "compare", p)
}

// unchanged reports whether no block changed.
func unchanged(t *comparedTexts) bool {
	for _, g := range t.Groups {
		for _, b := range g.Blocks {
			if b.Changed {
				return false
			}
		}
	}
	return true
}

// revisionName names a revision for people.
func (m *member) revisionName(r standfirst.Revision, pub standfirst.Publication) string {
	when := m.moment(r.CreatedAt, pub.Location()).Text
	if r.Number > 0 {
		return m.Text("desk.compare.version", r.Number, when)
	}
	return m.Text("desk.purpose."+string(r.Purpose)) + ", " + when
}

// restoreRevision saves what an old revision says over the working copy.
func (m *member) restoreRevision() error {
	id, err := m.storyID()
	if err != nil {
		return err
	}
	if err := m.form(); err != nil {
		return err
	}
	revision, err := strconv.ParseInt(m.r.PostFormValue("revision"), 10, 64)
	version, failure := strconv.Atoi(m.r.PostFormValue("version"))
	if err != nil || failure != nil {
		return standfirst.Errorf(standfirst.Invalid, "the form does not say which version is restored, and over which; open the history again")
	}
	if _, err := m.newsroom.Restore(m.r.Context(), m.staff.Actor(), id, standfirst.RevisionID(revision), version); err != nil {
		return err
	}
	m.toStory(id, "brought-back")
	return nil
}
