package ledger

import (
	"context"
	"fmt"
	"slices"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/store"
)

// Review is what the desk sees of the figures of a text: what the copy desk proposes and
// asks, and what the text cites already.
type Review struct {
	Proposals copydesk.Proposals
	// Claims are those of Proposals, in the same order, held against the ledger.
	Claims []ProposedFigure
	// Cited are the places in which the text cites a figure, in its order.
	Cited []CitedFigure
}

// ProposedFigure is a claim that the copy desk proposes, with what the ledger knows of it.
type ProposedFigure struct {
	copydesk.ClaimProposal
	Title string // what it is a figure of, as "the valuation of Halcyon Compute"
	// Known is the claim that says the same of the same, zero if there is none; Held are
	// its versions that are held, the oldest first, and Agrees says that one of them can
	// hold together with the proposed value.
	Known  standfirst.ClaimID
	Held   []standfirst.ClaimVersion
	Agrees bool
}

// CitedFigure is one place in which a text cites a figure, as the desk knows it.
type CitedFigure struct {
	StoryFigure
	// Start and End are byte offsets of the link in the body, End exclusive.
	Start, End int
	// Unknown says that there is no such claim; of the figure only its words are set.
	Unknown bool
}

// Review reads the text as the copy desk does on the day, and holds it against the ledger
// as the desk knows it.
func (l *Ledger) Review(ctx context.Context, c standfirst.Content, on standfirst.Day) (Review, error) {
	prose := copydesk.ReadStory(c.Headline, c.Standfirst, c.Body, on)
	var r Review
	err := l.store.View(ctx, func(tx *store.ReadTx) error {
		r = Review{}
		knows, err := known(tx, prose)
		if err != nil {
			return err
		}
		r.Proposals = copydesk.Propose(prose, knows)
		for _, p := range r.Proposals.Claims {
			r.Claims = append(r.Claims, proposedFigure(r.Proposals, p, knows))
		}
		r.Cited, err = CitedFigures(tx, c.Citations)
		return err
	})
	if err != nil {
		return r, fmt.Errorf("ledger: review a text: %w", err)
	}
	return r, nil
}

// proposedFigure holds one proposal against what is known.
func proposedFigure(p copydesk.Proposals, c copydesk.ClaimProposal, knows copydesk.Known) ProposedFigure {
	f := ProposedFigure{ClaimProposal: c, Title: proposedTitle(p, c, knows)}
	var subject standfirst.Subject
	if c.Deal >= 0 {
		subject.Deal = p.Deals[c.Deal].Known
	} else {
		subject.Entity = p.Entities[c.Entity].Known
	}
	dimensions := c.Dimensions
	if c.Party >= 0 {
		dimensions.Party = p.Entities[c.Party].Known
		if dimensions.Party == 0 {
			return f
		}
	}
	if subject == (standfirst.Subject{}) {
		return f
	}
	same := make(map[standfirst.ClaimID]bool) // each says the same of the same
	for _, k := range knows.Claims {
		if k.Subject == subject && k.Property == c.Property && k.Dimensions == dimensions {
			f.Known = k.Group()
			same[k.ID] = true
		}
	}
	for _, v := range knows.Versions {
		if same[v.Claim] {
			f.Held = append(f.Held, v)
			f.Agrees = f.Agrees || canBothHold(v.Value, c.Value)
		}
	}
	return f
}

// proposedTitle names what the proposal is a figure of.
func proposedTitle(p copydesk.Proposals, c copydesk.ClaimProposal, knows copydesk.Known) string {
	about := standfirst.Claim{Property: c.Property, Dimensions: c.Dimensions, Subject: standfirst.Subject{Entity: proposedID}}
	n := names{make(map[standfirst.EntityID]string), make(map[standfirst.DealID]string)}
	if c.Party >= 0 {
		about.Dimensions.Party = proposedID + 1
		n.entities[proposedID+1] = standfirst.ShortName(p.Entities[c.Party].Name)
	}
	if c.Deal < 0 {
		n.entities[proposedID] = standfirst.ShortName(p.Entities[c.Entity].Name)
		return n.of(about)
	}
	about.Subject = standfirst.Subject{Deal: proposedID}
	deal := p.Deals[c.Deal]
	n.deals[proposedID] = proposedDealTitle(p, deal)
	for _, k := range knows.Deals {
		if k.ID == deal.Known {
			n.deals[proposedID] = k.Title
		}
	}
	return n.of(about)
}

// proposedID stands in for what has no identifier yet.
const proposedID = 1

// CitedFigures returns the places in which a text cites figures, in its order, as the desk
// knows them. Citations without a version mean the one whose value their words state.
func CitedFigures(tx *store.ReadTx, citations []standfirst.Citation) ([]CitedFigure, error) {
	claims, err := tx.ClaimsByID(claimsOf(citations))
	if err != nil {
		return nil, err
	}
	there := func(c standfirst.Citation) bool {
		return slices.ContainsFunc(claims, func(k standfirst.Claim) bool { return k.ID == c.Claim })
	}
	known := slices.DeleteFunc(slices.Clone(citations), func(c standfirst.Citation) bool { return !there(c) })
	resolved, err := Resolve(tx, known)
	if err != nil {
		return nil, err
	}
	figures, err := StoryFigures(tx, resolved, store.ForDesk)
	if err != nil {
		return nil, err
	}
	var cited []CitedFigure
	at := 0
	for _, c := range citations {
		place := CitedFigure{StoryFigure: StoryFigure{Words: c.Words}, Start: c.Start, End: c.End, Unknown: true}
		place.Claim.ID = c.Claim
		if there(c) {
			meant := resolved[at]
			at++
			i := slices.IndexFunc(figures, func(f StoryFigure) bool { return f.Claim.ID == c.Claim })
			if i >= 0 {
				place.StoryFigure, place.Unknown = figures[i], false
				version := figures[i].Cited
				if version.ID != meant.Version {
					if version, err = tx.Version(meant.Version, store.ForDesk); err != nil {
						return nil, err
					}
				}
				place.StoryFigure = figures[i].At(c.Words, version)
			}
		}
		cited = append(cited, place)
	}
	return cited, nil
}
