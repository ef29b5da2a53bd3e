package desk

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/web"
)

// factorRoutes adds the pages on which more than a password is set up and shown.
func (d *Desk) factorRoutes(metrics *web.Metrics) {
	for pattern, answer := range map[string]func(*visitor) error{
		"POST /desk/sign-in/code":         (*visitor).signInCode,
		"POST /desk/sign-in/passkey":      (*visitor).beginPasskeySignIn,
		"POST /desk/sign-in/passkey/done": (*visitor).finishPasskeySignIn,
	} {
		d.route(pattern, d.open(answer), metrics)
	}
	for pattern, answer := range map[string]func(*member) error{
		"GET /desk/account/codes":                 (*member).codesForm,
		"POST /desk/account/codes":                (*member).setUpCodes,
		"POST /desk/account/codes/confirm":        (*member).confirmCodes,
		"POST /desk/account/codes/drop":           (*member).dropCodes,
		"POST /desk/account/recovery":             (*member).renewRecovery,
		"POST /desk/account/passkeys":             (*member).beginPasskey,
		"POST /desk/account/passkeys/done":        (*member).finishPasskey,
		"POST /desk/account/passkeys/{id}/remove": (*member).removePasskey,
	} {
		d.route(pattern, d.member(answer), metrics)
	}
}

// codePage asks who signs in for a code.
type codePage struct {
	Layout  layout
	Step    string // the token of the sign-in that waits
	Next    string
	Failure string
}

// proceed goes on after a password or a link: with a session, or with the page that asks for
// a code.
func (v *visitor) proceed(in account.SignedIn, next string) error {
	if in.Step == nil {
		v.begin(in, cmp.Or(next, Prefix))
		return nil
	}
	return v.codePage(http.StatusOK, &codePage{Step: in.Step.Token, Next: next})
}

func (v *visitor) codePage(status int, p *codePage) error {
	p.Layout = v.layout(v.Text("desk.code"))
	return v.render(v.w, v.r, status, "code", p)
}

func (v *visitor) signInCode() error {
	if err := v.canSignIn(); err != nil {
		return err
	}
	if err := v.form(); err != nil {
		return err
	}
	p := &codePage{Step: v.r.PostFormValue("step"), Next: local(v.r.PostFormValue("next"))}
	in, err := v.accounts.SignInCode(v.r.Context(), p.Step, v.r.PostFormValue("code"), web.ClientOrigin(v.r))
	if standfirst.KindOf(err) == standfirst.NotFound { // it took too long
		return v.signInPage(http.StatusUnprocessableEntity, &signInPage{Next: p.Next, Failure: message(err)})
	}
	if status, told := v.refusal(err); told != "" {
		p.Failure = told
		return v.codePage(status, p)
	}
	if err != nil {
		return err
	}
	v.begin(in, cmp.Or(p.Next, Prefix))
	return nil
}

// origin returns the address of the site as the browser sees it, to which passkeys are bound.
func (v *visitor) origin() (string, error) {
	pub, err := v.publication()
	if err != nil {
		return "", err
	}
	return web.Origin(v.r, cmp.Or(v.baseURL, pub.BaseURL)), nil
}

// ceremonyPage lets a script ask the authenticator, and sends what it answers.
type ceremonyPage struct {
	Layout  layout
	Text    string // what is happening
	Action  string // where the answer goes
	Options string // JSON for the script
	Making  bool   // a passkey is made; else one is used
	Step    string
	Name    string // of the passkey that is made
	Next    string
	Back    string
}

func (v *visitor) beginPasskeySignIn() error {
	if err := v.canSignIn(); err != nil {
		return err
	}
	if err := v.form(); err != nil {
		return err
	}
	next := local(v.r.PostFormValue("next"))
	origin, err := v.origin()
	if err != nil {
		return err
	}
	c, err := v.accounts.BeginPasskeySignIn(v.r.Context(), origin, web.ClientOrigin(v.r))
	if status, told := v.refusal(err); told != "" {
		return v.signInPage(status, &signInPage{Next: next, Failure: told})
	}
	if err != nil {
		return err
	}
	return v.render(v.w, v.r, http.StatusOK, "passkey", &ceremonyPage{
		Layout: v.layout(v.Text("desk.passkey.signin")), Text: v.Text("desk.passkey.signin.text"), Action: Prefix + "/sign-in/passkey/done",
		Options: string(c.Options), Step: c.Token, Next: next, Back: Prefix + "/sign-in",
	})
}

func (v *visitor) finishPasskeySignIn() error {
	if err := v.canSignIn(); err != nil {
		return err
	}
	if err := v.form(); err != nil {
		return err
	}
	next := local(v.r.PostFormValue("next"))
	origin, err := v.origin()
	if err != nil {
		return err
	}
	in, err := v.accounts.FinishPasskeySignIn(v.r.Context(), v.r.PostFormValue("step"), []byte(v.r.PostFormValue("answer")), origin, web.ClientOrigin(v.r))
	switch standfirst.KindOf(err) {
	case standfirst.NotFound, standfirst.Invalid:
		return v.signInPage(http.StatusUnprocessableEntity, &signInPage{Next: next, Failure: message(err)})
	}
	if err != nil {
		return err
	}
	v.begin(in, cmp.Or(next, Prefix))
	return nil
}

// codesPage shows what an authenticator is told, and takes its first code.
type codesPage struct {
	Layout  layout
	Secret  string // in groups of four
	Size    int    // of the picture, in modules
	Picture string // the path of its dark modules
	Failure string
}

func (m *member) codesForm() error { return m.codesPage(http.StatusOK, "") }

func (m *member) codesPage(status int, failure string) error {
	setup, err := m.accounts.CodesToConfirm(m.r.Context(), m.staff)
	if standfirst.KindOf(err) == standfirst.NotFound {
		http.Redirect(m.w, m.r, Prefix+"/account", http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return err
	}
	p := &codesPage{Layout: m.layout(m.Text("desk.codes.set")), Failure: failure}
	for i := 0; i < len(setup.Secret); i += 4 {
		p.Secret += " " + setup.Secret[i:min(i+4, len(setup.Secret))]
	}
	p.Secret = strings.TrimSpace(p.Secret)
	if p.Picture, p.Size, err = drawCode(setup.URI); err != nil {
		return err
	}
	return m.render(m.w, m.r, status, "codes", p)
}

// quiet is how many modules stay white around a picture, as ISO/IEC 18004 asks.
const quiet = 4

// drawCode returns the dark modules of a QR code as the path of an SVG, and the size of the
// picture.
func drawCode(text string) (path string, size int, err error) {
	picture, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", 0, err
	}
	var b strings.Builder
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			if r, _, _, _ := picture.At(x, y).RGBA(); r == 0 {
				b.WriteString("M" + strconv.Itoa(x+quiet) + " " + strconv.Itoa(y+quiet) + "h1v1h-1z")
			}
		}
	}
	return b.String(), bounds.Dx() + 2*quiet, nil
}

func (m *member) setUpCodes() error {
	if err := m.form(); err != nil {
		return err
	}
	_, err := m.accounts.SetUpCodes(m.r.Context(), m.staff, m.session, m.r.PostFormValue("password"))
	if handled, err := m.accountRefusal(err); handled {
		return err
	}
	http.Redirect(m.w, m.r, Prefix+"/account/codes", http.StatusSeeOther)
	return nil
}

// accountRefusal answers with the page of the account where the error is one that it tells.
func (m *member) accountRefusal(err error) (handled bool, _ error) {
	if err == nil {
		return false, nil
	}
	if standfirst.KindOf(err) == standfirst.Conflict {
		return true, m.accountPage(http.StatusConflict, message(err), "")
	}
	if status, told := m.refusal(err); told != "" {
		return true, m.accountPage(status, told, "")
	}
	return true, err
}

// recoveryPage shows the codes for recovery, once.
type recoveryPage struct {
	Layout layout
	Done   string
	Codes  []string
}

func (m *member) confirmCodes() error {
	if err := m.form(); err != nil {
		return err
	}
	codes, err := m.accounts.ConfirmCodes(m.r.Context(), m.staff, m.session, m.r.PostFormValue("code"))
	if status, told := m.refusal(err); told != "" {
		return m.codesPage(status, told)
	}
	if handled, err := m.accountRefusal(err); handled {
		return err
	}
	return m.recoveryPage(codes, m.Text("desk.done.codes"))
}

func (m *member) renewRecovery() error {
	if err := m.form(); err != nil {
		return err
	}
	codes, err := m.accounts.RenewRecovery(m.r.Context(), m.staff, m.session, m.r.PostFormValue("password"))
	if handled, err := m.accountRefusal(err); handled {
		return err
	}
	return m.recoveryPage(codes, "")
}

func (m *member) recoveryPage(codes []string, done string) error {
	return m.render(m.w, m.r, http.StatusOK, "recovery", &recoveryPage{Layout: m.layout(m.Text("desk.recovery")), Done: done, Codes: codes})
}

func (m *member) dropCodes() error {
	if err := m.form(); err != nil {
		return err
	}
	err := m.accounts.DropCodes(m.r.Context(), m.staff, m.session, m.r.PostFormValue("password"))
	if handled, err := m.accountRefusal(err); handled {
		return err
	}
	m.done("dropped")
	return nil
}

func (m *member) beginPasskey() error {
	if err := m.form(); err != nil {
		return err
	}
	origin, err := m.origin()
	if err != nil {
		return err
	}
	c, err := m.accounts.BeginPasskey(m.r.Context(), m.staff, m.session, m.r.PostFormValue("password"), origin)
	if handled, err := m.accountRefusal(err); handled {
		return err
	}
	return m.render(m.w, m.r, http.StatusOK, "passkey", &ceremonyPage{
		Layout: m.layout(m.Text("desk.passkey.add")), Text: m.Text("desk.passkey.add.text"), Action: Prefix + "/account/passkeys/done",
		Options: string(c.Options), Making: true, Step: c.Token, Name: m.r.PostFormValue("name"), Back: Prefix + "/account",
	})
}

func (m *member) finishPasskey() error {
	if err := m.form(); err != nil {
		return err
	}
	origin, err := m.origin()
	if err != nil {
		return err
	}
	err = m.accounts.FinishPasskey(m.r.Context(), m.staff, m.r.PostFormValue("step"), m.r.PostFormValue("name"), []byte(m.r.PostFormValue("answer")), origin)
	if standfirst.KindOf(err) == standfirst.NotFound {
		return m.accountPage(http.StatusUnprocessableEntity, message(err), "")
	}
	if handled, err := m.accountRefusal(err); handled {
		return err
	}
	m.done("passkey")
	return nil
}

func (m *member) removePasskey() error {
	if err := m.form(); err != nil {
		return err
	}
	id, err := strconv.ParseInt(m.r.PathValue("id"), 10, 64)
	if err != nil {
		return standfirst.Errorf(standfirst.NotFound, "there is no such passkey")
	}
	err = m.accounts.RemovePasskey(m.r.Context(), m.staff, m.session, standfirst.PasskeyID(id), m.r.PostFormValue("password"))
	if handled, err := m.accountRefusal(err); handled {
		return err
	}
	m.done("removed")
	return nil
}
