package standfirst

import (
	"slices"
	"time"
)

// Evidence says how well a claim version is borne out. Nothing automatic ever raises it.
type Evidence string

const (
	Rumoured           Evidence = "rumoured"
	ReportedAnonymous  Evidence = "reported-anonymous" // "confirmed by sources" is this too
	ReportedNamed      Evidence = "reported-named"
	Documented         Evidence = "documented"
	ConfirmedBySubject Evidence = "confirmed-by-subject" // the subject itself is the speaker
	DeniedBySubject    Evidence = "denied-by-subject"
	Disputed           Evidence = "disputed"
)

// EvidenceKinds returns every kind, the weakest first and then what stands against.
func EvidenceKinds() []Evidence {
	return []Evidence{Rumoured, ReportedAnonymous, ReportedNamed, Documented, ConfirmedBySubject, DeniedBySubject, Disputed}
}

// Valid reports whether e is one of the kinds.
func (e Evidence) Valid() bool {
	for _, k := range EvidenceKinds() {
		if e == k {
			return true
		}
	}
	return false
}

// Confirmed reports whether readers may be told that the figure is confirmed: by a
// document or by the subject itself.
func (e Evidence) Confirmed() bool { return e == Documented || e == ConfirmedBySubject }

// AttributionKind says who a claim comes from.
type AttributionKind string

const (
	OwnObservation AttributionKind = "own-observation"
	FromDocument   AttributionKind = "document"
	NamedSource    AttributionKind = "named"
	Spokesperson   AttributionKind = "spokesperson"
	Anonymous      AttributionKind = "anonymous"
	OtherOutlet    AttributionKind = "other-outlet"
)

// AttributionKinds returns every kind.
func AttributionKinds() []AttributionKind {
	return []AttributionKind{OwnObservation, FromDocument, NamedSource, Spokesperson, Anonymous, OtherOutlet}
}

// Valid reports whether k is one of the kinds.
func (k AttributionKind) Valid() bool { return slices.Contains(AttributionKinds(), k) }

// Proximity is how close a source was to what it told.
type Proximity string

const (
	DirectKnowledge Proximity = "direct-knowledge"
	Involved        Proximity = "involved"
	Briefed         Proximity = "briefed"
	Familiar        Proximity = "familiar"
)

// Proximities returns every one, the closest first.
func Proximities() []Proximity { return []Proximity{DirectKnowledge, Involved, Briefed, Familiar} }

// Valid reports whether p is one of them.
func (p Proximity) Valid() bool { return slices.Contains(Proximities(), p) }

// Attribution is where a claim version comes from. Its structured form is the desk's
// own: readers get Words, as the story printed them, and Day. The identity of an
// anonymous source has no field here or anywhere else.
type Attribution struct {
	Kind         AttributionKind
	Name         string   // who said it, as written, if they are named
	Entity       EntityID // who said it, if known; never for an anonymous source
	Outlet       string   // that first reported it, if another did
	ViaOutlet    string   // through which that report reached us
	DocumentURL  string
	LeastSources int // at least so many; zero if the words do not say
	Proximity    Proximity
	GroundRule   string // such as "not for attribution"; the desk's own words
	Words        string // as the story printed them
	Day          Day
	// Story is the one whose publication lets readers see it, zero for none; ReleasedAt
	// is zero until they do.
	Story      StoryID
	ReleasedAt time.Time
}

// Origin names the one that first said it, for counting how many independent ones
// there are: ten sites that cite one outlet are one.
func (a Attribution) Origin() string {
	switch {
	case a.Outlet != "":
		return "outlet:" + EntityKey(a.Outlet)
	case a.Kind == FromDocument && a.DocumentURL != "":
		return "document:" + a.DocumentURL
	case a.Kind != Anonymous && a.Name != "":
		return "name:" + EntityKey(a.Name)
	default:
		return "own:" + string(a.Kind)
	}
}

// ResponseKind is what a party said when it was asked.
type ResponseKind string

const (
	ResponseConfirmed ResponseKind = "confirmed"
	ResponseDenied    ResponseKind = "denied"
	ResponseDeclined  ResponseKind = "declined to comment"
	ResponseNone      ResponseKind = "did not respond"
)

// ResponseKinds returns every kind, in the order in which they are offered.
func ResponseKinds() []ResponseKind {
	return []ResponseKind{ResponseConfirmed, ResponseDenied, ResponseDeclined, ResponseNone}
}

// Valid reports whether k is one of the kinds.
func (k ResponseKind) Valid() bool { return slices.Contains(ResponseKinds(), k) }

// MaxResponseWords bounds what a party is quoted with, in characters.
const MaxResponseWords = 2000

// Response is what a party to a deal, or the subject of a claim, said about it.
type Response struct {
	ID         ResponseID
	Subject    Subject
	Claim      ClaimID // zero when it is about the subject as a whole
	Party      EntityID
	Kind       ResponseKind
	Words      string
	Day        Day
	RecordedAt time.Time
	RecordedBy string
	Story      StoryID   // that reports it, and whose publication shows it; zero for none
	ReleasedAt time.Time // zero until readers may see it
}
