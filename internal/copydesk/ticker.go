package copydesk

import (
	"strings"

	"standfirst"
)

// longestExchange is how many tokens the longest code before a ticker has, such as
// "Euronext Paris".
const longestExchange = 3

// tickers finds the tickers of a passage: an exchange and a symbol with a colon between
// them, alone or in parentheses, and Reuters codes.
func (p *scanned) tickers(used taken) []TickerMark {
	var found []TickerMark
	for i := range p.tokens {
		from, to, ticker, ok := p.tickerAt(i)
		if !ok || !used.free(from, to) {
			continue
		}
		if p.is(from-1, "(") && p.is(to, ")") {
			from, to = from-1, to+1
		}
		used.take(from, to)
		company := ""
		if p.is(from, "(") {
			company = p.nameBefore(from)
		}
		found = append(found, TickerMark{Mark: p.mark(from, to), Ticker: ticker, Company: company})
	}
	return found
}

// tickerAt reads the ticker whose symbol is the token at i.
func (p *scanned) tickerAt(i int) (from, to int, ticker standfirst.Ticker, ok bool) {
	symbol := p.tokens[i].text
	if symbol == ":" {
		return
	}
	if p.is(i-1, ":") {
		for n := 1; n <= longestExchange && i-1-n >= 0; n++ {
			code := p.words(i-1-n, i-1)
			if _, known := standfirst.ParseTicker(code + ": " + symbol); known {
				from, to = i-1-n, i+1
			}
		}
		if to > 0 {
			ticker, ok = standfirst.ParseTicker(p.words(from, i-1) + ": " + symbol)
			return from, to, ticker, ok
		}
	}
	root, suffix, found := strings.Cut(symbol, ".")
	mic := reutersSuffixes()[suffix]
	if !found || mic == "" || len(root) < 2 && p.place != InHeadline && !p.is(i-1, "(") || !isSymbol(root) {
		return 0, 0, standfirst.Ticker{}, false
	}
	exchange, ok := standfirst.FindExchange(mic)
	return i, i + 1, standfirst.Ticker{Exchange: exchange, Symbol: root}, ok
}

// isSymbol reports whether a text is one to six capital letters and digits.
func isSymbol(s string) bool {
	if s == "" || len(s) > 6 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// legalForms may end the name of a company in lower case.
var legalForms = wordSet{"plc": true, "asa": true, "oyj": true, "spa": true, "nv": true, "ag": true, "ab": true, "sa": true, "se": true}

// nameBefore returns the name that ends before the token at i: words with capitals, and
// what joins them inside a name.
func (p *scanned) nameBefore(i int) string {
	first := i
	for j := i - 1; j >= 0 && i-j <= 8; j-- {
		switch {
		case p.capital(j) || p.tokens[j].kind == numberToken && first < i, j == i-1 && legalForms[p.lower(j)]:
			first = j
		case p.is(j, "&", "and", "nor", "of", "de", "du", "la", "the", "y") && first < i && p.capital(j-1):
		default:
			j = -1
		}
	}
	for first < i && (p.is(first, "the", "and", "of", "neither", "both", "shares", "in", "at", "but") || words().titles[p.lower(first)]) {
		first++
	}
	if first == i {
		return ""
	}
	return p.words(first, i)
}
