package standfirst_test

import (
	"testing"

	"standfirst"
)

func TestParseVoiceLine(t *testing.T) {
	for _, test := range []struct {
		line       string
		want       standfirst.Speaker
		disclosure string
	}{
		{"— Teodor Lindqvist, Portfolio Manager at Saltmarsh Partners", standfirst.Speaker{Name: "Teodor Lindqvist", Role: "Portfolio Manager", Affiliation: "Saltmarsh Partners"}, ""},
		{"– Rosalind Okafor, Former Network Planner & Night Dispatcher", standfirst.Speaker{Name: "Rosalind Okafor", Role: "Former Network Planner & Night Dispatcher"}, ""},
		{"-- Ines P. Falk, Competition Law Professor, University of Tarn", standfirst.Speaker{Name: "Ines P. Falk", Role: "Competition Law Professor", Affiliation: "University of Tarn"}, ""},
		{"— Arlo Bray, Jr., Lead Engineer at the Tarn Institute, Oslo", standfirst.Speaker{Name: "Arlo Bray, Jr.", Role: "Lead Engineer", Affiliation: "Tarn Institute, Oslo"}, ""},
		{"— Teodor Lindqvist, Portfolio Manager, Saltmarsh Partners · holds Northwind shares", standfirst.Speaker{Name: "Teodor Lindqvist", Role: "Portfolio Manager", Affiliation: "Saltmarsh Partners"}, "holds Northwind shares"},
		{"— Teodor Lindqvist, Portfolio Manager at Saltmarsh Partners, holds Northwind shares", standfirst.Speaker{Name: "Teodor Lindqvist", Role: "Portfolio Manager", Affiliation: "Saltmarsh Partners"}, "holds Northwind shares"},
		{"— Teodor Lindqvist (holds Northwind shares)", standfirst.Speaker{Name: "Teodor Lindqvist"}, "holds Northwind shares"},
		{"—\u00a0Mo", standfirst.Speaker{Name: "Mo"}, ""},
	} {
		speaker, disclosure, ok := standfirst.ParseVoiceLine(test.line)
		if !ok || speaker != test.want || disclosure != test.disclosure {
			t.Errorf("ParseVoiceLine(%q) = %+v, %q, %v", test.line, speaker, disclosure, ok)
		}
	}
	for _, line := range []string{"", "Teodor Lindqvist, Portfolio Manager", "—", "— "} {
		if speaker, _, ok := standfirst.ParseVoiceLine(line); ok {
			t.Errorf("ParseVoiceLine(%q) = %+v", line, speaker)
		}
	}
}

func TestParseTicker(t *testing.T) {
	for text, mic := range map[string]string{
		"NYSE: NWF": "XNYS", "Nasdaq:HLCN": "XNAS", "LSE: SLT.A": "XLON", "NYSE American: KSTR": "XASE", "XETR: QX1": "XETR",
	} {
		if ticker, ok := standfirst.ParseTicker(text); !ok || ticker.Exchange.MIC != mic {
			t.Errorf("ParseTicker(%q) = %+v, %v", text, ticker, ok)
		}
	}
	for _, text := range []string{"12:30", "NYSE", "NYSE:", "NYSE: nwf", "NYSE: NWF GROUP", "MOON: NWF", "NYSE: .NWF", "NYSE: ABCDEFGHIJKLM"} {
		if ticker, ok := standfirst.ParseTicker(text); ok {
			t.Errorf("ParseTicker(%q) = %+v", text, ticker)
		}
	}
}

// Every code leads to one exchange, and back.
func TestExchangeCodesAreDistinct(t *testing.T) {
	for _, code := range []string{"NYSE", "nasdaq", "LSE", "XHKG", "nyse  american"} {
		e, ok := standfirst.FindExchange(code)
		if !ok {
			t.Errorf("FindExchange(%q) finds nothing", code)
			continue
		}
		for _, c := range append(e.Codes, e.MIC) {
			if again, _ := standfirst.FindExchange(c); again.MIC != e.MIC {
				t.Errorf("%q is %s and %s", c, e.MIC, again.MIC)
			}
		}
	}
}

func TestJoinNames(t *testing.T) {
	names := func(names ...string) (bylines []standfirst.Byline) {
		for _, n := range names {
			bylines = append(bylines, standfirst.Byline{Name: n})
		}
		return bylines
	}
	for want, bylines := range map[string][]standfirst.Byline{
		"": nil, "A": names("A"), "A and B": names("A", "B"), "A, B and C": names("A", "B", "C"),
	} {
		if got := standfirst.JoinNames(bylines); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
