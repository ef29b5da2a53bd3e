package site

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
)

// Names at the desk of the invented paper.
var (
	imogen = standfirst.Byline{Name: "Imogen Adeyemi", Role: "Senior Deals Correspondent"}
	piet   = standfirst.Byline{Name: "Piet Verhaegen", Role: "Antwerp"}
	sunna  = standfirst.Byline{Name: "Sunna Hallgrímsdóttir", Role: "Markets Editor"}
)

// leadBody is the text of the story that leads.
const leadBody = `Northwind Freight (NYSE: NWF) is in advanced talks to put up to $6 billion into Halcyon Compute, three people briefed on the discussions said, in a round that seeks as much as $12 billion and would value the company at about $96 billion.

A listing could follow within a year, one of the people said. Kestrel Capital is weighing a separate cheque of up to $3 billion.

"We have never been short of lorries; we have been short of time," said Odile Brandt, the group's chief executive. "Whoever owns the machines that plan the day owns the day."

## An awkward week

The talks land in an awkward week. On Tuesday Northwind cut 4,200 roles, more than 8% of its office staff; the shares closed 1.7% lower.

- The first hall, outside Antwerp, is let until 2029.
- The second has *no* grid connection yet.

:::voices
> "You don't sack the people who book the lorries so that you can rent chips. It reads as panic."
>
> — Rosalind Okafor, Former network planner, Northwind

> "If capacity is the scarce thing, owning a slice of the lessor is the cheapest insurance a shipper can buy."
>
> — Teodor Lindqvist, Portfolio manager at Saltmarsh Partners · holds Northwind shares

> "Ask who is left holding the hall in 2030."
>
> — Wanjiru Sato, Professor of Transport Economics, Eastholm University
:::

Northwind reports its fourth quarter next week.`

// plainBody returns a text about the subject, of a few paragraphs.
func plainBody(subject string) string {
	return subject + " moved in thin trading on Tuesday, dealers said, after a week in which little else did.\n\n" +
		"Volumes were about a third below the average of the past month. " + subject + " had been quiet since the autumn.\n\n" +
		"\"Nobody is selling because nobody has to,\" said Marta Quist, a trader at Fennel & Rye in Copenhagen."
}

// paper is a newsroom with stories of every kind and state.
type paper struct {
	*house
	lead, bare, retracted, gone, moved, members, round standfirst.Story
}

func newPaper(t testing.TB) *paper {
	t.Helper()
	p := &paper{house: newHouse(t)}
	hall, crane := p.picture("hall", 480, 960, 1640), p.picture("crane", 480, 960)
	plain := func(headline, standfirstText, section, subject string, by standfirst.Byline, topics ...string) standfirst.Content {
		return standfirst.Content{
			Headline: headline, Standfirst: standfirstText, Bylines: []standfirst.Byline{by},
			Body: plainBody(subject), Section: section, Topics: topics,
		}
	}
	p.publish(plain("Copper slips as smelters come back", "Inventories in Rotterdam rose for a fourth week.", "Markets", "Copper", sunna, "Metals"))
	p.publish(plain("A quiet week for convertible bonds", "", "Markets", "Convertibles", sunna))
	p.publish(plain("Brightwater misses on margins and keeps its dividend", "The water group blames energy costs and promises nothing.", "Companies", "Brightwater", piet))
	p.publish(plain("Ports ask for a pause in the sulphur levy", "Eleven harbours say the scrubbers are not there yet.", "Economy", "Bunker fuel", piet, "Freight"))
	p.retracted = p.publish(plain("Pallas Robotics has sold its Ghent works", "A buyer from Osaka is said to have signed.", "Companies", "Pallas", piet, "Robots"))
	p.gone = p.publish(plain("Meridian Rail to close its night line", "", "Companies", "Meridian", piet))
	p.moved = p.publish(plain("Kestrel Capital closes its fourth fund at $4.1bn", "It is the largest yet, and took nineteen months.", "Deals", "Kestrel", imogen, "Private equity"))
	p.members = p.publish(plain("What a chip lessor is worth, and to whom", "Three ways to count a hall full of machines.", "Deals", "Halcyon", sunna, "Halcyon Compute round"),
		func(d *newsroom.Draft) { d.Access = standfirst.AccessMembers })
	p.publish(plain("Saltmarsh Partners trims its Northwind stake for the second quarter running", "The fund says it is rebalancing; the filings say it is leaving.", "Markets", "Northwind", sunna, "Freight"))
	p.publish(plain("Grain terminals reopen after a nine-day stoppage", "Forty ships are waiting in the roads.", "Economy", "Wheat", piet, "Freight"))
	p.bare = p.publish(standfirst.Content{Headline: "Tallis Foods names finance chief", Body: "Tallis Foods has named Ingrid Baptiste finance chief, the company said."})
	p.now = p.now.AddDate(0, 0, 1)
	books := plain("Halcyon books out its Antwerp halls for three years", "The lessor has no room to let until 2029.", "Technology", "Halcyon", piet, "Halcyon Compute round", "Data centres")
	books.Dateline = "ANTWERP, 4 March"
	books.Picture = &standfirst.LeadPicture{ID: crane, Alt: "A crane over a dock", Credit: "Photograph: Jo Maas"}
	p.publish(books)
	p.publish(plain("Why a freight group that has never lost money on its lorries now wants to own the machines that tell the lorries where to go, and what that says about everybody else in the yard", "A long headline is a long headline.", "Technology", "Northwind", sunna, "Freight"))
	p.round = p.publishRound()
	p.now = time.Date(2026, time.March, 5, 13, 10, 0, 0, time.UTC)
	p.lead = p.publish(standfirst.Content{
		Headline:   "Northwind in advanced talks to put up to $6bn into Halcyon Compute",
		Standfirst: "The investment would come days after the freight group told staff that 4,200 office jobs would go.",
		Bylines:    []standfirst.Byline{imogen, piet}, Body: leadBody, Section: "Deals",
		Topics:  []string{"Halcyon Compute round", "Data centres", "Freight", "Artificial intelligence", "Antwerp"},
		Picture: &standfirst.LeadPicture{ID: hall, Alt: "A long grey hall beside a dock", Caption: "Halcyon's first leased hall, outside Antwerp.", Credit: "Jo Maas"},
	})
	p.update(p.lead.ID, func(c *standfirst.Content) {
		c.Body = strings.Replace(c.Body, "up to $3 billion", "up to $2.5 billion", 1)
	})
	p.withdraw()
	return p
}

// withdraw takes back what is to be taken back and leaves drafts behind.
func (p *paper) withdraw() {
	p.t.Helper()
	ctx, actor := p.t.Context(), standfirst.Command()
	_, err := p.news.Retract(ctx, actor, p.retracted.ID, "The works have not been sold. We relied on one document that turned out to be forged, and should not have.")
	p.must(err)
	_, err = p.news.Unpublish(ctx, actor, p.gone.ID)
	p.must(err)
	p.moved, err = p.news.ChangeSlug(ctx, actor, p.moved.ID, "kestrel-fund-four")
	p.must(err)
	p.draft(standfirst.Content{Headline: "A draft that nobody outside sees", Body: "Not yet.", Section: "Deals"})
	waiting := p.draft(standfirst.Content{Headline: "A story for next week", Body: "Not yet either.", Section: "Deals"})
	_, err = p.news.Schedule(ctx, actor, waiting.ID, p.now.Add(7*24*time.Hour), newsroom.PublishOptions{Change: standfirst.Change{Class: standfirst.Update}})
	p.must(err)
}

// plainStory returns the text of a story of no account.
func plainStory(n int) standfirst.Content {
	return standfirst.Content{
		Headline: fmt.Sprintf("Bulk rates, report %d", n), Standfirst: "Little moved.", Bylines: []standfirst.Byline{sunna},
		Body: plainBody("Bulk"), Section: "Markets", Topics: []string{"Freight"},
	}
}
