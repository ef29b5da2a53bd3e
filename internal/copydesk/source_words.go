package copydesk

import (
	"strings"

	"standfirst"
)

// inFull returns the words that say who a claim comes from so that they can stand alone: a day
// before them is left out, and where they only point back, "it" has the name that it stands for
// and "the people" are those who were told of first.
func (r *proseReader) inFull(a *Attribution, words string) string {
	words = withoutDay(words)
	switch a.Attribution.Kind {
	case standfirst.Anonymous:
		if a.Attribution.Proximity == "" {
			return r.sources.peopleInFull(a, words)
		}
	case standfirst.NamedSource, standfirst.Spokesperson:
		if a.Attribution.Name == "" && pointsBack(words) != "" {
			return withName(words, r.speakerNamed(a))
		}
	}
	return words
}

// peopleInFull returns "the people" and "two of the people" with what was said of them when they
// were told of first.
func (f *sourceFinder) peopleInFull(a *Attribution, words string) string {
	low := strings.ToLower(words)
	for _, noun := range [...]string{"people", "person", "sources", "source"} {
		short := low == "the "+noun
		if !short && !strings.HasSuffix(low, " of the "+noun) {
			continue
		}
		first := f.describedBefore(a)
		if first == nil {
			return words
		}
		if short {
			return first.Attribution.Words
		}
		if _, rest, ok := strings.Cut(first.Attribution.Words, " "+noun+" "); ok {
			return words + " " + rest
		}
	}
	return words
}

// describedBefore returns the last attribution before another that says how close its sources
// are, from the same outlet, or nil.
func (f *sourceFinder) describedBefore(a *Attribution) *Attribution {
	for i := len(f.inBody) - 1; i >= 0; i-- {
		if b := f.inBody[i]; b.End <= a.Start && b.Attribution.Kind == standfirst.Anonymous && b.Attribution.Proximity != "" {
			return b
		}
	}
	return nil
}

// speakerNamed returns the name of the one company for which the subject of an attribution
// stands, or nothing.
func (r *proseReader) speakerNamed(a *Attribution) string {
	for _, s := range r.sentences {
		if s.place != InBody || len(s.toks) == 0 || a.Start < s.start() || a.Start >= s.end() {
			continue
		}
		for v := range s.reader.cs {
			k := s.reader.at(v)
			if k.kind != chunkVerb || !k.v.in("say") || s.ph[k.lo].start >= a.End || s.ph[k.hi-1].end <= a.Start {
				continue
			}
			if names := s.reader.companies(s.reader.resolve(s.reader.subjectOf(v), v)); len(names) == 1 {
				return r.table.entities[names[0].m.entity].name
			}
		}
	}
	return ""
}

// pointsBack returns the first words of a phrase if they stand for a name: "it", "the company".
func pointsBack(words string) string {
	for _, back := range [...]string{"it ", "the company ", "the group ", "the firm "} {
		if len(words) > len(back) && strings.EqualFold(words[:len(back)], back) {
			return words[:len(back)-1]
		}
	}
	return ""
}

// withName returns a phrase with the name for which its first words stand, if one is known.
func withName(words, name string) string {
	back := pointsBack(words)
	if name == "" || back == "" {
		return words
	}
	return name + words[len(back):]
}

// withoutDay leaves out the day that a phrase begins with: "On Tuesday Northwind said".
func withoutDay(words string) string {
	on, rest, _ := strings.Cut(words, " ")
	day, after, ok := strings.Cut(rest, " ")
	if !ok || !strings.EqualFold(on, "on") || !isDayOrMonth(strings.ToLower(strings.TrimSuffix(day, ","))) {
		return words
	}
	return after
}
