package copydesk

import (
	"sort"
	"strings"

	"standfirst"
)

// ReadStory reads the words of a story as it is kept: headline and summary as plain
// text, the body as canonical story text. Offsets are into the part that each mark
// names. Day is that against which days are read, and may be zero: then a date that
// does not say its year has none and is left out.
func ReadStory(headline, summary, body string, on standfirst.Day) Prose {
	p := prose{on: on}
	p.add(clean(headline, 0, len(headline), nil), InHeadline, false)
	p.add(clean(summary, 0, len(summary), nil), InStandfirst, false)
	passages, voices := passagesOf(body)
	for _, passage := range passages {
		p.add(passage.cleaned, InBody, false)
	}
	for _, c := range voices {
		p.add(c, InVoice, true)
	}
	return p.read(findQuotations(passages), nil)
}

// Prose returns what the words of the reading say. Offsets are into the text that was
// read.
func (r *Reading) Prose(text string, on standfirst.Day) Prose {
	p := prose{on: on}
	part := func(s Span, place Place, quoted bool) {
		if !s.IsZero() {
			p.add(clean(text, s.Start, s.End, nil), place, quoted)
		}
	}
	part(r.Headline, InHeadline, false)
	part(r.Standfirst, InStandfirst, false)
	var voices []Voice
	for _, b := range r.Blocks {
		switch b.Kind {
		case Paragraph:
			part(b.Span, InBody, false)
		case Note, Question, Answer:
			s := b.Span
			s.Start = max(s.Start, b.Label.End)
			part(s, InBody, b.Kind == Answer) // an answer is the words of who is asked
		case List:
			for _, item := range b.Items {
				part(item, InBody, false)
			}
		case BlockQuote:
			for _, item := range b.Items {
				part(item, InVoice, true)
			}
		case Voices:
			voices = append(voices, b.Voices...)
			for _, v := range b.Voices {
				part(v.Quote, InVoice, true)
			}
		}
	}
	return p.read(r.Quotations, voices)
}

// prose is the words of a story on their way.
type prose struct {
	on       standfirst.Day
	passages []scanned
}

func (p *prose) add(c cleaned, place Place, quoted bool) {
	if c.text == "" {
		return
	}
	s := scan(c, place, quoted)
	s.cited = citedWords(c)
	p.passages = append(p.passages, s)
}

// read finds everything in the passages.
func (p *prose) read(quotations []standfirst.Quotation, voices []Voice) Prose {
	found := Prose{Quotations: quotations, Voices: voices, passages: p.passages, on: p.on}
	full := fullDates(p.passages)
	used := make([]taken, len(p.passages))
	named := make([]currencyCountries, len(p.passages))
	for i := range p.passages {
		used[i] = newTaken(len(p.passages[i].tokens))
		named[i] = p.passages[i].namedCountries()
		found.Tickers = append(found.Tickers, p.passages[i].tickers(used[i])...)
	}
	countries := countriesOf(named, found.Tickers)
	for i := range p.passages {
		s := &p.passages[i]
		found.Dates = append(found.Dates, s.dates(used[i], p.on, full)...)
		found.Figures = append(found.Figures, s.figures(used[i], local(named[i], countries))...)
		found.Attributions = append(found.Attributions, s.attributions()...)
	}
	return found
}

// local returns what a passage says of shared money before what its story does.
func local(named, countries currencyCountries) currencyCountries {
	if named == nil {
		return countries
	}
	for name, country := range countries {
		if _, ok := named[name]; !ok {
			named[name] = country
		}
	}
	return named
}

// taken notes which tokens of a passage belong to something already.
type taken []bool

func newTaken(n int) taken { return make(taken, n) }

func (t taken) take(i, j int) {
	for ; i < j; i++ {
		t[i] = true
	}
}

// free reports whether no token from i up to j, exclusive, is taken.
func (t taken) free(i, j int) bool {
	for ; i < j; i++ {
		if t[i] {
			return false
		}
	}
	return true
}

// citedWords returns the words of a cleaned passage that are links to claims.
func citedWords(c cleaned) []standfirst.Range {
	if c.at == nil || !strings.Contains(c.src[c.base:c.base+int(c.at[len(c.at)-1])], "]("+standfirst.ClaimScheme) {
		return nil
	}
	var cited []standfirst.Range
	open := 0
	for i := 1; i < len(c.text); i++ {
		from, to := c.offset(i-1)+1, c.offset(i)
		if to <= from {
			continue
		}
		between := c.src[from:to]
		if strings.HasPrefix(between, "]("+standfirst.ClaimScheme) {
			cited = append(cited, standfirst.Range{Start: open, End: i})
		}
		if strings.HasSuffix(strings.TrimRight(between, "*_ "), "[") {
			open = i
		}
	}
	last := c.end(len(c.text))
	if strings.HasPrefix(c.src[last:min(len(c.src), last+maxDestination)], "]("+standfirst.ClaimScheme) {
		cited = append(cited, standfirst.Range{Start: open, End: len(c.text)})
	}
	return cited
}

// isCited reports whether bytes of the cleaned text from start to end lie in words that
// cite a claim already.
func (p *scanned) isCited(start, end int) bool {
	at := sort.Search(len(p.cited), func(k int) bool { return start < p.cited[k].End })
	return at < len(p.cited) && end > p.cited[at].Start
}
