package browsertest

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"
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

	send("/desk/sign-out")
	b.becomes("h1", "Sign in")
	send("/desk/sign-in", "#email", jane, "#password", password)
	b.becomes("h1", "One more step")
	look("code")
	send("/desk/sign-in/code", "#code", "000000")
	b.becomes(".refused", "That code does not count: it is wrong, too old, or was used already.")
	send("/desk/sign-in/code", "#code", recovery)
	b.becomes(".bar nav li:last-child", "Jane Roe")

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
	send("/desk/sign-out")
	b.becomes("h1", "Sign in")
	look("sign-in")
	send("/desk/sign-in/passkey")
	b.becomes(".bar nav li:last-child", "Jane Roe")
}
