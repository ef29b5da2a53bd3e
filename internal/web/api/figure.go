package api

import (
	"net/http"
	"strings"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
)

// proposal is a figure that the copy desk reads in a draft.
type proposal struct {
	Words    string              `json:"words" doc:"As the text has them." example:"up to $6 billion"`
	Start    int                 `json:"start" minimum:"0" doc:"Where they stand in the text, in bytes of UTF-8." example:"58"`
	Title    string              `json:"title" doc:"What it is a figure of." example:"the commitment of Northwind to Halcyon Compute round"`
	Property standfirst.Property `json:"property" example:"commitment"`
	Value    string              `json:"value" doc:"As it would be recorded, in words." example:"up to $6 billion"`
	Evidence standfirst.Evidence `json:"evidence,omitempty" example:"reported-anonymous"`
	Source   string              `json:"source,omitempty" doc:"Who says so, in the words of the text." example:"people familiar with the matter"`
	Known    standfirst.ClaimID  `json:"known,omitempty" doc:"The claim that says the same of the same already." example:"88"`
	Agrees   bool                `json:"agrees" doc:"What is held of that claim can hold together with this value."`
}

// proposals lists the figures that the copy desk reads in a draft.
func (p *program) proposals(in *StoryID) (*Shown[list[proposal]], error) {
	_, d, err := p.draftOf(standfirst.StoryID(in.ID))
	if err != nil {
		return nil, err
	}
	found, err := p.Newsroom.ReviewFigures(p.r.Context(), p.actor, d.Story.ID, d.WorkingCopy.Content)
	if err != nil {
		return nil, err
	}
	out := &Shown[list[proposal]]{list[proposal]{Items: []proposal{}}}
	for _, f := range found.Claims {
		shown := proposal{
			Words: f.Text, Start: f.Start, Title: f.Title, Property: f.Property, Value: f.Property.Words(f.Value), Evidence: f.Evidence, Known: f.Known, Agrees: f.Agrees,
		}
		if f.Attribution != nil {
			shown.Source = f.Attribution.Words
		}
		out.Body.Items = append(out.Body.Items, shown)
	}
	return out, nil
}

// Accepting says which proposed figure is accepted.
type Accepting struct {
	StoryID
	Guard
	Body struct {
		Words    string              `json:"words" minLength:"1" maxLength:"500" doc:"Those of the proposal." example:"up to $6 billion"`
		Start    int                 `json:"start,omitempty" minimum:"0" doc:"Where they stand: of two proposals with the same words the nearer one is meant." example:"58"`
		Value    string              `json:"value,omitempty" maxLength:"200" doc:"If it differs from the proposal: the value as a story would write it."`
		Evidence standfirst.Evidence `json:"evidence,omitempty" enum:"rumoured,reported-anonymous,reported-named,documented,confirmed-by-subject,denied-by-subject,disputed" doc:"If it differs: how well it is borne out."`
		Property standfirst.Property `json:"property,omitempty" maxLength:"60" doc:"If it differs: what sort of figure it is."`
		About    string              `json:"about,omitempty" maxLength:"200" doc:"If it differs: the deal or company that it is about, by name."`
		Party    string              `json:"party,omitempty" maxLength:"200" doc:"If it differs: which party of the deal, by name."`
	}
}

// accepted is a figure that was accepted.
type accepted struct {
	Claim   standfirst.ClaimID `json:"claim" doc:"The number of the claim that the text cites now." example:"88"`
	Words   string             `json:"words" example:"up to $6 billion"`
	Link    string             `json:"link" doc:"What took the place of the words." example:"[up to $6 billion](claim:88)"`
	Version int                `json:"version" doc:"Of the draft, with the citation." example:"4"`
}

// Accepted is the answer with it.
type Accepted struct {
	ETag     string `header:"ETag" doc:"Of the draft's new version, for If-Match."`
	Location string `header:"Location" doc:"Where the claim is read once readers see it."`
	Body     accepted
}

// accept records a proposed figure, and makes the passage cite it.
func (p *program) accept(in *Accepting) (*Accepted, error) {
	id, b := standfirst.StoryID(in.ID), in.Body
	d, err := p.guarded(id, in.Guard)
	if err != nil {
		return nil, err
	}
	a := newsroom.Acceptance{
		Content: d.WorkingCopy.Content, Words: b.Words, Start: b.Start, Evidence: b.Evidence,
		Otherwise: ledger.Otherwise{Property: b.Property, About: b.About, Party: b.Party},
		Save:      &newsroom.Saving{Version: d.WorkingCopy.Version},
	}
	if b.Value != "" {
		q, err := standfirst.ParseChange(b.Value)
		if err != nil {
			return nil, err
		}
		a.Value = &q
	}
	done, err := p.Newsroom.AcceptFigure(p.r.Context(), p.actor, id, a)
	if err != nil {
		return nil, stale(err)
	}
	return &Accepted{
		ETag: versionTag(done.Saved.Version), Location: "/api/v1/claims/" + done.Claim.String(),
		Body: accepted{done.Claim, done.Words, done.Link, done.Saved.Version},
	}, nil
}

// Superseding is a new value of a figure.
type Superseding struct {
	ClaimID
	Body struct {
		Value    string               `json:"value" minLength:"1" maxLength:"200" doc:"The new value as a story would write it (about $110 billion, a fall of 2.4%), or a stage (signed)." example:"about $110 billion"`
		Basis    standfirst.Basis     `json:"basis,omitempty" enum:"pre,post,unspecified" doc:"Of a valuation: without or with the new money."`
		Because  standfirst.Lifecycle `json:"because" enum:"superseded-by-event,superseded-by-better-information,corrected" doc:"Why. A correction says that the newsroom was wrong; the others are updates." example:"corrected"`
		Note     string               `json:"note,omitempty" maxLength:"1500" doc:"What readers are told; without it, one is drafted from the values." example:"We misheard."`
		Evidence standfirst.Evidence  `json:"evidence,omitempty" enum:"rumoured,reported-anonymous,reported-named,documented,confirmed-by-subject,denied-by-subject,disputed" doc:"How well it is borne out; without it, as before."`
		Source   string               `json:"source,omitempty" maxLength:"500" doc:"Where it comes from, in the words that readers see." example:"the company said"`
		Replaces int                  `json:"replaces,omitempty" minimum:"1" doc:"The number of the version that it replaces, where several are held."`
		Hold     bool                 `json:"hold,omitempty" doc:"Keep it from readers until it is released, or a story that cites it is published."`
	}
}

// superseded is what a new value made.
type superseded struct {
	Version int                  `json:"version" doc:"The number of the new version." example:"2"`
	Stories []standfirst.StoryID `json:"stories" nullable:"false" doc:"The stories that cite the figure, and say so from now on."`
	Notice  standfirst.NoticeID  `json:"notice,omitempty" doc:"What readers are told; absent where they are told nothing."`
}

// Superseded is the answer with it.
type Superseded struct {
	Location string `header:"Location" doc:"The figure."`
	Body     superseded
}

// supersede records a new value of a figure.
func (p *program) supersede(in *Superseding) (*Superseded, error) {
	id, b := standfirst.ClaimID(in.ID), in.Body
	if err := p.actor.Require(standfirst.SupersedeClaim); err != nil { // before what is typed is looked at
		return nil, err
	}
	words := strings.Join(strings.Fields(b.Value), " ")
	s := ledger.Supersession{Cause: b.Because, Note: b.Note, Evidence: b.Evidence, Hold: b.Hold}
	if stage := standfirst.DealStage(words); stage.Valid() {
		s.Value.Stage = stage
	} else {
		q, err := standfirst.ParseChange(words)
		if err != nil {
			return nil, err
		}
		s.Value, s.Words = standfirst.Value{Quantity: &q, Basis: b.Basis}, words
	}
	if b.Source != "" {
		s.Source = &standfirst.Attribution{Kind: standfirst.NamedSource, Words: b.Source}
	}
	var err error
	if s.Version, err = p.versionOf(id, b.Replaces); err != nil {
		return nil, err
	}
	done, err := p.Ledger.Supersede(p.r.Context(), p.actor, id, s)
	if err != nil {
		return nil, err
	}
	out := &Superseded{Location: "/api/v1/claims/" + id.String(), Body: superseded{done.Version.Number, done.Stories, done.Notice}}
	if out.Body.Stories == nil {
		out.Body.Stories = []standfirst.StoryID{}
	}
	return out, nil
}

// versionOf returns the version of the claim with the number that readers know, and zero for
// none.
func (p *program) versionOf(id standfirst.ClaimID, version int) (found standfirst.ClaimVersionID, err error) {
	if version == 0 {
		return 0, nil
	}
	err = p.read(func(rd *reading) error {
		versions, err := rd.tx.Versions(id, forReaders)
		for _, v := range versions {
			if v.Number == version {
				found = v.ID
			}
		}
		if err == nil && found == 0 {
			err = standfirst.Errorf(standfirst.NotFound, "claim %s has no version %d that readers see", id, version)
		}
		return err
	})
	return found, err
}

func (a *API) registerFigures() {
	register(a, operation{
		id: "list-proposals", method: http.MethodGet, path: "/api/v1/drafts/{id}/proposals", tag: figuresTag, permission: standfirst.ReadDraft,
		summary:     "List the figures that the copy desk reads in a draft",
		description: "Only what can be read in one way, and without what somebody called no figure. Nothing is recorded before it is accepted.",
		errors:      []int{http.StatusNotFound},
		example: list[proposal]{Items: []proposal{{
			"up to $6 billion", 58, exampleClaimName.Title, standfirst.Commitment, "up to $6 billion", standfirst.ReportedAnonymous, "people familiar with the matter", 0, false,
		}}},
	}, (*program).proposals)
	accepting := new(Accepting).Body
	accepting.Words, accepting.Start = "up to $6 billion", 58
	register(a, operation{
		id: "accept-proposal", method: http.MethodPost, path: "/api/v1/drafts/{id}/claims", tag: figuresTag, permission: standfirst.RecordClaim, status: http.StatusCreated,
		summary: "Accept a proposed figure",
		description: "Records the figure as a claim, and makes the passage of the draft cite it. Readers see nothing of it before the text is published. " +
			"The token needs the scope “file stories” as well, since the draft is saved.",
		errors: []int{http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed}, body: accepting,
		example: accepted{88, "up to $6 billion", "[up to $6 billion](claim:88)", 4},
	}, (*program).accept)
	superseding := new(Superseding).Body
	superseding.Value, superseding.Because, superseding.Note, superseding.Source = "about $110 billion", standfirst.Corrected, "We misheard.", "the company said"
	register(a, operation{
		id: "supersede-claim", method: http.MethodPost, path: "/api/v1/claims/{id}/versions", tag: figuresTag, permission: standfirst.SupersedeClaim, status: http.StatusCreated,
		summary:     "Record a new value of a figure",
		description: "Every story that cites the figure says so from that moment, readers get one notice, and the stories' new wording is prepared for their editor.",
		errors:      []int{http.StatusNotFound, http.StatusConflict}, body: superseding,
		example: superseded{2, []standfirst.StoryID{12}, 7},
	}, (*program).supersede)
}
