package standfirst

import (
	"slices"
	"strconv"
	"strings"
)

// ActorKind says what sort of thing acts.
type ActorKind string

const (
	ActorStaff   ActorKind = "staff"
	ActorReader  ActorKind = "reader"
	ActorToken   ActorKind = "token"
	ActorCommand ActorKind = "command" // somebody at the machine's command line
	ActorSystem  ActorKind = "system"  // the newsroom itself: a job, a schedule
)

// Actor is who does something. Every use case takes one and checks there what it
// may do. The zero Actor may do nothing.
type Actor struct {
	Kind ActorKind
	ID   UserID // of a staff member, reader or token's owner; zero otherwise
	Name string
	Role Role

	Scopes Scopes // of a token: what it may do of that which the role permits
}

// Command returns the actor of the command line, who may do what an
// administrator may: whoever can run it can write the database file.
func Command() Actor { return Actor{Kind: ActorCommand, Name: "command", Role: Administrator} }

// System returns the actor of scheduled and automatic work.
func System() Actor { return Actor{Kind: ActorSystem, Name: "system", Role: Administrator} }

// String names the actor for the audit trail, such as "staff:7" or "command".
func (a Actor) String() string {
	if a.ID == 0 {
		return string(a.Kind)
	}
	return string(a.Kind) + ":" + strconv.FormatInt(int64(a.ID), 10)
}

// Is reports whether a row that names an actor, as [Actor.String] does, means this one: the same
// member of the staff is meant by their own name and by any of their tokens.
func (a Actor) Is(named string) bool {
	if a.Kind == "" || named == a.String() {
		return a.Kind != ""
	}
	kind, id, ok := strings.Cut(named, ":")
	ofStaff := func(k ActorKind) bool { return k == ActorStaff || k == ActorToken }
	return ok && a.ID != 0 && ofStaff(a.Kind) && ofStaff(ActorKind(kind)) && id == strconv.FormatInt(int64(a.ID), 10)
}

// Role is what somebody is in the newsroom.
type Role string

const (
	Reader        Role = "reader"
	Contributor   Role = "contributor" // writes, and hands over; reads what others write, and changes nothing of it
	Moderator     Role = "moderator"
	Reporter      Role = "reporter"
	Editor        Role = "editor"
	Administrator Role = "administrator"
)

// Permission is one thing that an actor may be allowed to do.
type Permission string

const (
	ReadDraft        Permission = "read drafts"
	WriteStory       Permission = "write a story"
	EditAnyStory     Permission = "edit any story"
	SubmitStory      Permission = "submit a story for review"
	ReviewStory      Permission = "review a story"
	LiftEmbargo      Permission = "lift an embargo"
	ApproveSource    Permission = "approve an anonymous source"
	PublishStory     Permission = "publish a story"
	ScheduleStory    Permission = "schedule a story"
	UnpublishStory   Permission = "unpublish a story"
	RetractStory     Permission = "retract a story"
	EraseStory       Permission = "erase what was published"
	EditPage         Permission = "edit a standing page"
	AddPicture       Permission = "add a picture"
	EditAnyPicture   Permission = "edit any picture"
	RecordClaim      Permission = "record a figure"
	SupersedeClaim   Permission = "supersede or retract a figure"
	ReleaseClaim     Permission = "release a figure"
	ManageEntities   Permission = "manage companies, people and deals"
	RecordEvent      Permission = "put an event into the calendar"
	ReleaseEvent     Permission = "release an event"
	ManageSections   Permission = "manage sections and topics"
	OrderFront       Permission = "order the front page"
	EditAuthor       Permission = "edit an author's page"
	ManageSettings   Permission = "manage the publication's settings"
	ModerateComments Permission = "moderate comments"
	ReviewEscalated  Permission = "review what moderators escalated"
	ManageStaff      Permission = "manage staff"
	ReadAudit        Permission = "look through the audit log"
)

// permissions is the table that says which role may do what.
var permissions = map[Permission][]Role{
	ReadDraft:        {Contributor, Reporter, Editor, Administrator},
	WriteStory:       {Contributor, Reporter, Editor, Administrator},
	EditAnyStory:     {Editor, Administrator},
	SubmitStory:      {Contributor, Reporter, Editor, Administrator},
	ReviewStory:      {Editor, Administrator},
	LiftEmbargo:      {Editor, Administrator},
	ApproveSource:    {Editor, Administrator},
	PublishStory:     {Editor, Administrator},
	ScheduleStory:    {Editor, Administrator},
	UnpublishStory:   {Editor, Administrator},
	RetractStory:     {Editor, Administrator},
	EraseStory:       {Editor, Administrator},
	EditPage:         {Editor, Administrator},
	AddPicture:       {Contributor, Reporter, Editor, Administrator},
	EditAnyPicture:   {Editor, Administrator},
	RecordClaim:      {Reporter, Editor, Administrator},
	SupersedeClaim:   {Editor, Administrator},
	ReleaseClaim:     {Editor, Administrator},
	ManageEntities:   {Editor, Administrator},
	RecordEvent:      {Reporter, Editor, Administrator},
	ReleaseEvent:     {Editor, Administrator},
	ManageSections:   {Editor, Administrator},
	OrderFront:       {Editor, Administrator},
	EditAuthor:       {Editor, Administrator},
	ManageSettings:   {Administrator},
	ModerateComments: {Moderator, Editor, Administrator},
	ReviewEscalated:  {Editor, Administrator},
	ManageStaff:      {Administrator},
	ReadAudit:        {Administrator},
}

// Can reports whether the role may do what the permission names.
func (r Role) Can(p Permission) bool {
	for _, role := range permissions[p] {
		if role == r {
			return true
		}
	}
	return false
}

// RolesThat returns the roles that may do what the permission names.
func RolesThat(p Permission) []Role { return slices.Clone(permissions[p]) }

// Can reports whether the actor may do what the permission names: the role permits it, and
// a scope of a token as well.
func (a Actor) Can(p Permission) bool {
	return a.Role.Can(p) && (a.Kind != ActorToken || a.Scopes.permit(p))
}

// Require returns nil if the actor may do what the permission names, an
// Unauthenticated error for the zero Actor, and a Forbidden one otherwise.
func (a Actor) Require(p Permission) error {
	switch {
	case a.Can(p):
		return nil
	case a.Kind == "":
		return Errorf(Unauthenticated, "sign in to %s", p)
	case a.Kind == ActorToken && a.Role.Can(p):
		return Errorf(Forbidden, "the token has no scope that lets it %s", p)
	default:
		return Errorf(Forbidden, "%s cannot %s. Ask %s", a.Role.plural(), p, whoCan(p))
	}
}

// RequireEdit returns nil if the actor may change the text of the story, and what goes out with
// it: a page needs its own permission, somebody else's story that of editing any. Else it
// returns an error as [Actor.Require] does.
func (a Actor) RequireEdit(s Story) error {
	switch {
	case s.Kind == KindPage:
		return a.Require(EditPage)
	case a.Is(s.CreatedBy):
		return a.Require(WriteStory)
	default:
		return a.Require(EditAnyStory)
	}
}

// plural names those who have the role, at the beginning of a sentence.
func (r Role) plural() string {
	if r == "" {
		return "Guests"
	}
	name := string(r)
	return strings.ToUpper(name[:1]) + name[1:] + "s"
}

// whoCan says whom to ask for what the permission names: a moderator or an editor for the
// talk, else an editor, else an administrator.
func whoCan(p Permission) string {
	switch {
	case Moderator.Can(p):
		return "a moderator or an editor"
	case Editor.Can(p):
		return "an editor"
	}
	return "an administrator"
}
