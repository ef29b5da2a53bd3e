package copydesk

import "strings"

const (
	maxBarItemWords = 4
	minTitleWords   = 3
	maxLoneDigits   = 4
)

// barSigns stand between the items of a link bar.
var barSigns = [...]string{"|", " • ", " · ", " › ", " » ", " > "}

// linkBar is a line of short items with signs between them.
type linkBar struct {
	items    int
	links    int // items that are furniture themselves: "Home", "Privacy Policy"
	sections int // items that name a section: "Markets"
	persons  int // items that may be the name of a person
	home     bool
}

// readBar reads a line as a link bar. Bylines and lines of figures are none.
func readBar(s string) (linkBar, bool) {
	if len(s) > 240 || cutCredit(s) > 0 {
		return linkBar{}, false
	}
	for _, sign := range barSigns {
		if !strings.Contains(s, sign) {
			continue
		}
		var bar linkBar
		for part := range strings.SplitSeq(s, sign) {
			if !bar.add(strings.TrimSpace(part)) {
				return linkBar{}, false
			}
		}
		return bar, true
	}
	return linkBar{}, false
}

// add counts an item and reports whether it can be one.
func (b *linkBar) add(item string) bool {
	tokens, ok := tokenize(item)
	if !ok || len(tokens) > maxBarItemWords || !startsSentence(item) || strings.ContainsAny(item, "0123456789@:\"“|") || endsSentence(item) {
		return false
	}
	b.home = b.home || b.items == 0 && tokens[0].word == "home"
	b.items++
	f, isLink := words().furniture.find(tokens)
	section := true
	for _, t := range tokens {
		section = section && words().kickers[t.word]
	}
	switch {
	case isLink && f.reason != "comment count":
		b.links++
	case section:
		b.sections++
	case isRole(item):
		return false // a byline with its role
	case isPersonName(item):
		b.persons++
	}
	return true
}

// certain reports whether the items themselves say that the line is a link bar.
func (b linkBar) certain() bool {
	return b.links == b.items || b.home || b.links > 0 && b.items > 2
}

// atTop reports whether the line is a link bar if it stands above the headline. Fewer
// items may be a kicker.
func (b linkBar) atTop() bool {
	return b.certain() || b.items >= 4 && b.persons*2 < b.items
}

// markPageTop drops what a web page has above the headline of a story: link bars, the
// title of the page, lone numbers.
func (r *reader) markPageTop(forms []furniture) {
	headline := false
	for i := 0; i < len(r.units) && i < maxHeadUnits; i++ {
		u := &r.units[i]
		if u.dropped != "" {
			continue
		}
		if u.prose || looksLikeByline(u.text) || strings.HasPrefix(u.text, "#") {
			return
		}
		bar, isBar := readBar(u.text)
		known := forms[i].place == anywhere || forms[i].place == atEdge
		switch {
		case known:
		case isBar && !headline && bar.atTop():
			r.drop(i, "page navigation")
		case !headline && r.dropTitle(i):
		case isLoneNumber(u.text) && (!headline || r.besideFurniture(i, forms)):
			if r.next(i+1) < len(r.units) {
				r.drop(i, "page navigation")
			}
		case u.words < minTitleWords:
		default:
			headline = true
		}
	}
}

func isLoneNumber(s string) bool {
	return len(s) <= maxLoneDigits && digits(s, 0) == len(s)
}

// besideFurniture reports whether the unit stands next to furniture.
func (r *reader) besideFurniture(i int, forms []furniture) bool {
	for _, k := range [...]int{i - 1, i + 1} {
		if k >= 0 && k < len(forms) && (r.units[k].dropped != "" || forms[k].place == anywhere || forms[k].place == atEdge) {
			return true
		}
	}
	return false
}

// titleSigns stand between the title of a page and the name of its site.
var titleSigns = [...]string{" | ", " - ", " – ", " — ", " · ", " • ", " :: "}

// dropTitle drops the unit if it is the title of the page: a headline with the name of
// the site behind it, and the same headline alone on a line soon after. A line of the
// site's name alone in between goes as well.
func (r *reader) dropTitle(i int) bool {
	text := r.units[i].text
	for _, sign := range titleSigns {
		for _, at := range [...]int{strings.Index(text, sign), strings.LastIndex(text, sign)} {
			if at < 0 || strings.Count(text[:at], " ")+1 < minTitleWords {
				continue
			}
			k := r.repeated(i, text[:at])
			if k < 0 {
				continue
			}
			r.drop(i, "page title")
			r.titled = k
			for j := i + 1; j < k; j++ {
				if r.units[j].dropped == "" && strings.EqualFold(r.units[j].text, text[at+len(sign):]) {
					r.drop(j, "page title")
				}
			}
			return true
		}
	}
	return false
}

// repeated returns the unit soon after i whose words are the given ones, or -1.
func (r *reader) repeated(i int, words string) int {
	for k := i + 1; k < len(r.units) && k < i+maxHeadUnits; k++ {
		text := strings.TrimPrefix(r.units[k].text, "# ")
		if r.units[k].dropped == "" && strings.EqualFold(plainMarks.Replace(text), plainMarks.Replace(words)) {
			return k
		}
	}
	return -1
}

// plainMarks makes words comparable whose quotation marks and dashes differ in type.
var plainMarks = strings.NewReplacer("‘", "'", "’", "'", "“", "\"", "”", "\"", "–", "-", "—", "-")
