package copydesk

import "testing"

func TestFigures(t *testing.T) {
	testProse(t, "money percent points count multiple price", []struct{ text, want string }{
		// Money with its hedges.
		{"It may invest up to $6 billion in Halcyon.", "money up to $6 billion = <=6000000000 USD prospective"},
		{"It paid about €1.3bn, or between 3 and 4 million euros in all.", "money about €1.3bn = ~1300000000 EUR; money between 3 and 4 million euros = 3000000..4000000 EUR"},
		{"It has C$40m and CHF 20 million.", "money C$40m = 40000000 CAD; money CHF 20 million = 20000000 CHF"},
		{"It cost billions of dollars, and dozens of jobs.", ""},
		{"Orders were 500 million Danish kroner, against 480 million kroner.", "money 500 million Danish kroner = 500000000 DKK; money 480 million kroner = 480000000 DKK"},
		{"Orders were 480 million kroner.", ""},
		{"Fjord (OSL: FJD) had orders of 480 million kroner.", "money 480 million kroner = 480000000 NOK"},
		{"It moved from 400 million Danish kroner to 500 million Norwegian kroner, not 7 million kroner.",
			"money 400 million Danish kroner = 400000000 DKK; money 500 million Norwegian kroner = 500000000 NOK"},
		// What is no range.
		{"It cut the price of its phone by $100 to $599.", "money $100 = 100 USD; price $599 = 599 USD"},
		{"Crude fell $1.20 to $76.40 a barrel.", "money $1.20 = 1.2 USD; price $76.40 = 76.4 USD"},
		{"Profit rose from $3 billion to $4 billion.", "money $3 billion = 3000000000 USD; money $4 billion = 4000000000 USD"},
		{"It raised $250 million to $300 million.", "money $250 million to $300 million = 250000000..300000000 USD"},
		// Percentages and where they went.
		{"Shares fell 312 points, or 0.8%, on Monday.", "percent 0.8% = 0.8 % down"},
		{"The news set off a 2.1% drop in the price.", "percent 2.1% = 2.1 % down"},
		{"The yield rose 4 basis points to 4.12%.", "points 4 basis points = 0.04 pp up; percent 4.12% = 4.12 %"},
		{"Sales would grow by between 6 and 8 per cent.", "percent between 6 and 8 per cent = 6..8 % prospective up"},
		{"It owns more than half, and a third of that.", ""},
		// Prices.
		{"It offered $41 a share, up from $38.", "price $41 = 41 USD prospective; price $38 = 38 USD prospective"},
		{"Orrin raised its offer to 415p from 380p.", "price 415p = 4.15 GBP prospective; price 380p = 3.8 GBP prospective"},
		{"It pays $41 in cash for each Tarn share.", "price $41 = 41 USD"},
		{"Calder rose 2.4% to $58.20.", "percent 2.4% = 2.4 % up; price $58.20 = 58.2 USD"},
		{"The dividend was raised to 14.5 cents from 12 cents.", "money 14.5 cents = 0.145 USD; money 12 cents = 0.12 USD"},
		{"A fine of $250 was set.", "money $250 = 250 USD"},
		// Counts.
		{"It cut 1,200 office jobs and nearly 300 people left.", "count 1,200 office jobs = 1200 jobs; count nearly 300 people = ~<300 people"},
		{"The line carried 2.3m containers on 24 new aircraft.", "count 2.3m containers = 2300000 containers; count 24 new aircraft = 24 aircraft"},
		{"The two companies have six sites for three years and 12 months.", ""},
		{"Two hundred and forty people left.", ""},
		{"About 1 in 5 customers left, and 1 of every 5 branches shut.", ""},
		{"It trades at 14 times earnings, or 11.5x sales.", "multiple 14 times = 14 x; multiple 11.5x = 11.5 x"},
	})
}

func TestFiguresThatAreNone(t *testing.T) {
	testProse(t, "money percent points count multiple price", []struct{ text, want string }{
		{"The A330-900 and the 737 MAX 8 flew as flight KL1234 to gate 12.", ""},
		{"Call +44 20 7946 0958 or write to 1600 Harbour Street, Suite 210.", ""},
		{"Ms Okafor, 54, won 3-1 in her Series B 2 since 1987.", ""},
		{"Under section 13(d) of version 2.5 there are no 10-year notes.", ""},
		{"It was 10:30 at No. 4 furnace in Hall 3 of the Hotel 1898.", ""},
	})
}

func TestFiguresQuotedAndCited(t *testing.T) {
	testProse(t, "money count", []struct{ text, want string }{
		{`"We paid $5 million," said Jane Roe, who had $3 million.`, "money $5 million = 5000000 USD quoted; money $3 million = 3000000 USD"},
		{"It put [up to $6 billion](claim:88) into it and [$5](https://a.example).", "money up to $6 billion = <=6000000000 USD cited; money $5 = 5 USD"},
		{"It put up to [$6 billion](claim:88) and **4,200** jobs.", "money up to $6 billion = <=6000000000 USD cited; count 4,200 jobs = 4200 jobs"},
		{":::voices\n> “It is $5 million.”\n>\n> — Jane Roe, Reader\n:::\n\nIt is $4 million.", "money $4 million = 4000000 USD; money $5 million = 5000000 USD quoted"},
	})
}
