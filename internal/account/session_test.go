package account

import (
	"testing"
	"time"

	"standfirst"
)

func TestSessionsEnd(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		d.hire(jane, standfirst.Editor)
		idle, used := d.signIn(jane, good).Token, d.signIn(jane, good).Token
		for range 13 {
			d.now = d.now.Add(24 * time.Hour)
			if !d.signedIn(used) {
				t.Fatal("a session that is used every day is over")
			}
		}
		d.now = d.now.Add(24 * time.Hour)
		if d.signedIn(idle) || !d.signedIn(used) {
			t.Error("a session that nobody used for two weeks goes on, or one that was used is over")
		}
		for range 75 {
			d.now = d.now.Add(24 * time.Hour)
			d.signedIn(used)
		}
		if !d.signedIn(used) {
			t.Error("a session is over before its longest time")
		}
		d.now = d.now.Add(24 * time.Hour)
		if d.signedIn(used) {
			t.Error("a session lasts longer than it may")
		}
		d.must(d.PruneJob(t.Context(), standfirst.Job{}))
		sessions, err := d.Sessions(t.Context(), standfirst.Staff{ID: 1}.Actor())
		d.must(err)
		if len(sessions) != 0 {
			t.Errorf("%d sessions are left", len(sessions))
		}
	})
}

func TestEndingSessions(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		s := d.hire(jane, standfirst.Editor)
		adam := d.hire("adam@ledger.example", standfirst.Editor)
		first, second, third := d.signIn(jane, good), d.signIn(jane, good), d.signIn(jane, good)
		d.wantKind(d.EndSession(t.Context(), adam.Actor(), first.Session.ID), standfirst.NotFound)
		d.must(d.EndSession(t.Context(), s.Actor(), first.Session.ID))
		if d.signedIn(first.Token) || !d.signedIn(second.Token) {
			t.Error("not the session that was ended is over")
		}
		d.must(d.EndOtherSessions(t.Context(), s.Actor(), third.Session.ID))
		if d.signedIn(second.Token) || !d.signedIn(third.Token) {
			t.Error("not the other sessions are over")
		}
	})
}

// TestSessionsAreOfTheStaff holds that a reader or token of the same number has none.
func TestSessionsAreOfTheStaff(t *testing.T) {
	onEach(t, func(d *deskFixture) {
		s := d.hire(jane, standfirst.Reporter)
		in := d.signIn(jane, good)
		reader := standfirst.Actor{Kind: standfirst.ActorReader, ID: s.ID, Role: standfirst.Administrator}
		_, err := d.Sessions(t.Context(), reader)
		d.wantKind(err, standfirst.Forbidden)
		d.wantKind(d.EndSession(t.Context(), reader, in.Session.ID), standfirst.Forbidden)
		d.wantKind(d.EndOtherSessions(t.Context(), reader, 0), standfirst.Forbidden)
		if !d.signedIn(in.Token) {
			t.Error("the session is over")
		}
	})
}
