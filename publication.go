package standfirst

import (
	"net/mail"
	"net/url"
	"strings"
	"time"
)

// Publication is one site: its name, address, time zone and language. One
// database holds one.
type Publication struct {
	Name        string
	Description string // one sentence for search engines and the foot of the page; may be empty
	BaseURL     string // scheme and host without a trailing slash: https://harbourledger.example
	TimeZone    string // IANA name; the day of a story's address is a day there
	Language    string // BCP 47, such as en or en-GB
	// AddressPattern is how a story's address is made. [DefaultAddressPattern] is
	// the one that is built; the column is there so that an import can bring its own.
	AddressPattern string

	MailName    string // whose name mails carry; empty means that of the publication
	MailReplyTo string // where answers to mails go; empty means to where they come from

	Crawlers Crawlers
	// SecurityContact is an e-mail address or an https address that those turn to who found
	// a hole; may be empty.
	SecurityContact string
	// Hub is the address of a hub of WebSub that is told when feeds change; may be empty.
	Hub string
	// IndexNowKey proves to search engines that what they are told of changed addresses is
	// ours, at [Publication.IndexNowPath]; empty while they are told nothing. IndexNowURL is where.
	IndexNowKey string
	IndexNowURL string
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// Crawlers says what programs are told that gather texts for language models.
type Crawlers string

const (
	AllowCrawlers Crawlers = "allow"
	DenyTraining  Crawlers = "deny-training" // those that gather texts to train models are asked to stay away
)

// Valid reports whether c is one of the choices.
func (c Crawlers) Valid() bool { return c == AllowCrawlers || c == DenyTraining }

// SecurityAddress returns the contact as a URI, and "" if there is none.
func (p Publication) SecurityAddress() string {
	if p.SecurityContact == "" || strings.HasPrefix(p.SecurityContact, "https://") {
		return p.SecurityContact
	}
	return "mailto:" + p.SecurityContact
}

// DefaultIndexNowURL takes changed addresses for all search engines that take part.
const DefaultIndexNowURL = "https://api.indexnow.org/indexnow"

// IndexNowPath returns the address at which the key is shown, and "" if there is none.
func (p Publication) IndexNowPath() string {
	if p.IndexNowKey == "" {
		return ""
	}
	return "/" + p.IndexNowKey + ".txt"
}

// DefaultAddressPattern makes addresses such as /2026/03/05/northwind-in-talks.
const DefaultAddressPattern = "/{yyyy}/{mm}/{dd}/{slug}"

// DefaultPublication returns what a newsroom is called and where it stands until
// somebody says otherwise.
func DefaultPublication() Publication {
	return Publication{
		Name: "The Newsroom", Description: "Markets and business news.",
		TimeZone: "UTC", Language: "en", AddressPattern: DefaultAddressPattern, Crawlers: AllowCrawlers,
		IndexNowURL: DefaultIndexNowURL,
	}
}

// Location returns the time zone of the publication. It falls back to UTC when
// the name is unknown to this machine; Validate refuses such a name beforehand.
func (p Publication) Location() *time.Location {
	loc, err := time.LoadLocation(p.TimeZone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// Validate returns an Invalid error that names the first field that cannot stand.
func (p Publication) Validate() error {
	if strings.TrimSpace(p.Name) == "" {
		return Errorf(Invalid, "the publication needs a name")
	}
	if len(p.Name) > 120 {
		return Errorf(Invalid, "the publication's name is %d characters long; 120 is the most", len(p.Name))
	}
	if err := validateHeader("name of the sender", p.MailName, 120); err != nil {
		return err
	}
	if p.MailReplyTo != "" {
		if err := ValidateEmail(p.MailReplyTo); err != nil {
			return err
		}
	}
	if p.TimeZone == "" || p.TimeZone == "Local" {
		return Errorf(Invalid, "the publication needs a time zone such as Europe/London")
	}
	if _, err := time.LoadLocation(p.TimeZone); err != nil {
		return Errorf(Invalid, "the time zone %q is not known; write it as Europe/London", p.TimeZone)
	}
	if p.Language == "" {
		return Errorf(Invalid, "the publication needs a language such as en")
	}
	if p.AddressPattern != DefaultAddressPattern {
		return Errorf(Invalid, "the address pattern %q is not supported; use %s", p.AddressPattern, DefaultAddressPattern)
	}
	if p.BaseURL != "" {
		u, err := url.Parse(p.BaseURL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.User != nil {
			return Errorf(Invalid, "the base address %q must be a scheme and a host without a trailing slash, such as https://news.example", p.BaseURL)
		}
	}
	if !p.Crawlers.Valid() {
		return Errorf(Invalid, "crawlers are told %q or %q, not %q", string(AllowCrawlers), string(DenyTraining), string(p.Crawlers))
	}
	if !isContact(p.SecurityContact) {
		return Errorf(Invalid, "the security contact %q must be an e-mail address, or an address that begins with https://", p.SecurityContact)
	}
	if p.Hub != "" && !isWebAddress(p.Hub) {
		return Errorf(Invalid, "the hub %q must be an address that begins with https://", p.Hub)
	}
	if !isWebAddress(p.IndexNowURL) {
		return Errorf(Invalid, "the address for IndexNow %q must begin with https://; the usual one is %s", p.IndexNowURL, DefaultIndexNowURL)
	}
	if p.IndexNowKey != "" && (len(p.IndexNowKey) < 8 || len(p.IndexNowKey) > 128 || strings.Trim(p.IndexNowKey, "0123456789abcdef") != "") {
		return Errorf(Invalid, "the key for IndexNow has 8 to 128 digits 0-9 and a-f")
	}
	return nil
}

// isWebAddress reports whether the text is an address of the web, without a user, a password
// or a fragment.
func isWebAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && u.Fragment == "" &&
		len(text) <= 500 && !strings.ContainsAny(text, " \r\n\t")
}

// isContact reports whether the text is an e-mail address or one of the web, or empty.
func isContact(text string) bool {
	if text == "" {
		return true
	}
	if strings.HasPrefix(text, "https://") {
		u, err := url.Parse(text)
		return err == nil && u.Host != "" && !strings.ContainsAny(text, " \r\n")
	}
	address, err := mail.ParseAddress(text)
	return err == nil && address.Address == text
}
