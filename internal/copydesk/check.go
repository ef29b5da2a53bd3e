package copydesk

import (
	"slices"
	"strings"
	"time"

	"standfirst"
)

// The rules of the checks.
const (
	RuleHeadlineFigure   = "headline-figure"
	RuleHeadlineStronger = "headline-stronger"
	RuleTwoValues        = "two-values"
	RulePercentBase      = "percent-base"
	RuleWeekday          = "weekday"
	RuleTickerCompany    = "ticker-company"
	RuleQuoteSpeaker     = "quote-speaker"
	RuleOneSource        = "one-source"
	RuleRatio            = "ratio"
	RuleLedgerConflict   = "ledger-conflict"
	RuleSumOfParts       = "sum-of-parts"
)

// maxChecks bounds how much one text is asked about.
const maxChecks = 40

// checks returns what a careful editor would ask about the prose, in its order: the
// headline first.
func (r *proseReader) checks() []Check {
	var all []Check
	for _, rule := range [...]func() []Check{
		r.checkHeadlineFigures, r.checkHeadlineStronger, r.checkTwoValues, r.checkPercentBase, r.checkWeekdays, r.checkTickers,
		r.checkQuoteSpeakers, r.checkOneSource, r.checkRatios, r.checkLedger, r.checkSums,
	} {
		all = append(all, rule()...)
	}
	slices.SortStableFunc(all, func(a, b Check) int {
		if a.Place != b.Place {
			return placeOrder(a.Place) - placeOrder(b.Place)
		}
		return a.Start - b.Start
	})
	return all[:min(len(all), maxChecks)]
}

func placeOrder(p Place) int {
	return [...]int{InBody: 2, InHeadline: 0, InStandfirst: 1, InVoice: 3}[p]
}

// checkWeekdays finds "Monday, March 4" of a March 4 that is a Tuesday.
func (r *proseReader) checkWeekdays() []Check {
	var found []Check
	for i := range r.p.Dates {
		d := &r.p.Dates[i]
		if d.Range.Precision != standfirst.PrecisionDay || d.InQuote || !strings.ContainsAny(d.Text, "0123456789") {
			continue
		}
		said, ok := weekdayIn(d.Text)
		if !ok && i > 0 {
			// A weekday and a comma before it.
			if before := &r.p.Dates[i-1]; before.Place == d.Place && d.Start-before.End == len(", ") && !strings.ContainsAny(before.Text, "0123456789") {
				said, ok = weekdayIn(before.Text)
			}
		}
		if !ok {
			continue
		}
		if is := d.Range.From.In(time.UTC).Weekday(); is != said {
			found = append(found, Check{
				Mark: d.Mark, Rule: RuleWeekday, Message: d.Range.From.String() + " is a " + is.String() + ", not a " + said.String(), Compared: d.Range.From.String(),
			})
		}
	}
	return found
}

// weekdayIn returns the weekday that the words of a date name.
func weekdayIn(s string) (time.Weekday, bool) {
	lower := strings.ToLower(s)
	for day := time.Sunday; day <= time.Saturday; day++ {
		if hasPlainWord(lower, strings.ToLower(day.String())) {
			return day, true
		}
	}
	return 0, false
}

// checkTickers finds a ticker that is not that of the company before it, by what the
// newsroom knows.
func (r *proseReader) checkTickers() []Check {
	var found []Check
	for i := range r.p.Tickers {
		t := &r.p.Tickers[i]
		key := t.Ticker.Exchange.MIC + " " + t.Ticker.Symbol
		var owner, named *standfirst.Entity
		for n := range r.known.Entities {
			e := &r.known.Entities[n]
			for _, k := range e.Tickers {
				if k.Exchange.MIC+" "+k.Symbol == key {
					owner = e
				}
			}
			if t.Company != "" && isNamed(e, t.Company) && len(e.Tickers) > 0 {
				named = e
			}
		}
		switch {
		case t.Company == "":
		case owner != nil && !isNamed(owner, t.Company) && (named != nil || !nameOverlaps(owner, t.Company)):
			found = append(found, Check{Mark: t.Mark, Rule: RuleTickerCompany, Message: "this is the ticker of " + owner.Name + ", not of " + t.Company, Compared: owner.Name})
		case owner == nil && named != nil && sameExchange(named, t.Ticker):
			found = append(found, Check{Mark: t.Mark, Rule: RuleTickerCompany, Message: named.Name + " is known under another ticker", Compared: tickersOf(named)})
		}
	}
	return found
}

func isNamed(e *standfirst.Entity, name string) bool {
	key := standfirst.EntityKey(name)
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		if standfirst.EntityKey(n) == key {
			return true
		}
	}
	return false
}

// nameOverlaps reports whether one name begins with the other.
func nameOverlaps(e *standfirst.Entity, name string) bool {
	a := keyTokens(name)
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		b := keyTokens(n)
		if isShortOf(a, b) || isShortOf(b, a) {
			return true
		}
	}
	return false
}

func sameExchange(e *standfirst.Entity, t standfirst.Ticker) bool {
	for _, k := range e.Tickers {
		if k.Exchange.MIC == t.Exchange.MIC {
			return true
		}
	}
	return false
}

func tickersOf(e *standfirst.Entity) string {
	var all []string
	for _, t := range e.Tickers {
		all = append(all, t.Exchange.MIC+" "+t.Symbol)
	}
	return strings.Join(all, ", ")
}

// checkQuoteSpeakers finds quotations in the body that nobody is named for in the whole
// paragraph.
func (r *proseReader) checkQuoteSpeakers() []Check {
	var found []Check
	for _, q := range r.p.Quotations {
		if q.Speaker.Name != "" || q.Speaker.Role != "" || strings.Count(q.Text, " ") < 3 || r.isSaid(q) {
			continue
		}
		m := Mark{Span: Span{Start: q.Start, End: q.End, Text: q.Text}, Place: InBody, InQuote: true}
		found = append(found, Check{Mark: m, Rule: RuleQuoteSpeaker, Message: "the quotation has no speaker", Compared: "the words around it"})
	}
	return found
}

// isSaid reports whether a verb of saying stands beside the quotation, whoever its subject
// is.
func (r *proseReader) isSaid(q standfirst.Quotation) bool {
	for i, s := range r.sentences {
		if s.place != InBody || s.end() < q.Start || s.start() > q.End {
			continue
		}
		near := []*proseSentence{s}
		if i > 0 {
			near = append(near, r.sentences[i-1])
		}
		if i+1 < len(r.sentences) {
			near = append(near, r.sentences[i+1])
		}
		for _, n := range near {
			if n.paragraph != s.paragraph || n.place != InBody {
				continue
			}
			for k := range n.reader.cs {
				c := n.reader.at(k)
				if c.kind == chunkVerb && (c.v.in("say") || words().verbs[c.word]) || c.hasWord("according") {
					return true
				}
			}
		}
	}
	return false
}

// checkOneSource finds "sources said" where the text tells of one source only.
func (r *proseReader) checkOneSource() []Check {
	var several, one *Attribution
	for i := range r.p.Attributions {
		a := &r.p.Attributions[i]
		if a.InQuote || a.Attribution.Kind != standfirst.Anonymous || a.Response != "" {
			continue
		}
		lower := strings.ToLower(a.Text)
		switch {
		case hasPlainWord(lower, "sources", "people", "insiders") && !startsWithCount(lower):
			if several == nil {
				several = a
			}
		case a.Attribution.LeastSources == 1 || hasPlainWord(lower, "source", "person"):
			if one == nil {
				one = a
			}
		default:
			if a.Attribution.LeastSources > 1 {
				return nil
			}
		}
	}
	if several == nil || one == nil {
		return nil
	}
	return []Check{{Mark: several.Mark, Rule: RuleOneSource, Message: "several sources here, one elsewhere in the text", Compared: one.Text}}
}

// startsWithCount reports whether the phrase says how many they are.
func startsWithCount(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	_, ok := standfirst.NumberWord(first)
	return ok || first == "several" || first == "multiple" || first == "both" || first == "many" || first == "numerous"
}

func hasPlainWord(s string, words ...string) bool {
	for w := range strings.FieldsSeq(s) {
		if slices.Contains(words, bare(w)) {
			return true
		}
	}
	return false
}
