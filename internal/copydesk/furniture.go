package copydesk

import "strings"

// furniturePlace says where a form counts as furniture; see lexicon.txt.
type furniturePlace string

const (
	anywhere  furniturePlace = "any"
	atEdge    furniturePlace = "edge"
	beside    furniturePlace = "near"
	listHead  furniturePlace = "list"
	contactAt furniturePlace = "contact"
)

// furniture is what a form means.
type furniture struct {
	reason string
	place  furniturePlace
}

// markFurniture drops what publishing software and senders put around a story. Form
// and position both count: most forms are furniture above the first and below the
// last paragraph of prose only, and no paragraph is dropped for how it begins.
func (r *reader) markFurniture() {
	r.dropMailHeader()
	r.dropCoverNote()
	r.dropSignature()
	forms := make([]furniture, len(r.units))
	for i := range r.units {
		forms[i] = r.form(i)
	}
	r.markPageTop(forms)
	comments := r.findComments(forms)
	r.dropComments(comments, forms)
	first, last := r.proseBounds(forms, comments)
	edge := func(i int) bool { return i < first || i > last }
	for i, f := range forms {
		switch {
		case r.units[i].dropped != "":
		case f.place == anywhere, f.place == atEdge && edge(i):
			r.drop(i, f.reason)
		case f.place == listHead && i > last:
			r.dropTitles(i, forms)
		case f.place == contactAt && i >= last:
			r.dropContacts(i, forms)
		}
	}
	r.dropBeside(forms, edge)
	r.dropRules()
}

// proseBounds returns where the prose of the story begins and ends: what stands before
// and after is at the edge. A question at the top is a headline and not yet prose, the
// head goes down to the byline, and from the comment form on there is no story.
// comments is where the comments of readers begin.
func (r *reader) proseBounds(forms []furniture, comments int) (first, last int) {
	first, last = len(r.units), -1
	byline := -1
	for i := range comments {
		u := &r.units[i]
		if i < maxHeadUnits && looksLikeByline(u.text) {
			byline = i
		}
		if f := forms[i]; last >= 0 && (f.reason == "comment count" || f.reason == "reply prompt") && f.place == anywhere {
			break
		}
		if !u.prose || forms[i].place != "" {
			continue
		}
		if first == len(r.units) && (u.words >= 20 || endsWithStop(u.text)) {
			first = i
		}
		last = i
	}
	if byline > first {
		for first = byline + 1; first < len(r.units) && !(r.units[first].prose && forms[first].place == ""); first++ {
		}
	}
	if last < 0 {
		last = len(r.units)
	}
	return first, last
}

// form returns what the unit has the form of.
func (r *reader) form(i int) furniture {
	u := &r.units[i]
	text := u.text
	if strings.HasPrefix(text, "\"") || strings.HasPrefix(text, "“") || strings.HasPrefix(text, "# ") {
		return furniture{}
	}
	if isEndMark(text) {
		return furniture{"end mark", anywhere}
	}
	if u.words > maxPatternWords {
		return furniture{}
	}
	if isCrumbs(text) {
		return furniture{"breadcrumbs", atEdge}
	}
	if bar, ok := readBar(text); ok && bar.certain() {
		return furniture{"page navigation", atEdge}
	}
	tokens, ok := tokenize(text)
	if !ok {
		return furniture{}
	}
	if len(tokens) > 1 && allNetworks(tokens) {
		return furniture{"share bar", anywhere}
	}
	f, ok := words().furniture.find(tokens)
	if !ok || f.place == anywhere && len(tokens) > 25 {
		return furniture{}
	}
	return f
}

func allNetworks(tokens []patternWord) bool {
	names := 0
	for _, t := range tokens {
		if !words().networks[t.word] {
			return false
		}
		if len(t.word) > 4 {
			names++
		}
	}
	return names > 0
}

// isEndMark reports whether a line is the mark of an agency or a sender that the
// text ends here: "(ends)", "###", "-30-".
func isEndMark(s string) bool {
	if len(s) > 24 {
		return false
	}
	return words().endMarks[markForm.Replace(strings.ToLower(s))]
}

// markForm brings end marks to the form that the lexicon has them in.
var markForm = strings.NewReplacer("–", "-", "—", "-", " ", "", ".", "")

// isCrumbs reports whether a line is the way to a page: "Home > Markets > Shipping".
func isCrumbs(s string) bool {
	if len(s) > 200 || strings.HasPrefix(s, ">") {
		return false
	}
	for _, sign := range [...]string{" > ", " › ", " » ", " / "} {
		parts := strings.Split(s, sign)
		if len(parts) < 2 {
			continue
		}
		for _, part := range parts {
			if n := len(strings.Fields(part)); n == 0 || n > 6 && part != parts[len(parts)-1] {
				return false
			}
		}
		return strings.EqualFold(parts[0], "home") || len(parts) > 2 && sign != " / "
	}
	return false
}

// dropTitles drops a heading such as "Related" and the titles of other stories below
// it, up to other furniture or to what is no title.
func (r *reader) dropTitles(i int, forms []furniture) {
	reason := forms[i].reason
	if r.units[i].dropped != "" {
		return
	}
	r.drop(i, reason)
	for i++; i < len(r.units) && r.units[i].dropped == "" && forms[i].place == "" && isTitle(&r.units[i]); i++ {
		r.drop(i, reason)
	}
}

// isTitle reports whether a unit may be the title of another story.
func isTitle(u *unit) bool {
	return u.words <= 24 && !endsWithStop(u.text) && !strings.HasSuffix(u.text, ":")
}

// dropContacts drops a heading such as "Media contact:" and the details below it, if
// there is an e-mail address or a telephone number among them.
func (r *reader) dropContacts(i int, forms []furniture) {
	if r.units[i].dropped != "" {
		return
	}
	end := i + 1
	for end < len(r.units) && end-i < 12 && forms[end].place == "" && isDetail(&r.units[end]) {
		end++
	}
	found := false
	for j := i; j < end; j++ {
		found = found || hasAddress(r.units[j].text)
	}
	if !found {
		return
	}
	for j := i; j < end; j++ {
		r.drop(j, forms[i].reason)
	}
}

// isDetail reports whether a unit may be a name, a title, an address or a number.
func isDetail(u *unit) bool {
	return u.words <= 14 && !u.prose && !strings.HasPrefix(u.text, "#") && (!endsWithStop(u.text) || hasAddress(u.text))
}

// hasAddress reports whether a line has an e-mail address or a telephone number.
func hasAddress(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if at := strings.IndexByte(word, '@'); at > 0 && strings.IndexByte(word[at:], '.') > 1 {
			return true
		}
	}
	run, count := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			count++
			run = 0
		case strings.IndexByte(" +()-./", c) >= 0 && run < 3:
			run++
		default:
			count, run = 0, 0
		}
		if count >= 9 {
			return true
		}
	}
	return false
}

// dropBeside drops what is furniture only in the company of furniture, such as the
// labels of a form, and lines of one network's name.
func (r *reader) dropBeside(forms []furniture, edge func(int) bool) {
	try := func(i, neighbour int) {
		if forms[i].place != beside || !edge(i) || r.units[i].dropped != "" {
			return
		}
		if neighbour >= 0 && neighbour < len(r.units) && r.units[neighbour].dropped != "" {
			r.drop(i, forms[i].reason)
		}
	}
	for i := range r.units {
		try(i, i-1)
	}
	for i := len(r.units) - 1; i >= 0; i-- {
		try(i, i+1)
	}
}

// dropRules drops dividing lines.
func (r *reader) dropRules() {
	for i := range r.units {
		if u := &r.units[i]; u.dropped == "" && isRule(u.text) {
			r.drop(i, "dividing line")
		}
	}
}
