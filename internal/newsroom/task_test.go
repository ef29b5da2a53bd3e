package newsroom_test

import (
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

func TestTasks(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		story := d.fileRound("Northwind in talks")
		tasks := func() []newsroom.Task {
			d.Helper()
			list, next, err := d.newsroom.Tasks(d.Context(), reporter, store.NoticePosition{})
			if err != nil || next != (store.NoticePosition{}) {
				d.Fatal(next, err)
			}
			return list
		}
		d.equal("at first", len(tasks()), 0)
		var cited []standfirst.Citation
		d.view(func(tx *store.ReadTx) (err error) { cited, err = tx.Citations(story.Current); return err })
		d.setTime(startOfTest.Add(time.Hour))
		d.supersede(cited[1].Claim, "about $91 billion", standfirst.Corrected, false)
		d.setTime(startOfTest.Add(2 * time.Hour))
		d.supersede(cited[1].Claim, "about $88 billion", standfirst.SupersededByEvent, false)
		list := tasks()
		d.equal("tasks", len(list), 1) // one a story and figure, however often that changed
		d.equal("story", list[0].Story, story.ID)
		d.equal("headline", list[0].Headline, "Northwind in talks")
		d.equal("words", list[0].Figure.Words, "about $96 billion")
		d.equal("now", list[0].Figure.Now, "about $88 billion")
		d.equal("since", list[0].Since, startOfTest.Add(time.Hour))
		d.equal("prepared", list[0].Prepared, true)
		if _, err := d.newsroom.PublishPending(d.Context(), editor, story.ID); err != nil {
			d.Fatal(err)
		}
		d.equal("reworded", len(tasks()), 0)
		_, _, err := d.newsroom.Tasks(d.Context(), moderator, store.NoticePosition{})
		d.wantKind(err, standfirst.Forbidden)
	})
}
