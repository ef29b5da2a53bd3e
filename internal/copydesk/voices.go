package copydesk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"standfirst"
)

// maxVoiceLine bounds the line that says who spoke, in bytes.
const maxVoiceLine = 240

// foundVoice is a voice in the units from i to next.
type foundVoice struct {
	voice Voice
	next  int
}

// voices reads a heading with voices below it, or voices without one.
func (b *bodyReader) voices(i int) (int, bool) {
	heading, first := Span{}, i
	if !b.startsWithVoice(i) {
		h, ok := b.voicesHeading(i)
		if !ok {
			return i, false
		}
		heading, first = h, b.next(i+1)
		if first != i+1 {
			return i, false
		}
		if _, said := b.saidVoiceAt(first); !b.startsWithVoice(first) && !(said && isVoicesHeading(h.Text)) {
			return i, false
		}
	}
	block := Block{Kind: Voices, Heading: heading}
	next := first
	for next < len(b.units) {
		found, ok := b.voiceAt(next)
		if !ok && (len(block.Voices) > 0 || isVoicesHeading(heading.Text)) {
			found, ok = b.saidVoiceAt(next)
		}
		if !ok {
			break
		}
		block.Voices = append(block.Voices, found.voice)
		next = found.next
	}
	if len(block.Voices) == 0 || !heading.IsZero() && len(block.Voices) < 2 && !isVoicesHeading(heading.Text) {
		return i, false
	}
	last := block.Voices[len(block.Voices)-1]
	block.Span = join(b.units[i].span(), last.Span)
	b.add(block)
	return next, true
}

func (b *bodyReader) startsWithVoice(i int) bool {
	_, ok := b.voiceAt(i)
	return ok
}

// voicesHeading returns the unit as the heading of voices: one that the lexicon knows,
// or any short line without a stop.
func (b *bodyReader) voicesHeading(i int) (Span, bool) {
	u := &b.units[i]
	span := u.span()
	if text, _, ok := cutHashes(u.text); ok {
		span.Text = text
	} else if inner, ok := cutBold(u.text); ok {
		span.Text = inner
	}
	if isVoicesHeading(span.Text) {
		return span, true
	}
	return span, isShort(span.Text) && !endsSentence(span.Text) && startsSentence(span.Text) && u.lines == 1
}

func isVoicesHeading(s string) bool {
	if !isShort(s) || endsWithStop(s) {
		return false
	}
	tokens, ok := tokenize(s)
	if !ok {
		return false
	}
	_, ok = words().voices.find(tokens)
	return ok
}

// voiceAt reads the unit i, and the next if the name stands on a line of its own, as a
// voice.
func (b *bodyReader) voiceAt(i int) (foundVoice, bool) {
	if i >= len(b.units) || b.units[i].dropped != "" {
		return foundVoice{}, false
	}
	u := &b.units[i]
	if !opensQuote(u.text) {
		return foundVoice{}, false
	}
	if cut, ok := splitVoice(u.text); ok {
		v := Voice{Span: u.span(), Quote: u.cleaned.span(0, cut), Line: u.cleaned.span(cut, len(u.text))}
		return foundVoice{v.named(), i + 1}, true
	}
	next := i + 1
	if next >= len(b.units) || b.units[next].dropped != "" || !closesQuote(u.text) || !isVoiceLine(b.units[next].text) {
		return foundVoice{}, false
	}
	line := &b.units[next]
	v := Voice{Span: join(u.span(), line.span()), Quote: u.span(), Line: line.span()}
	v.Span.Text = v.Quote.Text + " " + v.Line.Text
	return foundVoice{v.named(), next + 1}, true
}

// saidVoiceAt reads the unit as a voice whose line has "says" for a dash, as it may stand
// among voices: "About right," says Jane Roe, analyst, Calder Capital. It is no sentence of
// a story: nothing but the name and what somebody is follows, without a stop.
func (b *bodyReader) saidVoiceAt(i int) (foundVoice, bool) {
	if i >= len(b.units) || b.units[i].dropped != "" {
		return foundVoice{}, false
	}
	u := &b.units[i]
	if !opensQuote(u.text) || endsSentence(u.text) {
		return foundVoice{}, false
	}
	from := max(0, len(u.text)-maxVoiceLine)
	for _, verb := range [...]string{" says ", " said "} {
		k := strings.LastIndex(u.text[from:], verb)
		if k < 0 {
			continue
		}
		cut := from + k
		line := "— " + u.text[cut+len(verb):]
		speaker, _, ok := standfirst.ParseVoiceLine(line)
		if !ok || !closesQuote(u.text[:cut]) || !isVoiceLine(line) || !isPersonName(speaker.Name) {
			continue
		}
		v := Voice{Span: u.span(), Quote: u.cleaned.span(0, cut), Line: u.cleaned.span(cut, len(u.text))}
		v.Line.Text = line
		return foundVoice{v.named(), i + 1}, true
	}
	return foundVoice{}, false
}

// named fills in what the line says.
func (v Voice) named() Voice {
	line := v.Line.Text
	if endsWithStop(line) {
		line = strings.TrimSuffix(line, ".")
	}
	v.Speaker, v.Disclosure, _ = standfirst.ParseVoiceLine(line)
	return v
}

func opensQuote(s string) bool {
	return strings.HasPrefix(s, "\"") || strings.HasPrefix(s, "“") || strings.HasPrefix(s, "‘")
}

func closesQuote(s string) bool {
	return len(s) > 3 && (strings.HasSuffix(s, "\"") || strings.HasSuffix(s, "”") || strings.HasSuffix(s, "’"))
}

// splitVoice returns where in a paragraph the dash stands between a quotation that
// fills it and the line that says who spoke.
func splitVoice(s string) (cut int, ok bool) {
	if !opensQuote(s) {
		return 0, false
	}
	from := max(0, len(s)-maxVoiceLine)
	for from > 0 && from < len(s) && !utf8.RuneStart(s[from]) {
		from++
	}
	tail := s[from:]
	close := "\""
	if strings.HasPrefix(s, "“") {
		close = "”"
	} else if strings.HasPrefix(s, "‘") {
		close = "’"
	}
	// The dash that follows a closing mark is looked for from the front, so that a
	// quoted nickname in the line does no harm.
	for at := 0; ; {
		i := strings.Index(tail[at:], close)
		if i < 0 {
			return 0, false
		}
		at += i + len(close)
		line := strings.TrimLeft(tail[at:], " ")
		if from+at > len(close)+1 && isVoiceLine(line) {
			return len(s) - len(line), true
		}
	}
}

// isVoiceLine reports whether a line is a dash with somebody's name, and no sentence.
func isVoiceLine(line string) bool {
	if line == "" || len(line) > maxVoiceLine || strings.Count(line, " ") > 24 {
		return false
	}
	if line[0] == '-' && !strings.HasPrefix(line, "--") && !strings.HasPrefix(line, "- ") {
		return false
	}
	speaker, _, ok := standfirst.ParseVoiceLine(line)
	if !ok || strings.Count(speaker.Name, " ") > 5 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(speaker.Name)
	if !unicode.IsUpper(first) {
		return false
	}
	if speaker.Role == "" {
		return strings.Count(speaker.Name, " ") < 4 && !endsWithStop(line) && !strings.ContainsAny(speaker.Name, "\"“?!")
	}
	return sentenceEnd(line, 0) == len(line)
}
