package feed

import (
	"encoding/json"
	"time"

	"standfirst"
)

// Node is one thing in the words of schema.org.
type Node map[string]any

// JSONLD returns the things as JSON-LD for a data block of a page. It has no "<", ">" and
// "&", so that nothing in a text ends the block.
func JSONLD(things ...Node) (string, error) {
	out := Node{"@context": "https://schema.org", "@graph": things}
	if len(things) == 1 {
		out = things[0]
		out["@context"] = "https://schema.org"
	}
	body, err := json.Marshal(out) // which escapes those three
	return string(body), err
}

// node returns a thing without the properties that are empty.
func node(kind string, properties Node) Node {
	out := Node{"@type": kind}
	for name, value := range properties {
		switch v := value.(type) {
		case nil:
			continue
		case string:
			if v == "" {
				continue
			}
		case []Node:
			if len(v) == 0 {
				continue
			}
		case Node:
			if v == nil {
				continue
			}
		case time.Time:
			if v.IsZero() {
				continue
			}
			value = atomTime(v)
		}
		out[name] = value
	}
	return out
}

// Publisher is the publication as search engines know it.
type Publisher struct {
	Name, Address, Logo string
	Ethics, Corrections string // addresses of what the newsroom says of both; may be empty
}

func (p Publisher) node() Node {
	return node("NewsMediaOrganization", Node{
		"name": p.Name, "url": p.Address, "logo": node("ImageObject", Node{"url": p.Logo}), "ethicsPolicy": p.Ethics, "correctionsPolicy": p.Corrections,
	})
}

// Article is a story as search engines take it.
type Article struct {
	Entry     Entry // its text is not looked at
	Section   string
	Language  string
	Free      bool // everybody may read it
	Publisher Publisher
	Mentions  []standfirst.Entity // that have a page
	Figures   []Figure            // that it cites
	Above     []Crumb             // the pages above it, the front page first
	// At returns the address of a page.
	At func(path string) string
}

// Figure is one that a story cites, as the newsroom holds it now.
type Figure struct {
	Address  string
	Title    string // what it is a figure of
	Words    string
	Quantity *standfirst.Quantity // nil for a date
}

// Crumb is a page above another.
type Crumb struct{ Name, Address string }

// Nodes returns the story, and where it stands. Of a story that was retracted nothing is left
// but its name, and why.
func (a Article) Nodes() []Node {
	e := a.Entry
	story := Node{
		"@id": e.Address, "url": e.Address, "mainEntityOfPage": e.Address, "headline": e.Title, "datePublished": e.Published, "dateModified": e.Updated,
		"author": people(e.Authors), "publisher": a.Publisher.node(), "inLanguage": a.Language,
	}
	if e.Retracted != nil {
		story["creativeWorkStatus"] = "Retracted"
		story["correction"] = []Node{node("CorrectionComment", Node{"text": e.Summary, "datePublished": *e.Retracted})}
		return []Node{node("NewsArticle", story), crumbs(a.Above)}
	}
	story["description"], story["isAccessibleForFree"], story["articleSection"] = e.Summary, a.Free, a.Section
	if len(a.Entry.Categories) > 0 {
		var keywords []string
		for _, c := range a.Entry.Categories {
			keywords = append(keywords, c.Name)
		}
		story["keywords"] = keywords
	}
	if p := e.Picture; p != nil {
		story["image"] = node("ImageObject", Node{"url": p.Address, "width": p.Width, "height": p.Height, "caption": p.Caption, "creditText": p.Credit})
	}
	var corrections, mentions, figures []Node
	for _, n := range e.Notices {
		if n.Class != standfirst.Update {
			corrections = append(corrections, node("CorrectionComment", Node{"name": n.Title, "text": n.Text, "datePublished": n.At}))
		}
	}
	for _, m := range a.Mentions {
		mentions = append(mentions, entityNode(m, a.At(m.Path())))
	}
	for _, f := range a.Figures {
		figures = append(figures, f.node())
	}
	story["correction"], story["mentions"], story["citation"] = corrections, mentions, figures
	return []Node{node("NewsArticle", story), crumbs(a.Above)}
}

func people(authors []Author) []Node {
	var out []Node
	for _, a := range authors {
		out = append(out, node("Person", Node{"name": a.Name, "jobTitle": a.Role, "url": a.Address}))
	}
	return out
}

func crumbs(above []Crumb) Node {
	var items []Node
	for i, c := range above {
		items = append(items, node("ListItem", Node{"position": i + 1, "name": c.Name, "item": c.Address}))
	}
	return node("BreadcrumbList", Node{"itemListElement": items})
}

// entityNode returns a company, an organisation, a place or a person.
func entityNode(e standfirst.Entity, address string) Node {
	n := Node{"name": e.Name, "url": address}
	if e.QID != "" {
		n["sameAs"] = "https://www.wikidata.org/wiki/" + e.QID
	}
	switch e.Kind {
	case standfirst.Person:
		return node("Person", n)
	case standfirst.Place:
		return node("Place", n)
	}
	n["leiCode"] = e.LEI
	if len(e.Tickers) == 0 {
		return node("Organization", n)
	}
	n["tickerSymbol"] = e.Tickers[0].Exchange.MIC + " " + e.Tickers[0].Symbol // as schema.org prefers it
	return node("Corporation", n)
}

// node returns the figure as a claim about an amount, with its bounds as exactly as its words
// say them.
func (f Figure) node() Node {
	n := Node{"url": f.Address, "name": f.Title, "text": f.Words}
	q := f.Quantity
	if q == nil {
		return node("Claim", n)
	}
	amount := Node{"value": number(q.Point, q.Decimals), "minValue": number(q.Lo, q.Decimals), "maxValue": number(q.Hi, q.Decimals)}
	if q.Unit.IsCurrency() {
		amount["currency"] = string(q.Unit)
		n["about"] = node("MonetaryAmount", amount)
		return node("Claim", n)
	}
	amount["unitText"] = string(q.Unit)
	if q.Unit == standfirst.UnitOfCount {
		amount["unitText"] = q.Noun
	}
	n["about"] = node("QuantitativeValue", amount)
	return node("Claim", n)
}

// List is a page that lists stories.
type List struct {
	Name, Address string
	Above         []Crumb
	Items         []string // addresses, in the order of the page
}

// Nodes returns the list, and where it stands.
func (l List) Nodes() []Node {
	return []Node{node("ItemList", Node{"name": l.Name, "url": l.Address, "itemListElement": listItems(l.Items)}), crumbs(l.Above)}
}

func listItems(addresses []string) []Node {
	var items []Node
	for i, address := range addresses {
		items = append(items, node("ListItem", Node{"position": i + 1, "url": address}))
	}
	return items
}

// Site is the site as its front page shows it.
type Site struct {
	Name, About, Address, Language string
	Publisher                      Publisher
	Items                          []string // addresses, in the order of the page
}

// Nodes returns the site and what its front page lists.
func (s Site) Nodes() []Node {
	site := node("WebSite", Node{"name": s.Name, "description": s.About, "url": s.Address, "inLanguage": s.Language, "publisher": s.Publisher.node()})
	if len(s.Items) == 0 {
		return []Node{site}
	}
	return []Node{site, node("ItemList", Node{"name": s.Name, "url": s.Address, "itemListElement": listItems(s.Items)})}
}

// AuthorPage returns the page of somebody who writes; picture is the address of a picture of
// them, empty for none.
func AuthorPage(a Author, about, picture string) Node {
	who := node("Person", Node{"name": a.Name, "jobTitle": a.Role, "description": about, "url": a.Address, "image": picture})
	return node("ProfilePage", Node{"url": a.Address, "mainEntity": who})
}

// EntityPage returns what the page of an entity is about.
func EntityPage(e standfirst.Entity, address string) Node { return entityNode(e, address) }
