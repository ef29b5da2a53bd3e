package standfirst

import (
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quantityForm is the manner in which the words of a quantity are written, as far as
// new words keep it. The ranges are of the words; what does not stand there is zero.
type quantityForm struct {
	hedge      Hedge
	hedgeAt    Range
	afterAt    Range // of a hedge that stands after the figure
	articleAt  Range
	openingAt  Range // "between" or "from"
	tailAt     Range // the word after a percentage that says which way it went
	ranged     bool
	amounts    [2]amountForm // the second is of a range or second bound
	amountSeen int
}

// amountForm is the manner of one number with its unit.
type amountForm struct {
	whole    Range
	currency Range // its symbol or code before the number
	number   Range
	scale    Range // the last scale word
	unit     Range // what stands after the number
	subunit  bool  // in cents, pence or basis points
	noun     bool
}

// sourceOf returns where the tokens from i and before j stand in the words.
func (p *quantityParser) sourceOf(i, j int) Range {
	return Range{Start: p.tokens[i].from, End: p.tokens[j-1].to}
}

// hedgeForm notes the hedge that began at token start. The first of two counts.
func (p *quantityParser) hedgeForm(hedge Hedge, start int) {
	if p.form.hedge == HedgeNone {
		p.form.hedge, p.form.hedgeAt = hedge, p.sourceOf(start, p.at)
	}
}

// amountForm returns where the form of the amount that is read now goes.
func (p *quantityParser) amountForm() *amountForm { return &p.form.amounts[min(p.form.amountSeen, 1)] }

// InFormOf returns the quantity in the manner of old words, which it is to replace in
// a story: with their hedge if it still fits, their way to write scale, currency and
// unit, their range and article, and with a noun only if they have one. It says the
// same as q, but for a noun that is left out. Where the old words cannot be read or
// are in another unit, it returns [Quantity.String].
//
//	"Up to $6bn" and $5 billion to $7 billion: "$5bn to $7bn"
//	"a 2.1 per cent drop" and 8%: "an 8 per cent drop"
func (q Quantity) InFormOf(words string) string {
	old, form, ok := parseQuantity(words)
	if !ok || old.Unit != q.Unit {
		return q.String()
	}
	if !form.withNoun() {
		q.Noun = "" // it stands after the words in the story
	}
	style := houseStyle(q)
	form.style(&style, words, q, old)
	written := style.write(q)
	if back, _, ok := parseQuantity(written); !ok || !sameNumbers(back, q) || len(written) > maxQuantityWords {
		written = q.String()
	}
	if begin, _ := trimQuotes(words); form.beginsWithWord(begin) {
		written = inCaseOf(written, words[begin:])
	}
	return written
}

// sameNumbers reports whether two quantities are equal but for their nouns.
func sameNumbers(a, b Quantity) bool {
	a.Noun, b.Noun = "", ""
	return a.Equal(b)
}

// beginsWithWord reports whether the words begin with one that is written with a small
// letter inside a sentence, and with a capital at its beginning.
func (f *quantityForm) beginsWithWord(begin int) bool {
	first := f.amounts[0]
	return first.currency == (Range{}) || first.currency.Start != begin
}

// inCaseOf returns words that begin with a capital if the old ones do.
func inCaseOf(words, old string) string {
	first, _ := utf8.DecodeRuneInString(old)
	begin, size := utf8.DecodeRuneInString(words)
	if unicode.IsUpper(first) && unicode.IsLower(begin) {
		return string(unicode.ToUpper(begin)) + words[size:]
	}
	return words
}

// style changes the style of the house to that of the form.
func (f *quantityForm) style(style *quantityStyle, words string, q, old Quantity) {
	at := func(r Range) string { return words[r.Start:r.End] }
	first, last := f.amounts[0], f.amounts[0]
	if f.amountSeen > 1 {
		last = f.amounts[1]
	}
	if hedge := strings.ToLower(at(f.hedgeAt)); hedge != "" && hedge[0] >= 'a' && hedge[0] <= 'z' {
		style.hedges[f.hedge] = hedge
	}
	if hedge := hedgeOf(q); f.afterAt != (Range{}) && hedge == hedgeOf(old) {
		style.hedges[hedge], style.hedgeTail = "", " "+at(f.afterAt)
	}
	if f.articleAt != (Range{}) {
		style.article = at(f.articleAt)
		style.articleFirst = f.hedgeAt != (Range{}) && f.articleAt.Start < f.hedgeAt.Start
	}
	if f.tailAt != (Range{}) {
		style.tail = " " + at(f.tailAt)
	}
	if f.ranged {
		style.between = words[first.whole.End:last.whole.Start]
		style.opening = ""
		if f.openingAt != (Range{}) {
			style.opening = strings.ToLower(at(f.openingAt)) + " "
		}
	}
	f.scaleStyle(style, words, first, last)
	f.unitStyle(style, words, first, last)
	if style.subunit != 0 && tooMuchForSubunit(q) {
		house := houseStyle(q)
		style.subunit = 0
		style.before, style.after, style.afterOne = house.before, house.after, house.afterOne
	}
	if q.Unit == UnitOfCount && q.Noun == "" {
		style.noun(old.Noun)
	}
}

// withNoun reports whether the words say what they count.
func (f *quantityForm) withNoun() bool { return f.amounts[0].noun || f.amounts[1].noun }

// scaleStyle has the style write scale words as the form does.
func (f *quantityForm) scaleStyle(style *quantityStyle, words string, first, last amountForm) {
	scaled := last
	if last.scale == (Range{}) {
		scaled = first
	}
	if scaled.scale == (Range{}) {
		return
	}
	style.scaleOnce = f.ranged && first.scale == (Range{})
	style.scaleGap = gapIn(words, scaled.number.End, scaled.scale.Start)
	word := words[scaled.scale.Start:scaled.scale.End]
	style.scaleWords = scaleFamily(word)
}

// scaleFamilies has the ways to write scales beside the words of the house.
var scaleFamilies = []map[int]string{
	{3: "k", 6: "m", 9: "bn", 12: "tn"},
	{3: "k", 6: "m", 9: "b", 12: "t"},
	{3: "k", 6: "mn", 9: "bn", 12: "trn"},
	{3: "k", 6: "mln", 9: "bln", 12: "tln"},
	{3: "k", 6: "mm", 9: "bn", 12: "tn"},
}

// scaleFamily returns the scale words among which a scale word is at home, in its
// case.
func scaleFamily(word string) map[int]string {
	lower := strings.ToLower(word)
	for _, family := range scaleFamilies {
		for exponent, abbreviation := range family {
			if abbreviation != lower {
				continue
			}
			names := map[int]string{5: " lakh", 7: " crore"}
			for e, name := range family {
				if lower != word && e >= 6 {
					name = strings.ToUpper(name)
				}
				names[e] = name
			}
			names[exponent] = word
			return names
		}
	}
	return houseScales
}

// unitStyle has the style write currencies and units as the form does.
func (f *quantityForm) unitStyle(style *quantityStyle, words string, first, last amountForm) {
	if first.currency != (Range{}) {
		style.before = words[first.currency.Start:first.currency.End] + gapIn(words, first.currency.End, first.number.Start)
		style.beforeOnce = f.ranged && last.currency == (Range{})
		return
	}
	if last.unit == (Range{}) {
		return
	}
	end := last.number.End
	if last.scale != (Range{}) {
		end = last.scale.End
	}
	name := words[last.unit.Start:last.unit.End]
	style.before, style.beforeOnce = "", false
	style.after = gapIn(words, end, last.unit.Start) + name
	style.afterOne = style.after
	style.afterOnce = f.ranged && first.unit == (Range{}) || !f.ranged && name != "%"
	if last.subunit {
		style.subunit = 2
	}
	// Only points are often one; a hyphen keeps the singular ("25-basis-point cut").
	if singular, ok := strings.CutSuffix(style.after, "points"); ok {
		style.afterOne = singular + "point"
	} else if strings.HasSuffix(style.after, " point") {
		style.after += "s"
	}
}

// tooMuchForSubunit reports whether nobody would write the quantity in pence or basis
// points.
func tooMuchForSubunit(q Quantity) bool {
	const most = 100
	for _, r := range [...]*big.Rat{q.Point, q.Lo, q.Hi} {
		if r != nil && r.Num().CmpAbs(new(big.Int).Mul(r.Denom(), big.NewInt(most))) >= 0 {
			return true
		}
	}
	return false
}

// gapIn returns what stands between two parts of a figure: nothing, a hyphen or one
// space of the kind that is there.
func gapIn(words string, from, to int) string {
	if from >= to || to > len(words) {
		return ""
	}
	r, size := utf8.DecodeRuneInString(words[from:to])
	if size == to-from && (unicode.IsSpace(r) && r != '\n' && r != '\r' || isDash(r)) {
		return words[from:to]
	}
	return " "
}
