package discuss

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/markup"
)

// pitch is one way to urge others to trade. What it matches has one of the words, in
// small letters: looking for them first spares nearly every comment the pattern, which
// costs a hundred times as much.
type pitch struct {
	words   []string
	pattern func() *regexp.Regexp
}

// pattern returns the expression, which is compiled when it is first needed: a server that
// nobody writes to need not hold it.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// mayMatch reports whether the text has one of the words. Small is the text in small letters.
func (p pitch) mayMatch(text, small string) bool {
	// Other alphabets have letters that a pattern takes for ours.
	return !isASCII(text) || slices.ContainsFunc(p.words, func(word string) bool { return strings.Contains(small, word) })
}

// find returns what it matches in the text, or "".
func (p pitch) find(text, small string) string {
	if !p.mayMatch(text, small) {
		return ""
	}
	return p.pattern().FindString(text)
}

// promotion is what urges to trade a share: an order, a target beyond reason, a sure
// thing, a place where it is told.
var promotion = []pitch{
	{
		[]string{"now", "today", "before ", "while ", "asap", "immediately"},
		pattern(`(?i)\b(?:buy|load up(?: on)?|get in(?:to)?|accumulate|short|dump|sell)\b[^.!?\n]{0,60}\b(?:now|today|before (?:it|the)|while (?:it|you)|asap|immediately)\b`),
	},
	{
		[]string{"moon", "bagger", "next ", "guaranteed ", " lose", "risk", "insider tip", "sure thing"},
		pattern(`(?i)\b(?:to the moon|moonshot|next (?:\d+|ten|hundred)[ -]?(?:x|bagger)|(?:\d{2,}|ten|hundred)[ -]?bagger|guaranteed (?:gains?|returns?|profits?)|can(?:no|')t lose|risk[- ]free|insider tip|sure thing)\b`),
	},
	{
		[]string{"gain", "return", "profit", "upside", "from here", "by next", "by the end"},
		pattern(`(?i)\b(?:\d{3,}%|\d{2,}x)\s*(?:gains?|returns?|profits?|upside|from here|by (?:next|the end))`),
	},
	{
		[]string{"signal", "telegram", "app", "discord", "group", "channel", "mentor", "coach"},
		pattern(`(?i)\b(?:join|dm|message|follow|contact|text)\b[^.!?\n]{0,40}\b(?:signals?|telegram|whats ?app|discord|group|channel|mentor|coach)\b`),
	},
}

// subject is what is traded, without which the words above urge to nothing.
var subject = pitch{
	[]string{"share", "stock", "ticker", "calls", "puts", "coin", "token", "crypto", "signal", "position", "market", "$", "("},
	pattern(`(?i)\b(?:shares?|stocks?|tickers?|calls|puts|coins?|tokens?|crypto|bitcoin|signals?|position|market)\b|\$[A-Z]{1,5}\b|\([A-Z]{2,6}: ?[A-Z.]{1,6}\)`),
}

func holdPromotion(_ Posting, _ sight, rendered markup.RenderedComment, _ time.Time) (standfirst.Rule, string) {
	text, small := rendered.Plain, strings.ToLower(rendered.Plain)
	traded := false // known to be
	for _, p := range promotion {
		if !p.mayMatch(text, small) {
			continue
		}
		// Amounts make the subject likely in a paper of business, and its pattern is dear.
		if !traded && subject.find(text, small) == "" {
			return "", ""
		}
		traded = true
		if words := p.pattern().FindString(text); words != "" {
			return standfirst.RulePromotion, words
		}
	}
	return "", ""
}

// isASCII reports whether the text has no other letters than those of ASCII.
func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
