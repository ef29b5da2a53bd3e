package standfirst_test

import (
	"strings"
	"testing"

	"standfirst"
)

// The whole table of moves: a letter for each state that may follow.
func TestStateMoves(t *testing.T) {
	for from, allowed := range map[standfirst.State]string{
		standfirst.Draft:       "in review, scheduled, published, spiked",
		standfirst.InReview:    "draft, scheduled, published, spiked",
		standfirst.Scheduled:   "draft, in review, scheduled, published, unpublished",
		standfirst.Published:   "published, unpublished, retracted",
		standfirst.Unpublished: "scheduled, published, retracted",
		standfirst.Retracted:   "",
		standfirst.Spiked:      "draft",
	} {
		var got []string
		for _, next := range standfirst.States() {
			if from.CanBecome(next) {
				got = append(got, string(next))
				if err := from.Move(next); err != nil {
					t.Errorf("%s.Move(%s): %v", from, next, err)
				}
				continue
			}
			err := from.Move(next)
			if err == nil || standfirst.KindOf(err) != standfirst.Conflict || !strings.HasSuffix(err.Error(), allowed) || allowed == "" && !strings.Contains(err.Error(), "stays so") {
				t.Errorf("%s.Move(%s) = %v, want a Conflict that lists %q", from, next, err, allowed)
			}
		}
		if strings.Join(got, ", ") != allowed {
			t.Errorf("from %s: %q, want %q", from, strings.Join(got, ", "), allowed)
		}
	}
}

func TestOnlyPublishedAndRetractedHavePages(t *testing.T) {
	for _, s := range standfirst.States() {
		if want := s == standfirst.Published || s == standfirst.Retracted; s.Public() != want {
			t.Errorf("%s.Public() = %v", s, s.Public())
		}
	}
	if standfirst.State("lost").Valid() {
		t.Error("a state that nobody knows is valid")
	}
}

func TestRequire(t *testing.T) {
	for _, test := range []struct {
		actor standfirst.Actor
		may   standfirst.Permission
		want  standfirst.ErrorKind
		ok    bool
	}{
		{standfirst.Actor{Kind: standfirst.ActorStaff, ID: 3, Role: standfirst.Reporter}, standfirst.WriteStory, 0, true},
		{standfirst.Actor{Kind: standfirst.ActorStaff, ID: 3, Role: standfirst.Reporter}, standfirst.PublishStory, standfirst.Forbidden, false},
		{standfirst.Actor{Kind: standfirst.ActorStaff, ID: 3, Role: standfirst.Editor}, standfirst.RetractStory, 0, true},
		{standfirst.Actor{Kind: standfirst.ActorStaff, ID: 3, Role: standfirst.Editor}, standfirst.ManageStaff, standfirst.Forbidden, false},
		{standfirst.Command(), standfirst.ManageSettings, 0, true},
		{standfirst.System(), standfirst.PublishStory, 0, true},
		{standfirst.Actor{}, standfirst.WriteStory, standfirst.Unauthenticated, false},
	} {
		err := test.actor.Require(test.may)
		if test.ok != (err == nil) || err != nil && standfirst.KindOf(err) != test.want {
			t.Errorf("%s (%s) may %s: %v", test.actor, test.actor.Role, test.may, err)
		}
	}
}
