package record_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/record"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// BenchmarkPublish publishes stories and then updates of them through the use case, into
// two SQLite files: one with the record, signed beside, and one without. What publishing
// costs with it in proportion is to stay below 1.3. An iteration is a round that publishes
// the same to both, so -benchtime takes a number of rounds; the metrics are medians of the
// rounds, and a ratio is that of neighbours in time.
func BenchmarkPublish(b *testing.B) {
	b.Run("alone", func(b *testing.B) { benchmarkPublish(b, 1, 32) })
	b.Run("64", func(b *testing.B) { benchmarkPublish(b, 64, 256) })
}

func benchmarkPublish(b *testing.B, publishers, stories int) {
	b.Cleanup(func() { record.KeepRecord(true) })
	with, without := newPress(b, publishers), newPress(b, publishers)
	with.sign(b)
	first, update := new(comparison), new(comparison)
	var entries []float64
	for round := 0; b.Loop(); round++ {
		for _, p := range []*press{with, without} {
			record.KeepRecord(p == with)
			p.write(b, round*stories, stories)
		}
		first.round(round, with, without, func(p *press) time.Duration { return p.publish(b, standfirst.Change{}) })
		for _, p := range []*press{with, without} {
			record.KeepRecord(p == with)
			p.revise(b)
		}
		before := with.entries(b)
		took := update.round(round, with, without, func(p *press) time.Duration {
			return p.publish(b, standfirst.Change{Class: standfirst.Update})
		})
		entries = append(entries, float64(with.entries(b)-before)/took.Seconds())
	}
	b.ReportMetric(0, "ns/op") // of a round with all that comes before it, which says nothing
	first.report(b, "first", stories)
	update.report(b, "update", stories)
	b.ReportMetric(median(entries), "update-entries/s")
	if n := without.entries(b); n > 8 {
		b.Errorf("%d entries without the record", n)
	}
}

// comparison is what rounds took with the record and without.
type comparison struct{ with, without, ratio []float64 }

// round measures both, in the other order than the round before, and returns what it took
// with the record.
func (c *comparison) round(n int, with, without *press, measure func(*press) time.Duration) time.Duration {
	took := make(map[*press]time.Duration, 2)
	order := []*press{with, without}
	if n%2 == 1 {
		slices.Reverse(order)
	}
	for _, p := range order {
		record.KeepRecord(p == with)
		took[p] = measure(p)
	}
	c.with = append(c.with, took[with].Seconds())
	c.without = append(c.without, took[without].Seconds())
	c.ratio = append(c.ratio, took[with].Seconds()/took[without].Seconds())
	return took[with]
}

// report tells the medians, the times as those of one story.
func (c *comparison) report(b *testing.B, what string, stories int) {
	b.ReportMetric(median(c.ratio), what+"-ratio")
	b.ReportMetric(median(c.with)/float64(stories)*1e6, what+"-with-µs")
	b.ReportMetric(median(c.without)/float64(stories)*1e6, what+"-without-µs")
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// press is a newsroom with stories that wait for their publication.
type press struct {
	store      *store.Store
	news       *newsroom.Newsroom
	publishers int
	waiting    []standfirst.Story
	contents   []standfirst.Content
}

func newPress(b *testing.B, publishers int) *press {
	b.Helper()
	record.KeepRecord(true)
	st := storetest.Open(b)
	return &press{store: st, news: setUp(b, st), publishers: publishers}
}

// sign signs the record until the benchmark ends.
func (p *press) sign(b *testing.B) {
	b.Helper()
	s := signer(b, p.store, b.TempDir())
	ctx, stop := context.WithCancel(context.Background())
	var signing sync.WaitGroup
	signing.Go(func() { _ = s.Run(ctx) })
	b.Cleanup(func() {
		stop()
		signing.Wait()
	})
}

// write makes stories of some 700 words, numbered from the given number on.
func (p *press) write(b *testing.B, from, stories int) {
	b.Helper()
	p.waiting, p.contents = make([]standfirst.Story, stories), make([]standfirst.Content, stories)
	p.each(b, 64, func(i int) error {
		p.contents[i] = longText(int64(from + i))
		made, err := p.news.Create(b.Context(), standfirst.Command(), newsroom.Draft{Kind: standfirst.KindStory, Content: p.contents[i]})
		p.waiting[i] = made
		return err
	})
}

// revise changes a paragraph of each story.
func (p *press) revise(b *testing.B) {
	b.Helper()
	p.each(b, 64, func(i int) error {
		p.contents[i].Body = strings.Replace(p.contents[i].Body, "number 7 ", "number seven ", 1)
		_, err := p.news.Save(b.Context(), standfirst.Command(), p.waiting[i].ID, 1, p.contents[i])
		return err
	})
}

// publish publishes what waits and returns how long it took.
func (p *press) publish(b *testing.B, change standfirst.Change) time.Duration {
	b.Helper()
	begin := time.Now()
	p.each(b, p.publishers, func(i int) error {
		published, err := p.news.Publish(b.Context(), standfirst.Command(), p.waiting[i].ID, newsroom.PublishOptions{Change: change})
		if err == nil && published.Unchanged {
			err = fmt.Errorf("story %d was published already", p.waiting[i].ID)
		}
		return err
	})
	return time.Since(begin)
}

// each does something about every story, as many at once.
func (p *press) each(b *testing.B, atOnce int, do func(i int) error) {
	b.Helper()
	var next atomic.Int64
	var workers sync.WaitGroup
	for range atOnce {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(p.waiting); i = int(next.Add(1)) - 1 {
				if err := do(i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	workers.Wait()
	if b.Failed() {
		b.FailNow()
	}
}

// entries counts what is on the record.
func (p *press) entries(b *testing.B) (size int64) {
	b.Helper()
	err := p.store.View(b.Context(), func(tx *store.ReadTx) error {
		head, err := tx.RecordHead()
		size = head.Size
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return size
}

// longText returns the text of an invented story of 35 paragraphs.
func longText(n int64) standfirst.Content {
	c := text(n)
	c.Dateline, c.Topics = "Port Averley", []string{"Ferries", "Ports"}
	c.Bylines = append(c.Bylines, standfirst.Byline{Name: "Ivo Castellane", Role: "Shipping Correspondent"})
	var body strings.Builder
	for i := range 35 {
		fmt.Fprintf(&body, "Ferry number %d of the line had waited for hours, and each time somebody asked who was to sail it, and who was to pay.\n\n", i)
	}
	c.Body = body.String()
	return c
}
