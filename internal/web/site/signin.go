package site

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/store"
	"standfirst/internal/web"
)

// signInPath is the address at which readers ask for a link, and below which the links lead.
const signInPath = "/sign-in"

// signInPage is where a reader signs in.
type signInPage struct {
	Layout  layout
	Heading string
	Failure string
	As      string // who is signed in already; may be empty

	Off  bool   // the address would go over the net in the clear
	Sent bool   // a link is on its way
	Link string // address of the link that was opened; empty where one is asked for

	Email, Name string // as typed
	Next        string // where the reader wants to go then
}

// serveSignIn shows the form with which a reader asks for a link, and takes it, and signs in
// whoever comes by a link.
func (s *Site) serveSignIn(w http.ResponseWriter, r *http.Request) error {
	private(w)
	if s.talk == nil || s.accounts == nil {
		return errNoPage
	}
	p := signInPage{Heading: s.ui.Strings.Text("signin"), Off: !s.canSignIn(r)}
	if token, ok := strings.CutPrefix(r.URL.Path, signInPath+"/"); ok {
		web.HidePath(w, signInPath+"/…") // who reads the log must not sign in
		w.Header().Set("Referrer-Policy", "same-origin")
		return s.signInByLink(w, r, token, p)
	}
	if r.Method != http.MethodPost {
		reader, _ := s.signedIn(w, r)
		p.As, p.Sent, p.Next = reader.Name, r.URL.Query().Get("sent") == "1", s.nextPath(r.URL.Query().Get("next"))
		return s.answerSignIn(w, r, http.StatusOK, p)
	}
	if p.Off {
		return s.answerSignIn(w, r, http.StatusForbidden, p)
	}
	if err := readForm(w, r); err != nil {
		return err
	}
	p.Email, p.Name, p.Next = r.PostForm.Get("email"), r.PostForm.Get("name"), s.nextPath(r.PostForm.Get("next"))
	err := s.sendLink(r, p)
	if err == nil {
		http.Redirect(w, r, signInPath+"?sent=1", http.StatusSeeOther)
		return nil
	}
	status := http.StatusUnprocessableEntity
	switch standfirst.KindOf(err) {
	case standfirst.Invalid:
	case standfirst.TooMany:
		status = http.StatusTooManyRequests
	default:
		return err
	}
	p.Failure = sentence(standfirst.PublicMessage(err))
	return s.answerSignIn(w, r, status, p)
}

// sendLink sends the link that was asked for.
func (s *Site) sendLink(r *http.Request, p signInPage) error {
	name, err := s.talk.CheckName(r.Context(), p.Name)
	if err != nil {
		return err
	}
	base, err := s.shareURL(r)
	if err != nil {
		return err
	}
	return s.accounts.SendReaderLink(r.Context(), account.ReaderRequest{
		Email: p.Email, Name: name, Next: p.Next, BaseURL: base, From: web.ClientOrigin(r),
	})
}

// shareURL returns the scheme and host of the site, or those at which this process listens.
// The host that a request names is never believed.
func (s *Site) shareURL(r *http.Request) (base string, err error) {
	err = s.store.View(r.Context(), func(tx *store.ReadTx) error {
		rd, err := s.read(tx)
		if err == nil {
			base = rd.shareURL
		}
		return err
	})
	return base, err
}

// signInByLink shows a button to whoever opens a link, since mail programs open links by
// themselves, and signs in whoever presses it.
func (s *Site) signInByLink(w http.ResponseWriter, r *http.Request, token string, p signInPage) error {
	link, err := s.accounts.ReaderLink(r.Context(), token)
	if standfirst.KindOf(err) == standfirst.NotFound {
		return s.answerSpentLink(w, r, p)
	}
	if err != nil {
		return err
	}
	if p.Off || r.Method != http.MethodPost {
		p.Heading, p.Link = s.ui.Strings.Text("signin.link", link.Email), r.URL.EscapedPath()
		if p.Off {
			p.Link = ""
		}
		return s.answerSignIn(w, r, http.StatusOK, p)
	}
	in, err := s.accounts.UseReaderLink(r.Context(), token)
	if standfirst.KindOf(err) == standfirst.NotFound {
		return s.answerSpentLink(w, r, p)
	}
	if err != nil {
		return err
	}
	web.SetReaderSession(w, r, in.Token, in.ExpiresAt)
	http.Redirect(w, r, cmp.Or(s.nextPath(in.Next), readerPath), http.StatusSeeOther)
	return nil
}

// answerSpentLink says that a link does not sign in any more, and lets another be asked for.
func (s *Site) answerSpentLink(w http.ResponseWriter, r *http.Request, p signInPage) error {
	reader, _ := s.signedIn(w, r)
	p.As, p.Failure = reader.Name, s.ui.Strings.Text("signin.spent")
	return s.answerSignIn(w, r, http.StatusNotFound, p)
}

// nextPath returns the address if it is that of a page on which a comment is written, and ""
// for any other: nobody is led elsewhere.
func (s *Site) nextPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || len(next) > 500 || u.Scheme != "" || u.Host != "" || s.kinds.resolve(u.Path).kind != &s.kinds.reply {
		return ""
	}
	to, err := parseCommentID(u.Query().Get("to"))
	if err != nil || to == 0 {
		return u.Path
	}
	return u.Path + "?to=" + to.String()
}

func (s *Site) answerSignIn(w http.ResponseWriter, r *http.Request, status int, p signInPage) error {
	err := s.withLayout(r, &p.Layout, p.Heading)
	return s.answerView(w, r, status, &view{template: "signin", data: &p}, err)
}

// withLayout fills in what is around a page that only one reader sees.
func (s *Site) withLayout(r *http.Request, l *layout, title string) error {
	return s.store.View(r.Context(), func(tx *store.ReadTx) error {
		rd, err := s.read(tx)
		if err != nil {
			return err
		}
		if *l, err = rd.layout(address{}); err != nil {
			return err
		}
		l.Unlisted, l.Title = true, documentTitle(title, l.SiteName)
		return nil
	})
}

// canSignIn reports whether a reader can sign in by the connection, see [web.CanSignIn].
func (s *Site) canSignIn(r *http.Request) bool {
	if s.accounts == nil {
		return false
	}
	base, err := s.shareURL(r)
	return err == nil && web.CanSignIn(r, base) == nil
}

// signedIn returns which reader is signed in. A session that lasts longer by that is given to
// the browser anew.
func (s *Site) signedIn(w http.ResponseWriter, r *http.Request) (standfirst.Commenter, bool) {
	token := web.ReaderToken(r)
	if s.accounts == nil || token == "" {
		return standfirst.Commenter{}, false
	}
	in, err := s.accounts.Reader(r.Context(), token)
	if err != nil {
		return standfirst.Commenter{}, false
	}
	if in.Renewed {
		web.SetReaderSession(w, r, in.Token, in.ExpiresAt)
	}
	return in.Reader, true
}

// serveSignOut signs the reader out of this browser.
func (s *Site) serveSignOut(w http.ResponseWriter, r *http.Request) error {
	private(w)
	switch {
	case s.talk == nil || s.accounts == nil:
		return errNoPage
	case r.Method != http.MethodPost:
		http.Redirect(w, r, readerPath, http.StatusSeeOther)
		return nil
	}
	if err := s.accounts.EndReaderSession(r.Context(), web.ReaderToken(r)); err != nil {
		return err
	}
	web.ClearReaderSession(w, r)
	http.Redirect(w, r, signInPath, http.StatusSeeOther)
	return nil
}
