package api

import (
	"net/http"

	"standfirst"
	"standfirst/internal/ledger"
)

// EntityCard is a company, organisation, place or public figure.
type EntityCard struct {
	Kind    standfirst.EntityKind `json:"kind" enum:"company,organisation,person,place" example:"company"`
	Slug    string                `json:"slug" example:"northwind"`
	Name    string                `json:"name" example:"Northwind Power plc"`
	URL     string                `json:"url" format:"uri-reference" example:"https://harbourledger.example/company/northwind"`
	Tickers []ticker              `json:"tickers" nullable:"false"`
	LEI     string                `json:"lei,omitempty" doc:"Legal entity identifier, ISO 17442."`
	QID     string                `json:"qid,omitempty" doc:"Of Wikidata."`
}

// ticker is where a share is listed.
type ticker struct {
	Exchange string `json:"exchange" doc:"Market identifier code, ISO 10383." example:"XNYS"`
	Symbol   string `json:"symbol" example:"NWF"`
}

// entity is one with what readers see of it.
type entity struct {
	EntityCard
	Figures  []figure    `json:"figures" nullable:"false" doc:"What is held of it."`
	Deals    []DealRef   `json:"deals" nullable:"false" doc:"Those in which it takes part, the newest first."`
	Timeline []recording `json:"timeline" nullable:"false" doc:"What was recorded of it, the newest first."`
	More     bool        `json:"more" doc:"There are more figures or recordings than these."`
}

// figure is a claim with what is held of it.
type figure struct {
	Claim ClaimName      `json:"claim"`
	Held  []claimVersion `json:"held" nullable:"false" doc:"In the order of recording; several where they contradict each other."`
}

func (rd *reading) entityCard(e standfirst.Entity) EntityCard {
	out := EntityCard{Kind: e.Kind, Slug: string(e.Slug), Name: e.Name, URL: rd.outside(e.Path()), Tickers: []ticker{}, LEI: e.LEI, QID: e.QID}
	for _, t := range e.Tickers {
		out.Tickers = append(out.Tickers, ticker{t.Exchange.MIC, t.Symbol})
	}
	return out
}

func (rd *reading) figures(found []ledger.ClaimFigure) []figure {
	all := make([]figure, 0, len(found))
	for _, f := range found {
		all = append(all, rd.figure(f))
	}
	return all
}

func (rd *reading) figure(f ledger.ClaimFigure) figure {
	out := figure{Claim: rd.claimName(f.Claim, f.Title), Held: make([]claimVersion, 0, len(f.Held))}
	for _, v := range f.Held {
		out.Held = append(out.Held, rd.version(f.Claim.Property, v))
	}
	return out
}

func (rd *reading) recordings(found []ledger.Recording) []recording {
	all := make([]recording, 0, len(found))
	for _, r := range found {
		all = append(all, rd.recording(r))
	}
	return all
}

// EntityFilter says which entities are asked for.
type EntityFilter struct {
	Paging
	Kind standfirst.EntityKind `query:"kind" enum:"company,organisation,person,place" default:"company" doc:"Of which kind."`
}

// entities lists those of a kind that have a page, by their slugs.
func (p *program) entities(in *EntityFilter) (out *Listed[EntityCard], err error) {
	err = p.read(func(rd *reading) error {
		name := "entities " + string(in.Kind)
		var after standfirst.Slug
		if at, err := parseCursor(name, in.Cursor, 1); err != nil {
			return err
		} else if at != nil {
			after = standfirst.Slug(at[0])
			if after.Validate() != nil {
				return errCursor()
			}
		}
		found, err := rd.tx.Entities(in.Kind, after, in.Limit+1, forReaders)
		if err != nil {
			return err
		}
		out = &Listed[EntityCard]{Body: list[EntityCard]{Items: []EntityCard{}}}
		if len(found) > in.Limit {
			found = found[:in.Limit]
			out.follow(p, name, []string{string(found[in.Limit-1].Slug)})
		}
		for _, e := range found {
			if e.HasPage() {
				out.Body.Items = append(out.Body.Items, rd.entityCard(e))
			}
		}
		return nil
	})
	return out, err
}

// EntityName is an entity by its kind and slug.
type EntityName struct {
	Kind standfirst.EntityKind `path:"kind" enum:"company,organisation,person,place" doc:"Of which kind it is." example:"company"`
	Slug string                `path:"slug" maxLength:"200" doc:"The end of its address." example:"northwind"`
}

// entity tells one with its figures and deals.
func (p *program) entity(in *EntityName) (out *Shown[entity], err error) {
	err = p.read(func(rd *reading) error {
		e, err := rd.tx.EntityAt(in.Kind, standfirst.Slug(in.Slug))
		if err != nil {
			return err
		}
		v, err := ledger.ViewEntity(rd.tx, e)
		if err != nil {
			return err
		}
		out = &Shown[entity]{entity{
			EntityCard: rd.entityCard(e), Figures: rd.figures(v.Figures), Deals: []DealRef{}, Timeline: rd.recordings(v.Timeline), More: v.More,
		}}
		for _, d := range v.Deals {
			out.Body.Deals = append(out.Body.Deals, rd.dealName(d))
		}
		return nil
	})
	return out, err
}

var exampleEntity = EntityCard{
	Kind: standfirst.Company, Slug: "northwind", Name: "Northwind Power plc", URL: "https://harbourledger.example/company/northwind", Tickers: []ticker{{"XNYS", "NWF"}},
}

func (a *API) registerEntities() {
	register(a, operation{
		id: "list-entities", method: http.MethodGet, path: "/api/v1/entities", tag: readingTag, public: true, summary: "List companies and others",
		description: "The companies, organisations, places or public figures that have a page, by their slugs. A page can have fewer than the limit and be followed by another.",
		example:     list[EntityCard]{Items: []EntityCard{exampleEntity}},
	}, (*program).entities)
	register(a, operation{
		id: "read-entity", method: http.MethodGet, path: "/api/v1/entities/{kind}/{slug}", tag: readingTag, public: true, summary: "Read a company or another",
		description: "One of them with what is held of it, the deals in which it takes part, and what was recorded.",
		errors:      []int{http.StatusNotFound},
		example:     entity{exampleEntity, []figure{}, []DealRef{exampleDealName}, []recording{}, false},
	}, (*program).entity)
}
