package standfirst

import (
	"strings"
	"time"
	"unicode"
)

// Staff is somebody who works for the newsroom and may sign in.
type Staff struct {
	ID        UserID
	Email     string // in lower case; no two have the same
	Name      string
	Role      Role
	Password  bool // has chosen a password
	CreatedAt time.Time
	RevokedAt time.Time // zero unless access was revoked
}

// Limits of what is stored of a member of the staff, in bytes.
const (
	MaxEmail = 254 // RFC 5321, section 4.5.3.1.3, without the angle brackets
	MaxName  = 100
)

// StaffRoles are the roles that a member of the staff can have, the least first.
var StaffRoles = []Role{Contributor, Moderator, Reporter, Editor, Administrator}

// IsStaff reports whether the role is one of the newsroom's own.
func (r Role) IsStaff() bool {
	for _, role := range StaffRoles {
		if r == role {
			return true
		}
	}
	return false
}

// Actor returns the member of the staff as the one who acts.
func (s Staff) Actor() Actor { return Actor{Kind: ActorStaff, ID: s.ID, Name: s.Name, Role: s.Role} }

// Active reports whether the member may sign in.
func (s Staff) Active() bool { return s.RevokedAt.IsZero() }

// Validate returns an Invalid error that names what cannot be stored.
func (s Staff) Validate() error {
	if err := ValidateEmail(s.Email); err != nil {
		return err
	}
	switch name := strings.TrimSpace(s.Name); {
	case name == "":
		return Errorf(Invalid, "a name is needed")
	case len(s.Name) > MaxName:
		return Errorf(Invalid, "the name has %d bytes, %d at most", len(s.Name), MaxName)
	case strings.ContainsFunc(s.Name, unicode.IsControl):
		return Errorf(Invalid, "the name has a control character in it")
	case !s.Role.IsStaff():
		return Errorf(Invalid, "there is no role %q; there are %s", s.Role, RoleNames(StaffRoles))
	}
	return nil
}

// RoleNames lists roles for a message.
func RoleNames(roles []Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}

// CleanEmail returns the address as it is stored: without blanks around it, in lower
// case. Mailboxes that differ in case alone are those of one person everywhere that
// mail is delivered today.
func CleanEmail(address string) string { return strings.ToLower(strings.TrimSpace(address)) }

// ValidateEmail returns an Invalid error unless the text looks like the address of a
// mailbox as forms of HTML take it. Whether it exists only a mail can tell.
func ValidateEmail(address string) error {
	local, domain, ok := strings.Cut(address, "@")
	switch {
	case address == "":
		return Errorf(Invalid, "an e-mail address is needed")
	case len(address) > MaxEmail:
		return Errorf(Invalid, "the e-mail address has %d bytes, %d at most", len(address), MaxEmail)
	case !ok || !all(local, isLocal) || !isDomain(domain):
		return Errorf(Invalid, "%q is not an e-mail address such as jane@ledger.example", address)
	}
	return nil
}

// isLocal reports whether the byte may stand before the @, by the HTML standard's
// "valid e-mail address".
func isLocal(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || strings.IndexByte(".!#$%&'*+/=?^_`{|}~-", b) >= 0
}

func isDomain(domain string) bool {
	for label := range strings.SplitSeq(domain, ".") {
		inside := all(label, func(b byte) bool {
			return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '-'
		})
		if !inside || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return true
}

// all reports whether the text is not empty and every byte of it is as wanted.
func all(text string, wanted func(byte) bool) bool {
	for i := range len(text) {
		if !wanted(text[i]) {
			return false
		}
	}
	return text != ""
}

// Session is one browser in which a member of the staff is signed in.
type Session struct {
	ID        SessionID
	Staff     UserID
	CreatedAt time.Time
	SeenAt    time.Time // to within a few minutes
	ExpiresAt time.Time
	Address   string // from which it was begun, without the port
	Agent     string // what the browser called itself, shortened
}

// Passkey is a key pair by which a member of the staff signs in without a password: the
// private half is in the authenticator of a device.
type Passkey struct {
	ID         PasskeyID
	Staff      UserID
	Credential string // what the authenticator calls it, in unpadded base64url
	Name       string // as the member calls it
	Data       string // the public half and what is counted, as package account writes it
	CreatedAt  time.Time
	UsedAt     time.Time // zero until it was used
}

// MaxPasskeyName bounds what a passkey is called, in bytes.
const MaxPasskeyName = 60
