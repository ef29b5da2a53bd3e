package copydesk

import (
	"strings"

	"standfirst"
)

// sourceFinder finds who a claim comes from.
type sourceFinder struct {
	inBody []*Attribution // those of the body that are no response, in order
}

func newSourceFinder(p *Prose) sourceFinder {
	var f sourceFinder
	for i := range p.Attributions {
		if a := &p.Attributions[i]; a.Place == InBody && a.Response == "" && !a.InQuote {
			f.inBody = append(f.inBody, a)
		}
	}
	return f
}

// in returns the attribution that stands nearest to byte at between two bytes, or nil.
func (f *sourceFinder) in(start, end, at int) *Attribution {
	var best *Attribution
	distance := 1 << 30
	for _, a := range f.inBody {
		if a.Start < start || a.End > end {
			continue
		}
		n := at - a.End
		if a.Start > at {
			n = a.Start - at
		}
		if n < distance {
			best, distance = a, n
		}
	}
	return best
}

// before returns the last attribution to anonymous sources that ends before a byte.
func (f *sourceFinder) before(at int) *Attribution {
	for i := len(f.inBody) - 1; i >= 0; i-- {
		if a := f.inBody[i]; a.End <= at && a.Attribution.Kind == standfirst.Anonymous && (a.Attribution.Proximity != "" || a.Attribution.LeastSources > 0) {
			return a
		}
	}
	return nil
}

// sourceOf returns the attribution of a claim and how well that bears it out. speakers are
// the subjects: who of them says it confirms it.
func (r *proseReader) sourceOf(c *foundClaim) (*standfirst.Attribution, standfirst.Evidence) {
	s := c.sentence
	a := r.sources.in(s.start(), s.end(), c.mark().Start)
	if a == nil {
		if said, evidence := r.saidBySubject(c); said != nil {
			said.Words = withName(withoutDay(said.Words), said.Name)
			return said, evidence
		}
		a = r.carried(c)
		if a == nil {
			// The story says so itself: nobody is named, and it is no rumour either.
			return nil, standfirst.ReportedAnonymous
		}
	}
	source := a.Attribution
	if source.Words == "" {
		source.Words = a.Text
	}
	if source.Kind == standfirst.Anonymous && source.Proximity == "" && source.LeastSources == 0 && strings.HasPrefix(strings.ToLower(a.Text), "the ") {
		if first := r.sources.before(a.Start); first != nil {
			source.Proximity, source.LeastSources = first.Attribution.Proximity, first.Attribution.LeastSources
			if source.Outlet == "" {
				source.Outlet = first.Attribution.Outlet
			}
		}
	}
	evidence := r.evidence(c, a, &source)
	source.Words = r.inFull(a, source.Words)
	return &source, evidence
}

// carried returns the attribution of the sentence before, if it is to sources or to another
// outlet: what follows is theirs too. In the same paragraph it goes on over two sentences
// more for what is said of a deal.
func (r *proseReader) carried(c *foundClaim) *Attribution {
	reach := 1
	if c.deal != "" {
		reach = 3
	}
	s := c.sentence
	for range reach {
		if s = r.sentenceBefore(s); s == nil {
			return nil
		}
		a := r.sources.in(s.start(), s.end(), s.end())
		if a == nil {
			continue
		}
		if a.Attribution.Kind == standfirst.Anonymous || a.Attribution.Kind == standfirst.OtherOutlet {
			return a
		}
		return nil
	}
	return nil
}

// evidence says how well the attribution bears the claim out. What sources confirm is
// reported; only the subject itself confirms.
func (r *proseReader) evidence(c *foundClaim, a *Attribution, source *standfirst.Attribution) standfirst.Evidence {
	switch {
	case a.Evidence == standfirst.DeniedBySubject, a.Evidence == standfirst.Rumoured, a.Evidence == standfirst.Disputed:
		return a.Evidence
	case source.Kind == standfirst.Anonymous:
		return standfirst.ReportedAnonymous
	case source.Kind == standfirst.FromDocument:
		return standfirst.Documented
	case source.Kind == standfirst.Spokesperson || source.Kind == standfirst.NamedSource:
		if r.isSubject(c, source.Name) || a.Evidence == standfirst.ConfirmedBySubject && (r.companySaid(c) || r.companiesSaid(c, a)) {
			return standfirst.ConfirmedBySubject
		}
		return standfirst.ReportedNamed
	case source.Kind == standfirst.OtherOutlet && a.Evidence == "":
		return standfirst.ReportedNamed
	case a.Evidence == standfirst.ConfirmedBySubject && !r.companySaid(c):
		return standfirst.ReportedNamed
	case a.Evidence == "":
		return standfirst.ReportedNamed
	}
	return a.Evidence
}

// isSubject reports whether the name is that of the claim's subject or party.
func (r *proseReader) isSubject(c *foundClaim, name string) bool {
	if name == "" {
		return false
	}
	key := standfirst.EntityKey(name)
	for _, i := range [...]int{c.entity, c.party} {
		if i < 0 {
			continue
		}
		e := &r.table.entities[i]
		if standfirst.EntityKey(e.name) == key {
			return true
		}
		for _, alias := range e.aliases {
			if standfirst.EntityKey(alias) == key {
				return true
			}
		}
	}
	return false
}

// companySaid reports whether the subject itself speaks in the sentence: "the company said".
func (r *proseReader) companySaid(c *foundClaim) bool {
	s := c.sentence
	for v := range s.reader.cs {
		k := s.reader.at(v)
		if k.kind != chunkVerb || !k.v.in("say") {
			continue
		}
		subject := s.reader.subjectOf(v)
		for _, n := range s.reader.companies(s.reader.resolve(subject, v)) {
			if n.m.entity == c.entity || n.m.entity == c.party {
				return true
			}
		}
	}
	return false
}

// companiesSaid reports whether the subject is one of those for whom "the two companies said" or
// "both companies said" stands: the two that the sentence names, or else the two sides of the deal.
func (r *proseReader) companiesSaid(c *foundClaim, a *Attribution) bool {
	if !strings.Contains(strings.ToLower(a.Text), "companies ") && !strings.Contains(strings.ToLower(a.Text), "groups ") {
		return false
	}
	among := map[int]bool{}
	s := c.sentence.reader
	for i := range s.cs {
		k := s.at(i)
		if k.kind != chunkNoun {
			continue
		}
		for _, m := range append(append([]*mention{k.owner}, k.mods...), k.names...) {
			if m != nil && len(s.companies([]argName{{m, i}})) == 1 {
				among[m.entity] = true
			}
		}
	}
	if len(among) < 2 && c.deal != "" {
		among = map[int]bool{c.entity: true}
		for _, f := range r.draft(c.deal, c.entity).parties {
			among[f.party] = true
		}
	}
	return len(among) == 2 && (among[c.entity] || among[c.party])
}

// saidBySubject reads "Northwind insisted it had cut 150 jobs" where nothing is marked, and
// what the subject denies.
func (r *proseReader) saidBySubject(c *foundClaim) (*standfirst.Attribution, standfirst.Evidence) {
	s := c.sentence.reader
	for v := range s.cs {
		k := s.at(v)
		if k.kind != chunkVerb || !k.v.in("say") || k.word == "add" && c.property == standfirst.Commitment || k.v.passive || k.v.modal != "" || k.v.negated || k.v.infinitive {
			continue
		}
		subject := s.subjectOf(v)
		for _, n := range s.companies(s.resolve(subject, v)) {
			if n.m.entity != c.entity && n.m.entity != c.party {
				continue
			}
			words := wordsBetween(s.ph, s.at(subject.noun).lo, k.hi)
			if k.lo < s.at(subject.noun).lo {
				words = wordsBetween(s.ph, k.lo, s.at(subject.noun).hi)
			}
			a := &standfirst.Attribution{Kind: standfirst.Spokesperson, Name: r.table.entities[n.m.entity].name, Words: words}
			if k.word == "deny" {
				return a, standfirst.DeniedBySubject
			}
			return a, standfirst.ConfirmedBySubject
		}
	}
	return nil, ""
}

// sentenceBefore returns the sentence before in the same paragraph, or nil.
func (r *proseReader) sentenceBefore(s *proseSentence) *proseSentence {
	if s.index == 0 || r.sentences[s.index-1].paragraph != s.paragraph {
		return nil
	}
	return r.sentences[s.index-1]
}
