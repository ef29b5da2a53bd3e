package newsroom

import (
	"errors"
	"slices"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/ledger"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// ErrUnexplained is in the chain of the error that refuses changed words whose kind of
// change is missing or does not fit them.
var ErrUnexplained = errors.New("the change is not explained")

// changeClasses are the kinds of change that a publication may have, for messages.
const changeClasses = "update, correction, clarification, editor's note or minor"

// prepareChange brings the note of a change into the form in which it is kept.
func prepareChange(c standfirst.Change) standfirst.Change {
	c.Note = standfirst.OneLine(c.Note)
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
		p.add("%q is no kind of change; use %s", c.Class, changeClasses)
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
func settleChange(tx *store.ReadTx, p publishing, content standfirst.Content) (standfirst.Change, error) {
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
	if before.Content, err = inCurrentNames(tx, before.Content); err != nil {
		return change, err
	}
	// Which versions were meant is told by the rows: a prepared text knew an older one.
	if before.Content.Citations, err = tx.Citations(p.story.Current); err != nil {
		return change, err
	}
	if sameText(before.Content, content) {
		return standfirst.Change{}, nil // it comes back as it was
	}
	if err := ledger.CheckWords(tx, content.Citations, before.Content.Citations); err != nil {
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
		return change, standfirst.WrapError(standfirst.Invalid, ErrUnexplained,
			"readers have seen version %d of this story, and no superseded figure explains why %s becomes %s; say what kind of change it is (%s) and what readers are told",
			p.story.PublishedNumber, was, is, changeClasses)
	case !change.Class.ChangesFigures():
		if changed := changedFigures(old, now); changed != "" {
			return change, standfirst.WrapError(standfirst.Invalid, ErrUnexplained,
				"a figure changed (%s), and a change of the kind %s leaves figures alone; say update, correction or editor's note, or supersede the figure",
				changed, change.Class)
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

// changedFigures says which figures one content has and the other has not, and "" if they
// have the same. Only two of one unit are told as one that becomes the other.
func changedFigures(old, now standfirst.Content) string {
	before, after := figures(old), figures(now)
	gone, added := missing(before, after), missing(after, before)
	if len(gone) == 1 && len(added) == 1 && gone[0].unit == added[0].unit {
		return gone[0].words + " becomes " + added[0].words
	}
	var parts []string
	if len(gone) > 0 {
		parts = append(parts, "gone: "+listFigures(gone))
	}
	if len(added) > 0 {
		parts = append(parts, "new: "+listFigures(added))
	}
	return strings.Join(parts, "; ")
}

// missing returns the figures that are in one list more often than in the other.
func missing(from, in []figure) []figure {
	have := make(map[string]int)
	for _, f := range in {
		have[f.value]++
	}
	var out []figure
	for _, f := range from {
		if have[f.value]--; have[f.value] < 0 {
			out = append(out, f)
		}
	}
	return out
}

// listFigures names the first of the figures.
func listFigures(list []figure) string {
	const most = 3
	var words []string
	for _, f := range list[:min(len(list), most)] {
		words = append(words, f.words)
	}
	if len(list) > most {
		words = append(words, "…")
	}
	return strings.Join(words, ", ")
}

// figure is a figure for comparison.
type figure struct{ words, value, unit string }

// figures returns the figures in headline, standfirst and body, ordered by value, so
// that moving a sentence changes nothing.
func figures(c standfirst.Content) []figure {
	var found []figure
	for _, f := range copydesk.ReadStory(c.Headline, c.Standfirst, c.Body, standfirst.Day{}).Figures {
		found = append(found, figure{"“" + f.Text + "”", f.Quantity.String(), string(f.Quantity.Unit) + " " + f.Quantity.Noun})
	}
	slices.SortFunc(found, func(a, b figure) int { return strings.Compare(a.value, b.value) })
	return found
}

// firstDifference returns, for people, the first words in which the contents differ.
func firstDifference(old, now standfirst.Content) (was, is string) {
	for _, pair := range [][2]string{
		{old.Headline, now.Headline}, {old.Standfirst, now.Standfirst},
		{markup.PlainText(old.Body), markup.PlainText(now.Body)}, {old.Dateline, now.Dateline}, {old.Disclosure, now.Disclosure},
		{standfirst.JoinNames(old.Bylines), standfirst.JoinNames(now.Bylines)}, {old.Section, now.Section},
		{strings.Join(old.Topics, ", "), strings.Join(now.Topics, ", ")},
	} {
		if pair[0] != pair[1] {
			return excerptOfDifference(strings.Fields(pair[0]), strings.Fields(pair[1]))
		}
	}
	if old.Body != now.Body {
		return "a link or the layout of the text", "another"
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
