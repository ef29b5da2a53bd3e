package copydesk

import (
	"strings"
	"testing"
	"time"

	"standfirst"
)

const body = "\n\nMerrow Group said on Thursday that it would buy Skelby Docks for about 1.9 billion pounds in cash.\n\nShares rose.\n"

func TestReadBylines(t *testing.T) {
	tests := []struct{ line, want string }{
		{"By Ines Falk", "Ines Falk||"},
		{"BY INES FALK", "Ines Falk||"},
		{"by Ines Falk", "Ines Falk||"},
		{"By INES McDOWELL", "INES McDOWELL||"},
		{"By Ines Falk | Senior Markets Correspondent", "Ines Falk|Senior Markets Correspondent|"},
		{"By Ines Falk – Deals Editor", "Ines Falk|Deals Editor|"},
		{"By Ines Falk, Deals Editor", "Ines Falk|Deals Editor|"},
		{"By Ines Falk, Deals Editor, New York", "Ines Falk|Deals Editor, New York|"},
		{"Ines Falk, Deals Editor", "Ines Falk|Deals Editor|"},
		{"Ines Falk | Head of Data", "Ines Falk|Head of Data|"},
		{"By Ines Falk and Tomas Aune", "Ines Falk||;Tomas Aune||"},
		{"By Ines Falk, Tomas Aune and J. P. van der Berg", "Ines Falk||;Tomas Aune||;J. P. van der Berg||"},
		{"By Ines Falk, Tomas Aune, and Jane Roe", "Ines Falk||;Tomas Aune||;Jane Roe||"},
		{"By Ines Falk in London and Tomas Aune in Oslo", "Ines Falk||London;Tomas Aune||Oslo"},
		{"By Ines Falk in Washington, D.C.", "Ines Falk||Washington, D.C."},
		{"By Ines Falk, Deals Editor, and Tomas Aune, Reporter", "Ines Falk|Deals Editor|;Tomas Aune|Reporter|"},
		{"By Ines Falk and Tomas Aune, staff writers", "Ines Falk|staff writers|;Tomas Aune|staff writers|"},
		{"By Ines Falk, Harbour Newswire", "Ines Falk|Harbour Newswire|"},
		{"By Ines Falk (ines@quay.example)", "Ines Falk||"},
		{"By Ines Falk | 5 March 2026", "Ines Falk||"},
		{"By Ines Falk | Deals Editor | March 5, 2026 | 5 min read", "Ines Falk|Deals Editor|"},
		{"Words: Ines Falk", "Ines Falk||"},
		{"By Zoë O’Hara-Brès", "Zoë O’Hara-Brès||"},
		{"By Reuters", "Reuters||"},
		{"By Ines Falk\nDeals Editor", "Ines Falk|Deals Editor|"},
		{"BY INES FALK\nSENIOR MARKETS CORRESPONDENT", "Ines Falk|Senior Markets Correspondent|"},
		{"Ines Falk\nSenior Deals Editor", "Ines Falk|Senior Deals Editor|"},
		{"By Ines Falk\n\nDeals Editor", "Ines Falk|Deals Editor|"},
		{"By Ines Falk | Deals Editor\nBy Tomas Aune | Reporter", "Ines Falk|Deals Editor|;Tomas Aune|Reporter|"},
		{"**By Ines Falk**", "Ines Falk||"},
		{"Ines Falk and Tomas Aune\n5 March 2026", "Ines Falk||;Tomas Aune||"},
		{"Additional reporting by Ines Falk", ""},
		{"By the numbers", ""},
		{"By Monday it was over", ""},
		{"From start to finish", ""},
	}
	for _, test := range tests {
		text := "Merrow to buy Skelby Docks\n\n" + test.line + body
		r := Read(text, readOn)
		var got []string
		for _, b := range r.Bylines {
			got = append(got, b.Name+"|"+b.Role+"|"+b.Place)
		}
		if strings.Join(got, ";") != test.want {
			t.Errorf("%q: bylines %q, want %q", test.line, got, test.want)
		}
		if err := checkReading(text, r); err != nil {
			t.Errorf("%q: %v", test.line, err)
		}
		if r.Headline.Text != "Merrow to buy Skelby Docks" {
			t.Errorf("%q: headline %q", test.line, r.Headline.Text)
		}
	}
}

func TestReadDatelines(t *testing.T) {
	tests := []struct{ text, words, day, agency string }{
		{"ANTWERP, 5 March (Harbour Newswire) — Shares rose.", "ANTWERP, 5 March", "2026-03-05", "Harbour Newswire"},
		{"LONDON — Shares rose.", "LONDON", "", ""},
		{"LONDON—Shares rose.", "", "", ""},
		{"OSLO, March 5 - Shares rose.", "OSLO, March 5", "2026-03-05", ""},
		{"Oslo, 28 December – Shares rose.", "Oslo, 28 December", "2025-12-28", ""},
		{"NEW YORK, Jan. 30, 2025 -- Shares rose.", "NEW YORK, Jan. 30, 2025", "2025-01-30", ""},
		{"SPRINGFIELD, Ill., March 5 /Quay Wire/ -- Shares rose.", "SPRINGFIELD, Ill., March 5", "2026-03-05", "Quay Wire"},
		{"LONDON/PARIS (Harbour Newswire) - Shares rose.", "LONDON/PARIS", "", "Harbour Newswire"},
		{"ST. GALLEN, Monday, 2 March — Shares rose.", "ST. GALLEN, Monday, 2 March", "2026-03-02", ""},
		{"IBM — whose shares rose — said so.", "", "", ""},
		{"NATO — The alliance met.", "", "", ""},
		{"BREAKING — Shares rose.", "", "", ""},
		{"Shares rose - but only just.", "", "", ""},
		{"In Oslo, March 5 - Shares rose.", "", "", ""},
		{"Merrow rose on 5 March — its best day.", "", "", ""},
	}
	for _, test := range tests {
		text := "Merrow to buy Skelby Docks\n\n" + test.text + " It was their best day of the year, brokers said on Friday." + body
		r := Read(text, readOn)
		if r.Dateline.Words != test.words || r.Dateline.Day.String() != test.day || r.Dateline.Agency != test.agency {
			t.Errorf("%q: dateline %+v, want %q on %q by %q", test.text, r.Dateline, test.words, test.day, test.agency)
		}
		if err := checkReading(text, r); err != nil {
			t.Errorf("%q: %v", test.text, err)
		}
	}
}

func TestReadHeads(t *testing.T) {
	const prose = "Merrow Group said on Thursday that it would buy Skelby Docks for about 1.9 billion pounds in cash."
	tests := []struct{ name, text, kicker, headline, standfirst string }{
		{"plain", "Merrow to buy Skelby\n\n" + prose + "\n\nMore.", "", "Merrow to buy Skelby", ""},
		{"question", "Is Merrow about to buy Skelby Docks at last?\n\n" + prose + "\n\nMore.", "", "Is Merrow about to buy Skelby Docks at last?", ""},
		{"quoted", "“We are not for sale”\n\n" + prose + "\n\nMore.", "", "“We are not for sale”", ""},
		{"markdown", "# Merrow to buy Skelby\n\n" + prose, "", "Merrow to buy Skelby", ""},
		{"two lines", "Merrow to buy Skelby\nin cash\n\n" + prose + "\n\nMore.", "", "Merrow to buy Skelby in cash", ""},
		{"two lines in capitals", "MERROW TO BUY\nSKELBY DOCKS FOR CASH\n\n" + prose + "\n\nMore.", "", "MERROW TO BUY SKELBY DOCKS FOR CASH", ""},
		{"standfirst on the next line", "Merrow raises its dividend\nPayout up a fifth as ports boom\nBy Ines Falk\n\n" + prose, "", "Merrow raises its dividend", "Payout up a fifth as ports boom"},
		{"two lines in title case", "Merrow Raises Its Offer\nPorts Fetch a Third More\n\n" + prose + "\n\nMore.", "", "Merrow Raises Its Offer Ports Fetch a Third More", ""},
		{"kicker", "DEALS\n\nMerrow to buy Skelby\n\n" + prose + "\n\nMore.", "DEALS", "Merrow to buy Skelby", ""},
		{"kicker with bar", "Markets | Analysis\nMerrow to buy Skelby\n\n" + prose + "\n\nMore.", "Markets | Analysis", "Merrow to buy Skelby", ""},
		{"standfirst", "Merrow to buy Skelby\n\nThe ports fetch a third less than was asked.\n\nBy Ines Falk\n\n" + prose, "", "Merrow to buy Skelby", "The ports fetch a third less than was asked."},
		{"first paragraph is no standfirst", "Merrow to buy Skelby\n\nThe ports fetch a third less than was asked.\n\n" + prose, "", "Merrow to buy Skelby", ""},
		{"paragraph after the byline", "Merrow to buy Skelby\n\nBy Ines Falk\n\nThe ports fetch a third less.\n\n" + prose, "", "Merrow to buy Skelby", ""},
		{"byline above", "By Ines Falk\n\nMerrow to buy Skelby\n\n" + prose, "", "Merrow to buy Skelby", ""},
		{"stop before a byline", "Merrow to buy Skelby.\n\nBy Ines Falk\n\n" + prose, "", "Merrow to buy Skelby.", ""},
		{"abbreviation", "Merrow to buy Skelby Docks Inc.\n\n" + prose + "\n\nMore.", "", "Merrow to buy Skelby Docks Inc.", ""},
		{"no headline", prose + "\n\n" + prose, "", "", ""},
		{"flash", prose, "", "", ""},
		{"only furniture", "Share:\n\nLeave a Reply", "", "", ""},
		{"nothing", " \r\n\u00a0", "", "", ""},
	}
	for _, test := range tests {
		r := Read(test.text, readOn)
		if r.Kicker.Text != test.kicker || r.Headline.Text != test.headline || r.Standfirst.Text != test.standfirst {
			t.Errorf("%s: kicker %q, headline %q, standfirst %q", test.name, r.Kicker.Text, r.Headline.Text, r.Standfirst.Text)
		}
		if err := checkReading(test.text, r); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// TestReadKeepsProse holds that paragraphs and lines stay that only resemble furniture.
func TestReadKeepsProse(t *testing.T) {
	lines := []string{
		"Share prices fell on Thursday, and nobody was surprised.",
		"Related companies fell as well, brokers said.",
		"Comments on the deal were few, and none was kind.",
		"Subscribe to the view that rates will fall and you buy banks.",
		"Sign up and you are bound for a year, the contract says.",
		"Advertisement spending rose by a tenth in the quarter.",
		"Get the latest price wrong and you lose the day.",
		"\"Sign up to our newsletter,\" the chairman told the meeting.",
		"No comments yet from the company, which was asked on Friday.",
		"Copyright law will change in May, the ministry said.",
		"Contact with the ship was lost at noon, the owner said.",
		"Read more widely, is the advice of the bank's chief economist.",
		"5 minutes after the close the order was pulled, traders said.",
		"Share", "Related", "Comments", "Facebook", "Email", "Print", "Search", "Previous",
		"Reply", "Website", "Menu", "Tags: shipping",
	}
	for _, line := range lines {
		text := "Merrow to buy Skelby Docks" + body + "\n" + line + "\n\n" + "The company said that it would pay in cash, and that it would close by June." + body
		r := Read(text, readOn)
		for _, d := range r.Dropped {
			t.Errorf("%q: dropped %q as %s", line, d.Text, d.Reason)
		}
	}
}

// TestReadKeepsStories holds that nothing of a story goes because something in it
// resembles the comments of readers or the top of a web page.
func TestReadKeepsStories(t *testing.T) {
	const rest = "\n\nThe company said that it would pay in cash, and that it would close the deal by June." + body
	tests := []struct{ name, text, headline string }{
		{"time in a story", "Merrow to buy Skelby Docks" + body + "\nThe ship left Hull\n\n2 hours ago" + rest, "Merrow to buy Skelby Docks"},
		{"times without replies", "Merrow to buy Skelby Docks" + body + "\n2 hours ago" + rest + "\n1 hour ago" + rest, "Merrow to buy Skelby Docks"},
		{"word without a time", "Merrow to buy Skelby Docks" + body + "\nComments" + rest, "Merrow to buy Skelby Docks"},
		{"bar in the headline", "Merrow to buy Skelby Docks | Analysis" + rest, "Merrow to buy Skelby Docks | Analysis"},
		{"dash in the headline", "Merrow to buy Skelby Docks - and Hull" + rest, "Merrow to buy Skelby Docks - and Hull"},
		{"kicker of three", "Markets | Deals | Europe\n\nMerrow to buy Skelby Docks at last" + rest, "Merrow to buy Skelby Docks at last"},
		{"dotted byline", "Merrow to buy Skelby Docks\n\nInes Falk · Tomas Aune · Jane Roe · Ola Berg" + rest, "Merrow to buy Skelby Docks"},
	}
	for _, test := range tests {
		r := Read(test.text, readOn)
		if len(r.Dropped) != 0 || r.Headline.Text != test.headline {
			t.Errorf("%s: headline %q, dropped %v", test.name, r.Headline.Text, r.Dropped)
		}
	}
}

// TestReadCommentsAtTop holds that a count of comments and a time above the story do not
// make comments of it.
func TestReadCommentsAtTop(t *testing.T) {
	text := "Merrow to buy Skelby Docks\n\nThe ports fetch a third less than was asked, and nobody in Hull is surprised.\n\n12 Comments\n2 hours ago" + body + body
	r := Read(text, readOn)
	if n := len(r.Blocks); n < 4 || r.Headline.Text != "Merrow to buy Skelby Docks" {
		t.Errorf("headline %q, blocks %v, dropped %v", r.Headline.Text, r.Blocks, r.Dropped)
	}
}

func TestReadKeepsCalendar(t *testing.T) {
	text := "What to expect this week\n\nMonday, 9 March\n\nMerrow Group reports its results for the year.\n\nTuesday, 10 March\n\nSkelby Docks meets its shareholders in Hull.\n"
	r := Read(text, readOn)
	if len(r.Dropped) != 0 || len(r.Blocks) != 4 || r.Blocks[0].Kind != Subhead {
		t.Errorf("dropped %v, blocks %v", r.Dropped, r.Blocks)
	}
}

func TestReadReleaseLines(t *testing.T) {
	lines := []string{
		"FOR IMMEDIATE RELEASE", "PRESS RELEASE", "EMBARGOED UNTIL 07:00 GMT, 5 MARCH 2026", "For release on 5 March 2026", "5 March 2026",
		"Published: 5 March 2026, 08:15 GMT", "Last updated 5 March 2026 at 9:12 a.m. EST", "2026-03-05",
	}
	for _, line := range lines {
		text := line + "\n\nMerrow to buy Skelby Docks" + body
		r := Read(text, readOn)
		if len(r.Dropped) != 1 || r.Headline.Text != "Merrow to buy Skelby Docks" {
			t.Errorf("%q: dropped %v, headline %q", line, r.Dropped, r.Headline.Text)
		}
	}
}

func TestReadCoverNotes(t *testing.T) {
	tests := []struct {
		line string
		want bool
	}{
		{"Hi desk, copy below", true}, {"Hello all,", true}, {"Morning – story attached below.", true}, {"Good morning, copy attached.", true},
		{"Dear Dana,", true}, {"Copy below.", true}, {"Hi Dana, piece pasted below", true}, {"Hello Goodbye", false}, {"Morning trading: Skelby attached to Merrow", false},
		{"Hello, Merrow", false}, {"Story of a port", false}, {"Dear money", false},
	}
	for _, test := range tests {
		text := test.line + "\n\nMerrow to buy Skelby Docks" + "\n\nBy Ines Falk" + body
		r := Read(text, readOn)
		if got := len(r.Dropped) == 1 && r.Dropped[0].Reason == "cover note" && r.Headline.Text == "Merrow to buy Skelby Docks"; got != test.want {
			t.Errorf("%q: dropped %v, headline %q", test.line, r.Dropped, r.Headline.Text)
		}
		if err := checkReading(text, r); err != nil {
			t.Errorf("%q: %v", test.line, err)
		}
	}
}

func TestReadFurniture(t *testing.T) {
	lines := []string{
		"Share:", "Share this article", "Facebook Twitter LinkedIn", "Tweet this", "Copy link", "Share on Facebook", "This Post Has 0 Comments", "12 Comments", "No comments yet.",
		"No comments yet. Be the first to comment!", "Leave a Reply", "Leave a Comment", "Your email address will not be published.",
		"Your email address will not be published. Required fields are marked *", "Cancel reply", "Post Comment", "Related",
		"Read more: Merrow at a hundred", "Advertisement", "Sign up to our newsletter and never miss a story.", "Subscribe to our newsletter", "Subscribe",
		"Get the latest shipping news in your inbox every morning.", "We use cookies to make this site work.", "5 min read", "© 2026 Quay Media. All rights reserved.",
		"©2026 Quay Media", "Copyright © 2026 Quay Media Ltd", "(ends)", "###", "-30-", "ENDS", "— ENDS —", "All rights reserved.", "Tags: ports, deals", "Back to top",
	}
	for _, line := range lines {
		text := "Merrow to buy Skelby Docks" + body + "\n" + line + "\n"
		r := Read(text, readOn)
		if len(r.Dropped) != 1 {
			t.Errorf("%q: dropped %v; blocks %v", line, r.Dropped, r.Blocks[len(r.Blocks)-1])
		}
	}
}

// TestReadIsLinear holds that time and memory grow with the text and no faster, on the
// shapes that invite the contrary.
func TestReadIsLinear(t *testing.T) {
	shapes := map[string]string{
		"one line": "word ", "quotes": "\"", "open quotes": " “a", "said": "\"a,\" said X. ", "lines": "a\n", "stops": "a. ", "brackets": "[", "links": "](", "ticks": "`a",
		"bullets": "- a\n", "numbers": "1. a\n\n", "quoted": "> a\n", "dashes": "\" — A", "bold": "**", "invalid": "\xe2\x80", "names": "By A B, ", "voices": "\"a b.\" — A B, C\n", "spaces": "\u00a0",
		"near": "Facebook\n", "hash": "#\n", "times": "14:05\n", "wrapped": "and so the words go on and on until they end\n", "colons": ":::\n", "initials": "A.B.",
	}
	// Quadratic time would take hours for the half megabyte, so that a slow machine does
	// not decide.
	const size, limit = 1 << 19, time.Minute
	for name, shape := range shapes {
		text := strings.Repeat(shape, size/len(shape))
		start := time.Now()
		r := Read(text, readOn)
		Quotations(text)
		if took := time.Since(start); took > limit {
			t.Errorf("%s: took %v for %d bytes", name, took, len(text))
		} else {
			t.Logf("%s: %v", name, took)
		}
		if err := checkReading(text, r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKindString(t *testing.T) {
	if Voices.String() != "voices" || Kind(99).String() != "unknown" {
		t.Errorf("kinds are called %q and %q", Voices, Kind(99))
	}
}

func TestReadWithoutDay(t *testing.T) {
	r := Read("OSLO, March 5 - Shares rose in the afternoon.", standfirst.Day{})
	if !r.Dateline.Day.IsZero() || r.Dateline.Place != "OSLO" {
		t.Errorf("dateline %+v", r.Dateline)
	}
}

func BenchmarkRead(b *testing.B) {
	var story string
	for _, text := range texts(b) {
		if strings.HasPrefix(text, "Home > ") {
			story = text
		}
	}
	paragraphs := "\n\nThe freight index has fallen for nine weeks, and the brokers who make it see no floor. \"We said nine in January and they laughed,\" said Karel Brandt, who runs the dry desk at Halloran Stead. \"They are not laughing now.\" Lindholm Line has idled 12 of its 410 ships, about 3% of its fleet.\n"
	head, tail, _ := strings.Cut(story, "\n\nAdvertisement")
	story = head + strings.Repeat(paragraphs, 9) + "\n\nAdvertisement" + tail
	b.Logf("%d words", len(strings.Fields(story)))
	b.SetBytes(int64(len(story)))
	b.ReportAllocs()
	for b.Loop() {
		Read(story, readOn)
	}
}
