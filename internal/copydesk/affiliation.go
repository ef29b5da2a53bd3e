package copydesk

import "strings"

// notRoles begin an apposition that says something else than what somebody is.
var notRoles = wordSet{
	"who": true, "which": true, "whose": true, "adding": true, "as": true, "speaking": true, "after": true, "while": true, "in": true,
	"on": true, "and": true, "but": true, "citing": true, "referring": true, "noting": true, "when": true, "with": true, "for": true,
	"he": true, "she": true, "they": true, "it": true, "from": true, "before": true, "during": true, "according": true,
}

// apposition reads "a technology strategist at the Calder Institute".
func (p *speakerParser) apposition(s string) {
	first, _, _ := strings.Cut(s, " ")
	if notRoles[strings.ToLower(first)] || !words().roles.hasAny(s) || strings.Count(s, " ") > 16 {
		return
	}
	for _, stop := range [...]string{" who ", " said", " told ", " since ", " on Monday", " on Tuesday", " on Wednesday", " on Thursday", " on Friday", " on Saturday", " on Sunday"} {
		if i := strings.Index(s, stop); i > 0 {
			s = s[:i]
		}
	}
	if owner, role, ok := cutOwner(s); ok {
		p.speaker.Role, p.speaker.Affiliation = role, owner
		return
	}
	if role, organisation, ok := cutAffiliation(s); ok {
		p.speaker.Role = role
		p.speaker.Affiliation = organisation
		return
	}
	p.speaker.Role = s
}

// cutOwner splits "Northwind's chief executive", where nothing but the office follows.
func cutOwner(s string) (owner, role string, ok bool) {
	for _, mark := range [...]string{"'s ", "’s "} {
		owner, role, ok = strings.Cut(s, mark)
		if ok && isCapital(owner) && !strings.Contains(owner, " ") && words().roles.hasAny(role) && !strings.Contains(role, " of ") && !strings.Contains(role, " at ") {
			return owner, role, true
		}
	}
	return "", "", false
}

// offices go with "of" and a capital that is part of the office: "minister of Finance".
var offices = wordSet{"minister": true, "secretary": true, "professor": true, "commissioner": true, "master": true, "lord": true}

// cutAffiliation splits "chief executive of Northwind" where an organisation begins.
func cutAffiliation(s string) (role, organisation string, ok bool) {
	for _, link := range [...]string{" at ", " with ", " for ", " of ", " from "} {
		for from := 0; ; {
			i := strings.Index(s[from:], link)
			if i < 0 {
				break
			}
			i += from
			rest := strings.TrimPrefix(s[i+len(link):], "the ")
			first, _, _ := strings.Cut(rest, " ")
			if isCapital(strings.TrimRight(first, ",.")) || first != "" && first[0] >= '0' && first[0] <= '9' {
				if link != " of " || !offices[bare(lastWord(s[:i]))] {
					return s[:i], cutTail(rest), true
				}
			}
			from = i + len(link)
		}
	}
	return "", "", false
}

// cutTail takes a second office off an organisation: "the University of Oslo and
// adviser to …".
func cutTail(s string) string {
	if i := strings.Index(s, " and "); i > 0 && isLower(rune(s[min(i+5, len(s)-1)])) {
		return s[:i]
	}
	return s
}

// organisation reads runs of capitals that "of", "for" or "and" holds together as an
// organisation: "the Institute for Ports and Railways of Calder".
func (p *speakerParser) organisation(i int) string {
	i = p.skip(i, "the")
	run := p.capitals(i)
	if len(run) == 0 {
		return ""
	}
	start, last := run[0].start, run[len(run)-1]
	for !last.comma && len(run) > 0 {
		link, ok := p.wordAt(p.after(last))
		if !ok || link.comma || !organisationLinks[p.text(link)] {
			break
		}
		if run = p.capitals(p.skip(p.after(link), "the")); len(run) > 0 {
			last = run[len(run)-1]
		}
	}
	return p.s[start:last.end]
}

// organisationLinks stand between the capitals of an organisation's name.
var organisationLinks = wordSet{"of": true, "for": true, "and": true}
