package desk

import (
	"cmp"
	"errors"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// visitor is one request of somebody who need not be signed in.
type visitor struct {
	*Desk
	w http.ResponseWriter
	r *http.Request
}

// open returns a handler for everybody.
func (d *Desk) open(answer func(*visitor) error) web.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error { return answer(&visitor{d, w, r}) }
}

// layout is what every page of the desk has around its own content.
type layout struct {
	Language string // BCP 47
	SiteName string
	Title    string // of the page
	Name     string // of who is signed in; empty for nobody
	Role     string
	Unsigned string // why the public record is not signed; empty if it is
	At       string // the path of this page
	Failing  string // the host of a webhook that is paused since it could not be told; empty for none

	Manages   bool   // there is a link to the people
	Arranges  bool   // there is a link to the settings
	Orders    bool   // there is a link to the front page
	Authors   bool   // there is a link to the authors
	Pages     bool   // there is a link to the standing pages
	Writes    bool   // there is a link to the stories
	Records   bool   // there is a link to the ledger
	InReview  string // how many stories wait in review, such as "20+"; empty for none
	Moderates bool   // there is a link to the comments
	Waiting   string // how many wait there, such as "20+"; empty for none
}

func (v *visitor) layout(title string) layout {
	l := layout{Language: "en", SiteName: "Standfirst", Title: title, At: v.r.URL.Path}
	if pub, err := v.publication(); err == nil { // a page that tells of a failure needs no name
		l.Language, l.SiteName = pub.Language, pub.Name
	}
	return l
}

// maxTitle is the most, in characters, that tabs show of a title.
const maxTitle = 70

// DocumentTitle returns the title of the page with the name of the publication, shortened
// where both are too long.
func (l layout) DocumentTitle() string {
	site := " – " + l.SiteName
	title, room := []rune(l.Title), maxTitle-len([]rune(site))
	if len(title) > room && room > 1 {
		return strings.TrimRight(string(title[:room-1]), " ,;:–—-") + "…" + site
	}
	return l.Title + site
}

// In reports whether the page is the one at the path, or below it.
func (l layout) In(path string) bool { return l.At == path || strings.HasPrefix(l.At, path+"/") }

// AtLedger reports whether the page is one of the ledger's.
func (l layout) AtLedger() bool {
	return slices.ContainsFunc([]string{"ledger", "companies", "entity", "deals", "deal", "figure", "calendar", "event"}, func(page string) bool {
		return l.In(Prefix + "/" + page)
	})
}

// Text returns the words under the key.
func (v *visitor) Text(key string, args ...any) string { return v.ui.Strings.Text(key, args...) }

func (v *visitor) publication() (pub standfirst.Publication, err error) {
	err = v.store.View(v.r.Context(), func(tx *store.ReadTx) error {
		pub, err = tx.Publication()
		return err
	})
	return pub, err
}

// canSignIn returns an error if a password must not be sent by this request.
func (v *visitor) canSignIn() error {
	pub, err := v.publication()
	if err != nil {
		return err
	}
	return web.CanSignIn(v.r, cmp.Or(v.baseURL, pub.BaseURL))
}

// signInPage asks for address and password.
type signInPage struct {
	Layout  layout
	Email   string // typed before
	Next    string // where to go then; empty for the desk itself
	Failure string // why it was refused

	Provider providerLink
}

func (v *visitor) signInForm() error {
	if err := v.canSignIn(); err != nil {
		return err
	}
	next := local(v.r.URL.Query().Get("next"))
	if _, _, err := v.accounts.Session(v.r.Context(), web.SessionToken(v.r)); err == nil {
		http.Redirect(v.w, v.r, cmp.Or(next, Prefix), http.StatusSeeOther)
		return nil
	}
	return v.signInPage(http.StatusOK, &signInPage{Next: next})
}

func (v *visitor) signInPage(status int, p *signInPage) error {
	p.Layout, p.Provider = v.layout(v.ui.Strings.Text("desk.signin")), v.providerLink(p.Next)
	return v.render(v.w, v.r, status, "signin", p)
}

func (v *visitor) signIn() error {
	if err := v.canSignIn(); err != nil {
		return err
	}
	if err := v.form(); err != nil {
		return err
	}
	p := &signInPage{Email: v.r.PostFormValue("email"), Next: local(v.r.PostFormValue("next"))}
	in, err := v.accounts.SignIn(v.r.Context(), p.Email, v.r.PostFormValue("password"), web.ClientOrigin(v.r))
	if status, told := v.refusal(err); told != "" {
		p.Failure = told
		return v.signInPage(status, p)
	}
	if err != nil {
		return err
	}
	return v.proceed(in, p.Next)
}

// begin gives the browser its session, ends the one that it had, and sends it on.
func (v *visitor) begin(in account.SignedIn, next string) {
	if s, old, err := v.accounts.Session(v.r.Context(), web.SessionToken(v.r)); err == nil {
		if err := v.accounts.EndSession(v.r.Context(), s.Actor(), old.ID); err != nil {
			v.log.WarnContext(v.r.Context(), "the session of before goes on", slog.Any("error", err))
		}
	}
	web.SetSession(v.w, v.r, in.Token, in.ExpiresAt)
	http.Redirect(v.w, v.r, next, http.StatusSeeOther)
}

// linkPage is where a one-time link leads. It signs nobody in by itself: programs that
// look at links in mails would use it up.
type linkPage struct {
	Layout  layout
	Path    string
	Email   string
	Name    string
	Choose  bool // a password must be chosen
	Failure string
}

func (v *visitor) linkForm() error {
	if err := v.canSignIn(); err != nil {
		return err
	}
	return v.linkPage("")
}

func (v *visitor) linkPage(failure string) error {
	s, err := v.accounts.LinkFor(v.r.Context(), v.r.PathValue("token"))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if failure != "" {
		status = http.StatusUnprocessableEntity
	}
	return v.render(v.w, v.r, status, "link", &linkPage{
		Layout: v.layout(v.ui.Strings.Text("desk.link")), Path: v.r.URL.Path, Email: s.Email, Name: s.Name, Choose: !s.Password, Failure: failure,
	})
}

func (v *visitor) useLink() error {
	if err := v.canSignIn(); err != nil {
		return err
	}
	if err := v.form(); err != nil {
		return err
	}
	in, err := v.accounts.UseLink(v.r.Context(), v.r.PathValue("token"), v.r.PostFormValue("password"), web.ClientOrigin(v.r))
	switch {
	case err == nil:
		return v.proceed(in, "")
	case standfirst.KindOf(err) == standfirst.Invalid:
		return v.linkPage(message(err))
	}
	return err
}

// formMemory is how many bytes of a sent file stay in memory.
const formMemory = 1 << 20

// form reads the form that was sent.
func (v *visitor) form() error {
	err := v.r.ParseForm()
	if kind, _, _ := mime.ParseMediaType(v.r.Header.Get("Content-Type")); err == nil && kind == "multipart/form-data" {
		err = v.r.ParseMultipartForm(formMemory)
	}
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return err
		}
		return standfirst.WrapError(standfirst.Invalid, err, "the form could not be read")
	}
	return nil
}

// refusal returns the status and the words for an error that the form itself tells, and ""
// for any other.
func (v *visitor) refusal(err error) (status int, told string) {
	if err == nil {
		return 0, ""
	}
	switch standfirst.KindOf(err) {
	case standfirst.Unauthenticated, standfirst.Invalid:
		return http.StatusUnprocessableEntity, message(err)
	case standfirst.Forbidden:
		return http.StatusForbidden, message(err)
	case standfirst.Conflict:
		return http.StatusConflict, message(err)
	case standfirst.TooMany:
		v.w.Header().Set("Retry-After", strconv.Itoa(int(account.AttemptWindow.Seconds())))
		return http.StatusTooManyRequests, message(err)
	}
	return 0, ""
}

// message returns the words of an error that may be shown, as a sentence.
func message(err error) string {
	told := standfirst.PublicMessage(err)
	if told == "" {
		return ""
	}
	return asSentence(told)
}

// asSentence makes a sentence of what an error says.
func asSentence(told string) string {
	told = strings.ToUpper(told[:1]) + told[1:]
	if strings.ContainsAny(told[len(told)-1:], ".!?") {
		return told
	}
	return told + "."
}

// local returns the address if it is a page of the desk, and "" otherwise: nobody is sent
// to another site after signing in.
func local(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !Serves(u.Path) || path.Clean(u.Path) != u.Path || strings.Contains(address, "\\") {
		return ""
	}
	return address
}
