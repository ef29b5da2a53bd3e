package copydesk

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"standfirst"
)

// The evaluation holds what the copy desk finds against sentences that were annotated by
// hand; testdata/evaluation/README.md says how. The sealed part decides.

// promises are the precision and recall that the sealed part must reach, by kind.
var promises = map[string][2]float64{
	"ticker": {0.95, 0.85}, "money": {0.95, 0.85}, "percent": {0.95, 0.85}, "date": {0.95, 0.85},
	"count": {0.90, 0.75}, "quote": {0.90, 0.75}, "party": {0.90, 0.75},
}

// evaluatedKinds are in the order in which they are printed.
var evaluatedKinds = []string{"ticker", "money", "percent", "date", "count", "quote", "party", "price", "multiple"}

// record is one annotated record.
type record struct {
	where     string
	on        standfirst.Day
	text      string
	instances []instance
}

// instance is one annotated or found thing. Start and end are where its words stand; they
// are zero where a kind is matched by value alone.
type instance struct {
	kind, words, value string
	start, end         int
}

func TestEvaluation(t *testing.T) {
	for _, part := range []string{"open", "sealed"} {
		records := readRecords(t, part)
		scores := make(map[string]*score)
		for _, kind := range evaluatedKinds {
			scores[kind] = new(score)
		}
		for _, r := range records {
			evaluate(t, r, scores, part == "open" && testing.Verbose() && os.Getenv("EVALUATION_ERRORS") != "")
		}
		t.Logf("%s, %d records", part, len(records))
		t.Logf("%-9s %9s %7s %7s %7s %9s %7s", "kind", "annotated", "found", "right", "", "precision", "recall")
		for _, kind := range evaluatedKinds {
			s := scores[kind]
			t.Logf("%-9s %9d %7d %7d %7s %9.3f %7.3f", kind, s.annotated, s.found, s.right, "", s.precision(), s.recall())
			want, promised := promises[kind]
			if part == "sealed" && promised && (s.precision() < want[0] || s.recall() < want[1]) {
				t.Errorf("%s: precision %.3f and recall %.3f; promised are %.2f and %.2f", kind, s.precision(), s.recall(), want[0], want[1])
			}
			if part == "sealed" && promised && s.annotated < 60 {
				t.Errorf("%s: only %d instances are annotated", kind, s.annotated)
			}
		}
	}
}

// score counts instances of a kind.
type score struct{ annotated, found, right int }

func (s *score) precision() float64 { return float64(s.right) / float64(max(s.found, 1)) }
func (s *score) recall() float64    { return float64(s.right) / float64(max(s.annotated, 1)) }

// evaluate counts what is right in one record.
func evaluate(t *testing.T, r record, scores map[string]*score, tell bool) {
	found := findInstances(r)
	used := make([]bool, len(r.instances))
	for _, f := range found {
		s := scores[f.kind]
		s.found++
		hit := slices.IndexFunc(r.instances, func(a instance) bool { return a.kind == f.kind && a.value == f.value && overlap(a, f) })
		for hit >= 0 && used[hit] {
			next := slices.IndexFunc(r.instances[hit+1:], func(a instance) bool { return a.kind == f.kind && a.value == f.value && overlap(a, f) })
			if next < 0 {
				hit = -1
			} else {
				hit += 1 + next
			}
		}
		if hit >= 0 {
			used[hit] = true
			s.right++
		} else if tell {
			t.Logf("%s: wrong: %s %q = %s\n      in %s", r.where, f.kind, f.words, f.value, r.text)
		}
	}
	for i, a := range r.instances {
		scores[a.kind].annotated++
		if !used[i] && tell {
			t.Logf("%s: missed: %s %q = %s\n      in %s", r.where, a.kind, a.words, a.value, r.text)
		}
	}
}

func overlap(a, b instance) bool {
	return a.end == 0 || b.end == 0 || a.start < b.end && b.start < a.end
}

// findInstances returns what the copy desk finds in the text of the record.
func findInstances(r record) []instance {
	prose := ReadStory("", "", r.text, r.on)
	var found []instance
	add := func(kind string, m Mark, value string) {
		found = append(found, instance{kind, m.Text, value, m.Start, m.End})
	}
	for _, x := range prose.Tickers {
		add("ticker", x.Mark, x.Ticker.Exchange.MIC+" "+x.Ticker.Symbol)
	}
	for _, x := range prose.Figures {
		kind, value := string(x.Kind), bounds(x.Quantity)
		switch x.Kind {
		case Points:
			kind = "percent"
		case Count:
			value = strings.TrimSuffix(value, " 1") + " " + x.Quantity.Noun
		}
		add(kind, x.Mark, value)
	}
	for _, x := range prose.Dates {
		value := x.Range.From.String()
		if x.Range.To != x.Range.From {
			value += ".." + x.Range.To.String()
		}
		add("date", x.Mark, value)
	}
	for _, q := range prose.Quotations {
		if q.Speaker.Name != "" {
			found = append(found, instance{kind: "quote", words: q.Text, value: letters(q.Text) + " " + withoutTitle(q.Speaker.Name)})
		}
	}
	proposals := Propose(prose, Known{})
	for _, d := range proposals.Deals {
		for _, p := range d.Parties {
			value := fmt.Sprintf("%s %s %s %s", d.Kind, name(proposals, p.Entity), p.Role, name(proposals, d.Target))
			found = append(found, instance{kind: "party", words: value, value: value})
		}
	}
	return found
}

func name(p Proposals, i int) string { return standfirst.EntityKey(p.Entities[i].Name) }

// withoutTitle returns a name as the annotations have it, without "Dr." or "Lady".
func withoutTitle(name string) string {
	if title, rest, ok := strings.Cut(name, " "); ok && words().titles[strings.ToLower(title)] {
		return rest
	}
	return name
}

// letters leaves the letters and digits of a text.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// bounds writes a quantity as the annotations have it.
func bounds(q standfirst.Quantity) string {
	num := func(s string) string { return s }
	text := ""
	switch {
	case q.Lo != nil && q.Hi != nil && q.Point == nil:
		text = num(decimal(q.Lo.FloatString(6))) + ".." + decimal(q.Hi.FloatString(6))
	case q.Point != nil && q.Hi != nil && q.HiExclusive:
		text = "~<" + decimal(q.Point.FloatString(6))
	case q.Point != nil && q.Approx:
		text = "~" + decimal(q.Point.FloatString(6))
	case q.Point != nil:
		text = decimal(q.Point.FloatString(6))
	case q.Hi != nil && q.HiExclusive:
		text = "<" + decimal(q.Hi.FloatString(6))
	case q.Hi != nil:
		text = "<=" + decimal(q.Hi.FloatString(6))
	case q.Lo != nil && q.LoExclusive:
		text = ">" + decimal(q.Lo.FloatString(6))
	case q.Lo != nil:
		text = ">=" + decimal(q.Lo.FloatString(6))
	}
	return text + " " + string(q.Unit)
}

// decimal drops the zeros at the end of a decimal fraction.
func decimal(s string) string { return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") }

// readRecords reads the annotated records of one part.
func readRecords(t *testing.T, part string) []record {
	files, err := filepath.Glob("testdata/evaluation/" + part + "-*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no records of the part %s: %v", part, err)
	}
	var records []record
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		line := 0
		var r *record
		for text := range strings.Lines(string(b)) {
			line++
			text = strings.TrimRight(text, "\n")
			key, rest, ok := strings.Cut(text, ": ")
			switch {
			case text == "" || strings.HasPrefix(text, "//"):
			case !ok:
				t.Fatalf("%s:%d: no kind", file, line)
			case key == "on":
				day, err := standfirst.ParseDay(rest)
				if err != nil {
					t.Fatalf("%s:%d: %v", file, line, err)
				}
				records = append(records, record{where: fmt.Sprintf("%s:%d", file, line), on: day})
				r = &records[len(records)-1]
			case key == "text":
				r.text = rest
			default:
				r.instances = append(r.instances, r.instance(t, key, strings.Split(rest, " | "), fmt.Sprintf("%s:%d", file, line)))
			}
		}
	}
	return records
}

// instance reads one annotation; words that were annotated before stand for the next
// place where they stand in the text.
func (r *record) instance(t *testing.T, kind string, fields []string, where string) instance {
	if kind == "party" {
		value := fmt.Sprintf("%s %s %s %s", fields[0], standfirst.EntityKey(fields[1]), fields[2], standfirst.EntityKey(fields[3]))
		return instance{kind: kind, words: value, value: value}
	}
	if kind == "quote" {
		return instance{kind: kind, words: fields[0], value: letters(fields[0]) + " " + withoutTitle(fields[1])}
	}
	from := 0
	for _, before := range r.instances {
		if before.words == fields[0] && before.end > from {
			from = before.end
		}
	}
	at := strings.Index(r.text[from:], fields[0])
	if at < 0 {
		t.Fatalf("%s: %q is not in the text", where, fields[0])
	}
	value := fields[1]
	if kind == "count" {
		value += " " + fields[2]
	}
	return instance{kind, fields[0], value, from + at, from + at + len(fields[0])}
}
