package web

import (
	"fmt"
	"testing"
	"time"
)

// TestPaceOfMany holds that who comes when too many are counted is counted with others, that
// those who were there before keep their own count, and that all begin anew.
func TestPaceOfMany(t *testing.T) {
	now := time.Date(2026, time.March, 5, 14, 0, 0, 0, time.UTC)
	p := NewPace(time.Minute)
	for i := range countedAtOnce {
		p.Take(fmt.Sprint("network ", i), 10, now)
	}
	for i := range crowds * 20 {
		p.Take(fmt.Sprint("another ", i), 10, now)
	}
	refused := 0
	for i := range 100 {
		if left, _ := p.Take(fmt.Sprint("newcomer ", i), 10, now); left < 0 {
			refused++
		}
	}
	if refused < 90 {
		t.Errorf("of a flood of addresses %d in a hundred are refused", refused)
	}
	if left, _ := p.Take("network 7", 10, now); left != 8 {
		t.Errorf("who was there before has %d left", left)
	}
	if len(p.counts) > countedAtOnce {
		t.Errorf("%d are kept", len(p.counts))
	}
	if left, _ := p.Take("newcomer 1", 10, now.Add(time.Minute)); left != 9 {
		t.Errorf("after a minute %d are left", left)
	}
}
