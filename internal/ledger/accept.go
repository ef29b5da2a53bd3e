package ledger

import (
	"strings"

	"standfirst"
	"standfirst/internal/copydesk"
	"standfirst/internal/store"
)

// AcceptOptions say how proposals are recorded.
type AcceptOptions struct {
	// Day is that of the text: sources are dated by it, and claims that name no time.
	Day standfirst.Day
	// Unchecked marks what is recorded as read by the copy desk and not yet looked at by
	// an editor.
	Unchecked bool
	// Story is the one whose text it is; zero for none. What it adds to figures that
	// readers see already is shown when it is published.
	Story standfirst.StoryID
}

// AcceptIn records the proposals in a transaction of the caller, and returns the claim of
// each proposed one, in order. An entity, a deal or a
// claim that is known is found again: an entity by its ticker or its name, a deal by its
// kind and target, a claim by what it is about. A current version whose value can hold
// together with the proposed one is cited, and the proposal's source is added to it if
// it is a new one; otherwise a new version stands beside it, in conflict, except that a
// later stage of a deal takes the place of the one before. Nothing becomes visible to
// readers. It returns a Forbidden error for an actor who may not record figures.
func (l *Ledger) AcceptIn(tx *store.Tx, actor standfirst.Actor, p copydesk.Proposals, o AcceptOptions) ([]standfirst.ClaimID, error) {
	if err := actor.Require(standfirst.RecordClaim); err != nil {
		return nil, err
	}
	a := accepting{Ledger: l, tx: tx, actor: actor, proposals: p, options: o}
	return a.all()
}

// AcceptOneIn records one of the proposed claims as [Ledger.AcceptIn] does, with the
// entities and the deal that it needs and nothing else of the proposals.
func (l *Ledger) AcceptOneIn(tx *store.Tx, actor standfirst.Actor, p copydesk.Proposals, claim copydesk.ClaimProposal, o AcceptOptions) (standfirst.ClaimID, error) {
	if err := actor.Require(standfirst.RecordClaim); err != nil {
		return 0, err
	}
	alone := copydesk.Proposals{Entities: p.Entities}
	if claim.Deal >= 0 {
		alone.Deals = []copydesk.DealProposal{p.Deals[claim.Deal]}
		claim.Deal = 0
	}
	alone.Claims = []copydesk.ClaimProposal{claim}
	a := accepting{Ledger: l, tx: tx, actor: actor, proposals: alone, options: o, alone: true}
	claims, err := a.all()
	if err != nil {
		return 0, err
	}
	return claims[0], l.audit(tx, actor, "claim.accept", claims[0], "“"+claim.Text+"”")
}

// all records everything that is proposed.
func (a *accepting) all() ([]standfirst.ClaimID, error) {
	if err := a.entities(); err != nil {
		return nil, err
	}
	if err := a.deals(); err != nil {
		return nil, err
	}
	if err := a.stages(); err != nil {
		return nil, err
	}
	var claims []standfirst.ClaimID
	for _, c := range a.proposals.Claims {
		id, err := a.claim(c)
		if err != nil {
			return nil, err
		}
		claims = append(claims, id)
	}
	for _, r := range a.proposals.Responses {
		if err := a.response(r); err != nil {
			return nil, err
		}
	}
	return claims, nil
}

// accepting is one acceptance on its way.
type accepting struct {
	*Ledger
	tx        *store.Tx
	actor     standfirst.Actor
	proposals copydesk.Proposals
	options   AcceptOptions
	alone     bool // one claim, and only what it needs

	entity []standfirst.EntityID // by index of the proposal; zero for one that nothing needs
	deal   []standfirst.DealID
}

// response records what a party said, once for each draft that reports it until readers
// know.
func (a *accepting) response(r copydesk.ResponseProposal) error {
	if r.Deal < 0 || r.Party < 0 {
		return nil
	}
	subject := standfirst.Subject{Deal: a.deal[r.Deal]}
	known, err := a.tx.Responses(subject, store.ForDesk)
	if err != nil {
		return err
	}
	for _, k := range known {
		if k.Party == a.entity[r.Party] && k.Kind == r.Kind && (k.Story == a.options.Story || !k.ReleasedAt.IsZero()) {
			return nil
		}
	}
	_, err = a.tx.InsertResponse(standfirst.Response{
		Subject: subject, Party: a.entity[r.Party], Kind: r.Kind, Words: r.Text, Day: a.options.Day,
		RecordedAt: a.now(), RecordedBy: a.actor.String(), Story: a.options.Story,
	})
	return err
}

// Cite returns the body with each proposed claim's words made a link to the claim that
// it was recorded as. Words that a link cannot hold are left as they are.
func Cite(body string, proposals []copydesk.ClaimProposal, claims []standfirst.ClaimID) string {
	var b strings.Builder
	at := 0
	for i, p := range proposals {
		if p.Place != copydesk.InBody || i >= len(claims) || claims[i] == 0 || p.Start < at || p.End > len(body) || p.Start >= p.End {
			continue
		}
		words := body[p.Start:p.End]
		if strings.ContainsAny(words, "[]`\\") || strings.Count(words, "*")%2 == 1 || strings.Count(words, "_")%2 == 1 || strings.Contains(words, "\n\n") {
			continue
		}
		b.WriteString(body[at:p.Start])
		b.WriteString("[" + words + "](" + standfirst.ClaimScheme + claims[i].String() + ")")
		at = p.End
	}
	b.WriteString(body[at:])
	return b.String()
}
