package ledger

import (
	"slices"

	"standfirst"
	"standfirst/internal/store"
)

// Standing is how a figure stands today, for the words that a story printed.
type Standing string

// The standings.
const (
	Held      Standing = ""          // it is what the newsroom holds
	Changed   Standing = "changed"   // another value is held now
	Withdrawn Standing = "withdrawn" // the newsroom does not stand behind it any more
	Stale     Standing = "stale"     // it was only reported, and nothing was heard of it since
	Denied    Standing = "denied"    // the subject denies it
	InDispute Standing = "disputed"  // it is contradicted, or another figure is held beside it
	Withheld  Standing = "withheld"  // it was erased
)

// StoryFigure is one claim that a story cites.
type StoryFigure struct {
	Claim    standfirst.Claim
	Title    string // what it is a figure of, as "the valuation of Halcyon Compute"
	Words    string // as the story printed them first
	Cited    standfirst.ClaimVersion
	Held     []standfirst.ClaimVersion // what is held now, in the order of recording
	Standing Standing
	// Now is the value that took its place, in words; only of a changed figure.
	Now       string
	Responses []standfirst.Response

	beside []standfirst.ClaimVersion // held of other claims that say this of the same
}

// IsFigure reports whether the claim counts among the figures of a story; the stage of a
// deal does not.
func (f StoryFigure) IsFigure() bool { return f.Claim.Property != standfirst.Stage }

// StoryFigures returns what a text cites, each claim once and in the order of the text, as
// the audience sees it: readers of a published revision, or the desk of a text that is not
// out. The citations have the versions that they mean. It costs the same few queries for
// any number.
func StoryFigures(tx *store.ReadTx, citations []standfirst.Citation, a store.Audience) ([]StoryFigure, error) {
	if len(citations) == 0 {
		return nil, nil
	}
	ids := claimsOf(citations)
	claims, err := tx.ClaimsByID(ids)
	if err != nil {
		return nil, err
	}
	versions, err := tx.VersionsByClaims(ids, a)
	if err != nil {
		return nil, err
	}
	responses, err := tx.ResponsesBySubjects(subjectsOf(claims), a)
	if err != nil {
		return nil, err
	}
	titles, err := namesOf(tx, claims)
	if err != nil {
		return nil, err
	}
	beside, err := heldBeside(tx, claims, a)
	if err != nil {
		return nil, err
	}
	var figures []StoryFigure
	for _, id := range ids {
		at := slices.IndexFunc(claims, func(c standfirst.Claim) bool { return c.ID == id })
		first := slices.IndexFunc(citations, func(c standfirst.Citation) bool { return c.Claim == id })
		if at < 0 {
			continue
		}
		f := StoryFigure{Claim: claims[at], Words: citations[first].Words}
		var own []standfirst.ClaimVersion
		for _, v := range versions {
			if v.Claim == id {
				own = append(own, v)
			}
			if v.ID == citations[first].Version {
				f.Cited = v
			}
		}
		if f.Cited.ID == 0 {
			continue // not released: nothing is shown of it
		}
		f.Held, f.beside = current(own), beside[id]
		f.Responses = answersTo(f.Claim, responses)
		f.Title = titles.of(f.Claim)
		f.settle()
		figures = append(figures, f)
	}
	return figures, nil
}

// At returns the figure as it stands where other words of the story mean the version.
func (f StoryFigure) At(words string, v standfirst.ClaimVersion) StoryFigure {
	f.Words, f.Cited, f.Standing, f.Now = words, v, Held, ""
	f.settle()
	return f
}

// settle finds how the figure stands.
func (f *StoryFigure) settle() {
	newest := standfirst.ClaimVersion{}
	if n := len(f.Held); n > 0 {
		newest = f.Held[n-1]
	}
	if q := newest.Value.Quantity; f.Cited.Ended.Superseded() && q != nil && states(f.Words, *q) && !turned(f.Cited.Value, newest.Value) {
		f.Cited = newest // the words say already what took the place of what they fitted
	}
	switch ended := f.Cited.Ended; {
	case f.Cited.Erased:
		f.Standing = Withheld
	case ended == standfirst.RetractedClaim:
		f.Standing = Withdrawn
	case ended == standfirst.Expired:
		f.Standing = Stale
	case ended != standfirst.Current && newest.ID != 0:
		f.Standing, f.Now = Changed, f.Claim.Property.Words(newest.Value)
		if q := newest.Value.Quantity; q != nil && !turned(f.Cited.Value, newest.Value) {
			f.Now = inFormOf(*q, f.Words)
		}
	case ended != standfirst.Current:
		f.Standing = Withdrawn // what took its place is not held either
	case f.Cited.Evidence == standfirst.DeniedBySubject:
		f.Standing = Denied
	case f.Cited.Evidence == standfirst.Disputed || len(standfirst.Conflicts(slices.Concat(f.Held, f.beside), nil)) > 0:
		f.Standing = InDispute
	}
}

// answersTo returns those of the responses that are about the claim: to it alone, or by
// its party to all that is said of the subject.
func answersTo(c standfirst.Claim, responses []standfirst.Response) []standfirst.Response {
	var answers []standfirst.Response
	for _, r := range responses {
		if r.Claim == c.ID || r.Claim == 0 && r.Subject == c.Subject && r.Party == c.Dimensions.Party {
			answers = append(answers, r)
		}
	}
	return answers
}

// subjectsOf returns what the claims are about, each once.
func subjectsOf(claims []standfirst.Claim) []standfirst.Subject {
	var subjects []standfirst.Subject
	for _, c := range claims {
		if !slices.Contains(subjects, c.Subject) {
			subjects = append(subjects, c.Subject)
		}
	}
	return subjects
}
