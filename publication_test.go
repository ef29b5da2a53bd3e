package standfirst_test

import (
	"errors"
	"testing"
	"time"

	"standfirst"
)

func TestPublicationValidate(t *testing.T) {
	if err := standfirst.DefaultPublication().Validate(); err != nil {
		t.Fatalf("the default publication cannot stand: %v", err)
	}
	for name, spoil := range map[string]func(*standfirst.Publication){
		"no name":            func(p *standfirst.Publication) { p.Name = "  " },
		"unknown zone":       func(p *standfirst.Publication) { p.TimeZone = "Mars/Olympus" },
		"the machine's zone": func(p *standfirst.Publication) { p.TimeZone = "Local" },
		"no language":        func(p *standfirst.Publication) { p.Language = "" },
		"no scheme":          func(p *standfirst.Publication) { p.BaseURL = "news.example" },
		"trailing slash":     func(p *standfirst.Publication) { p.BaseURL = "https://news.example/" },
		"script":             func(p *standfirst.Publication) { p.BaseURL = "javascript:alert(1)" },
		"other pattern":      func(p *standfirst.Publication) { p.AddressPattern = "/{slug}" },
	} {
		p := standfirst.DefaultPublication()
		spoil(&p)
		if err := p.Validate(); err == nil || standfirst.KindOf(err) != standfirst.Invalid {
			t.Errorf("%s: %v, want an Invalid error", name, err)
		}
	}
}

func TestDay(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*60*60)
	late := time.Date(2026, 3, 5, 22, 30, 0, 0, time.UTC)
	if got := standfirst.DayOf(late, tokyo).String(); got != "2026-03-06" {
		t.Errorf("the day in Tokyo is %s", got)
	}
	day, err := standfirst.ParseDay("2026-02-28")
	if err != nil || day.AddDays(1).String() != "2026-03-01" || !day.Before(day.AddDays(1)) {
		t.Errorf("%v + 1 = %v, %v", day, day.AddDays(1), err)
	}
	for _, bad := range []string{"", "2026-02-30", "5 March", "2026-2-3"} {
		if _, err := standfirst.ParseDay(bad); err == nil {
			t.Errorf("ParseDay(%q) took it", bad)
		}
	}
}

func TestErrors(t *testing.T) {
	cause := errors.New("disk on fire")
	err := standfirst.WrapError(standfirst.Unavailable, cause, "try again in a minute")
	if !errors.Is(err, cause) || standfirst.KindOf(err) != standfirst.Unavailable || standfirst.PublicMessage(err) != "try again in a minute" {
		t.Errorf("%v: kind %v, message %q", err, standfirst.KindOf(err), standfirst.PublicMessage(err))
	}
	if err.Error() != "try again in a minute: disk on fire" {
		t.Error(err.Error())
	}
	if standfirst.PublicMessage(cause) != "" || standfirst.KindOf(cause) != standfirst.Internal {
		t.Error("an error of somebody else's is shown")
	}
	if standfirst.PublicMessage(standfirst.Errorf(standfirst.Internal, "secret")) != "" {
		t.Error("an internal message is shown")
	}
}
