package store

import "standfirst"

// A content's headline, standfirst and body have columns of their own; the rest
// of it is one JSON column. The types here give every stored field its name, so
// that renaming a field of the domain does not lose what is stored.

type storedContent struct {
	Bylines    []storedByline    `json:"bylines,omitempty"`
	Dateline   string            `json:"dateline,omitempty"`
	Disclosure string            `json:"disclosure,omitempty"`
	Section    string            `json:"section,omitempty"`
	Topics     []string          `json:"topics,omitempty"`
	Picture    *storedPicture    `json:"picture,omitempty"`
	Social     *storedSocial     `json:"social,omitempty"`
	Quotations []storedQuotation `json:"quotations,omitempty"`
	Citations  []storedCitation  `json:"citations,omitempty"`

	Inset []standfirst.PictureID `json:"inset,omitempty"`
}

type storedByline struct {
	Name       string          `json:"name"`
	Role       string          `json:"role,omitempty"`
	Slug       standfirst.Slug `json:"slug,omitempty"`
	Disclosure string          `json:"disclosure,omitempty"`
}

type storedPicture struct {
	ID      standfirst.PictureID `json:"id"`
	Alt     string               `json:"alt,omitempty"`
	Caption string               `json:"caption,omitempty"`
	Credit  string               `json:"credit,omitempty"`
}

type storedSocial struct {
	Title   string               `json:"title,omitempty"`
	Picture standfirst.PictureID `json:"picture,omitempty"`
	Alt     string               `json:"alt,omitempty"`
}

type storedQuotation struct {
	Start       int      `json:"start"`
	End         int      `json:"end"`
	Text        string   `json:"text"`
	Name        string   `json:"name,omitempty"`
	Role        string   `json:"role,omitempty"`
	Affiliation string   `json:"affiliation,omitempty"`
	Parts       [][2]int `json:"parts,omitempty"`
	NameAt      *[2]int  `json:"nameAt,omitempty"`
}

type storedCitation struct {
	Claim   standfirst.ClaimID        `json:"claim"`
	Version standfirst.ClaimVersionID `json:"version,omitempty"`
	Words   string                    `json:"words"`
	Start   int                       `json:"start"`
	End     int                       `json:"end"`
}

// restOf returns what the JSON column of the content holds.
func restOf(c standfirst.Content) storedContent {
	rest := storedContent{
		Bylines: toBylines(c.Bylines), Dateline: c.Dateline, Disclosure: c.Disclosure, Section: c.Section, Topics: c.Topics,
		Picture: toPicture(c.Picture), Inset: c.Inset,
	}
	if c.Social != (standfirst.Social{}) {
		social := storedSocial(c.Social)
		rest.Social = &social
	}
	for _, q := range c.Quotations {
		stored := storedQuotation{
			Start: q.Start, End: q.End, Text: q.Text,
			Name: q.Speaker.Name, Role: q.Speaker.Role, Affiliation: q.Speaker.Affiliation,
		}
		for _, p := range q.Parts {
			stored.Parts = append(stored.Parts, [2]int{p.Start, p.End})
		}
		if q.NameAt != (standfirst.Range{}) {
			stored.NameAt = &[2]int{q.NameAt.Start, q.NameAt.End}
		}
		rest.Quotations = append(rest.Quotations, stored)
	}
	for _, citation := range c.Citations {
		rest.Citations = append(rest.Citations, storedCitation(citation))
	}
	return rest
}

// putInto sets those fields of the content that the JSON column holds.
func (rest storedContent) putInto(c *standfirst.Content) {
	c.Bylines = fromBylines(rest.Bylines)
	c.Dateline, c.Disclosure, c.Section, c.Topics = rest.Dateline, rest.Disclosure, rest.Section, rest.Topics
	c.Picture, c.Inset = fromPicture(rest.Picture), rest.Inset
	if rest.Social != nil {
		c.Social = standfirst.Social(*rest.Social)
	}
	for _, stored := range rest.Quotations {
		q := standfirst.Quotation{
			Start: stored.Start, End: stored.End, Text: stored.Text,
			Speaker: standfirst.Speaker{Name: stored.Name, Role: stored.Role, Affiliation: stored.Affiliation},
		}
		for _, p := range stored.Parts {
			q.Parts = append(q.Parts, standfirst.Range{Start: p[0], End: p[1]})
		}
		if stored.NameAt != nil {
			q.NameAt = standfirst.Range{Start: stored.NameAt[0], End: stored.NameAt[1]}
		}
		c.Quotations = append(c.Quotations, q)
	}
	for _, stored := range rest.Citations {
		c.Citations = append(c.Citations, standfirst.Citation(stored))
	}
}

func toBylines(bylines []standfirst.Byline) []storedByline {
	var stored []storedByline
	for _, b := range bylines {
		stored = append(stored, storedByline(b))
	}
	return stored
}

func fromBylines(stored []storedByline) []standfirst.Byline {
	var bylines []standfirst.Byline
	for _, b := range stored {
		bylines = append(bylines, standfirst.Byline(b))
	}
	return bylines
}

func toPicture(p *standfirst.LeadPicture) *storedPicture {
	if p == nil {
		return nil
	}
	stored := storedPicture(*p)
	return &stored
}

func fromPicture(stored *storedPicture) *standfirst.LeadPicture {
	if stored == nil {
		return nil
	}
	p := standfirst.LeadPicture(*stored)
	return &p
}
