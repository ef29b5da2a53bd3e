package copydesk

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"standfirst"
)

// announcement is a form in which texts announce an event. Its expression is matched against
// a sentence in lower case, in which § and a number stand for a date.
type announcement struct {
	kind  standfirst.EventKind
	shape *regexp.Regexp // its group "what" is what happens, and "date" the date
	what  string         // in place of the group; empty leaves it
}

const (
	// gapWords are up to eight words that may stand between those that matter.
	gapWords = `(?: [^ §;,]+){0,8}?`
	atDate   = `(?: (?:for|on|in|during))? (?P<date>§\d+)`
	// isSet and comes say that something is to happen.
	isSet = ` (?:is|are|has been|have been) (?:now |provisionally )?(?:set|scheduled|due|expected|planned|slated|listed)(?: to (?:be held|take place|begin|start|open|resume))?` + atDate
	comes = ` (?:will be held|will take place|takes place|take place|is to be held|will begin|begins|will start|starts|will resume|resumes|will open|opens)` + atDate
	isDue = `(?:is|are)(?: (?:due|set|scheduled|expected))? to`
)

// announcements returns the forms, the more telling first. They are made on first use.
var announcements = sync.OnceValue(func() []announcement {
	form := func(kind standfirst.EventKind, what, shape string) announcement {
		return announcement{kind, regexp.MustCompile(`(?:^| )` + shape), what}
	}
	results := `(?P<what>(?:(?:§\d+|[a-z]+-quarter|half-year|full-year|annual|interim|quarterly) )?(?:results|earnings))`
	reported := `(?P<what>(?:(?:§\d+|[a-z]+-quarter|half-year|full-year|annual|interim|quarterly) )?(?:results|earnings)|figures for §\d+)`
	voters := `(?:shareholders|investors|members|creditors|bondholders|unitholders|lawmakers|legislators|senators|parliament|workers)`
	data := `(?P<what>(?:inflation|jobs|payrolls|employment|unemployment|retail sales|trade|growth|wage|industrial output|industrial production|housing|price|gdp) (?:figures|data|numbers|statistics))`
	return []announcement{
		form(standfirst.EarningsEvent, "", `(?:reports?|publish(?:es)?|releases?|announces?|`+isDue+` (?:report|publish|release|announce))`+gapWords+` `+reported+atDate),
		form(standfirst.EarningsEvent, "", results+gapWords+` (?:is|are) (?:due|expected|set|scheduled)(?: to be (?:published|released|reported))?`+atDate),
		form(standfirst.HearingEvent, "", `(?P<what>hearing|trial|inquest|oral arguments)`+gapWords+`(?:`+isSet+`)`),
		form(standfirst.HearingEvent, "", `(?P<what>hearing|trial|inquest|oral arguments)`+gapWords+`(?:`+comes+`)`),
		form(standfirst.VoteEvent, "", `(?P<what>`+voters+`(?:(?: , who)?`+gapWords+` (?:`+isDue+`|will) vote| votes?))`+gapWords+atDate),
		form(standfirst.VoteEvent, "", `(?P<what>(?:annual|general|extraordinary|shareholder) meeting|vote|ballot|referendum)`+gapWords+`(?:`+isSet+`)`),
		form(standfirst.VoteEvent, "", `(?P<what>(?:annual|general|extraordinary|shareholder) meeting|vote|ballot|referendum)`+gapWords+`(?:`+comes+`)`),
		form(standfirst.DataEvent, "", data+`(?: for §\d+)?`+gapWords+` (?:(?:is|are) (?:due|expected|scheduled|set)(?: to be (?:published|released))?|(?:will be|are) (?:published|released))`+atDate),
		form(standfirst.DeadlineEvent, "offer lapses", `(?:offer|bid|tender)`+gapWords+` (?:will )?(?:lapses?|expires?|closes?)`+atDate),
		form(standfirst.DeadlineEvent, "deadline", `has until (?P<date>§\d+) to`),
		form(standfirst.DeadlineEvent, "", `(?P<what>deadline)`+gapWords+` is`+atDate),
		form(standfirst.ListingEvent, "trading begins", `(?:shares|stock|units)`+gapWords+` (?:begins?|starts?|`+isDue+` (?:begin|start)) trading`+gapWords+atDate),
		form(standfirst.ListingEvent, "listing", isDue+` (?:list|float|go public)`+gapWords+atDate),
	}
})

// beforeDates are words before a date that make it a limit, a part or one of several.
var beforeDates = wordSet{
	"by": true, "before": true, "after": true, "since": true, "until": true, "from": true, "of": true, "to": true, "or": true, "and": true,
	"between": true, "early": true, "late": true, "mid": true, "around": true, "about": true, "end": true, "than": true, "not": true, "as": true,
}

// unsure are words that leave open whether it happens then at all.
var unsure = wordSet{
	"not": true, "never": true, "no": true, "if": true, "unless": true, "whether": true, "could": true, "may": true, "might": true, "would": true,
	"should": true, "can": true, "unlikely": true, "longer": true, "postponed": true, "delayed": true, "cancelled": true, "canceled": true, "had": true, "was": true, "were": true,
	"last": true, "instead": true,
}

// weekdayNames are the days whose names alone mean the next one where they announce something.
var weekdayNames = wordSet{"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true}

// proposeEvents proposes the days and periods ahead on which the body announces something:
// those that claims give the date of, and those that stand in one of the forms.
func (r *proseReader) proposeEvents() {
	if r.p.on.IsZero() {
		return
	}
	for i := range r.claims {
		if c := &r.claims[i]; c.date != nil {
			r.claimedEvent(c)
		}
	}
	for _, s := range r.sentences {
		if s.place == InBody {
			r.proposals.Events = append(r.proposals.Events, r.announcedIn(s)...)
		}
	}
	events := r.proposals.Events
	slices.SortStableFunc(events, func(a, b EventProposal) int { return a.Start - b.Start })
	kept := events[:0]
	for _, e := range events {
		same := func(k EventProposal) bool { return k.Kind == e.Kind && k.When == e.When }
		if !slices.ContainsFunc(kept, same) {
			kept = append(kept, e)
		}
	}
	r.proposals.Events = kept
}

// claimedEvent proposes the event whose date a claim gives.
func (r *proseReader) claimedEvent(c *foundClaim) {
	if !hasEventPrecision(c.date.Range.Precision) || c.date.Range.To.Before(r.p.on) {
		return
	}
	at := slices.IndexFunc(c.sentence.ph, func(p phrase) bool { return p.date == c.date })
	if at < 0 || c.sentence.unsure(0, at) {
		return
	}
	e := EventProposal{Mark: c.date.Mark, When: c.date.Range, Deal: -1, Entity: -1}
	switch c.event {
	case eventClosing:
		e.Kind, e.What = standfirst.DeadlineEvent, "closing"
	case eventListing:
		e.Kind, e.What = standfirst.ListingEvent, "listing"
	case eventResults:
		e.Kind, e.What = standfirst.EarningsEvent, "results"
	default:
		return
	}
	if at, ok := r.entity[c.entity]; ok {
		e.Entity = at
	}
	if c.deal != "" {
		e.Deal = r.draft(c.deal, c.entity).index
	}
	for _, more := range r.announcedIn(c.sentence) { // which may say which results
		if more.Kind == e.Kind && more.When == e.When {
			e.What, e.Mark = more.What, more.Mark
		}
	}
	r.proposals.Events = append(r.proposals.Events, e)
}

// hasEventPrecision reports whether a date of the precision can be that of an event.
func hasEventPrecision(p standfirst.Precision) bool {
	return p != standfirst.PrecisionInstant && slices.Contains(standfirst.EventPrecisions(), p)
}

// announcedIn returns what the forms find in the sentence.
func (r *proseReader) announcedIn(s *proseSentence) []EventProposal {
	ahead := false
	for i := range s.ph {
		d := s.ph[i].date
		ahead = ahead || d != nil && !d.InQuote && hasEventPrecision(d.Range.Precision)
	}
	if !ahead {
		return nil
	}
	var found []EventProposal
	var text strings.Builder
	starts := make([]int, len(s.ph)) // of each phrase in the text
	for i := range s.ph {
		text.WriteByte(' ')
		starts[i] = text.Len()
		switch p := &s.ph[i]; p.kind {
		case phraseDate:
			text.WriteString("§" + strconv.Itoa(i))
		case phraseQuote, phraseStop:
			text.WriteByte(';')
		case phraseComma:
			text.WriteByte(',')
		default:
			text.WriteString(strings.ReplaceAll(p.low, "§", "?"))
		}
	}
	words := text.String()
	for _, a := range announcements() {
		m := a.shape.FindStringSubmatchIndex(words)
		if m == nil {
			continue
		}
		group := func(name string) string {
			at := a.shape.SubexpIndex(name)
			if at < 0 || m[2*at] < 0 {
				return ""
			}
			return words[m[2*at]:m[2*at+1]]
		}
		date, err := strconv.Atoi(strings.TrimPrefix(group("date"), "§"))
		if err != nil || date >= len(s.ph) || s.ph[date].date == nil {
			continue
		}
		first := slices.IndexFunc(starts, func(at int) bool { return at >= m[0] })
		e := EventProposal{Kind: a.kind, What: a.what, Deal: -1, Entity: -1}
		if what := group("what"); e.What == "" {
			e.What = s.shortWhat(what)
		}
		if r.announces(s, first, date, &e) {
			found = append(found, e)
		}
	}
	return found
}

// shortWhat returns what happens without the verbs around it, and with periods as they are
// written: "shareholders are due to vote" gives "shareholders vote".
func (s *proseSentence) shortWhat(what string) string {
	words := strings.Fields(what)
	last := len(words) - 1
	if last > 0 && strings.HasPrefix(words[last], "vote") {
		return words[0] + " " + words[last]
	}
	for i, w := range words {
		if n, ok := strings.CutPrefix(w, "§"); ok {
			words[i] = ""
			if at, err := strconv.Atoi(n); err == nil && at < len(s.ph) && s.ph[at].date != nil {
				words[i] = strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(s.ph[at].date.Text), "the "), "its ")
			}
		}
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

// announces reports whether the phrases of the sentence from the first to the date announce
// something that is to come, and completes the event.
func (r *proseReader) announces(s *proseSentence, first, date int, e *EventProposal) bool {
	d := s.ph[date].date
	if d.InQuote || !hasEventPrecision(d.Range.Precision) || first < 0 || first > date {
		return false
	}
	e.When = d.Range
	if w := strings.ToLower(strings.TrimPrefix(d.Text, "on ")); weekdayNames[w] && e.When.To.Before(r.p.on) { // "vote on Friday"
		e.When.From, e.When.To = e.When.From.AddDays(7), e.When.To.AddDays(7)
	}
	if e.When.To.Before(r.p.on) {
		return false
	}
	if before := &s.ph[max(date-1, 0)]; before.kind == phraseWord && beforeDates[before.low] && (before.low != "until" || e.What != "deadline") {
		return false
	}
	if date+1 < len(s.ph) && s.ph[date+1].is("or", "and", "to", "at") && date+2 < len(s.ph) && s.ph[date+2].kind == phraseDate {
		return false
	}
	if s.unsure(first, date) {
		return false
	}
	from := slices.IndexFunc(s.toks, func(t tok) bool { return t.start >= s.ph[first].start })
	to := slices.IndexFunc(s.toks, func(t tok) bool { return t.end >= d.End })
	if from < 0 || to < from {
		return false
	}
	e.Mark = s.passage.mark(s.first+from, s.first+to+1)
	e.Entity = r.subjectOfEvent(s, date)
	return true
}

// unsure reports whether the words around the phrases from one to another leave open whether it happens,
// or the sentence before them does.
func (s *proseSentence) unsure(first, date int) bool {
	for i := range s.ph[:date] {
		if p := &s.ph[i]; p.kind == phraseWord && (unsure[p.low] || strings.HasSuffix(p.low, "n't")) && (i >= first-3 || p.is("if", "unless", "whether", "had")) {
			return true
		}
	}
	return false
}

// subjectOfEvent returns the one company or organisation that the sentence names before the
// date, as an index of the proposals, or -1.
func (r *proseReader) subjectOfEvent(s *proseSentence, date int) int {
	subject := -1
	for i := range s.ph[:date] {
		m := s.ph[i].name
		if m == nil || m.entity < 0 {
			continue
		}
		at, ok := r.entity[m.entity]
		if !ok {
			continue
		}
		if k := r.proposals.Entities[at].Kind; k != standfirst.Company && k != standfirst.Organisation {
			continue
		}
		if subject >= 0 && subject != at {
			return -1
		}
		subject = at
	}
	return subject
}
