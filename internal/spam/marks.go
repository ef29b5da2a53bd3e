package spam

import (
	"unicode"
	"unicode/utf8"
)

// kind is what a word is told as besides itself, so that a message is told by what it
// does ("write to me on a messenger") also in words that were never seen.
type kind int

const (
	call      kind = iota + 1 // asks to get in touch, or to go somewhere
	messenger                 // where to get in touch
	promise                   // what is promised
	privately                 // away from here
	daily                     // how fast
)

// kinds holds folded words. It is short on purpose: the rest is learnt.
var kinds = map[string]kind{
	"contact": call, "reach": call, "message": call, "inbox": call, "dm": call, "click": call, "visit": call, "join": call,
	"apply": call, "order": call, "text": call, "email": call, "chat": call, "hmu": call, "add": call, "write": call,
	"whatsapp": messenger, "telegram": messenger, "wechat": messenger, "viber": messenger, "skype": messenger, "signal": messenger,
	"whatsap": messenger, "watsapp": messenger, "telegrm": messenger, "icq": messenger, "instagram": messenger, "kik": messenger,
	"guaranteed": promise, "guarantee": promise, "instant": promise, "instantly": promise, "free": promise, "bonus": promise, "legit": promise,
	"genuine": promise, "discreet": promise, "trusted": promise, "cheap": promise, "discount": promise, "proven": promise, "effortless": promise,
	"privately": privately, "profile": privately, "bio": privately, "below": privately, "link": privately, "site": privately, "website": privately,
	"daily": daily, "weekly": daily, "hours": daily, "days": daily, "overnight": daily, "minutes": daily,
}

// shape is what the characters of a text say before its words do.
type shape struct {
	letters, capitals int
	emoji, emojiRun   int
	bangs, bangRun    int
	invisible, fancy  int
}

// zeroWidthJoiner makes one picture of several.
const zeroWidthJoiner = '\u200d'

// scan looks at each character of the text once.
func scan(text string) shape {
	var s shape
	emojiRun, bangRun := 0, 0
	var before rune
	for _, r := range text {
		switch {
		case r == '!':
			s.bangs++
			bangRun++
			s.bangRun = max(s.bangRun, bangRun)
			emojiRun = 0
		case r == ' ':
			bangRun = 0
		case r < utf8.RuneSelf:
			s.ascii(r)
			bangRun, emojiRun = 0, 0
		case isEmoji(r):
			if before != zeroWidthJoiner { // otherwise it is a part of the same picture
				s.emoji++
				emojiRun++
				s.emojiRun = max(s.emojiRun, emojiRun)
			}
		case isLetter(r):
			s.letter(r)
			bangRun, emojiRun = 0, 0
		case unicode.Is(unicode.Cf, r) && isLetter(before):
			s.invisible++
		}
		before = r
	}
	return s
}

func (s *shape) ascii(r rune) {
	switch {
	case 'a' <= r && r <= 'z':
		s.letters++
	case 'A' <= r && r <= 'Z':
		s.letters++
		s.capitals++
	}
}

// letter counts a letter that is not ASCII. Which script it is of is no mark: a language
// that few write in is not suspicious.
func (s *shape) letter(r rune) {
	s.letters++
	if unicode.IsUpper(r) {
		s.capitals++
	}
	if r >= 0x1d400 && r <= 0x1d7ff || r >= 0xff21 && r <= 0xff5a {
		s.fancy++
	}
}

// isEmoji reports whether the character is a picture rather than a letter or sign.
func isEmoji(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || r >= 0x2600 && r <= 0x27bf || r >= 0x2b00 && r <= 0x2bff || r == 0x231a || r == 0x23f0
}

// marks adds what the form of the text says.
func (r *reader) marks() {
	s := r.shape
	add := func(mark string, holds bool) {
		if holds {
			r.c.add("mark:", mark)
		}
	}
	add("capitals", s.letters >= 12 && 2*s.capitals > s.letters)
	add("small", s.letters >= 20 && s.capitals == 0)
	add("emoji", s.emoji > 0)
	add("emoji-many", s.emoji >= 3)
	add("emoji-run", s.emojiRun >= 2)
	add("bangs", s.bangs >= 2)
	add("bang-run", s.bangRun >= 2)
	add("invisible", s.invisible > 0)
	add("fancy", s.fancy >= 2)
	add("disguise", r.disguises > 0)
	add("disguises", r.disguises >= 3)
	add("handle", r.handles > 0)
	add("address", r.addresses > 0)
	add("phone", r.phones > 0)
	add("key", r.keys > 0)
	add("messenger", r.messengers > 0)
	r.deeds(add)
	r.c.add("length:", lengthClass(s.letters))
	r.c.add("links:", countClass(len(r.known)))
}

// deeds adds marks for what goes together.
func (r *reader) deeds(add func(mark string, holds bool)) {
	reachable := r.handles+r.addresses+r.phones > 0
	figures := r.prices+r.percents > 0
	add("reachable", reachable)
	add("call", r.calls > 0)
	add("call-reachable", r.calls > 0 && reachable)
	add("call-link", r.calls > 0 && len(r.known) > 0)
	add("call-privately", r.calls > 0 && r.privacy > 0)
	add("price", r.prices > 0)
	add("price-promise", figures && r.promises > 0)
	add("price-daily", figures && r.dailies > 0)
	add("price-reachable", figures && reachable)
	add("price-link", figures && len(r.known) > 0)
	add("promise", r.promises > 0)
	add("promises", r.promises >= 2)
	add("promise-link", r.promises > 0 && len(r.known) > 0)
}

// lengthClass returns a word for so many letters.
func lengthClass(letters int) string {
	switch {
	case letters < 40:
		return "short"
	case letters < 200:
		return "medium"
	case letters < 600:
		return "long"
	}
	return "longest"
}

// countClass returns a word for so many.
func countClass(n int) string {
	switch n {
	case 0:
		return "none"
	case 1:
		return "one"
	case 2:
		return "two"
	}
	return "many"
}
