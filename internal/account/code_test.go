package account

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"standfirst"
)

// codeAt returns the code of the secret at the time, computed by the library alone.
func codeAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// askForCodes sets codes up for the one who has just signed in, and returns the secret and the
// codes for recovery.
func (d *deskFixture) askForCodes(in SignedIn) (secret string, recovery []string) {
	d.t.Helper()
	setup, err := d.SetUpCodes(d.t.Context(), in.Staff, in.Session, good)
	d.must(err)
	recovery, err = d.ConfirmCodes(d.t.Context(), in.Staff, in.Session, codeAt(d.t, setup.Secret, d.now))
	d.must(err)
	return setup.Secret, recovery
}

func TestCodes(t *testing.T) {
	onEachSite(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Reporter)
		other, in := d.signIn(jane, good), d.signIn(jane, good)
		_, err := d.SetUpCodes(t.Context(), in.Staff, in.Session, "not the password")
		d.wantKind(err, standfirst.Invalid)
		setup, err := d.SetUpCodes(t.Context(), in.Staff, in.Session, good)
		d.must(err)
		if !strings.HasPrefix(setup.URI, "otpauth://totp/The%20Harbour%20Ledger:jane@ledger.example?") || !strings.Contains(setup.URI, "secret="+setup.Secret) || strings.Contains(setup.URI, "+") {
			t.Errorf("the address for authenticators is %s", setup.URI)
		}
		if d.signIn(jane, good).Step != nil {
			t.Error("a code is asked for before one was confirmed")
		}
		_, err = d.ConfirmCodes(t.Context(), in.Staff, in.Session, "000000")
		d.wantKind(err, standfirst.Invalid)
		recovery, err := d.ConfirmCodes(t.Context(), in.Staff, in.Session, codeAt(t, setup.Secret, d.now)[:3]+" "+codeAt(t, setup.Secret, d.now)[3:])
		d.must(err)
		if len(recovery) != recoveryCodes {
			t.Errorf("%d codes for recovery", len(recovery))
		}
		if d.signedIn(other.Token) || !d.signedIn(in.Token) {
			t.Error("the other session goes on, or this one does not")
		}
		_, err = d.SetUpCodes(t.Context(), in.Staff, in.Session, good)
		d.wantKind(err, standfirst.Conflict)

		again := d.signIn(jane, good)
		if again.Step == nil || again.Token != "" || d.signedIn(again.Step.Token) {
			t.Fatalf("the password alone signs in: %+v", again)
		}
		_, err = d.SignInCode(t.Context(), again.Step.Token, codeAt(t, setup.Secret, d.now), here)
		d.wantKind(err, standfirst.Invalid) // it confirmed the set-up
		d.now = d.now.Add(codePeriod * time.Second)
		code := codeAt(t, setup.Secret, d.now)
		done, err := d.SignInCode(t.Context(), again.Step.Token, code, here)
		d.must(err)
		if !d.signedIn(done.Token) {
			t.Error("password and code sign nobody in")
		}
		_, err = d.SignInCode(t.Context(), again.Step.Token, code, here)
		d.wantKind(err, standfirst.NotFound)
		_, err = d.SignInCode(t.Context(), d.signIn(jane, good).Step.Token, code, here)
		d.wantKind(err, standfirst.Invalid) // a code counts once, wherever it was seen

		// Recovery, once each.
		done, err = d.SignInCode(t.Context(), d.signIn(jane, good).Step.Token, strings.ToUpper(recovery[3]), here)
		d.must(err)
		_, err = d.SignInCode(t.Context(), d.signIn(jane, good).Step.Token, recovery[3], here)
		d.wantKind(err, standfirst.Invalid)
		f, err := d.Factors(t.Context(), done.Staff.Actor())
		d.must(err)
		if !f.Codes || f.Recovery != recoveryCodes-1 {
			t.Errorf("the factors are %+v", f)
		}
		renewed, err := d.RenewRecovery(t.Context(), done.Staff, done.Session, good)
		d.must(err)
		_, err = d.SignInCode(t.Context(), d.signIn(jane, good).Step.Token, recovery[4], here)
		d.wantKind(err, standfirst.Invalid)
		_, err = d.SignInCode(t.Context(), d.signIn(jane, good).Step.Token, renewed[4], here)
		d.must(err)

		// A link asks for the code too.
		link, _, err := d.Link(t.Context(), standfirst.Command(), jane)
		d.must(err)
		linked, err := d.UseLink(t.Context(), link, "", here)
		d.must(err)
		if linked.Step == nil {
			t.Error("a link goes past the code")
		}
		// What waits too long is over.
		d.now = d.now.Add(stepLifetime)
		_, err = d.SignInCode(t.Context(), linked.Step.Token, codeAt(t, setup.Secret, d.now), here)
		d.wantKind(err, standfirst.NotFound)

		d.must(d.DropCodes(t.Context(), done.Staff, done.Session, good))
		if d.signIn(jane, good).Step != nil {
			t.Error("a code is asked for after codes were dropped")
		}
	})
}

// TestCodesCannotBeGuessed holds that a member's codes are tried six times, however many
// sign-ins wait for one.
func TestCodesCannotBeGuessed(t *testing.T) {
	onEachSite(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Reporter)
		secret, _ := d.askForCodes(d.signIn(jane, good))
		d.now = d.now.Add(2 * codePeriod * time.Second)
		right := codeAt(t, secret, d.now)
		for i := range maxCodes {
			wrong := fmt.Sprintf("%06d", i)
			if wrong == right {
				wrong = "999999"
			}
			_, err := d.SignInCode(t.Context(), d.signIn(jane, good).Step.Token, wrong, here)
			d.wantKind(err, standfirst.Invalid)
		}
		_, err := d.SignInCode(t.Context(), d.signIn(jane, good).Step.Token, right, here)
		d.wantKind(err, standfirst.TooMany)
		d.now = d.now.Add(AttemptWindow)
		_, err = d.SignInCode(t.Context(), d.signIn(jane, good).Step.Token, codeAt(t, secret, d.now), here)
		d.must(err)
	})
}

// TestResetFactors holds that who lost a phone is let in by an administrator alone.
func TestResetFactors(t *testing.T) {
	onEachSite(t, func(d *deskFixture) {
		s := d.hire(jane, standfirst.Reporter)
		in := d.signIn(jane, good)
		d.askForCodes(in)
		d.wantKind(d.ResetFactors(t.Context(), s.Actor(), jane), standfirst.Forbidden)
		d.must(d.ResetFactors(t.Context(), standfirst.Command(), jane))
		if d.signedIn(in.Token) {
			t.Error("a session outlives the reset")
		}
		if d.signIn(jane, good).Step != nil {
			t.Error("a code is asked for after the reset")
		}
	})
}
