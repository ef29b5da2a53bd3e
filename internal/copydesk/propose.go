package copydesk

import (
	"strings"

	"standfirst"
)

// Propose returns what the copy desk would record of a prose, held against what the
// newsroom knows: the entities that it names, the deals that it tells of, the claims that
// its figures make, what parties answered, and what a careful editor would ask about. It
// proposes only what has exactly one reading. A figure that a link cites already is not
// proposed again.
func Propose(p Prose, known Known) Proposals {
	r := readProse(&p, known)
	return r.propose()
}

// Names returns all names in the prose that may be those of entities, each once and as
// written, in the order of the text. More of them may be known than Propose alone would
// dare to propose, so they are what to look up before it.
func Names(p Prose) []string {
	r := proseReader{p: &p}
	r.findNames()
	var names []string
	seen := map[string]bool{}
	for _, m := range r.mentions {
		if !seen[m.name] {
			seen[m.name] = true
			names = append(names, m.name)
		}
	}
	return names
}

// proseReader is a prose on its way to proposals.
type proseReader struct {
	p         *Prose
	known     Known
	sentences []*proseSentence
	mentions  []*mention
	table     *nameTable
	deals     *dealReader
	claims    []foundClaim
	sources   sourceFinder

	// entity and deal are the indexes of the proposals by those of the table and of groups.
	proposals Proposals
	entity    map[int]int
	drafts    []*dealDraft
}

// readProse reads the names, deals and claims of a prose.
func readProse(p *Prose, known Known) *proseReader {
	r := &proseReader{p: p, known: known, entity: map[int]int{}}
	r.findNames()
	r.table = newNameTable(r.mentions, known.Entities)
	r.deals = &dealReader{names: r.table, outlets: r.outlets()}
	// The headline is read last: its short forms are those of the body.
	for _, place := range [...]Place{InBody, InStandfirst, InHeadline} {
		paragraph := -1
		for _, s := range r.sentences {
			if s.place == place {
				if s.paragraph != paragraph {
					r.deals.lastDay = nil
				}
				s.reader = r.deals.readSentence(s.ph, s.paragraph != paragraph)
				paragraph = s.paragraph
				if place == InBody {
					r.claims = append(r.claims, claimsOf(s, p.on)...)
					for i := range s.ph {
						if d := s.ph[i].date; d != nil && d.Range.Precision == standfirst.PrecisionDay {
							r.deals.lastDay = d
						}
					}
				}
			}
		}
	}
	r.sources = newSourceFinder(p)
	return r
}

// outlets returns the entities that are cited as outlets, by the attributions and by their
// names.
func (r *proseReader) outlets() map[int]bool {
	cited := map[string]bool{}
	for i := range r.p.Attributions {
		if a := r.p.Attributions[i].Attribution; a.Outlet != "" {
			cited[standfirst.EntityKey(a.Outlet)] = true
		}
	}
	found := map[int]bool{}
	for i := range r.table.entities {
		e := &r.table.entities[i]
		last := e.tokens[len(e.tokens)-1]
		if cited[strings.Join(e.tokens, " ")] || len(e.tokens) > 1 && sourceWords().outlets[last] && !nameWords().companies[last] && !e.listed() {
			found[i] = true
		}
	}
	return found
}

// findNames finds the names of the prose and cuts its sentences into phrases.
func (r *proseReader) findNames() {
	r.sentences = sentencesOf(r.p)
	speakers := r.speakers()
	known := newKnownNames(r.known.Entities)
	var phrases room[phrase]
	bodyNames := &knownNames{byFirst: map[string][][]string{}}
	for _, place := range [...]Place{InBody, InStandfirst, InHeadline} {
		cursor := markCursor{marks: marksOf(r.p, place)}
		for _, s := range r.sentences {
			if s.place != place {
				continue
			}
			marks := make([]*marked, len(s.toks))
			for i, t := range s.toks {
				marks[i] = cursor.at(t.start)
			}
			if place == InHeadline {
				s.findKnownNames(marks, bodyNames, known)
			} else {
				s.findNames(r.p, marks, known)
			}
			for _, m := range s.mentions {
				if speakers[m.name] {
					m.kind = standfirst.Person
				}
				if place != InHeadline {
					fields := strings.Fields(m.name)
					bodyNames.add(fields)
					if list, first := nameWords(), strings.ToLower(fields[0]); len(fields) > 1 && !list.weak[first] && !list.common[first] && !list.places[first] && !list.peoples[first] {
						bodyNames.add(fields[:1])
					}
				}
			}
			s.makePhrases(r.p, marks, &phrases)
			kinds(s.ph)
			r.mentions = append(r.mentions, s.mentions...)
		}
	}
}

// speakers returns the names of those who are quoted.
func (r *proseReader) speakers() map[string]bool {
	names := map[string]bool{}
	for _, q := range r.p.Quotations {
		addSpeaker(names, q.Speaker)
	}
	for _, v := range r.p.Voices {
		addSpeaker(names, v.Speaker)
	}
	return names
}

func addSpeaker(names map[string]bool, s standfirst.Speaker) {
	if s.Name == "" {
		return
	}
	names[s.Name] = true
	if title, rest, ok := strings.Cut(s.Name, " "); ok && words().titles[strings.ToLower(title)] {
		names[rest] = true
	}
	names[surname(s.Name)] = true
}

// propose makes the proposals of what was read.
func (r *proseReader) propose() Proposals {
	r.draftDeals()
	r.proposeEntities()
	r.proposeDeals()
	r.proposeClaims()
	r.proposeResponses()
	r.proposeEvents()
	r.proposals.Checks = r.checks()
	return r.proposals
}

// proposeEntities proposes those entities whose kind is told by more than their capital,
// and the parties of deals and subjects of claims.
func (r *proseReader) proposeEntities() {
	needed := map[int]bool{}
	for _, d := range r.drafts {
		needed[d.target] = true
		for _, f := range d.parties {
			needed[f.party] = true
		}
	}
	for i := range r.claims {
		needed[r.claims[i].entity] = true
	}
	for _, m := range r.mentions {
		i := m.entity
		if i < 0 {
			continue
		}
		e := &r.table.entities[i]
		if _, done := r.entity[i]; done || e.kind == "" && !needed[i] {
			continue
		}
		kind := e.kind
		if kind == "" {
			kind = standfirst.Company
		}
		r.entity[i] = len(r.proposals.Entities)
		r.proposals.Entities = append(r.proposals.Entities, EntityProposal{
			Known: e.known, Kind: kind, Name: e.name, Aliases: e.aliases, Tickers: e.tickers,
		})
	}
}
