package standfirst

import (
	"strconv"
	"strings"
)

// maxDigits is how many digits a number may have, written out and in the words; it
// then fits an int64.
const maxDigits = 17

// amount reads one number with the currency before it, or its scale and unit after.
func (p *quantityParser) amount(a *amount) bool {
	start, form := p.at, p.amountForm()
	negative := p.minus()
	currency := p.currencyPrefix(a)
	if currency && !negative {
		negative = p.minus()
	}
	// What touches a number from the left is its currency or its sign, else the number
	// is part of a name such as A330.
	if p.at >= p.n || p.tokens[p.at].glued && p.at > 0 && p.is(p.at-1, wordToken) && !currency {
		return false
	}
	digits := p.at
	if !p.number(a) {
		return false
	}
	form.number = p.sourceOf(digits, p.at)
	if !p.scale(a) || a.scaled && a.mantissa >= pow10(min(max(maxDigits-a.scale+a.fraction, 0), maxDigits)) {
		return false
	}
	if negative {
		a.mantissa = -a.mantissa
	}
	if !a.prefix && !p.unit(a) {
		p.noun(a)
	}
	form.whole = p.sourceOf(start, p.at)
	p.form.amountSeen++
	return true
}

// minus takes the sign of a negative number: a dash that touches what follows, or
// the word.
func (p *quantityParser) minus() bool {
	if p.is(p.at, dashToken) && p.at+1 < p.n && p.tokens[p.at+1].glued || p.word(p.at) == "minus" {
		p.at++
		return true
	}
	return false
}

// currencyPrefix takes a currency that stands before the number.
func (p *quantityParser) currencyPrefix(a *amount) bool {
	unit, ok := p.currencyAt(p.at)
	if !ok {
		return false
	}
	a.unit, a.prefix = unitWord{unit: unit}, true
	p.amountForm().currency = p.sourceOf(p.at, p.at+1)
	p.at++
	return true
}

// currencyAt returns the currency for which the symbol or code at i stands.
func (p *quantityParser) currencyAt(i int) (Unit, bool) {
	word := p.word(i)
	if word == "" {
		return "", false
	}
	if unit, ok := currencySymbols[word]; ok {
		return unit, true
	}
	if token := p.tokens[i]; token.capitals && len(word) == 3 {
		code := p.words[token.from:token.to]
		return Unit(code), isISOCode(code)
	}
	return "", false
}

// countable reports whether word i makes a number of the "a" before it.
func (p *quantityParser) countable(i int) bool {
	word := p.word(i)
	_, scale := scales[word]
	return scale && len(word) > 2 || word == "percentage" || word == "basis"
}

// number takes the number itself, in digits or words.
func (p *quantityParser) number(a *amount) bool {
	if p.is(p.at, numberToken) {
		if !a.digits(p.phrase(p.at, p.at+1)) {
			return false
		}
		p.at++
		p.spacedGroups(a)
		return true
	}
	word, next := p.word(p.at), p.word(p.at+1)
	switch {
	case word == "half" && next == "a":
		a.mantissa, a.fraction = 5, 1
		p.at += 2
		return p.countable(p.at)
	case word == "a" && p.countable(p.at+1):
		a.mantissa = 1
		p.at++
		return true
	}
	if n, ok := compoundNumber(word, next); ok {
		a.mantissa = n
		p.at += 2
		return true
	}
	n, ok := numberWords[word]
	a.mantissa = n
	p.at++
	return ok
}

// spacedGroups takes further groups of three digits after a space, as in 16 000.
func (p *quantityParser) spacedGroups(a *amount) {
	if len(p.phrase(p.at-1, p.at)) > 3 || a.fraction > 0 || a.mantissa == 0 {
		return
	}
	for p.is(p.at, numberToken) && !p.tokens[p.at].glued && a.mantissa < pow10(maxDigits-3) {
		group := p.phrase(p.at, p.at+1)
		n, err := strconv.ParseUint(group, 10, 16)
		if err != nil || len(group) != 3 {
			return
		}
		a.mantissa = a.mantissa*1000 + int64(n)
		p.at++
	}
}

// digits reads a number in digits: 16,000, 1.3, 12,34,567, 2½.
func (a *amount) digits(s string) bool {
	for _, vulgar := range [...]struct {
		sign             string
		digits, fraction int64
	}{{"½", 5, 1}, {"¼", 25, 2}, {"¾", 75, 2}} {
		if whole, ok := strings.CutSuffix(s, vulgar.sign); ok {
			if whole != "" && (!a.digits(whole) || a.fraction > 0) || a.mantissa > pow10(maxDigits-2) {
				return false
			}
			a.fraction = int(vulgar.fraction)
			a.mantissa = a.mantissa*pow10(a.fraction) + vulgar.digits
			return true
		}
	}
	whole, fraction, point := strings.Cut(s, ".")
	if !grouped(whole) || point && fraction == "" || len(whole) > 1 && whole[0] == '0' {
		return false
	}
	digits := 0
	for _, part := range [...]string{whole, fraction} {
		for i := range len(part) {
			c := part[i]
			if c < '0' || c > '9' {
				if part == fraction {
					return false
				}
				continue
			}
			if digits++; digits > maxDigits {
				return false
			}
			a.mantissa = a.mantissa*10 + int64(c-'0')
		}
	}
	a.fraction = len(fraction)
	return digits > 0
}

// grouped reports whether the separators of a whole number stand after groups of
// three digits, or the way of India: three, then twos.
func grouped(s string) bool {
	i := strings.IndexAny(s, ",'")
	if i < 0 {
		return true
	}
	if i == 0 || i > 3 || s[0] == '0' {
		return false
	}
	separator, western, indian := s[i], true, i <= 2
	for i < len(s) {
		rest := s[i+1:]
		next := strings.IndexAny(rest, ",'")
		last := next < 0
		if last {
			next = len(rest)
		}
		western = western && next == 3
		indian = indian && (last && next == 3 || !last && next == 2)
		if i += 1 + next; !last && s[i] != separator {
			return false
		}
	}
	return western || indian
}

// scale takes the scale words after the number. Two together make a billion or a
// trillion, as in "lakh crore". Letters such as bn may touch the number, single ones
// must.
func (p *quantityParser) scale(a *amount) bool {
	for p.at < p.n {
		word := p.word(p.at)
		exponent, ok := scales[word]
		if !ok {
			return true
		}
		token := p.tokens[p.at]
		if len(word) == 1 {
			if !token.glued {
				return false
			}
			a.letter = a.letter || word != "k"
		}
		switch total := a.scale + exponent; {
		case exponent == 2:
			if a.scaled || a.fraction > 0 || a.mantissa >= pow10(maxDigits-2) {
				return false
			}
			a.mantissa *= 100 // "two hundred" is 200 written out
		case a.scaled && (exponent <= a.scale || total != 9 && total != 12):
			return false
		default:
			a.scale, a.scaled = total, true
		}
		p.amountForm().scale = p.sourceOf(p.at, p.at+1)
		p.at++
	}
	return true
}

// unit takes the unit after the number: a percentage, a multiple or a currency. It
// reports false if there is none.
func (p *quantityParser) unit(a *amount) bool {
	for n := min(longestCurrency, p.n-p.at); n > 0; n-- {
		phrase := p.phrase(p.at, p.at+n)
		unit, ok := plainUnits[phrase]
		if !ok {
			unit, ok = currencyNames[phrase]
		}
		token := p.tokens[p.at]
		if !ok && n == 1 { // a code or symbol after the number, as in "20 million CHF"
			unit.unit, ok = p.currencyAt(p.at)
		}
		if !ok || phrase == "p" && !token.glued || phrase == "fold" && !token.glued && !token.hyphen {
			continue
		}
		if unit.exponent != 0 && a.scaled {
			return false // nobody writes a million pence
		}
		a.unit = unit
		form := p.amountForm()
		form.unit, form.subunit = p.sourceOf(p.at, p.at+n), unit.exponent != 0
		p.at += n
		return true
	}
	return false
}

// noun takes what a count counts, with the rate after it: "job cuts", "barrels a
// day". There may be none.
func (p *quantityParser) noun(a *amount) {
	start := p.at
	for n := 2; n > 0; n-- {
		if nounModifiers[p.phrase(p.at, p.at+n)] && isNoun(p.word(p.at+n)) {
			p.at += n
			break
		}
	}
	if !p.is(p.at, wordToken) || !isNoun(p.word(p.at)) || p.tokens[p.at].glued {
		p.at = start
		return
	}
	p.at++
	if rates[p.phrase(p.at, p.at+2)] {
		p.at += 2
	}
	a.noun = strings.Join(strings.Fields(p.words[p.tokens[start].from:p.tokens[p.at-1].to]), " ")
	p.amountForm().noun = true
}
