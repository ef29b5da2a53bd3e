package browsertest

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"

	"standfirst"
	"standfirst/internal/account"
)

// TestFactors sets codes and a passkey up as a reporter does, and signs in by each.
func TestFactors(t *testing.T) {
	b := newBrowser(t)
	axe := readTool(t, "axe-core/axe.min.js")
	o := newOffice(t)
	shots := shotFolder(t)
	o.url = strings.Replace(o.url, "127.0.0.1", "localhost", 1) // passkeys are bound to a name
	look := func(name string) {
		t.Helper()
		checkPage(t, b, o.url)
		checkAxe(t, b, axe)
		b.shoot(filepath.Join(shots, "factor-"+name+".png"))
	}
	text := func(selector string) string {
		t.Helper()
		return run(b, chromedp.Evaluate[string](`document.querySelector("`+selector+`").textContent`))
	}
	send := func(form string, fields ...string) {
		t.Helper()
		for i := 0; i < len(fields); i += 2 {
			b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS(fields[i]), fields[i+1])))
		}
		b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(`form[action="`+form+`"] button`))))
	}
	// code returns the code of the time to come, since each counts once.
	secret := ""
	code := func(after time.Duration) string {
		t.Helper()
		code, err := totp.GenerateCode(secret, time.Now().Add(after))
		b.must(err)
		return code
	}
	o.signIn(b, screens[0])
	b.visit(o.url+"/desk/account", screens[0])
	send("/desk/account/codes", "#codes-password", password)
	b.becomes("h1", "Set up codes")
	look("codes")
	secret = strings.ReplaceAll(text("main code"), " ", "")
	send("/desk/account/codes/confirm", "#code", code(0))
	b.becomes("h1", "Recovery codes")
	look("recovery")
	recovery := text(".codes code")

	b.visit(o.url+"/desk/account", screens[2]) // where signing out stands beside the menu
	send("/desk/sign-out")
	b.becomes("h1", "Sign in")
	send("/desk/sign-in", "#email", jane, "#password", password)
	b.becomes("h1", "One more step")
	look("code")
	send("/desk/sign-in/code", "#code", "000000")
	b.becomes(".refused", "That code does not count: it is wrong, too old, or was used already.")
	send("/desk/sign-in/code", "#code", recovery)
	b.becomes(".who p", "Jane Roe")

	call(b, webauthn.Enable, webauthn.EnableParams{})
	call(b, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	b.visit(o.url+"/desk/account", screens[3])
	run(b, chromedp.Evaluate[bool](`document.querySelectorAll("details").forEach(d => d.open = true); true`))
	send("/desk/account/passkeys", "#passkey-name", "Phone", "#passkey-password", password)
	b.becomes(".done", "The passkey is kept. You can sign in with it alone.")
	look("account")
	run(b, chromedp.Evaluate[bool](`document.querySelectorAll("details").forEach(d => d.open = true); true`))
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS("#scope-file-stories"))))
	send("/desk/account/tokens", "#token-name", "Price wire", "#token-password", password)
	b.becomes("h1", "Your new token")
	look("token")
	b.visit(o.url+"/desk/account", screens[0])
	look("account-390")
	b.visit(o.url+"/desk/account", screens[3])
	send("/desk/sign-out")
	b.becomes("h1", "Sign in")
	look("sign-in")
	send("/desk/sign-in/passkey")
	b.becomes(".who p", "Jane Roe")
}

// TestPeople invites a colleague, changes what they may do, and looks at who did what.
func TestPeople(t *testing.T) {
	b := newBrowser(t)
	axe := readTool(t, "axe-core/axe.min.js")
	o := newOffice(t)
	shots := shotFolder(t)
	o.signIn(b, screens[2])
	b.must(o.accounts.SetRole(t.Context(), standfirst.Command(), jane, standfirst.Administrator))
	look := func(name, path string, s screen) {
		t.Helper()
		b.visit(o.url+path, s)
		run(b, chromedp.Evaluate[bool](`document.querySelectorAll("details").forEach(d => d.open = true); true`))
		checkPage(t, b, o.url)
		checkAxe(t, b, axe)
		b.shoot(filepath.Join(shots, name+"-"+s.name+".png"))
	}
	b.visit(o.url+"/desk/people", screens[2])
	b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS("#name"), "Adam Birch"), chromedp.SendKeys(chromedp.CSS("#email"), jane), chromedp.Click(chromedp.CSS(`form[action="/desk/people"] button`))))
	b.becomes(".refused", "There is already somebody with the address "+jane+" on the staff.")
	if name := run(b, chromedp.Evaluate[string](`document.querySelector("#name").value`)); name != "Adam Birch" {
		t.Errorf("the name that was typed is %q now", name)
	}
	run(b, chromedp.Evaluate[bool](`document.querySelector("#email").value = "adam@ledger.example"; true`))
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(`form[action="/desk/people"] button`))))
	b.holds(`document.querySelector(".done")?.textContent.startsWith("A link was sent to adam@ledger.example.") && document.querySelectorAll(".people li").length === 2`)
	link := run(b, chromedp.Evaluate[string](`document.querySelector(".link code").textContent`))
	if _, err := o.accounts.LinkFor(t.Context(), link[strings.LastIndex(link, "/")+1:]); err != nil || !strings.HasPrefix(link, o.url+"/desk/link/") {
		t.Errorf("the link is %s: %v", link, err)
	}
	look("people", "/desk/people", screens[0])
	look("people", "/desk/people", screens[3])
	run(b, chromedp.Evaluate[bool](`document.querySelectorAll("details").forEach(d => d.open = true); true`))
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(`button[formaction="/desk/people/revoke"]`)))) // Adam's: addresses are in order
	b.becomes(".done", "They are signed out everywhere and cannot sign in.")
	in, err := o.accounts.SignIn(t.Context(), jane, password, account.Origin{Address: "127.0.0.1"})
	o.must(err)
	_, _, err = o.accounts.MakeToken(t.Context(), in.Staff, in.Session, password, standfirst.Token{Name: "Price wire", Scopes: standfirst.ScopesFor(standfirst.Editor)}, 90)
	o.must(err)
	look("tokens", "/desk/people/tokens", screens[0])
	look("tokens", "/desk/people/tokens", screens[3])
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(`form[action$="/revoke"] button`))))
	b.becomes(".done", "The token is revoked. It stopped working at once.")
	look("settings", "/desk/settings", screens[0])
	look("settings", "/desk/settings", screens[3])
	look("mail", "/desk/settings/mail", screens[0])
	look("mail", "/desk/settings/mail", screens[3])
	b.visit(o.url+"/desk/settings", screens[3])
	run(b, chromedp.Evaluate[bool](`document.querySelector(".places li:last-of-type input[type=number]").value = "0.5"; true`))
	b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(`form[action="/desk/settings/sections/order"] button`))))
	b.becomes(".done", "The menu is in its new order.")
	if first := run(b, chromedp.Evaluate[string](`document.querySelector(".places label").textContent`)); !strings.HasSuffix(first, "Economy") {
		t.Errorf("the menu begins with %s", first)
	}
	look("audit", "/desk/audit", screens[0])
	look("audit", "/desk/audit", screens[2])
	if first := run(b, chromedp.Evaluate[string](`document.querySelector(".log li p").textContent`)); !strings.HasPrefix(first, "Jane Roe administrator arranged the sections publication") {
		t.Errorf("the audit log begins with %q", first)
	}
}
