package record

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/store"
)

// RevisionParts returns what a published revision is made of. The first publication of
// the story is part of it, because its address and its dateline say so.
func RevisionParts(c standfirst.Content, first time.Time) []Part {
	blocks := Blocks(c.Body)
	parts := make([]Part, 0, 8+len(c.Bylines)+len(c.Topics)+len(blocks)+len(c.Citations))
	add := func(name, text string) {
		if text != "" {
			parts = append(parts, Part{Name: name, Text: text})
		}
	}
	add("headline", c.Headline)
	add("standfirst", c.Standfirst)
	for i, b := range c.Bylines {
		text := b.Name
		if b.Role != "" {
			text += ", " + b.Role
		}
		add("byline."+strconv.Itoa(i+1), text)
	}
	// Only where they are set, as below: what is on the record without them keeps its digest.
	for i, b := range c.Bylines {
		add("disclosure."+strconv.Itoa(i+1), b.Disclosure)
	}
	add("disclosure", c.Disclosure)
	add("first-published", FormatTime(first))
	add("dateline", c.Dateline)
	add("section", c.Section)
	for i, t := range c.Topics {
		add("topic."+strconv.Itoa(i+1), t)
	}
	if p := c.Picture; p != nil {
		add("picture.alt", p.Alt)
		add("picture.caption", p.Caption)
		add("picture.credit", p.Credit)
	}
	// Only where they are set: what is on the record without them keeps its digest.
	add("social.title", c.Social.Title)
	add("social.alt", c.Social.Alt)
	for _, b := range blocks {
		add(b.Name, c.Body[b.Start:b.End])
	}
	// A citation goes with its block, so that the others keep their names when one is erased.
	at, n := 0, 0
	for _, cited := range c.Citations {
		for at < len(blocks) && cited.Start >= blocks[at].End {
			at, n = at+1, 0
		}
		if at < len(blocks) {
			n++
			add(citationPart+blocks[at].Name+"."+strconv.Itoa(n), CitationText(cited))
		}
	}
	return parts
}

// citationPart begins the names of the parts that are citations.
const citationPart = "citation."

// PartsOfBlock returns those of the names that go with the block: itself, and its citations.
func PartsOfBlock(block string, parts []Part) []string {
	var names []string
	for _, p := range parts {
		if p.Name == block || strings.HasPrefix(p.Name, citationPart+block+".") {
			names = append(names, p.Name)
		}
	}
	return names
}

// CitationText returns a citation as a part: the claim, the identity of its version in
// the newsroom, and the words that the story used.
func CitationText(c standfirst.Citation) string {
	return c.Claim.String() + " " + c.Version.String() + " " + c.Words
}

// ClaimParts returns what readers see of a version of the claim. Where it comes from is
// the desk's own and is not in it.
func ClaimParts(c standfirst.Claim, v standfirst.ClaimVersion) []Part {
	about := "deal " + c.Subject.Deal.String()
	if c.Subject.Deal == 0 {
		about = "entity " + c.Subject.Entity.String()
	}
	parts := []Part{{Name: "about", Text: about}, {Name: "property", Text: string(c.Property)}, {Name: "value", Text: c.Property.Words(v.Value)}}
	add := func(name, text string) {
		if text != "" {
			parts = append(parts, Part{Name: name, Text: text})
		}
	}
	add("dimensions", c.Dimensions.Key())
	if q := v.Value.Quantity; q != nil {
		if exact, err := json.Marshal(q); err == nil {
			add("quantity", string(exact))
		}
	}
	add("basis", string(v.Value.Basis))
	if !v.AsOf.From.IsZero() {
		add("as-of", v.AsOf.From.String()+" "+v.AsOf.To.String()+" "+string(v.AsOf.Precision))
	}
	add("modality", string(v.Modality))
	add("evidence", string(v.Evidence))
	add("words", v.Words)
	return parts
}

// asRecorded returns the claim of each version as it was when the version went on the
// record: two entities may have become one since.
func asRecorded(tx *store.ReadTx, versions ...standfirst.ClaimVersion) (func(standfirst.Claim, standfirst.ClaimVersion) standfirst.Claim, error) {
	ids := make([]standfirst.ClaimVersionID, len(versions))
	for i, v := range versions {
		ids[i] = v.ID
	}
	former, err := tx.FormerClaims(ids)
	return func(c standfirst.Claim, v standfirst.ClaimVersion) standfirst.Claim {
		if was, ok := former[v.ID]; ok {
			c.Subject.Entity, c.Dimensions.Party = was.Entity, was.Party
		}
		return c
	}, err
}

// NoteParts returns what a notice or a retraction says.
func NoteParts(text string) []Part { return []Part{{Name: "text", Text: text}} }
