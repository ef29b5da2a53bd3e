package record

import (
	"strconv"
	"strings"
)

// Block is a stretch of a body that can be erased alone.
type Block struct {
	Name       string // "block.3", or "voice.2" for a voice
	Start, End int    // byte offsets, End exclusive
}

// Blocks cuts a body at its blank lines into blocks, which together are all of it: each
// ends with the blank lines after it. A fenced block of code is one, the line that opens
// or closes a container one, and each voice in a container of voices. Blocks and voices
// are numbered each from 1.
func Blocks(body string) []Block {
	c := cutter{body: body}
	for c.at < len(body) {
		end := len(body)
		if i := strings.IndexByte(body[c.at:], '\n'); i >= 0 {
			end = c.at + i + 1
		}
		c.line(body[c.at:end])
		c.at = end
	}
	c.cut()
	return c.blocks
}

// cutter goes through a body line by line.
type cutter struct {
	body   string
	at     int // of the line
	start  int // of the block
	blocks []Block

	filled  bool // the block has a line that is not blank
	blank   bool // the line before was blank
	voice   bool // the block is a voice
	ended   bool // the block is whole, up to blank lines
	fence   string
	voices  bool // in a container of voices
	counted [2]int
}

// cut ends the block before the line.
func (c *cutter) cut() {
	if c.at == c.start {
		return
	}
	name, which := "block.", 0
	if c.voice {
		name, which = "voice.", 1
	}
	c.counted[which]++
	c.blocks = append(c.blocks, Block{name + strconv.Itoa(c.counted[which]), c.start, c.at})
	c.start, c.filled, c.blank, c.voice, c.ended = c.at, false, false, false, false
}

func (c *cutter) line(line string) {
	trimmed := strings.TrimSpace(line)
	if c.fence != "" {
		if strings.HasPrefix(trimmed, c.fence) && strings.Trim(trimmed, c.fence[:1]) == "" {
			c.fence, c.ended = "", true
		}
		return
	}
	quoted := strings.HasPrefix(trimmed, ">")
	words := strings.TrimSpace(strings.TrimLeft(trimmed, "> "))
	if c.voices && quoted && words == "" || trimmed == "" {
		c.blank = true
		return
	}
	inVoice := c.voices && quoted
	if c.filled && (c.ended || c.blank && !(c.voice && inVoice) || c.voice != inVoice) || strings.HasPrefix(trimmed, ":::") {
		c.cut()
	}
	c.filled, c.blank, c.voice = true, false, inVoice
	switch {
	case strings.HasPrefix(trimmed, ":::"):
		name, _, _ := strings.Cut(strings.TrimLeft(trimmed, ": "), " ")
		c.voices = name == "voices" || c.voices && name != ""
		c.ended = true
	case strings.HasPrefix(trimmed, "```"), strings.HasPrefix(trimmed, "~~~"):
		c.fence = trimmed[:len(trimmed)-len(strings.TrimLeft(trimmed, trimmed[:1]))]
	case inVoice && (isAttribution(words) || words == Removed):
		c.ended = true // a line with a name ends a voice, and so does what stands for one
	}
}

// isAttribution reports whether the line of a quotation says who speaks.
func isAttribution(words string) bool {
	return strings.HasPrefix(words, "—") || strings.HasPrefix(words, "–") || strings.HasPrefix(words, "―") || strings.HasPrefix(words, "--")
}

// Removed stands in story text in place of what was erased.
const Removed = "*This part has been removed.*"

// RemovedHeadline stands in place of an erased headline.
const RemovedHeadline = "Removed"

// Stub returns what stands in a body in place of the erased block or voice. It is again
// one of its kind, so that the others keep their numbers.
func Stub(name string) string {
	if strings.HasPrefix(name, "voice.") {
		return "> " + Removed + "\n\n"
	}
	return Removed + "\n\n"
}
