package account

import (
	"strings"
	"testing"
	"time"

	"standfirst"
)

// makeToken makes a token of the member with all scopes of their role, for 90 days.
func (d *deskFixture) makeToken(in SignedIn) (string, standfirst.Token) {
	d.t.Helper()
	secret, made, err := d.MakeToken(d.t.Context(), in.Staff, in.Session, good, standfirst.Token{Name: "Wire", Scopes: standfirst.ScopesFor(in.Staff.Role)}, 90)
	d.must(err)
	return secret, made
}

func TestTokens(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		ctx, command := t.Context(), standfirst.Command()
		d.hire("boss@ledger.example", standfirst.Administrator)
		d.hire(jane, standfirst.Editor)
		in := d.signIn(jane, good)
		secret, made := d.makeToken(in)
		if !strings.HasPrefix(secret, tokenPrefix) || len(secret) < 50 {
			t.Errorf("the token is %q", secret)
		}
		actor, token, err := d.Token(ctx, secret, here)
		d.must(err)
		if actor.Kind != standfirst.ActorToken || actor.ID != in.Staff.ID || actor.Name != "Jane Roe (Wire)" || !actor.Can(standfirst.PublishStory) || actor.Can(standfirst.RetractStory) {
			t.Errorf("it acts as %+v", actor)
		}
		if token.ID != made.ID || !token.ExpiresAt.Equal(d.now.AddDate(0, 0, 90)) {
			t.Errorf("it is %+v", token)
		}
		// It is written once an hour that it was used.
		used := func() time.Time {
			list, err := d.Tokens(ctx, in.Staff.Actor())
			d.must(err)
			return list[0].UsedAt
		}
		first := d.now
		for _, c := range []struct {
			after time.Duration
			want  time.Time
		}{{0, first}, {59 * time.Minute, first}, {time.Minute, first.Add(time.Hour)}} {
			d.now = d.now.Add(c.after)
			_, _, err := d.Token(ctx, secret, here)
			d.must(err)
			if got := used(); !got.Equal(c.want) {
				t.Errorf("used at %v, want %v", got, c.want)
			}
		}
		// It does no more than its owner may today.
		d.must(d.SetRole(ctx, command, jane, standfirst.Contributor))
		actor, _, err = d.Token(ctx, secret, here)
		d.must(err)
		if actor.Can(standfirst.PublishStory) || !actor.Can(standfirst.WriteStory) || actor.Scopes.String() != "read drafts, file stories" {
			t.Errorf("as a contributor it acts as %+v with %s", actor, actor.Scopes)
		}
		// It ends with its owner's access, and stays ended when that comes back.
		d.must(d.Revoke(ctx, command, jane))
		_, _, err = d.Token(ctx, secret, here)
		d.wantKind(err, standfirst.Unauthenticated)
		d.must(d.Restore(ctx, command, jane))
		_, _, err = d.Token(ctx, secret, here)
		d.wantKind(err, standfirst.Unauthenticated)

		in = d.signIn(jane, good)
		secret, made = d.makeToken(in)
		d.now = made.ExpiresAt
		_, _, err = d.Token(ctx, secret, here)
		d.wantKind(err, standfirst.Unauthenticated)
		d.now = d.now.Add(keepOverToken)
		d.must(d.PruneJob(ctx, standfirst.Job{}))
		all, err := d.AllTokens(ctx, command, 0, 10)
		d.must(err)
		if len(all) != 0 {
			t.Errorf("kept %+v", all)
		}
	})
}

func TestMakingTokens(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		ctx := t.Context()
		d.hire(jane, standfirst.Reporter)
		in := d.signIn(jane, good)
		publish, err := standfirst.ScopesOf(standfirst.ScopePublish)
		d.must(err)
		for name, c := range map[string]struct {
			password string
			scopes   standfirst.Scopes
			days     int
		}{
			"wrong password": {"another password", 1, 90},
			"foreign scope":  {good, publish, 90},
			"too long":       {good, 1, 366},
			"endless":        {good, 1, 1 << 40},
			"no days":        {good, 1, 0},
			"no scope":       {good, 0, 90},
		} {
			if _, _, err := d.MakeToken(ctx, in.Staff, in.Session, c.password, standfirst.Token{Name: "Wire", Scopes: c.scopes}, c.days); standfirst.KindOf(err) != standfirst.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		for range maxTokens {
			d.makeToken(in)
		}
		_, _, err = d.MakeToken(ctx, in.Staff, in.Session, good, standfirst.Token{Name: "Wire", Scopes: 1}, 90)
		d.wantKind(err, standfirst.Invalid)
	})
}

func TestRevokingTokens(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		ctx := t.Context()
		d.hire(jane, standfirst.Reporter)
		adam := d.hire("adam@ledger.example", standfirst.Editor)
		boss := d.hire("boss@ledger.example", standfirst.Administrator)
		in := d.signIn(jane, good)
		first, one := d.makeToken(in)
		second, two := d.makeToken(in)
		third, three := d.makeToken(in)
		actor, _, err := d.Token(ctx, third, here)
		d.must(err)
		d.wantKind(d.RevokeToken(ctx, adam.Actor(), one.ID), standfirst.NotFound)
		d.wantKind(d.RevokeToken(ctx, actor, one.ID), standfirst.Forbidden) // no token ends another
		d.must(d.RevokeToken(ctx, in.Staff.Actor(), one.ID))
		d.must(d.RevokeToken(ctx, boss.Actor(), two.ID))
		d.wantKind(d.RevokeToken(ctx, boss.Actor(), two.ID), standfirst.NotFound)
		for secret, want := range map[string]standfirst.ErrorKind{first: standfirst.Unauthenticated, second: standfirst.Unauthenticated} {
			_, _, err := d.Token(ctx, secret, here)
			d.wantKind(err, want)
		}
		_, err = d.AllTokens(ctx, adam.Actor(), 0, 10)
		d.wantKind(err, standfirst.Forbidden)
		all, err := d.AllTokens(ctx, boss.Actor(), 0, 10)
		d.must(err)
		if len(all) != 1 || all[0].ID != three.ID || all[0].Owner.Email != jane {
			t.Errorf("there are %+v", all)
		}
	})
}

// TestBadTokens holds that guessing is stopped, and stops nobody who shows a good token.
func TestBadTokens(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Reporter)
		secret, _ := d.makeToken(d.signIn(jane, good))
		for range maxBadTokens {
			_, _, err := d.Token(t.Context(), "standfirst_guess", here)
			d.wantKind(err, standfirst.Unauthenticated)
		}
		_, _, err := d.Token(t.Context(), "standfirst_guess", here)
		d.wantKind(err, standfirst.TooMany)
		_, _, err = d.Token(t.Context(), secret, here)
		d.must(err)
		_, _, err = d.Token(t.Context(), "standfirst_guess", Origin{Address: "198.51.100.7"})
		d.wantKind(err, standfirst.Unauthenticated)
		d.now = d.now.Add(AttemptWindow)
		_, _, err = d.Token(t.Context(), "standfirst_guess", here)
		d.wantKind(err, standfirst.Unauthenticated)
	})
}
