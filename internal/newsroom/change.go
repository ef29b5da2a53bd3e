package newsroom

import (
	"slices"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// prepareChange brings the note of a change into the form in which it is kept.
func prepareChange(c standfirst.Change) standfirst.Change {
	c.Note = oneLine(c.Note)
	return c
}

// tell makes the notice of a change that readers are told of.
func tell(tx *store.Tx, story standfirst.Story, change standfirst.Change, at time.Time) error {
	if change.Class == "" || change.Class == standfirst.Minor {
		return nil
	}
	_, err := ledger.AddNotice(tx, standfirst.Notice{
		Class: change.Class, Text: change.Note, At: at, Stories: []standfirst.StoryID{story.ID},
	})
	return err
}

// checkClass returns nil if the change can be told to readers: its class is known and
// one that a publication may have, and a class that needs words for readers has them.
func checkClass(c standfirst.Change) error {
	var p problems
	switch c.Class {
	case "", standfirst.Update, standfirst.Minor:
	case standfirst.Correction, standfirst.Clarification, standfirst.EditorsNote:
		if c.Note == "" {
			p.add("a %s needs a note that tells readers what changed", c.Class)
		}
	case standfirst.Retraction:
		p.add("a retraction takes the story's text away; retract the story instead of publishing it")
	default:
		p.add("%q is no kind of change; use update, correction, clarification, editor's note or minor", c.Class)
	}
	if c.Class == "" && c.Note != "" {
		p.add("the note to readers needs the kind of change: update, correction, clarification or editor's note")
	}
	if c.Class == standfirst.Minor && c.Note != "" {
		p.add("a minor change has no note: readers are not told of it; choose another kind if they should be")
	}
	p.length("the note to readers", c.Note, maxCaptionLength)
	return p.err()
}

// settleChange returns the change with which the content replaces what readers saw
// last. Every changed word is either that of a figure which was superseded, or has the
// class that the editor gave; it returns an Invalid error that says so otherwise.
func settleChange(tx *store.Tx, p publishing, content standfirst.Content) (standfirst.Change, error) {
	change := p.change
	if p.story.PublishedNumber == 0 || p.story.Kind == standfirst.KindPage {
		return standfirst.Change{}, nil
	}
	if err := checkClass(change); err != nil {
		return change, err
	}
	before, err := tx.Revision(p.story.Current)
	if err != nil {
		return change, err
	}
	// Which versions were meant is told by the rows: a prepared text knew an older one.
	if before.Content.Citations, err = tx.Citations(p.story.Current); err != nil {
		return change, err
	}
	if sameText(before.Content, content) {
		return standfirst.Change{}, nil // it comes back as it was
	}
	if err := ledger.CheckWords(&tx.ReadTx, content.Citations, before.Content.Citations); err != nil {
		return change, err
	}
	old, now := unexplained(before.Content, content)
	switch {
	case sameText(old, now):
		return change, nil
	case change.Class == "" && p.scheduled:
		// What was published since it was scheduled is no reason to keep it back.
		change.Class = standfirst.Update
	case change.Class == "":
		was, is := firstDifference(old, now)
		return change, standfirst.Errorf(standfirst.Invalid,
			"readers have seen version %d of this story, and no superseded figure explains why %s becomes %s; say what kind of change it is: update, correction, clarification, editor's note or minor",
			p.story.PublishedNumber, was, is)
	case !change.Class.ChangesFigures():
		if was, is, changed := changedFigure(old, now); changed {
			return change, standfirst.Errorf(standfirst.Invalid,
				"a figure changed (%s becomes %s), which is no %s change; say update or correction, or supersede the figure", was, is, change.Class)
		}
	}
	return change, nil
}

// unexplained returns both contents with one sign in the place of each cited figure
// whose claim has another version now: what still differs, no supersession explains.
func unexplained(old, now standfirst.Content) (standfirst.Content, standfirst.Content) {
	held := make(map[standfirst.ClaimID]standfirst.ClaimVersionID)
	for _, c := range old.Citations {
		held[c.Claim] = c.Version
	}
	superseded := make(map[standfirst.ClaimID]bool)
	for _, c := range now.Citations {
		if version, cited := held[c.Claim]; cited && version != c.Version {
			superseded[c.Claim] = true
		}
	}
	return masked(old, superseded), masked(now, superseded)
}

// masked returns the content with the citations of the claims taken out of its body.
func masked(c standfirst.Content, claims map[standfirst.ClaimID]bool) standfirst.Content {
	var b strings.Builder
	at := 0
	for _, citation := range c.Citations {
		if claims[citation.Claim] {
			b.WriteString(c.Body[at:citation.Start])
			b.WriteString("[…](" + standfirst.ClaimScheme + citation.Claim.String() + ")")
			at = citation.End
		}
	}
	if at > 0 {
		c.Body = b.String() + c.Body[at:]
	}
	return c
}

// changedFigure returns the first figure that one content has and the other has not.
func changedFigure(old, now standfirst.Content) (was, is string, changed bool) {
	before, after := figures(old), figures(now)
	for i := range max(len(before), len(after)) {
		was, is = "nothing", "nothing"
		if i < len(before) {
			was = before[i].words
		}
		if i < len(after) {
			is = after[i].words
		}
		if i >= len(before) || i >= len(after) || before[i].value != after[i].value {
			return was, is, true
		}
	}
	return "", "", false
}

// figure is a figure for comparison.
type figure struct{ words, value string }

// figures returns the figures in headline, standfirst and body, ordered by value, so
// that moving a sentence changes nothing.
func figures(c standfirst.Content) []figure {
	var found []figure
	for _, f := range copydesk.ReadStory(c.Headline, c.Standfirst, c.Body, standfirst.Day{}).Figures {
		found = append(found, figure{"“" + f.Text + "”", f.Quantity.String()})
	}
	slices.SortFunc(found, func(a, b figure) int { return strings.Compare(a.value, b.value) })
	return found
}

// firstDifference returns, for people, the first words in which the contents differ.
func firstDifference(old, now standfirst.Content) (was, is string) {
	for _, pair := range [][2]string{
		{old.Headline, now.Headline}, {old.Standfirst, now.Standfirst}, {old.Body, now.Body}, {old.Dateline, now.Dateline},
		{standfirst.JoinNames(old.Bylines), standfirst.JoinNames(now.Bylines)}, {old.Section, now.Section},
		{strings.Join(old.Topics, ", "), strings.Join(now.Topics, ", ")},
	} {
		if pair[0] != pair[1] {
			return excerptOfDifference(strings.Fields(pair[0]), strings.Fields(pair[1]))
		}
	}
	return "the picture or a role", "another"
}

// excerptOfDifference returns some words of each from where they begin to differ.
func excerptOfDifference(old, now []string) (was, is string) {
	at := 0
	for at < len(old) && at < len(now) && old[at] == now[at] {
		at++
	}
	return excerptFrom(old, at), excerptFrom(now, at)
}

func excerptFrom(words []string, at int) string {
	const most = 6
	if at >= len(words) {
		return "nothing"
	}
	end := min(at+most, len(words))
	text := strings.Join(words[at:end], " ")
	if end < len(words) {
		text += " …"
	}
	return "“" + text + "”"
}
