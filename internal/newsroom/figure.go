package newsroom

import (
	"context"
	"slices"
	"strings"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/ledger"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// Figures is what the desk sees of the figures of a text of a story.
type Figures struct {
	// Review is without the proposals that somebody called no figure; Claims and
	// Proposals.Claims go together by index.
	ledger.Review
	// NotFigures are the words that somebody called no figure, as they are compared.
	NotFigures []string
	// Planned are the events in the calendar that are known from the story, and NotEvents the
	// words that somebody said announce none. Neither are among Proposals.Events.
	Planned   []standfirst.Event
	NotEvents []string
}

// ReviewFigures returns what the copy desk proposes and asks of the text, and what it cites,
// whether the text is saved or not: offsets are into its parts as they are given, but for
// line ends, which are line feeds.
func (n *Newsroom) ReviewFigures(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, c standfirst.Content) (Figures, error) {
	if err := signedIn(actor); err != nil {
		return Figures{}, err
	}
	if len(c.Body) > standfirst.MaxBodyLength {
		return Figures{}, standfirst.Errorf(standfirst.TooLarge, "the text has %d bytes; %d is the most", len(c.Body), standfirst.MaxBodyLength)
	}
	var f Figures
	var story standfirst.Story
	var pub standfirst.Publication
	err := n.store.View(ctx, func(tx *store.ReadTx) (err error) {
		if story, err = tx.Story(id); err != nil {
			return err
		}
		if pub, err = tx.Publication(); err != nil {
			return err
		}
		if f.NotFigures, err = tx.NotFigures(id); err != nil {
			return err
		}
		return f.storyEvents(tx, id)
	})
	if err != nil {
		return f, named(err, storyOperation("review the figures of", id))
	}
	c.Body = strings.ReplaceAll(strings.ReplaceAll(c.Body, "\r\n", "\n"), "\r", "\n")
	c.Citations = markup.Citations(c.Body)
	if f.Review, err = n.ledger.Review(ctx, c, n.readingDay(story, c, pub)); err != nil {
		return f, named(err, storyOperation("review the figures of", id))
	}
	var claims []ledger.ProposedFigure
	for _, p := range f.Claims {
		if !f.notAFigure(p.ClaimProposal) {
			claims = append(claims, p)
		}
	}
	f.withoutKnownEvents()
	f.Proposals.Unread = slices.DeleteFunc(f.Proposals.Unread, f.notAFigure)
	f.Claims = claims
	f.Proposals.Claims = nil
	for _, p := range claims {
		f.Proposals.Claims = append(f.Proposals.Claims, p.ClaimProposal)
	}
	return f, nil
}

// notAFigure reports whether somebody called the words of the proposal no figure.
func (f Figures) notAFigure(p copydesk.ClaimProposal) bool {
	return slices.Contains(f.NotFigures, notFigureKey(p.Text))
}

// readingDay returns the day that the figures of the text are of: that of its original
// date, or that of the dateline unless it lies ahead, or else today.
func (n *Newsroom) readingDay(story standfirst.Story, c standfirst.Content, pub standfirst.Publication) standfirst.Day {
	if !story.OriginalDate.IsZero() {
		return standfirst.DayOf(story.OriginalDate, pub.Location())
	}
	today := standfirst.DayOf(n.now(), pub.Location())
	if c.Dateline == "" {
		return today
	}
	// The copy desk reads a dateline where it stands in a text.
	r := copydesk.Read("A headline above the dateline\n\n"+standfirst.OneLine(c.Dateline)+" — The text begins here.\n", today)
	if day := r.Dateline.Day; !day.IsZero() && !today.Before(day) {
		return day
	}
	return today
}

// notFigureKey returns the words as they are compared: it does not matter where they
// stand, nor how.
func notFigureKey(words string) string {
	return strings.ToLower(strings.Join(strings.Fields(words), " "))
}

// Acceptance says which proposed figure of a text is accepted, and how.
type Acceptance struct {
	// Content is the text as who accepts sees it, saved or not.
	Content standfirst.Content
	// Words are those of the proposal, and Start is where they stand in the body, in bytes:
	// of two proposals with the same words the nearer one is meant.
	Words string
	Start int
	// What differs from the proposal: nil, or empty, leaves it. Source is who said it.
	Value    *standfirst.Quantity
	Evidence standfirst.Evidence
	Source   *standfirst.Attribution
	// Otherwise is what it is a figure of, where that differs.
	Otherwise ledger.Otherwise
	// Save, when not nil, is what the story is saved with, in the same transaction: its
	// content is Content with the words made a citation.
	Save *Saving
}

// Accepted is a figure that was accepted.
type Accepted struct {
	Claim standfirst.ClaimID
	Words string
	// Start and End are where the words stand in the body that was given, in bytes, and
	// Link is what takes their place.
	Start, End int
	Link       string
	// Saved is the working copy, if it was saved.
	Saved standfirst.WorkingCopy
}

// AcceptFigure records a figure that the copy desk proposes of the text, with the entities
// and the deal that it needs; a claim of the ledger that is about the same is taken instead
// of a new one. Readers see nothing of it before a text that cites it is published. It
// returns a Conflict if the copy desk does not propose the words, and otherwise the errors
// of [Newsroom.SaveAll].
func (n *Newsroom) AcceptFigure(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, a Acceptance) (Accepted, error) {
	if err := actor.Require(standfirst.RecordClaim); err != nil {
		return Accepted{}, err
	}
	if a.Save != nil {
		a.Content = Prepare(a.Content)
	}
	seen, err := n.ReviewFigures(ctx, actor, id, a.Content)
	if err != nil {
		return Accepted{}, err
	}
	a.Content.Body = strings.ReplaceAll(strings.ReplaceAll(a.Content.Body, "\r\n", "\n"), "\r", "\n")
	claim, err := a.chosen(seen.Proposals)
	if err != nil {
		return Accepted{}, err
	}
	done := Accepted{Words: claim.Text, Start: claim.Start, End: claim.End}
	err = n.update(ctx, storyOperation("accept a figure of", id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := actor.RequireEdit(story); err != nil {
			return err
		}
		pub, err := tx.Publication()
		if err != nil {
			return err
		}
		proposals, figure, err := ledger.Reread(&tx.ReadTx, seen.Proposals, claim, a.Otherwise)
		if err != nil {
			return err
		}
		done.Claim, err = n.ledger.AcceptOneIn(tx, actor, proposals, figure, ledger.AcceptOptions{
			Day: n.readingDay(story, a.Content, pub), Unchecked: !actor.Can(standfirst.SupersedeClaim), Story: id,
		})
		if err != nil {
			return err
		}
		body := ledger.Cite(a.Content.Body, []copydesk.ClaimProposal{claim}, []standfirst.ClaimID{done.Claim})
		if body == a.Content.Body {
			return standfirst.Errorf(standfirst.Conflict, "the words “%s” have marks in them that a link cannot hold; take those off first", claim.Text)
		}
		done.Link = body[claim.Start : len(body)-(len(a.Content.Body)-claim.End)]
		if a.Save == nil {
			return nil
		}
		s := *a.Save
		s.Content = a.Content
		s.Content.Body = body
		s.Content = Prepare(s.Content)
		done.Saved, err = n.saveAllIn(tx, actor, id, s)
		return err
	})
	return done, err
}

// chosen returns the proposal that is meant, as it is accepted: of those with the words the
// nearest.
func (a Acceptance) chosen(proposals copydesk.Proposals) (p copydesk.ClaimProposal, err error) {
	nearest := -1
	for _, c := range slices.Concat(proposals.Claims, proposals.Unread) {
		if distance := max(c.Start-a.Start, a.Start-c.Start); notFigureKey(c.Text) == notFigureKey(a.Words) && (nearest < 0 || distance < nearest) {
			p, nearest = c, distance
		}
	}
	switch {
	case nearest < 0:
		return p, standfirst.Errorf(standfirst.Conflict, "the copy desk sees no figure “%s” in this text any more; look at the panel again", standfirst.OneLine(a.Words))
	case p.Property == "" && (a.Otherwise.Property == "" || a.Otherwise.About == ""):
		return p, standfirst.Errorf(standfirst.Invalid, "the copy desk cannot tell what “%s” states; say what it is, and of which company or deal", p.Text)
	}
	if a.Value != nil {
		if p.Value.Quantity == nil || a.Otherwise.Property == "" && !p.Value.Quantity.SameMeasure(*a.Value) {
			return p, standfirst.Errorf(standfirst.Invalid, "“%s” is not a value of what “%s” states", a.Value, p.Text)
		}
		p.Value.Quantity = a.Value
	}
	if a.Evidence != "" {
		if !a.Evidence.Valid() {
			return p, standfirst.Errorf(standfirst.Invalid, "there is no evidence %q", a.Evidence)
		}
		p.Evidence = a.Evidence
	}
	if a.Source != nil {
		p.Attribution = a.Source
	}
	return p, nil
}

// CheckFigure records that an editor has looked at the figure that the copy desk recorded;
// its errors are those of [ledger.Ledger.Check].
func (n *Newsroom) CheckFigure(ctx context.Context, actor standfirst.Actor, claim standfirst.ClaimID) error {
	return n.ledger.Check(ctx, actor, claim)
}

// NotAFigure notes that the words are no figure in the story: the copy desk does not
// propose them again, wherever they stand in it.
func (n *Newsroom) NotAFigure(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, words string) error {
	key := notFigureKey(words)
	if key == "" || len(key) > maxNameLength {
		return standfirst.Errorf(standfirst.Invalid, "the words that are no figure have %d bytes; 1 to %d can be kept", len(key), maxNameLength)
	}
	return n.noteFigure(ctx, actor, id, "story.not-a-figure", words, func(tx *store.Tx) error {
		kept, err := tx.NotFigures(id)
		if err != nil {
			return err
		}
		if len(kept) >= maxNotFigures {
			return standfirst.Errorf(standfirst.Conflict, "%d words of this story are called no figure, which is the most; propose some again first", len(kept))
		}
		return tx.PutNotFigure(id, key, n.now(), actor.String())
	})
}

// maxNotFigures bounds how many words of one story are called no figure.
const maxNotFigures = 500

// ProposeAgain takes back that the words are no figure in the story; no words take back
// all.
func (n *Newsroom) ProposeAgain(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, words string) error {
	return n.noteFigure(ctx, actor, id, "story.propose-again", words, func(tx *store.Tx) error {
		return tx.DropNotFigure(id, notFigureKey(words))
	})
}

// noteFigure changes what is kept of the words, for who may edit the story.
func (n *Newsroom) noteFigure(ctx context.Context, actor standfirst.Actor, id standfirst.StoryID, action, words string, change func(*store.Tx) error) error {
	if err := signedIn(actor); err != nil {
		return err
	}
	return n.update(ctx, storyOperation("note what is no figure in", id), func(tx *store.Tx) error {
		story, err := tx.Story(id)
		if err != nil {
			return err
		}
		if err := actor.RequireEdit(story); err != nil {
			return err
		}
		if err := change(tx); err != nil {
			return err
		}
		return audit(tx, actor, n.now(), action, id, standfirst.OneLine(words))
	})
}
