package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"standfirst"
)

// company is an invented one.
type company struct{ name, ticker, trade, chief string }

var companies = []company{
	{"Calder Vale Cement", "LSE: CVC", "cement maker", "Ingrid Maas"},
	{"Tern Island Shipping", "NYSE: TIS", "container line", "Owen Adeyemi"},
	{"Bracken Semiconductor", "Nasdaq: BRKN", "chip designer", "Yuki Halloran"},
	{"Maristow Foods", "LSE: MSTW", "frozen-food group", "Petra Lindgren"},
	{"Ostrava Rail Lease", "WSE: ORL", "railcar lessor", "Marek Dusil"},
	{"Kestrel Grid", "NYSE: KGR", "power-grid builder", "Amara Nwosu"},
	{"Pellworth Bank", "TSX: PLW", "regional bank", "Denis Carrow"},
	{"Lumen Orchard", "Nasdaq: LMOR", "software company", "Sunniva Aas"},
	{"Fallowfield Pharma", "SIX: FFP", "drug maker", "Beatriz Salgado"},
	{"Quarrier Steel", "NYSE: QST", "steel producer", "Tom Ashgrove"},
	{"Vindel Paper", "STO: VINP", "packaging company", "Elsa Norrgard"},
	{"Cobalt Harbour Mining", "TSX: CHM", "copper miner", "Ramon Ibarra"},
	{"Larkspur Airways", "NYSE: LKA", "airline", "Jun Takemori"},
	{"Rowan Street Insurance", "LSE: RSI", "insurer", "Hester Boyle"},
	{"Aubrac Hotels", "EPA: AUB", "hotel operator", "Colette Marchand"},
	{"Thistledown Energy", "OSL: THIS", "wind-farm operator", "Sverre Dahl"},
}

var (
	authors = []standfirst.Byline{
		{Name: "Nora Pettersen", Role: "Senior Markets Correspondent"}, {Name: "Gideon Ferris", Role: "Companies Reporter"},
		{Name: "Laila Haddad", Role: "Deals Editor"}, {Name: "Mattis Brouwer", Role: "Economics Correspondent"},
		{Name: "Cora Whitlock", Role: "Technology Reporter"}, {Name: "Pavel Simunek", Role: "Energy Correspondent"},
		{Name: "Inés Quiroga", Role: "Banking Correspondent"}, {Name: "Desmond Achebe", Role: "Shipping Reporter"},
	}
	sections = []string{"Markets", "Deals", "Technology", "Companies", "Economy"}
	topics   = []string{
		"Results", "Freight rates", "Interest rates", "Chips", "Power prices", "Layoffs", "Listings", "Copper", "Steel tariffs",
		"Bank capital", "Private credit", "Drug approvals", "Air travel", "Packaging", "Offshore wind", "Food prices",
	}
	events = []string{
		"in advanced talks to buy a rival", "raises its outlook for the year", "to cut about %d roles", "wins a contract worth up to $%d million",
		"loses %d%% after a warning on margins", "seeks as much as $%d million from lenders", "drops the sale of its smallest division",
		"doubles its dividend after a strong quarter", "names an outsider to run its finances", "delays its listing until the spring",
	}
	voiceRoles = []string{"Portfolio Manager", "Senior Analyst", "Head of Research", "Credit Strategist", "Professor of Finance"}
	voiceHomes = []string{"Saltway Partners", "Pinfold Asset Management", "the University of Elmswick", "Corrie & Strand", "Midlothian Credit"}
	voiceNames = []string{"Aurelia Finch", "Teun van Rossem", "Dorota Wysocka", "Benedict Okoro", "Mirela Stan", "Haruto Senda", "Freya Lomax", "Ilan Barak"}
)

// sentences are filled in by [writer.sentence]: {c} is the company, {t} its trade,
// {p} the person who runs it, {m} a sum, {n} a percentage, {q} a quarter, {o}
// another company.
var sentences = []string{
	"The {t} said revenue rose {n} in the {q} to {m}, helped by higher prices and a weaker currency.",
	"Operating profit came to {m}, compared with forecasts of between {m} and {m} in a survey of nine analysts.",
	"{c} expects to spend about {m} on new plant this year, less than the {m} it had set aside in the spring.",
	"Two people briefed on the plan said the board would meet before the end of the month to decide.",
	"Talks with {o} began in the {q}, according to three people familiar with them, and have moved slowly since.",
	"The shares fell as much as {n} in early trading before recovering most of the loss by the afternoon.",
	"Net debt stood at {m} at the end of the {q}, nearly {n} lower than a year before.",
	"A spokesperson for {o} declined to comment, and the regulator did not respond to questions sent on Tuesday.",
	"The company has been under pressure from shareholders to sell the division, which accounts for under {n} of its sales.",
	"Orders for delivery next year already cover more than {n} of capacity, {p} told investors on a call.",
	"Costs for energy and transport took at least {m} out of the margin, the finance director wrote in a note to staff.",
	"The loan, which matures in four years, carries a rate of roughly {n} and can be repaid early without a fee.",
	"Rivals including {o} have warned of the same trend, though none has put a figure on it.",
	"Under the terms sheet seen by this newspaper, the buyer would pay up to {m}, of which {m} depends on later results.",
	"Some of the increase came from customers who stocked up before tariffs took effect in the {q}.",
	"Unions said they had not been consulted and would ask for a meeting with management this week.",
	"The {t} employs about 14,000 people in eleven countries and has cut its workforce by {n} since the pandemic.",
	"Analysts had expected the dividend to stay where it was; instead it goes up by {n}.",
	"Inventories were worth {m}, the lowest since {c} began to publish the figure.",
	"If the sale goes ahead, proceeds of close to {m} would be used to repay bonds that fall due next year.",
}

// quotes are filled in as sentences are.
var quotes = []string{
	"\"We are not in a hurry, and the price has to be right,\" said {p}, chief executive of {c}. \"If it is not, we keep what we have.\"",
	"\"Demand held up better than we feared,\" {p} said. \"The order book is full until the summer.\"",
	"\"Nobody likes to write off {m},\" said {p}, chief executive of {c}, \"but the plant was never going to earn its cost.\"",
}

var views = []string{
	"The figures are better than the share price says. What is missing is a plan for the debt.",
	"I would wait for the cash to arrive before I believed in the margin.",
	"At this price the buyer needs everything to go right for three years, and it rarely does.",
	"A dividend that grows faster than profit is a loan from the future.",
	"This is the first quarter in two years in which costs did not surprise anybody.",
	"The lenders hold the better cards here, and they know it.",
}

// writer puts together the text of one story. The same seed writes the same text.
type writer struct {
	random *rand.Rand
	about  company
}

// storyText returns a story of about 600 words about an invented company, with its
// bylines, section, topics, tickers, quotations and three voices.
func storyText(seed int) (standfirst.Content, company) {
	w := writer{random: rand.New(rand.NewPCG(uint64(seed), 0x5eed))}
	w.about = pick(w.random, companies)
	event := pick(w.random, events)
	switch {
	case strings.Contains(event, "%%"):
		event = fmt.Sprintf(event, 4+w.random.IntN(20))
	case strings.Contains(event, "%d"):
		event = fmt.Sprintf(event, 15+5*w.random.IntN(90))
	}
	first := seed % len(topics)
	return standfirst.Content{
		Headline:   w.about.name + " " + event,
		Standfirst: w.fill("The {t} gives figures for the {q}, and investors ask where the next {m} will come from."),
		Bylines:    []standfirst.Byline{authors[seed%len(authors)]},
		Section:    sections[seed%len(sections)],
		Topics:     []string{topics[first], topics[(first+5)%len(topics)]},
		Body:       w.body(),
	}, w.about
}

// body writes the paragraphs, a subhead and the voices.
func (w *writer) body() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s), the %s, ", w.about.name, w.about.ticker, w.about.trade)
	b.WriteString(w.fill("said on Monday that it would review its plans after a {q} in which sales changed by {n}. ") + w.sentence())
	order := w.random.Perm(len(sentences))
	for i := range 13 {
		b.WriteString("\n\n")
		switch i {
		case 2, 9:
			b.WriteString(w.fill(quotes[(order[0]+i)%len(quotes)]))
			continue
		case 6:
			b.WriteString("## What comes next\n\n")
		}
		b.WriteString(w.fill(sentences[order[i]]) + " " + w.fill(sentences[order[(i+7)%len(order)]]))
	}
	b.WriteString("\n\n" + w.fill("Its four divisions brought in {m}, {m}, {m} and {m}, {n} more than in the year before."))
	b.WriteString("\n\n:::voices\n")
	names, said := w.random.Perm(len(voiceNames)), w.random.Perm(len(views))
	for i := range 3 {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "> %s\n>\n> — %s, %s, %s\n", views[said[i]], voiceNames[names[i]], pick(w.random, voiceRoles), pick(w.random, voiceHomes))
	}
	b.WriteString(":::\n")
	return b.String()
}

func (w *writer) sentence() string { return w.fill(pick(w.random, sentences)) }

// fill replaces each blank of the template with something of its kind.
func (w *writer) fill(template string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(template, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		blank, after, _ := strings.Cut(rest, "}")
		b.WriteString(w.word(blank))
		template = after
	}
}

// word returns what stands in a blank.
func (w *writer) word(blank string) string {
	switch blank {
	case "c":
		return w.about.name
	case "t":
		return w.about.trade
	case "p":
		return w.about.chief
	case "m":
		return fmt.Sprintf("$%d.%d million", 10+w.random.IntN(900), w.random.IntN(10))
	case "n":
		return fmt.Sprintf("%d.%d%%", 1+w.random.IntN(30), w.random.IntN(10))
	case "q":
		return pick(w.random, []string{"first", "second", "third", "fourth"}) + " quarter"
	case "o":
		other := pick(w.random, companies)
		return fmt.Sprintf("%s (%s)", other.name, other.ticker)
	}
	panic("bench: no blank is called " + blank)
}

func pick[T any](random *rand.Rand, from []T) T { return from[random.IntN(len(from))] }
