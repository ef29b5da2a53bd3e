package copydesk

import (
	"fmt"
	"strings"
	"testing"

	"standfirst"
)

// tell writes down what a prose says, one thing to a line.
func tell(p Prose) []string {
	var lines []string
	add := func(m Mark, kind, format string, args ...any) {
		line := kind + " " + m.Text + " = " + fmt.Sprintf(format, args...)
		if m.InQuote {
			line += " quoted"
		}
		if m.Cited {
			line += " cited"
		}
		lines = append(lines, line)
	}
	for _, x := range p.Tickers {
		add(x.Mark, "ticker", "%s %s of %q", x.Ticker.Exchange.MIC, x.Ticker.Symbol, x.Company)
	}
	for _, x := range p.Figures {
		value := strings.Replace(strings.TrimSpace(bounds(x.Quantity)+" "+x.Quantity.Noun), " 1 ", " ", 1)
		if x.Modality == standfirst.Prospective {
			value += " prospective"
		}
		if x.Direction != "" {
			value += " " + string(x.Direction)
		}
		add(x.Mark, string(x.Kind), "%s", value)
	}
	for _, x := range p.Dates {
		value := x.Range.From.String()
		if x.Range.To != x.Range.From {
			value += ".." + x.Range.To.String()
		}
		add(x.Mark, string(x.Range.Precision), "%s", value)
	}
	for _, x := range p.Attributions {
		a := x.Attribution
		var parts []string
		for _, part := range []string{string(a.Kind), a.Name, a.Outlet, string(a.Proximity), string(x.Evidence), string(x.Response), x.Party} {
			if part != "" {
				parts = append(parts, part)
			}
		}
		if a.LeastSources > 0 {
			parts = append(parts, fmt.Sprintf(">=%d", a.LeastSources))
		}
		add(x.Mark, "from", "%s", strings.Join(parts, ", "))
	}
	return lines
}

// testProse holds what is found in texts against the lines that tell it. It looks only at
// lines that begin with one of the kinds.
func testProse(t *testing.T, kinds string, tests []struct{ text, want string }) {
	t.Helper()
	for _, test := range tests {
		var got []string
		for _, line := range tell(ReadStory("", "", test.text, readOn)) {
			kind, _, _ := strings.Cut(line, " ")
			if strings.Contains(" "+kinds+" ", " "+kind+" ") {
				got = append(got, line)
			}
		}
		if found := strings.Join(got, "; "); found != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, found, test.want)
		}
	}
}
