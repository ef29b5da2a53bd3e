package standfirst

import "testing"

// TestRequireTellsWhomToAsk holds that whoever may not do something reads a plain sentence,
// and who can do it.
func TestRequireTellsWhomToAsk(t *testing.T) {
	for _, test := range []struct {
		actor Actor
		needs Permission
		want  string
	}{
		{Actor{Kind: ActorStaff, Role: Reporter}, PublishStory, "Reporters cannot publish a story. Ask an editor"},
		{Actor{Kind: ActorStaff, Role: Contributor}, RecordClaim, "Contributors cannot record a figure. Ask an editor"},
		{Actor{Kind: ActorStaff, Role: Moderator}, ReadDraft, "Moderators cannot read drafts. Ask an editor"},
		{Actor{Kind: ActorStaff, Role: Reporter}, ModerateComments, "Reporters cannot moderate comments. Ask a moderator or an editor"},
		{Actor{Kind: ActorStaff, Role: Editor}, ManageStaff, "Editors cannot manage staff. Ask an administrator"},
		{Actor{Kind: ActorReader, Role: Reader}, WriteStory, "Readers cannot write a story. Ask an editor"},
		{Actor{}, PublishStory, "sign in to publish a story"},
	} {
		if got := PublicMessage(test.actor.Require(test.needs)); got != test.want {
			t.Errorf("%s as %s reads %q, want %q", test.needs, test.actor.Role, got, test.want)
		}
	}
	if err := System().Require(ManageStaff); err != nil {
		t.Error(err)
	}
}
