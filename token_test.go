package standfirst

import (
	"slices"
	"testing"
	"time"
)

// TestScopesPermit holds that a token does what both its scopes and the role of its owner
// permit, and nothing else.
func TestScopesPermit(t *testing.T) {
	for _, role := range StaffRoles {
		for _, scope := range ScopesFor(Administrator).List() {
			set, err := ScopesOf(scope)
			if err != nil {
				t.Fatal(err)
			}
			actor := Token{Name: "Wire", Scopes: set}.Actor(Staff{ID: 7, Name: "Jane Roe", Role: role})
			row := scopes[slices.IndexFunc(scopes, func(r scopeRow) bool { return r.scope == scope })]
			offered := ScopesFor(role)&set != 0
			for p := range permissions {
				want := offered && role.Can(p) && slices.Contains(row.permits, p)
				if actor.Can(p) != want || (actor.Require(p) == nil) != want {
					t.Errorf("a token of the role %s for %q may %s: %v", role, scope, p, !want)
				}
			}
		}
	}
	if got := ScopesFor(Contributor).String(); got != "read drafts, file stories" {
		t.Errorf("a contributor gives %s", got)
	}
	if _, err := ScopesOf("everything"); KindOf(err) != Invalid {
		t.Errorf("everything is a scope: %v", err)
	}
}

func TestTokenValidate(t *testing.T) {
	now := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	good := Token{Name: "Wire", Scopes: 1, CreatedAt: now, ExpiresAt: now.AddDate(0, 0, DefaultTokenDays)}
	for name, c := range map[string]struct {
		change func(*Token)
		ok     bool
	}{
		"good":         {func(*Token) {}, true},
		"the longest":  {func(t *Token) { t.ExpiresAt = now.AddDate(0, 0, MaxTokenDays) }, true},
		"too long":     {func(t *Token) { t.ExpiresAt = now.AddDate(0, 0, MaxTokenDays+1) }, false},
		"over already": {func(t *Token) { t.ExpiresAt = now }, false},
		"no name":      {func(t *Token) { t.Name = "  " }, false},
		"two lines":    {func(t *Token) { t.Name = "a\nb" }, false},
		"no scope":     {func(t *Token) { t.Scopes = 0 }, false},
	} {
		token := good
		c.change(&token)
		if err := token.Validate(); (err == nil) != c.ok || err != nil && KindOf(err) != Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestActorIs(t *testing.T) {
	staff, token := Actor{Kind: ActorStaff, ID: 7}, Actor{Kind: ActorToken, ID: 7}
	for _, c := range []struct {
		actor Actor
		named string
		want  bool
	}{
		{staff, "staff:7", true}, {staff, "token:7", true}, {token, "staff:7", true}, {token, "token:7", true}, {Command(), "command", true},
		{staff, "staff:8", false}, {staff, "reader:7", false}, {staff, "command", false}, {token, "token:77", false}, {Command(), "staff:7", false},
		{Actor{Kind: ActorReader, ID: 7}, "staff:7", false}, {Actor{}, "", false}, {Actor{}, "staff:0", false},
	} {
		if got := c.actor.Is(c.named); got != c.want {
			t.Errorf("%s is %q: %v", c.actor, c.named, got)
		}
	}
}
