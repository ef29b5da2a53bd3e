package markup

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"standfirst"
)

// text writes inline text: backslashes and entities are resolved, what means
// something in HTML is escaped, and tickers become chips.
func (p *page) text(source []byte) {
	for len(source) > 0 {
		if source[0] == '(' {
			if n := p.tickers(source); n > 0 {
				source = source[n:]
				continue
			}
		}
		t := nextToken(source)
		switch {
		case t.literal != "":
			p.literal(t.literal)
		case t.escaped:
			p.char(source[1])
		case t.size == 1:
			p.char(source[0])
		default:
			p.wide(source[:t.size])
		}
		source = source[t.size:]
	}
}

// literal writes characters as they are.
func (p *page) literal(s string) {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			p.char(s[i])
			i++
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		p.wide([]byte(s[i : i+size]))
		i += size
	}
}

// char writes one ASCII character.
func (p *page) char(c byte) {
	switch {
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9':
		if !p.inWord {
			p.inWord = true
			p.words++
		}
	case c == ' ' || c == '\n' || c == '\t' || c == '\r':
		p.inWord = false
	}
	switch c {
	case '&':
		p.out = append(p.out, "&amp;"...)
	case '<':
		p.out = append(p.out, "&lt;"...)
	case '>':
		p.out = append(p.out, "&gt;"...)
	case '"':
		p.out = append(p.out, "&#34;"...)
	case '\r': // half of an end of line
	default:
		p.out = append(p.out, c)
	}
}

// wide writes one character beyond ASCII.
func (p *page) wide(c []byte) {
	r, _ := utf8.DecodeRune(c)
	switch {
	case unicode.IsSpace(r):
		p.inWord = false
	case !p.inWord && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		p.inWord = true
		p.words++
	}
	if isControl(r) {
		c = []byte(string(utf8.RuneError))
	}
	p.out = append(p.out, c...)
}

// maxTickerGroup is how far a parenthesis is searched for tickers, in bytes.
const maxTickerGroup = 240

// tickers writes a parenthesis that holds tickers, "(NYSE: NWF; LSE: NWF)", with a
// chip for each. It returns how much of the source it wrote, or zero if there is no
// ticker in it.
func (p *page) tickers(source []byte) int {
	group := source[1:min(len(source), maxTickerGroup)]
	end := bytes.IndexByte(group, ')')
	if end >= 0 {
		group = group[:end]
	}
	if bytes.IndexByte(group, ':') < 0 || !holdsTicker(group, end >= 0) {
		return 0
	}
	p.char('(')
	for rest := group; len(rest) > 0; {
		part, separator := nextPart(rest)
		closed := separator > 0 || end >= 0
		trimmed := bytes.TrimSpace(part)
		ticker, ok := standfirst.ParseTicker(string(trimmed))
		if ok && closed {
			lead := bytes.Index(part, trimmed)
			p.text(part[:lead])
			p.chip(ticker, trimmed)
			p.text(part[lead+len(trimmed):])
		} else {
			p.text(part)
		}
		p.text(rest[len(part) : len(part)+separator])
		rest = rest[len(part)+separator:]
	}
	return 1 + len(group)
}

// holdsTicker reports whether one of the parts of the group is a ticker.
func holdsTicker(group []byte, closed bool) bool {
	for len(group) > 0 {
		part, separator := nextPart(group)
		if closed || separator > 0 {
			if _, ok := standfirst.ParseTicker(string(bytes.TrimSpace(part))); ok {
				return true
			}
		}
		group = group[len(part)+separator:]
	}
	return false
}

// partSeparators stand between tickers.
var partSeparators = [][]byte{[]byte(";"), []byte(","), []byte(" and "), []byte(" & ")}

// nextPart returns what stands before the first separator, and the separator's length.
func nextPart(group []byte) (part []byte, separator int) {
	part = group
	for _, s := range partSeparators {
		if i := bytes.Index(part, s); i >= 0 {
			part, separator = part[:i], len(s)
		}
	}
	return part, separator
}

// chip writes a ticker, as it was typed, with what it means.
func (p *page) chip(ticker standfirst.Ticker, typed []byte) {
	path := ""
	if p.options.Ticker != nil && !p.inLink {
		path = p.options.Ticker(ticker)
	}
	if path != "" {
		p.tag(`<a class="tick" href="`)
		p.attribute(path)
		p.tag(`">`)
	}
	p.tag(`<data class="ticker" value="`)
	p.attribute(ticker.Exchange.MIC + ":" + ticker.Symbol)
	p.tag(`" title="`)
	p.attribute(ticker.Exchange.Name)
	p.tag(`">`)
	p.literal(string(typed))
	p.tag(`</data>`)
	if path != "" {
		p.tag(`</a>`)
	}
	if !slices.ContainsFunc(p.seenTickers, ticker.Same) {
		p.seenTickers = append(p.seenTickers, ticker)
	}
}

// tag writes HTML that stands in this package's source.
func (p *page) tag(html string) { p.out = append(p.out, html...) }

// attribute writes a value between the double quotes of an attribute.
func (p *page) attribute(value string) {
	words, inWord := p.words, p.inWord
	p.literal(value)
	p.words, p.inWord = words, inWord
}
