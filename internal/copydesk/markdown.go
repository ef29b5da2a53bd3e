package copydesk

import (
	"strings"

	"standfirst"
)

// Quotations finds the direct quotations in a text whose paragraphs stand apart by
// blank lines, such as canonical story text. It looks into paragraphs, list items and
// notes, and not into headings, block quotes, tables, code, link destinations and the
// other containers, blocks of voices above all.
//
// A quotation that is split around its speaker is one. A quotation never leaves its
// paragraph: one that runs over several paragraphs is a Quotation in each, all with the
// speaker. Start and End take in the quoted parts and what stands between them; Text is
// the parts without quotation marks and Markdown's signs, joined by a space. A speaker
// who is named by surname only gets the name, role and affiliation that the text gave
// before; one who is a mere pronoun, or whom nobody names, stays empty.
func Quotations(text string) []standfirst.Quotation {
	passages, _ := passagesOf(text)
	return findQuotations(passages)
}

// passagesOf returns the paragraphs, list items and notes of a text, and apart from them
// what is quoted in its blocks of voices.
func passagesOf(text string) (passages []passage, voices []cleaned) {
	m := &markdownReader{text: text}
	for at := 0; at < len(text); {
		end, next := endOfLine(text, at)
		m.line(at, end)
		at = next
	}
	m.flush()
	return m.passages, m.voices
}

// markdownReader collects the passages of a Markdown text.
type markdownReader struct {
	text       string
	passages   []passage
	start, end int    // the paragraph in the making; none if end is 0
	apart      bool   // something else stood before it
	fence      string // what closes the code or container that we are in
	inVoices   bool   // it is a block of voices
	voices     []cleaned
}

func (m *markdownReader) flush() {
	if m.end == 0 {
		return
	}
	raw := m.text[m.start:m.end]
	c := clean(m.text, m.start, m.end, markdownSigns(raw, m.start))
	m.passages = append(m.passages, passage{c, m.apart})
	m.start, m.end, m.apart = 0, 0, false
}

// skip ends the paragraph before something that is none.
func (m *markdownReader) skip() {
	m.flush()
	m.apart = true
}

// voice keeps a line of a block of voices that is not that of its speaker.
func (m *markdownReader) voice(start, stop int) {
	line := strings.TrimLeft(m.text[start:stop], "> ")
	start = stop - len(line)
	if _, _, isSpeaker := standfirst.ParseVoiceLine(line); line != "" && !isSpeaker {
		m.voices = append(m.voices, clean(m.text, start, stop, markdownSigns(line, start)))
	}
}

func (m *markdownReader) line(at, end int) {
	start, stop := trim(m.text, at, end)
	s := m.text[start:stop]
	switch {
	case m.fence != "":
		if strings.HasPrefix(s, m.fence) && strings.Trim(s, m.fence[:1]) == "" {
			m.fence, m.inVoices = "", false
		} else if m.inVoices {
			m.voice(start, stop)
		}
	case s == "":
		m.flush()
	case strings.HasPrefix(s, "```"), strings.HasPrefix(s, "~~~"):
		m.skip()
		m.fence = s[:3]
	case strings.HasPrefix(s, ":::"):
		m.skip()
		if name := strings.TrimLeft(s, ": "); name != "" && name != "note" {
			m.fence = ":::"
			m.inVoices = strings.HasPrefix(name, "voices")
		}
	case s[0] == '#', s[0] == '>', s[0] == '|', isRule(s), strings.HasPrefix(s, "[") && strings.Contains(s, "]: "):
		m.skip()
	default:
		if _, size, isItem := cutMarker(s); isItem {
			m.skip()
			start += size
		}
		if m.end == 0 {
			m.start = start
		}
		m.end = stop
	}
}

// maxDestination bounds the destination of a link, in bytes.
const maxDestination = 2048

// markdownSigns returns the stretches of a paragraph, with base added, that are no
// words: backslashes, emphasis, the brackets and destinations of links, code.
func markdownSigns(s string, base int) []standfirst.Range {
	var signs []standfirst.Range
	add := func(i, j int) { signs = append(signs, standfirst.Range{Start: base + i, End: base + j}) }
	type bracket struct{ at, sign int } // sign is the index in signs that waits for it
	var open []bracket
	noTicks := false
	for i := 0; i < len(s); {
		switch c := s[i]; c {
		case '\\':
			if i+1 < len(s) && strings.IndexByte("\\`*_{}[]()#+-.!|<>~:\"'&", s[i+1]) >= 0 {
				add(i, i+1)
				i++
			}
			i++
		case '*':
			add(i, i+1)
			i++
		case '_':
			if i == 0 || s[i-1] == ' ' || s[i-1] == '\n' || i+1 == len(s) || strings.IndexByte(" .,;:!?\n\"", s[i+1]) >= 0 {
				add(i, i+1)
			}
			i++
		case '`':
			end := -1
			if !noTicks {
				end = strings.IndexByte(s[i+1:], '`')
				noTicks = end < 0
			}
			if end < 0 {
				i++
				continue
			}
			add(i, i+end+2)
			i += end + 2
		case '[':
			open = append(open, bracket{at: i, sign: len(signs)})
			add(i, i) // empty unless it turns out to be that of a link
			i++
		case ']':
			if len(open) == 0 {
				i++
				continue
			}
			b := open[len(open)-1]
			open = open[:len(open)-1]
			end := destinationEnd(s, i+1)
			if end < 0 {
				i++
				continue
			}
			signs[b.sign].End = base + b.at + 1
			add(i, end)
			i = end
		default:
			i++
		}
	}
	kept := signs[:0]
	for _, r := range signs {
		if r.End > r.Start {
			kept = append(kept, r)
		}
	}
	return kept
}

// destinationEnd returns where the "(…)" after a link's text ends, or -1.
func destinationEnd(s string, i int) int {
	if i >= len(s) || s[i] != '(' {
		return -1
	}
	end := strings.IndexByte(s[i:min(len(s), i+maxDestination)], ')')
	if end < 0 || strings.Contains(s[i:i+end], "\n\n") {
		return -1
	}
	return i + end + 1
}
