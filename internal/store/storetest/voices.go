package storetest

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

func testVoices(t *testing.T, s *store.Store) {
	story := draft(t, s, "Northwind fills its till")
	var comment standfirst.Comment
	asked := standfirst.VoiceRecord{
		Story: story.ID, State: standfirst.VoiceAsked, Domain: "quay.example", Employer: true, Source: standfirst.VoiceComment,
		Voice: standfirst.Voice{
			Text: "It is ours.", Speaker: standfirst.Speaker{Name: "Ida Holm", Role: "Driver", Affiliation: "Quay Haulage"}, Disclosure: "holds shares",
		},
		CreatedAt: noon, CreatedBy: "staff:3",
	}
	own := standfirst.VoiceRecord{
		Story: story.ID, State: standfirst.VoicePlaced, Source: standfirst.VoiceInterview, ObtainedOn: today,
		Voice: standfirst.Voice{Text: "It was ours.", Speaker: standfirst.Speaker{Name: "Ada Bray"}}, CreatedAt: noon, CreatedBy: "command", PlacedAt: noon,
	}
	update(t, s, func(tx *store.Tx) (err error) {
		if comment, _, err = tx.InsertComment(standfirst.Comment{Story: story.ID, Name: "ida", State: standfirst.CommentApproved, CreatedAt: noon}, standfirst.Comment{}, noon); err != nil {
			return err
		}
		asked.Comment = comment.ID
		if asked.ID, err = tx.InsertVoice(asked); err != nil {
			return err
		}
		own.ID, err = tx.InsertVoice(own)
		return err
	})
	view(t, s, func(tx *store.ReadTx) error {
		got, err := tx.Voice(asked.ID)
		wantSame(t, asked, got, err)
		list, err := tx.Voices(0, 10)
		wantSame(t, []standfirst.VoiceRecord{own, asked}, list, err)
		list, err = tx.Voices(own.ID, 10)
		wantSame(t, []standfirst.VoiceRecord{asked}, list, err)
		list, err = tx.VoicesOfComment(comment.ID)
		wantSame(t, []standfirst.VoiceRecord{asked}, list, err)
		list, err = tx.VoicesOfStory(story.ID, 0, 1)
		wantSame(t, []standfirst.VoiceRecord{own}, list, err)
		list, err = tx.VoicesOfStory(story.ID, own.ID, 9)
		wantSame(t, []standfirst.VoiceRecord{asked}, list, err)
		picked, err := tx.PickedComments(story.ID)
		wantSame(t, nil, picked, err)
		_, err = tx.Voice(999)
		wantKind(t, err, standfirst.NotFound)
		return nil
	})
	asked.State, asked.AnsweredAt, asked.PlacedAt, asked.Employer, asked.Problem = standfirst.VoicePlaced, noon, noon.Add(time.Hour), false, "none"
	asked.Voice = standfirst.Voice{Text: "It is ours.", Speaker: standfirst.Speaker{Name: "I. H."}}
	update(t, s, func(tx *store.Tx) error { return tx.UpdateVoice(asked) })
	view(t, s, func(tx *store.ReadTx) error {
		got, err := tx.Voice(asked.ID)
		wantSame(t, asked, got, err)
		picked, err := tx.PickedComments(story.ID)
		wantSame(t, []standfirst.CommentID{comment.ID}, picked, err)
		return nil
	})
}
