package api

import (
	"cmp"
	"net/http"

	"standfirst"
	"standfirst/internal/feed"
	"standfirst/internal/ledger"
	"standfirst/internal/store"
)

// claim is a figure with everything that readers were told of it.
type claim struct {
	ClaimName
	Subject  string         `json:"subject" doc:"What it is about." example:"Halcyon Compute round"`
	Conflict bool           `json:"conflict" doc:"What is held cannot all hold."`
	Versions []claimVersion `json:"versions" nullable:"false" doc:"What was said of it, the newest first."`
	Answers  []answerGiven  `json:"answers" nullable:"false" doc:"What those it is about said of it."`
}

// ClaimName says which figure it is.
type ClaimName struct {
	ID       standfirst.ClaimID  `json:"id" doc:"The number of the claim." example:"88"`
	Title    string              `json:"title" doc:"What it is a figure of." example:"the commitment of Northwind to Halcyon Compute round"`
	Property standfirst.Property `json:"property" doc:"What sort of figure it is." example:"commitment"`
	URL      string              `json:"url" format:"uri-reference" doc:"Its page." example:"https://harbourledger.example/claim/88"`
}

// claimVersion is what was said of a figure at one time.
type claimVersion struct {
	Number       int                    `json:"number" minimum:"1" example:"1"`
	Value        string                 `json:"value,omitempty" doc:"In words; absent where it was withheld." example:"up to $6 billion"`
	Amount       *feed.Amount           `json:"amount,omitempty" doc:"The same in numbers, with the bounds that the words give."`
	Basis        standfirst.Basis       `json:"basis,omitempty" enum:"pre,post,unspecified" doc:"Of a valuation: without or with the new money."`
	AsOf         *dates                 `json:"as_of,omitempty" doc:"When it held, as far as it was said."`
	Modality     standfirst.Modality    `json:"modality,omitempty" doc:"A fact, or expected." example:"prospective"`
	Evidence     standfirst.Evidence    `json:"evidence,omitempty" doc:"How well it is borne out." example:"reported-anonymous"`
	State        string                 `json:"state" enum:"current,superseded-by-event,superseded-by-better-information,corrected,retracted,expired,withheld" example:"current"`
	Recorded     string                 `json:"recorded" format:"date" example:"2026-03-05"`
	Ended        string                 `json:"ended,omitempty" format:"date"`
	Change       standfirst.ChangeClass `json:"change,omitempty" doc:"What kind of change it was to the one before."`
	Note         string                 `json:"note,omitempty" doc:"What readers were told of the change."`
	Unchecked    bool                   `json:"unchecked,omitempty" doc:"The copy desk recorded it, and no editor has looked at it."`
	Attributions []attribution          `json:"attributions" nullable:"false" doc:"Where it comes from, in the words that a story printed."`
}

// attribution is who said it, in the words that a story printed.
type attribution struct {
	Words string `json:"words" example:"people familiar with the matter"`
	Day   string `json:"day,omitempty" format:"date" example:"2026-03-05"`
}

// dates are the first and the last day of a time.
type dates struct {
	From      string               `json:"from" format:"date" example:"2026-01-01"`
	To        string               `json:"to" format:"date" example:"2026-03-31"`
	Precision standfirst.Precision `json:"precision" example:"quarter"`
}

// answerGiven is what somebody said when they were asked.
type answerGiven struct {
	Kind  standfirst.ResponseKind `json:"kind" enum:"confirmed,denied,declined to comment,did not respond" example:"declined to comment"`
	Party string                  `json:"party,omitempty" example:"Northwind"`
	Words string                  `json:"words,omitempty" doc:"As a story printed them." example:"Northwind declined to comment."`
	Day   string                  `json:"day,omitempty" format:"date" example:"2026-03-05"`
}

// version returns what was said of a figure. Of what was erased nothing is left but its place.
func (rd *reading) version(p standfirst.Property, v standfirst.ClaimVersion) claimVersion {
	out := claimVersion{Number: v.Number, State: "withheld", Recorded: rd.day(v.RecordedAt), Attributions: []attribution{}}
	if v.Erased {
		return out
	}
	out.Value, out.Amount, out.Basis = p.Words(v.Value), feed.NewAmount(v.Value.Quantity), v.Value.Basis
	out.Modality, out.Evidence, out.State, out.Unchecked = v.Modality, v.Evidence, "current", v.Unchecked
	out.Change, out.Note = v.Class, v.Note
	if !v.AsOf.From.IsZero() {
		out.AsOf = &dates{v.AsOf.From.String(), v.AsOf.To.String(), v.AsOf.Precision}
	}
	if v.Ended != standfirst.Current {
		out.State, out.Ended = string(v.Ended), rd.day(v.EndedAt)
	}
	for i, a := range v.Attributions {
		if a.Words != "" && !printed(v.Attributions[:i], a) {
			out.Attributions = append(out.Attributions, attribution{a.Words, a.Day.String()})
		}
	}
	return out
}

// printed reports whether the words are among those before, of the same day.
func printed(before []standfirst.Attribution, a standfirst.Attribution) bool {
	for _, b := range before {
		if b.Words == a.Words && b.Day == a.Day {
			return true
		}
	}
	return false
}

func (rd *reading) claimName(c standfirst.Claim, title string) ClaimName {
	return ClaimName{c.ID, title, c.Property, rd.outside(c.Path())}
}

// answers returns what parties said. Who has no page of their own is not named beyond what the
// story printed.
func (rd *reading) answers(responses []standfirst.Response) ([]answerGiven, error) {
	given := []answerGiven{}
	var ids []standfirst.EntityID
	for _, r := range responses {
		if r.Party != 0 {
			ids = append(ids, r.Party)
		}
	}
	parties, err := rd.tx.EntitiesByID(ids)
	if err != nil {
		return given, err
	}
	for _, r := range responses {
		a := answerGiven{Kind: r.Kind, Words: r.Words, Day: r.Day.String()}
		for _, e := range parties {
			if e.ID == r.Party && e.HasPage() {
				a.Party = standfirst.ShortName(e.Name)
			}
		}
		if r.Kind.Valid() && (a.Party != "" || a.Words != "") {
			given = append(given, a)
		}
	}
	return given, nil
}

// ClaimID is a claim by its number.
type ClaimID struct {
	ID int64 `path:"id" minimum:"1" doc:"The number of the claim." example:"88"`
}

// claim tells one figure with its history.
func (p *program) claim(in *ClaimID) (out *Shown[claim], err error) {
	err = p.read(func(rd *reading) error {
		v, err := ledger.ViewClaim(rd.tx, standfirst.ClaimID(in.ID))
		if err != nil {
			return err
		}
		out = &Shown[claim]{claim{
			ClaimName: rd.claimName(v.Claim, v.Title), Subject: v.Subject, Conflict: v.Conflict, Versions: []claimVersion{},
		}}
		notices, err := rd.tx.NoticesOfClaim(v.Claim.ID)
		if err != nil {
			return err
		}
		for _, version := range v.Versions {
			shown := rd.version(v.Claim.Property, version)
			for _, n := range notices {
				if n.Version == version.ID && !n.Erased && !version.Erased {
					shown.Note = cmp.Or(shown.Note, n.Text)
				}
			}
			out.Body.Versions = append(out.Body.Versions, shown)
		}
		out.Body.Answers, err = rd.answers(v.Answers)
		return err
	})
	return out, err
}

// recording is one version in the list of all.
type recording struct {
	Claim   ClaimName    `json:"claim"`
	Version claimVersion `json:"version"`
}

// claims lists what readers were told of all figures, in the order of release.
func (p *program) claims(in *Paging) (out *Listed[recording], err error) {
	err = p.read(func(rd *reading) error {
		after, err := parseNumbers("claims", in.Cursor, 1)
		if err != nil {
			return err
		}
		found, err := ledger.Released(rd.tx, standfirst.ClaimVersionID(max(after[0], 0)), in.Limit+1)
		if err != nil {
			return err
		}
		out, err = page(p, "claims", in.Limit, found,
			func(r ledger.Recording) []string { return []string{number(r.Version.ID)} },
			func(r ledger.Recording) (recording, error) { return rd.recording(r), nil })
		return err
	})
	return out, err
}

func (rd *reading) recording(r ledger.Recording) recording {
	return recording{rd.claimName(r.Claim, r.Title), rd.version(r.Claim.Property, r.Version)}
}

var exampleVersion = claimVersion{
	Number: 1, Value: "up to $6 billion", Amount: &feed.Amount{Most: 6000000000, Unit: "USD"}, AsOf: &dates{"2026-03-05", "2026-03-05", standfirst.PrecisionDay},
	Modality: standfirst.Prospective, Evidence: standfirst.ReportedAnonymous, State: "current", Recorded: "2026-03-05",
	Attributions: []attribution{{"people familiar with the matter", "2026-03-05"}},
}

var exampleClaimName = ClaimName{88, "the commitment of Northwind to Halcyon Compute round", standfirst.Commitment, "https://harbourledger.example/claim/88"}

func (a *API) registerClaims() {
	register(a, operation{
		id: "list-claims", method: http.MethodGet, path: "/api/v1/claims", tag: readingTag, public: true, summary: "List figures",
		description: "Every version of every figure that was released, in the order of release, so that a program which keeps the last cursor gets what is new. Read again what has ended: that a version ended is told with the version.",
		example:     list[recording]{Items: []recording{{exampleClaimName, exampleVersion}}},
	}, (*program).claims)
	register(a, operation{
		id: "read-claim", method: http.MethodGet, path: "/api/v1/claims/{id}", tag: readingTag, public: true, summary: "Read a figure with its history",
		description: "One figure: what is held, what was said before, and why it changed. Times are days.",
		errors:      []int{http.StatusNotFound},
		example:     claim{exampleClaimName, "Halcyon Compute round", false, []claimVersion{exampleVersion}, []answerGiven{{standfirst.ResponseDeclined, "Northwind", "", "2026-03-05"}}},
	}, (*program).claim)
}

// forReaders is whose eyes the reading operations have.
const forReaders = store.ForReaders
