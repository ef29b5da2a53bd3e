package feed

import (
	"strconv"
	"strings"

	"standfirst"
)

// Item is a story as other newsrooms take it.
type Item struct {
	Entry     Entry
	Version   int    // of the published text
	Language  string // BCP 47
	Publisher string
	Located   string // place of the dateline; may be empty
	Words     int
	Free      bool // the text is for everybody
	Mentions  []standfirst.Entity

	At func(path string) string // the absolute address
}

// The vocabulary of the IPTC for symbols of shares.
const tickerSymbol = "http://cv.iptc.org/newscodes/financialinstrumentsymboltype/ticker"

type ninjs struct {
	Standard       ninjsStandard  `json:"standard"`
	URI            string         `json:"uri"`
	Type           string         `json:"type"`
	Representation string         `json:"representationType"`
	Version        string         `json:"version"`
	FirstCreated   string         `json:"firstCreated"`
	VersionCreated string         `json:"versionCreated"`
	PubStatus      string         `json:"pubStatus"`
	EdNote         string         `json:"edNote,omitempty"`
	Language       string         `json:"language,omitempty"`
	By             string         `json:"by,omitempty"`
	Located        string         `json:"located,omitempty"`
	Holder         string         `json:"copyrightHolder,omitempty"`
	Headlines      []ninjsText    `json:"headlines"`
	Descriptions   []ninjsText    `json:"descriptions,omitempty"`
	Bodies         []ninjsText    `json:"bodies,omitempty"`
	Subjects       []ninjsName    `json:"subjects,omitempty"`
	Organisations  []ninjsName    `json:"organisations,omitempty"`
	People         []ninjsName    `json:"people,omitempty"`
	Places         []ninjsName    `json:"places,omitempty"`
	Sources        []ninjsName    `json:"infoSources,omitempty"`
	AltIDs         []ninjsID      `json:"altIds,omitempty"`
	Associations   []ninjsPicture `json:"associations,omitempty"`
}

type ninjsStandard struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Schema  string `json:"schema"`
}

type ninjsText struct {
	Role        string `json:"role,omitempty"`
	ContentType string `json:"contentType,omitempty"`
	WordCount   int    `json:"wordCount,omitempty"`
	Value       string `json:"value"`
}

type ninjsName struct {
	Name    string        `json:"name"`
	Rel     string        `json:"rel,omitempty"`
	URI     string        `json:"uri,omitempty"`
	Literal string        `json:"literal,omitempty"`
	Symbols []ninjsSymbol `json:"symbols,omitempty"`
}

type ninjsSymbol struct {
	Exchange string `json:"exchange"` // MIC
	Type     string `json:"symbolType"`
	Symbol   string `json:"symbol"`
}

type ninjsID struct {
	Role  string `json:"role"`
	Value string `json:"value"`
}

type ninjsPicture struct {
	Name         string           `json:"name"`
	URI          string           `json:"uri"`
	Type         string           `json:"type"`
	By           string           `json:"by,omitempty"`
	Descriptions []ninjsText      `json:"descriptions,omitempty"`
	Renditions   []ninjsRendition `json:"renditions"`
}

type ninjsRendition struct {
	Name        string `json:"name"`
	Href        string `json:"href"`
	ContentType string `json:"contentType"`
	Width       int    `json:"width,omitempty"`
	Height      int    `json:"height,omitempty"`
	Size        int64  `json:"sizeInBytes,omitempty"`
}

// Ninjs returns the story as ninjs 3.1 of the IPTC. A story that was retracted is canceled,
// and has nothing left but its headline and why.
func (i Item) Ninjs() ([]byte, error) {
	e := i.Entry
	out := ninjs{
		Standard: ninjsStandard{"ninjs", "3.1", "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"},
		URI:      e.ID, Type: "text", Representation: "full", Version: strconv.Itoa(i.Version), PubStatus: "usable",
		FirstCreated: atomTime(e.Published), VersionCreated: atomTime(e.Updated), Language: i.Language, Located: i.Located, Holder: i.Publisher,
		Headlines: []ninjsText{{Role: "main", Value: e.Title}}, AltIDs: []ninjsID{{"web", e.Address}},
		Sources: []ninjsName{{Name: i.Publisher, URI: i.At("/")}},
	}
	var by, notes []string
	for _, a := range e.Authors {
		by = append(by, a.Line())
	}
	out.By = strings.Join(by, "; ")
	if e.Summary != "" {
		out.Descriptions = []ninjsText{{Role: "summary", Value: e.Summary}}
	}
	for _, n := range e.Notices {
		notes = append(notes, n.Title+": "+n.Text)
	}
	out.EdNote = strings.Join(notes, "\n")
	for _, c := range e.Categories {
		out.Subjects = append(out.Subjects, ninjsName{Name: c.Name, Rel: "about", URI: c.Scheme + c.Term})
	}
	switch {
	case e.Retracted != nil:
		out.PubStatus, out.EdNote = "canceled", e.Summary
	case i.Free:
		out.Bodies = []ninjsText{{Role: "main", ContentType: "text/html", WordCount: i.Words, Value: e.HTML}}
	default:
		out.Representation = "partial"
	}
	for _, m := range i.Mentions {
		out.mention(m, i.At)
	}
	if p := e.Picture; p != nil {
		out.Associations = []ninjsPicture{p.ninjs()}
	}
	return encodeJSON(out)
}

// mention adds what the text names.
func (n *ninjs) mention(e standfirst.Entity, at func(string) string) {
	name := ninjsName{Name: e.Name, Rel: "mentions", URI: at(e.Path())}
	switch e.Kind {
	case standfirst.Person:
		n.People = append(n.People, name)
	case standfirst.Place:
		n.Places = append(n.Places, name)
	default:
		for _, t := range e.Tickers {
			name.Symbols = append(name.Symbols, ninjsSymbol{t.Exchange.MIC, tickerSymbol, t.Symbol})
		}
		n.Organisations = append(n.Organisations, name)
	}
}

func (p *Picture) ninjs() ninjsPicture {
	out := ninjsPicture{
		Name: "main", URI: p.Address, Type: "picture", By: p.Credit,
		Renditions: []ninjsRendition{{Name: "web", Href: p.Address, ContentType: p.Type, Width: p.Width, Height: p.Height, Size: p.Bytes}},
	}
	for _, text := range []ninjsText{{Role: "caption", Value: p.Caption}, {Role: "altText", Value: p.Alt}} {
		if text.Value != "" {
			out.Descriptions = append(out.Descriptions, text)
		}
	}
	return out
}
