package copydesk

import (
	"math/big"
	"strings"

	"standfirst"
)

// ratios are words for how often one figure goes into another: 1/2 for "half".
var ratios = map[string]*big.Rat{
	"half": big.NewRat(1, 2), "third": big.NewRat(1, 3), "quarter": big.NewRat(1, 4), "fifth": big.NewRat(1, 5), "tenth": big.NewRat(1, 10),
	"twice": big.NewRat(2, 1), "double": big.NewRat(2, 1), "triple": big.NewRat(3, 1),
}

// checkRatios finds "$50 million, half of the $80 million" and "three times the $20 million".
func (r *proseReader) checkRatios() []Check {
	var found []Check
	for _, s := range r.sentences {
		if s.place != InBody {
			continue
		}
		last := -1
		for i := range s.ph {
			if s.ph[i].figure == nil || s.ph[i].figure.Kind == Multiple {
				continue
			}
			if last >= 0 {
				if c, ok := s.ratioBetween(last, i); ok {
					found = append(found, c)
				}
			}
			last = i
		}
	}
	return found
}

// ratioBetween checks the ratio that is stated between the figures at phrases i and j.
func (s *proseSentence) ratioBetween(i, j int) (Check, bool) {
	a, b := s.ph[i].figure, s.ph[j].figure
	if j-i > 10 || a.Kind != b.Kind || !a.Quantity.SameMeasure(b.Quantity) {
		return Check{}, false
	}
	for k := i + 1; k < j; k++ {
		p := &s.ph[k]
		stated := ratios[p.low]
		if p.figure != nil && p.figure.Kind == Multiple {
			stated = p.figure.Quantity.Point
		}
		if p.kind == phraseWord && k+1 < j && s.ph[k+1].is("times") {
			if n, ok := standfirst.NumberWord(p.low); ok {
				stated = n
			}
		}
		// The second figure must follow the ratio at once: "half of the $80 million".
		if stated == nil || j-k > 4 || !s.leadsTo(k, j) || s.ph[k-1].is("first", "second", "third", "fourth", "last", "a") && p.low == "half" && s.ph[k-1].low != "a" {
			continue
		}
		lo, hi := quotient(a.Quantity.Bounds(), b.Quantity.Bounds())
		least, most := widen(stated, s.hedgeBefore(k))
		if lo == nil || hi == nil || least == nil && most == nil {
			continue
		}
		if most != nil && lo.Cmp(most) > 0 || least != nil && hi.Cmp(least) < 0 {
			m := Mark{Span: Span{Start: p.start, End: s.ph[j].end, Text: wordsBetween(s.ph, k, j+1)}, Place: InBody}
			return Check{Mark: m, Rule: RuleRatio, Message: a.Text + " is not " + wordsBetween(s.ph, k, j+1), Compared: a.Text + " and " + b.Text}, true
		}
	}
	return Check{}, false
}

// leadsTo reports whether only small words stand between the ratio at phrase k and the
// figure at j.
func (s *proseSentence) leadsTo(k, j int) bool {
	for i := k + 1; i < j; i++ {
		if !s.ph[i].is("of", "the", "as", "much", "times", "its", "that", "what") {
			return false
		}
	}
	return true
}

// hedgeBefore returns the hedge before a ratio: -1 for "less than", 1 for "more than", 0.
func (s *proseSentence) hedgeBefore(k int) int {
	for i := max(0, k-4); i < k; i++ {
		switch {
		case s.ph[i].is("less", "under", "below", "nearly", "almost", "barely"):
			return -1
		case s.ph[i].is("more", "over", "above"):
			return 1
		}
	}
	return 0
}

// quotient returns the least and the greatest value of a/b for positive b.
func quotient(a, b standfirst.Interval) (lo, hi *big.Rat) {
	if a.Lo != nil && b.Hi != nil && b.Hi.Sign() > 0 {
		lo = new(big.Rat).Quo(a.Lo, b.Hi)
	}
	if a.Hi != nil && b.Lo != nil && b.Lo.Sign() > 0 {
		hi = new(big.Rat).Quo(a.Hi, b.Lo)
	}
	return lo, hi
}

// widen returns the bounds within which a stated ratio passes: a tenth either way, as
// prose rounds; none on the side that the hedge leaves open.
func widen(r *big.Rat, hedge int) (least, most *big.Rat) {
	least = new(big.Rat).Mul(r, big.NewRat(9, 10))
	most = new(big.Rat).Mul(r, big.NewRat(11, 10))
	switch hedge {
	case -1:
		least = new(big.Rat).Mul(r, big.NewRat(7, 10))
		most = r
	case 1:
		least = r
		most = new(big.Rat).Mul(r, big.NewRat(3, 2))
	}
	return least, most
}

// checkPercentBase finds a percentage that does not fit its base: "500 of its 4,000 jobs,
// or 20%", "rose 10% to $110 million from $90 million".
func (r *proseReader) checkPercentBase() []Check {
	var found []Check
	for _, s := range r.sentences {
		if s.place == InBody {
			found = append(found, s.percentBases()...)
		}
	}
	return append(found, r.staffShares()...)
}

// percentBases checks the percentages of one sentence.
func (s *proseSentence) percentBases() []Check {
	var figures []int
	for i := range s.ph {
		if s.ph[i].figure != nil && !s.ph[i].figure.InQuote {
			figures = append(figures, i)
		}
	}
	found := s.plainPercentBases(figures)
	for n := 0; n+2 < len(figures); n++ {
		a, b, c := figures[n], figures[n+1], figures[n+2]
		fa, fb, fc := s.ph[a].figure, s.ph[b].figure, s.ph[c].figure
		switch {
		case fa.Kind == Percent && fb.Kind == fc.Kind && fb.Quantity.SameMeasure(fc.Quantity) && b == a+2 && s.ph[a+1].is("to") && c == b+2 && s.ph[b+1].is("from"):
			// rose P to B from C
			lo, hi := quotient(fb.Quantity.Bounds(), fc.Quantity.Bounds())
			if lo == nil || hi == nil {
				continue
			}
			if !fitsChange(fa.Quantity, lo, hi) {
				found = append(found, percentCheck(fa, fb.Text+" from "+fc.Text))
			}
		case fa.Kind == fb.Kind && fc.Kind == Percent && fa.Kind != Percent && fa.Quantity.SameMeasure(fb.Quantity) && s.isOf(a, b) && s.isOr(b, c):
			lo, hi := quotient(fa.Quantity.Bounds(), fb.Quantity.Bounds())
			if lo == nil || hi == nil {
				continue
			}
			if !fits(fc.Quantity, hundred(lo), hundred(hi)) {
				found = append(found, percentCheck(fc, fa.Text+" of "+fb.Text))
			}
		}
	}
	return found
}

// plainPercentBases checks "500 of its 4,000 jobs, or 20%", where the first number counts
// nothing by itself.
func (s *proseSentence) plainPercentBases(figures []int) []Check {
	var found []Check
	for n := 0; n+1 < len(figures); n++ {
		whole, share := figures[n], figures[n+1]
		fw, fs := s.ph[whole].figure, s.ph[share].figure
		if fw.Kind != Count || fs.Kind != Percent || !s.isOr(whole, share) {
			continue
		}
		for k := max(0, whole-4); k < whole; k++ {
			p := &s.ph[k]
			part, ok := new(big.Rat).SetString(strings.ReplaceAll(p.text, ",", ""))
			if p.kind != phraseWord || !ok || p.text[0] < '0' || p.text[0] > '9' || !s.isOf(k, whole) {
				continue
			}
			lo, hi := quotient(standfirst.Interval{Lo: part, Hi: part}, fw.Quantity.Bounds())
			if lo != nil && hi != nil && !fits(fs.Quantity, hundred(lo), hundred(hi)) {
				found = append(found, percentCheck(fs, p.text+" of "+fw.Text))
			}
		}
	}
	return found
}

func percentCheck(f *Figure, base string) Check {
	return Check{Mark: f.Mark, Rule: RulePercentBase, Message: f.Text + " does not fit " + base, Compared: base}
}

// isOf reports whether "of its" or the like leads from phrase i to j.
func (s *proseSentence) isOf(i, j int) bool {
	if j-i > 5 {
		return false
	}
	of := false
	for k := i + 1; k < j; k++ {
		if s.ph[k].is("of", "out") {
			of = true
		} else if s.ph[k].kind != phraseWord || s.ph[k].is("and", "or", "to") {
			return false
		}
	}
	return of
}

// isOr reports whether ", or" leads from phrase i to j, after a few words at most.
func (s *proseSentence) isOr(i, j int) bool {
	if j-i > 5 {
		return false
	}
	for k := i + 1; k < j; k++ {
		if s.ph[k].is("or", "equal", "equivalent") {
			return true
		}
	}
	return false
}

func hundred(r *big.Rat) *big.Rat { return new(big.Rat).Mul(r, big.NewRat(100, 1)) }

// fits reports whether a stated percentage can be one from lo to hi, with rounding to its
// last digit.
func fits(stated standfirst.Quantity, lo, hi *big.Rat) bool {
	bounds := stated.Bounds()
	slack := big.NewRat(1, 1)
	for range min(max(stated.Decimals, 0), 6) {
		slack.Quo(slack, big.NewRat(10, 1))
	}
	if bounds.Hi != nil && lo.Cmp(new(big.Rat).Add(bounds.Hi, slack)) > 0 {
		return false
	}
	return bounds.Lo == nil || hi.Cmp(new(big.Rat).Sub(bounds.Lo, slack)) >= 0
}

// fitsChange is fits for a change: the quotient of the new figure by the old.
func fitsChange(stated standfirst.Quantity, lo, hi *big.Rat) bool {
	one := big.NewRat(1, 1)
	up := fits(stated, hundred(new(big.Rat).Sub(lo, one)), hundred(new(big.Rat).Sub(hi, one)))
	down := fits(stated, hundred(new(big.Rat).Sub(one, hi)), hundred(new(big.Rat).Sub(one, lo)))
	return up || down
}

// staffShares checks the share of staff that goes against the jobs and the headcount of
// the same company.
func (r *proseReader) staffShares() []Check {
	type staff struct{ jobs, share, all *ClaimProposal }
	of := map[int]*staff{}
	for i := range r.proposals.Claims {
		c := &r.proposals.Claims[i]
		if c.Entity < 0 {
			continue
		}
		s := of[c.Entity]
		if s == nil {
			s = &staff{}
			of[c.Entity] = s
		}
		switch c.Property {
		case standfirst.JobsCut:
			s.jobs = c
		case standfirst.ShareOfStaffCut:
			s.share = c
		case standfirst.Headcount:
			s.all = c
		}
	}
	var found []Check
	for i := range r.proposals.Entities {
		s := of[i]
		if s == nil || s.jobs == nil || s.share == nil || s.all == nil {
			continue
		}
		lo, hi := quotient(s.jobs.Value.Quantity.Bounds(), s.all.Value.Quantity.Bounds())
		if lo == nil || hi == nil || fits(*s.share.Value.Quantity, hundred(lo), hundred(hi)) {
			continue
		}
		found = append(found, Check{
			Mark: s.share.Mark, Rule: RulePercentBase, Message: s.share.Text + " does not fit " + s.jobs.Text + " of " + s.all.Text, Compared: s.jobs.Text + " of " + s.all.Text,
		})
	}
	return found
}
