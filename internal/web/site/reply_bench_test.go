//go:build unix

package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// BenchmarkReply posts comments of 64 guests through the site, each on disk before it is
// answered, and reports the processor time of each beside the time it took.
func BenchmarkReply(b *testing.B) {
	st, err := store.Open(b.Context(), store.Options{Path: filepath.Join(b.TempDir(), "news.db")})
	must(b, err)
	defer func() { must(b, st.Close()) }()
	news := newsroom.New(st, newsroom.Options{})
	must(b, news.SetUp(b.Context(), standfirst.Command(), standfirst.DefaultPublication()))
	story, err := news.CreateAndPublish(b.Context(), standfirst.Command(), newsroom.Draft{
		Content: standfirst.Content{Headline: "Ferry 7 leaves on time", Body: "It left the quay at noon."},
	})
	must(b, err)
	talk := discuss.New(st, discuss.Options{})
	teach(b, talk, story.ID)
	site := talkSite(b, st)
	var n atomic.Int64
	before := processorTime(b)
	b.SetParallelism(32)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := n.Add(1)
			form := url.Values{
				"name": {fmt.Sprint("Passenger ", i)}, "email": {fmt.Sprintf("passenger%d@readers.example", i)},
				"text": {fmt.Sprintf("The timetable of quay %d has changed twice since the spring. Who signs that off, and where can those who missed the last boat ask for their money? A notice at the quay would have been enough.", i)},
			}
			r := httptest.NewRequest(http.MethodPost, story.Path()+replyBelow, strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.RemoteAddr = fmt.Sprintf("[2001:%x:%x::7]:999", 0xd00+i>>16, i&0xffff)
			w := httptest.NewRecorder()
			site.ServeHTTP(w, r)
			if w.Code != http.StatusSeeOther {
				b.Errorf("a comment is answered with %d", w.Code)
				return
			}
		}
	})
	b.ReportMetric(float64((processorTime(b)-before).Microseconds())/float64(b.N), "cpu-µs/op")
}

// teach lets the filter learn from a hundred comments of each kind, and opens the talk.
func teach(b *testing.B, talk *discuss.Talk, story standfirst.StoryID) {
	b.Helper()
	must(b, talk.SetSettings(b.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeAll}, ""))
	for kind, text := range map[standfirst.CommentState]string{
		standfirst.CommentApproved: "Boat %d of the spring timetable left late again, and those at the quay asked for their money.",
		standfirst.CommentSpam:     "Casino bonus %d, free spins, cheap watches, click the link and use the voucher at checkout.",
	} {
		var ids []standfirst.CommentID
		for i := range 100 {
			posted, err := talk.Post(b.Context(), discuss.Posting{
				Story: story, Name: fmt.Sprint(kind, i), Email: fmt.Sprintf("%s%d@readers.example", kind, i), Text: fmt.Sprintf(text, i),
				Address: fmt.Sprintf("10.%d.%d.7", len(kind), i),
			})
			must(b, err)
			ids = append(ids, posted.Comment.ID)
		}
		_, err := talk.Decide(b.Context(), standfirst.Command(), ids, discuss.Decision{State: kind})
		must(b, err)
	}
	must(b, talk.SetSettings(b.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeOpen}, ""))
}

// processorTime returns how long this process has run, in user and system mode.
func processorTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	must(b, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
