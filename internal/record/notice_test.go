package record_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/record"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// The check compares the stories that the entry of a notice names with those on which the
// notice stands, on both engines.
func TestAuditComparesTheStoriesOfNotices(t *testing.T) {
	for engine, open := range map[string]func(testing.TB) *store.Store{"sqlite": storetest.Open, "postgres": storetest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			st := open(t)
			news := setUp(t, st)
			var stories []standfirst.StoryID
			for n := range int64(2) {
				draft, err := news.Create(t.Context(), standfirst.Command(), newsroom.Draft{Content: text(n)})
				if err != nil {
					t.Fatal(err)
				}
				if _, err := news.Publish(t.Context(), standfirst.Command(), draft.ID, newsroom.PublishOptions{}); err != nil {
					t.Fatal(err)
				}
				stories = append(stories, draft.ID)
			}
			signer(t, st, t.TempDir()) // what was set up before there was a record
			problems := func() string {
				t.Helper()
				var found []string
				if _, err := record.Audit(t.Context(), st.Reader(), func(p string) { found = append(found, p) }); err != nil {
					t.Fatal(err)
				}
				return strings.Join(found, "\n")
			}
			notice := func(stands, says []standfirst.StoryID) {
				t.Helper()
				err := st.Update(t.Context(), func(tx *store.Tx) (err error) {
					n := standfirst.Notice{Class: standfirst.Update, Text: "The wind has turned.", At: time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC), Stories: stands}
					if n.ID, err = tx.InsertNotice(n); err != nil {
						return err
					}
					n.Stories = says
					e, err := record.Notice(&tx.ReadTx, n)
					record.Append(tx, e)
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			notice([]standfirst.StoryID{stories[1], stories[0]}, stories)
			notice(nil, nil)
			if got := problems(); got != "" {
				t.Fatal(got)
			}
			notice(stories[:1], stories[1:])
			want := fmt.Sprintf("stands on the stories %v by the record", stories[1:])
			if got := problems(); !strings.Contains(got, want) || strings.Contains(got, "\n") {
				t.Errorf("the problems are %q, want one that says %q", got, want)
			}
		})
	}
}
