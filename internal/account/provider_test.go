package account

import (
	"testing"

	"standfirst"
)

// TestIdentities holds who is let in on what a provider says, on both engines.
func TestIdentities(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		const issuer = "https://login.example"
		d.hire(jane, standfirst.Editor)
		d.hire("adam@ledger.example", standfirst.Editor)
		in, err := d.SignInIdentity(t.Context(), standfirst.Identity{Issuer: issuer, Subject: "one", Email: " Jane@ledger.example", Verified: true}, false, here)
		d.must(err)
		if !d.signedIn(in.Token) || in.Staff.Email != jane {
			t.Errorf("signed in is %+v", in)
		}
		for name, c := range map[string]struct {
			id standfirst.Identity
			ok bool
		}{
			"again":             {standfirst.Identity{Issuer: issuer, Subject: "one", Email: jane, Verified: true}, true},
			"another issuer":    {standfirst.Identity{Issuer: "https://other.example", Subject: "two", Email: jane, Verified: true}, true},
			"another account":   {standfirst.Identity{Issuer: issuer, Subject: "two", Email: jane, Verified: true}, false},
			"another's account": {standfirst.Identity{Issuer: issuer, Subject: "one", Email: "adam@ledger.example", Verified: true}, false},
			"not verified":      {standfirst.Identity{Issuer: issuer, Subject: "one", Email: jane}, false},
			"no subject":        {standfirst.Identity{Issuer: issuer, Email: jane, Verified: true}, false},
			"no address":        {standfirst.Identity{Issuer: issuer, Subject: "one", Verified: true}, false},
		} {
			_, err := d.SignInIdentity(t.Context(), c.id, true, here)
			if (err == nil) != c.ok || err != nil && standfirst.KindOf(err) != standfirst.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
		for range maxStepsBegun {
			_, err := d.BeginProviderSignIn(t.Context(), "", here)
			d.must(err)
		}
		_, err = d.BeginProviderSignIn(t.Context(), "", here)
		d.wantKind(err, standfirst.TooMany)
	})
}
