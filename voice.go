package standfirst

import (
	"regexp"
	"strings"
)

// Speaker is who said something, as the text names them.
type Speaker struct {
	Name        string
	Role        string // may be empty
	Affiliation string // may be empty
}

// Quotation is a direct quotation in the text of a story. One that is split
// around its speaker ("…," said X. "…") is one Quotation, which covers both parts
// and the words between them.
type Quotation struct {
	Start, End int // byte offsets into the text it was found in, End exclusive
	Text       string
	Speaker    Speaker // zero if the text names nobody
	// Parts are the quoted stretches, quotation marks included, as byte offsets
	// into the same text: one, or more if the quotation is split.
	Parts []Range
	// NameAt is where the speaker's name stands between Start and End; zero if it
	// does not.
	NameAt Range
}

// Range is a stretch of text in byte offsets, End exclusive.
type Range struct{ Start, End int }

// Voice is an attributed opinion that is shown in a story.
type Voice struct {
	Text       string
	Speaker    Speaker
	Disclosure string // such as "holds Northwind shares"; may be empty
}

// nameSuffixes belong to the name although a comma stands before them.
var nameSuffixes = map[string]bool{
	"jr": true, "jr.": true, "sr": true, "sr.": true, "ii": true, "iii": true, "phd": true, "ph.d.": true,
	"md": true, "m.d.": true, "cfa": true, "esq.": true, "kc": true, "qc": true, "obe": true, "cbe": true,
}

// disclosureStart matches the words with which a disclosure begins.
var disclosureStart = regexp.MustCompile(`(?i)^(?:who )?(?:holds|owns|hold|own|has (?:a|an) (?:short|long|position|stake|interest)|is (?:short|long)|was paid|is paid|advises|invests)\b`)

// ParseVoiceLine reads the line that ends a voice: a dash, a name and, separated
// by commas, a role and an affiliation, which may also follow the role with "at".
// A disclosure stands last, after " · ", ";" or a comma or in parentheses. It
// reports false when the line does not begin with a dash or names nobody.
//
//	— Teodor Lindqvist, Portfolio Manager at Saltmarsh Partners · holds Northwind shares
func ParseVoiceLine(line string) (speaker Speaker, disclosure string, ok bool) {
	line = strings.TrimSpace(strings.ReplaceAll(line, "\u00a0", " "))
	rest := strings.TrimLeft(line, "—–―-")
	if rest == line {
		return Speaker{}, "", false
	}
	speaker, disclosure = ParseSpeaker(rest)
	return speaker, disclosure, speaker.Name != ""
}

// ParseSpeaker reads "Name, Role at Affiliation", "Name, Role, Affiliation" and
// the like, with a disclosure after it if there is one.
func ParseSpeaker(text string) (speaker Speaker, disclosure string) {
	text = strings.TrimSpace(text)
	for _, sep := range []string{" · ", ";", " • "} {
		if before, after, found := strings.Cut(text, sep); found {
			text, disclosure = strings.TrimSpace(before), strings.TrimSpace(after)
			break
		}
	}
	if disclosure == "" && strings.HasSuffix(text, ")") {
		if i := strings.LastIndexByte(text, '('); i > 0 && disclosureStart.MatchString(text[i+1:]) {
			disclosure = strings.TrimSpace(text[i+1 : len(text)-1])
			text = strings.TrimSpace(text[:i])
		}
	}
	parts := strings.Split(text, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	if last := len(parts) - 1; disclosure == "" && last > 0 && disclosureStart.MatchString(parts[last]) {
		disclosure = parts[last]
		parts = parts[:last]
	}
	speaker.Name = parts[0]
	parts = parts[1:]
	for len(parts) > 0 && nameSuffixes[strings.ToLower(parts[0])] {
		speaker.Name += ", " + parts[0]
		parts = parts[1:]
	}
	if len(parts) == 0 {
		return speaker, disclosure
	}
	role, affiliation, hasAt := strings.Cut(parts[0], " at ")
	if hasAt {
		speaker.Role = strings.TrimSpace(role)
		affiliation = strings.TrimPrefix(strings.TrimSpace(affiliation), "the ")
		speaker.Affiliation = strings.Join(append([]string{affiliation}, parts[1:]...), ", ")
		return speaker, disclosure
	}
	speaker.Role = parts[0]
	speaker.Affiliation = strings.Join(parts[1:], ", ")
	return speaker, disclosure
}
