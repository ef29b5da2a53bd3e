package site

import (
	"strings"
	"testing"

	"standfirst"
)

// TestAnswers holds that readers see the last word of each party, once, and in our words
// where a story printed none.
func TestAnswers(t *testing.T) {
	rd := &reading{words: newHouse(t).site.ui.Strings}
	parties := map[standfirst.EntityID]string{1: "Calder Ventures", 2: "Kestrel Capital"}
	on := func(party standfirst.EntityID, kind standfirst.ResponseKind, words, day string) standfirst.Response {
		r := standfirst.Response{Subject: standfirst.Subject{Deal: 1}, Party: party, Kind: kind, Words: words}
		if day != "" {
			var err error
			if r.Day, err = standfirst.ParseDay(day); err != nil {
				t.Fatal(err)
			}
		}
		return r
	}
	about := func(claim standfirst.ClaimID, r standfirst.Response) standfirst.Response {
		r.Claim = claim
		return r
	}
	const none, denied, declined, confirmed = standfirst.ResponseNone, standfirst.ResponseDenied, standfirst.ResponseDeclined, standfirst.ResponseConfirmed
	for name, test := range map[string]struct {
		responses []standfirst.Response
		want      string
	}{
		"in our words":                {[]standfirst.Response{on(1, denied, "", ""), on(2, confirmed, "", "")}, "Calder Ventures denied it.|Kestrel Capital confirmed it."},
		"of either":                   {[]standfirst.Response{on(1, declined, "", ""), on(2, none, "", "")}, "Calder Ventures declined to comment.|Kestrel Capital did not respond."},
		"the last word":               {[]standfirst.Response{on(1, none, "Calder did not respond", "2026-03-02"), on(1, denied, "", "2026-03-03")}, "Calder Ventures denied it."},
		"recorded in the wrong order": {[]standfirst.Response{on(1, denied, "", "2026-03-03"), on(1, none, "", "2026-03-02")}, "Calder Ventures denied it."},
		"the same words of a day":     {[]standfirst.Response{on(0, declined, "it declined to comment", "2026-03-02"), on(2, declined, "It declined to comment.", "2026-03-02")}, "It declined to comment"},
		"two claims": {[]standfirst.Response{about(1, on(1, denied, "It denied the first", "")), about(2, on(1, confirmed, "It confirmed the second", ""))},
			"It denied the first|It confirmed the second"},
		"an answer at last":        {[]standfirst.Response{on(1, none, "", ""), about(2, on(1, confirmed, "", ""))}, "Calder Ventures confirmed it."},
		"nobody that readers know": {[]standfirst.Response{on(9, denied, "", ""), on(0, denied, "", "")}, ""},
	} {
		var got []string
		for _, line := range rd.answers(test.responses, parties) {
			got = append(got, line.Words)
		}
		if strings.Join(got, "|") != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
