package main

import (
	"fmt"
	"regexp"

	"standfirst"
	"standfirst/internal/copydesk"
)

const (
	// figuresEvery is after how many stories comes one that cites figures. The stories
	// that are asked for all do.
	figuresEvery = 5
	// figuresEach is how many such a story cites.
	figuresEach = 20
)

var (
	figurePattern = regexp.MustCompile(`\$\d+\.\d million|\d+\.\d%`)
	quotedPattern = regexp.MustCompile(`(?s)"[^"]*"|:::voices.*`)
)

// figuresOf returns what is recorded of the story's figures, nil if it cites none. Each
// is a claim of its own, so that a large archive has as many more claims as it has
// stories. The number of the story in its archive tells them apart.
func figuresOf(number int, c standfirst.Content, about company) (*copydesk.Proposals, error) {
	if number%figuresEvery != 0 {
		return nil, nil
	}
	p := &copydesk.Proposals{Entities: []copydesk.EntityProposal{{Kind: standfirst.Company, Name: about.name}}}
	quoted := quotedPattern.FindAllStringIndex(c.Body, -1)
	for _, at := range figurePattern.FindAllStringIndex(c.Body, -1) {
		if len(p.Claims) == figuresEach || within(at[0], quoted) {
			continue
		}
		words := c.Body[at[0]:at[1]]
		q, err := standfirst.ParseQuantity(words)
		if err != nil {
			return nil, err
		}
		property := standfirst.Revenue
		if q.Unit == standfirst.Percent {
			property = standfirst.SharePriceMove
		}
		p.Claims = append(p.Claims, copydesk.ClaimProposal{
			Mark: copydesk.Mark{Span: copydesk.Span{Start: at[0], End: at[1], Text: words}},
			Deal: -1, Entity: 0, Party: -1, Property: property,
			Dimensions: standfirst.Dimensions{Period: fmt.Sprintf("%d-%d", number, len(p.Claims))},
			Value:      standfirst.Value{Quantity: &q}, Modality: standfirst.Actual, Evidence: standfirst.ReportedNamed,
			Attribution: &standfirst.Attribution{Kind: standfirst.NamedSource, Name: about.chief, Words: about.chief + " told investors on a call"},
		})
	}
	return p, nil
}

// within reports whether the offset lies in one of the ranges.
func within(offset int, ranges [][]int) bool {
	for _, r := range ranges {
		if offset >= r[0] && offset < r[1] {
			return true
		}
	}
	return false
}
