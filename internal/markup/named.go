package markup

import (
	"bytes"
	"slices"
	"strconv"

	"standfirst"
)

// Named is what a story text names of the ledger, each once and in the order of the
// text. It may hold more than what is shown as such: what stands in code, for instance.
type Named struct {
	Entities []standfirst.Slug // that the text mentions, see [Options.Entity]
	Tickers  []standfirst.Ticker
	Panels   []Panel
	Embeds   []string // hosts, lower case, of embeds with https addresses
}

// Panel is a container that asks for a part of a deal's page.
type Panel struct {
	Name string // DealPanel or TimelinePanel
	Deal standfirst.DealID
}

// The names of panels.
const (
	DealPanel     = dealName
	TimelinePanel = timelineName
)

// mostNamed bounds how many entities, tickers and panels each are found in one text.
const mostNamed = 200

// FindNamed returns what the text names, without parsing it as Markdown: it is asked
// for whenever a page is gathered.
func FindNamed(body string) Named {
	text := []byte(body)
	return Named{Entities: findMentions(text), Tickers: findTickers(text), Panels: findPanels(text), Embeds: findEmbeds(text)}
}

// findMentions finds the slugs of links such as [Northwind](entity:northwind).
func findMentions(text []byte) []standfirst.Slug {
	var found []standfirst.Slug
	opening := []byte("](" + entityScheme)
	for len(found) < mostNamed {
		at := bytes.Index(text, opening)
		if at < 0 {
			break
		}
		text = text[at+len(opening):]
		end := bytes.IndexAny(text, ") \n")
		if end < 0 {
			break
		}
		slug := standfirst.Slug(text[:end])
		if slug.Validate() == nil && !slices.Contains(found, slug) {
			found = append(found, slug)
		}
	}
	return found
}

// findTickers finds the tickers between parentheses.
func findTickers(text []byte) []standfirst.Ticker {
	var found []standfirst.Ticker
	for len(found) < mostNamed {
		at := bytes.IndexByte(text, '(')
		if at < 0 {
			break
		}
		text = text[at+1:]
		group := text[:min(len(text), maxTickerGroup-1)]
		end := bytes.IndexByte(group, ')')
		if end < 0 || bytes.IndexByte(group[:end], ':') < 0 {
			continue
		}
		for rest := group[:end]; len(rest) > 0; {
			part, separator := nextPart(rest)
			rest = rest[len(part)+separator:]
			ticker, ok := standfirst.ParseTicker(string(bytes.TrimSpace(part)))
			if ok && !slices.ContainsFunc(found, ticker.Same) {
				found = append(found, ticker)
			}
		}
	}
	return found
}

// findPanels finds the lines that begin a panel.
func findPanels(text []byte) []Panel {
	var found []Panel
	if !bytes.Contains(text, []byte(":::")) {
		return nil
	}
	for line := range bytes.Lines(text) {
		if len(found) == mostNamed {
			break
		}
		line = bytes.TrimLeft(line, " ")
		name, argument, ok := parseOpening(line)
		if !ok || name != DealPanel && name != TimelinePanel {
			continue
		}
		number, err := strconv.ParseInt(string(argument), 10, 64)
		panel := Panel{name, standfirst.DealID(number)}
		if err == nil && !slices.Contains(found, panel) {
			found = append(found, panel)
		}
	}
	return found
}
