package standfirst

import "strings"

// OneLine joins the words of the text with single spaces. No-break spaces stay: they
// stand between a number and its unit on purpose.
func OneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029'
	}), " ")
}
