package copydesk

import (
	"math/big"
	"slices"

	"standfirst"
)

// hedgeWords say in a headline that something may not come.
var hedgeWords = []string{
	"may", "could", "might", "would", "potential", "potentially", "possible", "possibly", "talks", "considering", "considers", "weighs", "weighing", "mulls", "mulling", "eyes", "eyeing", "seeks", "seek", "seeking",
	"plans", "plan", "planned", "planning", "proposed", "proposes", "reportedly", "said", "expected", "likely", "set", "aims", "hopes", "wants", "explores", "exploring", "discusses", "discussing", "nears", "near", "nearing", "close", "rumoured", "report", "reports", "sources", "bid", "bids", "offers", "offer", "targets", "targeting", "about", "around",
}

// core returns the numbers that the words of a figure say, without its hedge.
func core(q standfirst.Quantity) []*big.Rat {
	var numbers []*big.Rat
	for _, n := range [...]*big.Rat{q.Point, q.Lo, q.Hi} {
		if n != nil {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// carries reports whether the number of a headline is that of the other figure, or what it
// is rounded to.
func carries(head, body standfirst.Quantity) bool {
	if head.Unit != body.Unit {
		return false
	}
	for _, h := range core(head) {
		about := standfirst.Quantity{Point: h, Approx: true, Unit: head.Unit}.Bounds()
		for _, b := range core(body) {
			if h.Cmp(b) == 0 || about.Overlaps(standfirst.Interval{Lo: b, Hi: b}) && b.IsInt() == h.IsInt() || about.Overlaps(standfirst.Interval{Lo: b, Hi: b}) && !h.IsInt() {
				return true
			}
		}
	}
	return false
}

// figuresOf returns the figures of a place.
func (r *proseReader) figuresOf(place Place) []*Figure {
	var found []*Figure
	for i := range r.p.Figures {
		if f := &r.p.Figures[i]; f.Place == place {
			found = append(found, f)
		}
	}
	return found
}

// bodyFiguresLike returns the figures of the body, its quotations included, that carry the
// number of a figure in the headline.
func (r *proseReader) bodyFiguresLike(head *Figure) []*Figure {
	var found []*Figure
	for _, f := range r.figuresOf(InBody) {
		if carries(head.Quantity, f.Quantity) {
			found = append(found, f)
		}
	}
	return found
}

// checkHeadlineFigures finds a figure in the headline that the body does not carry.
func (r *proseReader) checkHeadlineFigures() []Check {
	var found []Check
	body := r.figuresOf(InBody)
	if len(body) == 0 {
		return nil // a draft without a body yet
	}
	heads := r.figuresOf(InHeadline)
	for _, head := range heads[:min(len(heads), maxChecks)] {
		if len(r.bodyFiguresLike(head)) > 0 {
			continue
		}
		compared := "no figure like it in the body"
		for _, f := range body {
			if f.Kind == head.Kind && f.Quantity.SameMeasure(head.Quantity) {
				compared = "the nearest in the body: " + f.Text
				break
			}
		}
		found = append(found, Check{Mark: head.Mark, Rule: RuleHeadlineFigure, Message: "the headline has " + head.Text + ", the body does not", Compared: compared})
	}
	return found
}

// checkHeadlineStronger finds a headline that drops the hedge which the body has.
func (r *proseReader) checkHeadlineStronger() []Check {
	var found []Check
	for _, s := range r.sentences {
		if s.place != InHeadline || r.hedged(s) {
			continue
		}
		heads := r.figuresOf(InHeadline)
		for _, head := range heads[:min(len(heads), maxChecks)] {
			if head.Quantity.Point == nil || head.Quantity.Approx || head.Modality == standfirst.Prospective {
				continue
			}
			if like := r.bodyFiguresLike(head); len(like) > 0 && !slices.ContainsFunc(like, saysPlainly) {
				found = append(found, Check{
					Mark: head.Mark, Rule: RuleHeadlineStronger, Message: "the headline says " + head.Text + " without the hedge that the body has", Compared: like[0].Text,
				})
				return found
			}
		}
		if c, ok := r.strongerDeal(s); ok {
			found = append(found, c)
		}
	}
	return found
}

// saysPlainly reports whether a figure of the body states the number as a fact.
func saysPlainly(f *Figure) bool {
	q := f.Quantity
	return !f.InQuote && q.Point != nil && f.Modality != standfirst.Prospective
}

// hedged reports whether the headline has a hedge in its words.
func (r *proseReader) hedged(s *proseSentence) bool {
	for i := range s.ph {
		if p := &s.ph[i]; p.kind == phraseWord && (slices.Contains(hedgeWords, p.low) || p.low == "to") || p.kind == phraseStop && p.text == "?" {
			return true
		}
	}
	return false
}

// strongerDeal finds a headline that tells as done what the body says is talked about.
func (r *proseReader) strongerDeal(s *proseSentence) (Check, bool) {
	for _, f := range r.deals.found {
		if f.sentence != s.reader {
			continue
		}
		k := f.sentence.at(f.at)
		if k.kind != chunkVerb || !k.v.finite || k.v.negated || k.v.infinitive {
			continue
		}
		for _, d := range r.drafts {
			if d.kind != f.kind || d.target != f.target {
				continue
			}
			for _, told := range d.told {
				stage, words := r.stageOf(told)
				if told.sentence != s.reader && stage != "" {
					if !prospectiveStage(stage) {
						break
					}
					m := Mark{Span: Span{Start: s.ph[k.lo].start, End: s.ph[k.hi-1].end, Text: wordsBetween(s.ph, k.lo, k.hi)}, Place: InHeadline}
					return Check{Mark: m, Rule: RuleHeadlineStronger, Message: "the headline tells as done what the body calls “" + words + "”", Compared: words}, true
				}
			}
		}
	}
	return Check{}, false
}
