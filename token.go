package standfirst

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Scope is one sort of thing that a program may do with a token, as far as the role of the
// token's owner allows it.
type Scope string

const (
	ScopeReadDrafts       Scope = "read drafts"
	ScopeFileStories      Scope = "file stories"
	ScopePublish          Scope = "publish"
	ScopeRecordFigures    Scope = "record figures"
	ScopeSupersedeFigures Scope = "supersede figures"
	ScopeModerate         Scope = "moderate"
)

// scopeRow is a row of the table of scopes.
type scopeRow struct {
	scope   Scope
	permits []Permission
}

// scopes is the table that says what each scope permits, in the order in which they are
// shown. The first permission is what the scope is about: whose role lacks it cannot give
// the scope to a token.
var scopes = []scopeRow{
	{ScopeReadDrafts, []Permission{ReadDraft}},
	{ScopeFileStories, []Permission{WriteStory, ReadDraft, SubmitStory, AddPicture}},
	{ScopePublish, []Permission{PublishStory, ReadDraft, ScheduleStory}},
	{ScopeRecordFigures, []Permission{RecordClaim, ReadDraft}},
	{ScopeSupersedeFigures, []Permission{SupersedeClaim, ReadDraft, ReleaseClaim}},
	{ScopeModerate, []Permission{ModerateComments, ReviewEscalated}},
}

// Scopes is a set of scopes. The zero Scopes is empty.
type Scopes uint16

// ScopesOf returns the set of the scopes. It returns an Invalid error for one that there is
// not.
func ScopesOf(list ...Scope) (set Scopes, err error) {
	for _, scope := range list {
		i := slices.IndexFunc(scopes, func(row scopeRow) bool { return row.scope == scope })
		if i < 0 {
			return 0, Errorf(Invalid, "there is no scope %q", scope)
		}
		set |= 1 << i
	}
	return set, nil
}

// ScopesFor returns every scope that somebody with the role may give to a token.
func ScopesFor(r Role) (set Scopes) {
	for i, row := range scopes {
		if r.Can(row.permits[0]) {
			set |= 1 << i
		}
	}
	return set
}

// List returns the scopes in the set, in the order of the table.
func (s Scopes) List() []Scope {
	var list []Scope
	for i, row := range scopes {
		if s&(1<<i) != 0 {
			list = append(list, row.scope)
		}
	}
	return list
}

// permit reports whether one of the scopes permits it.
func (s Scopes) permit(p Permission) bool {
	for i, row := range scopes {
		if s&(1<<i) != 0 && slices.Contains(row.permits, p) {
			return true
		}
	}
	return false
}

// String lists the scopes for people.
func (s Scopes) String() string {
	var names []string
	for _, scope := range s.List() {
		names = append(names, string(scope))
	}
	return strings.Join(names, ", ")
}

// Token is what a program shows to act for a member of the staff.
type Token struct {
	ID        TokenID
	Staff     UserID
	Name      string // as its owner calls it
	Scopes    Scopes
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // to within an hour; zero until it was used
}

// Limits of tokens.
const (
	MaxTokenName     = 60 // bytes
	DefaultTokenDays = 90 // for which one is good
	MaxTokenDays     = 365
)

// Validate returns an Invalid error that names what cannot be stored.
func (t Token) Validate() error {
	switch {
	case strings.TrimSpace(t.Name) == "" || len(t.Name) > MaxTokenName || strings.ContainsFunc(t.Name, unicode.IsControl):
		return Errorf(Invalid, "a token needs a name of at most %d characters, such as the program that uses it", MaxTokenName)
	case t.Scopes == 0:
		return Errorf(Invalid, "say what the token is for: choose at least one thing that it may do")
	case t.ExpiresAt.Sub(t.CreatedAt) < 24*time.Hour || t.ExpiresAt.Sub(t.CreatedAt) > MaxTokenDays*24*time.Hour:
		return Errorf(Invalid, "a token is good for 1 to %d days", MaxTokenDays)
	}
	return nil
}

// Actor returns who acts when a program shows the token of the member: what the role does
// not permit, no scope does.
func (t Token) Actor(owner Staff) Actor {
	return Actor{Kind: ActorToken, ID: owner.ID, Name: owner.Name + " (" + t.Name + ")", Role: owner.Role, Scopes: t.Scopes & ScopesFor(owner.Role)}
}

// ScopesThat returns the scopes that permit what the permission names, each alone.
func ScopesThat(p Permission) []Scope {
	var list []Scope
	for _, row := range scopes {
		if slices.Contains(row.permits, p) {
			list = append(list, row.scope)
		}
	}
	return list
}
