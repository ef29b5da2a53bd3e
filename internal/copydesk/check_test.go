package copydesk

import (
	"math/big"
	"slices"
	"testing"

	"standfirst"
)

func usd(n int64) standfirst.Value {
	return standfirst.Value{Quantity: &standfirst.Quantity{Point: big.NewRat(n, 1), Unit: "USD"}}
}

// checkedKnown is what the newsroom knows in the tests of checks.
func checkedKnown() Known {
	ticker, _ := standfirst.ParseTicker("NYSE: NWF")
	revenue := usd(5_000_000)
	return Known{
		Entities: []standfirst.Entity{
			{ID: 1, Kind: standfirst.Company, Name: "Northwind Freight", Tickers: []standfirst.Ticker{ticker}},
			{ID: 2, Kind: standfirst.Company, Name: "Kestrel Power"},
		},
		Claims: []standfirst.Claim{{ID: 4, Subject: standfirst.Subject{Entity: 1}, Property: standfirst.Revenue, Dimensions: standfirst.Dimensions{Period: "2025"}}},
		Versions: []standfirst.ClaimVersion{
			{ID: 5, Claim: 4, Value: revenue, Words: "$5 million"},
		},
	}
}

func TestChecks(t *testing.T) {
	for _, test := range []struct {
		rule, headline, body string
		trips                bool
	}{
		{RuleHeadlineFigure, "Northwind puts $8 billion into Halcyon", "Northwind Freight has put $6 billion into Halcyon Compute.", true},
		{RuleHeadlineFigure, "Northwind puts $6 billion into Halcyon", "Northwind Freight has put $6 billion into Halcyon Compute.", false},
		{RuleHeadlineFigure, "Northwind puts $6 billion into Halcyon", "Northwind Freight has put $6.02 billion into Halcyon Compute.", false},
		{RuleHeadlineFigure, "Northwind cuts 4,200 jobs", "Northwind Freight eliminated 4,200 roles.", false},
		{RuleHeadlineFigure, "Northwind to cut 10% of staff", "Northwind Freight will cut 400 jobs.", true},

		{RuleHeadlineStronger, "Northwind puts $6 billion into Halcyon", "Northwind Freight may put up to $6 billion into Halcyon Compute.", true},
		{RuleHeadlineStronger, "Northwind in talks to put $6 billion into Halcyon", "Northwind Freight may put up to $6 billion into Halcyon Compute.", false},
		{RuleHeadlineStronger, "Northwind in Advanced Talks with Potential $6 Billion Investment", roundStory, false},
		{RuleHeadlineStronger, "Northwind puts $6 billion into Halcyon", "Northwind Freight has put $6 billion into Halcyon Compute.", false},
		{RuleHeadlineStronger, "Northwind buys Halcyon", "Northwind Freight is considering a bid for Halcyon Compute. Halcyon declined to comment.", true},
		{RuleHeadlineStronger, "Northwind buys Halcyon", "Northwind Freight has bought Halcyon Compute. Halcyon declined to comment.", false},

		{RuleTwoValues, "", "Northwind Freight was fined $5 million. Northwind was fined $7 million on Tuesday.", true},
		{RuleTwoValues, "", "Northwind Freight was fined $5 million. Northwind was fined about $5 million on Tuesday.", false},
		{RuleTwoValues, "", "Northwind Freight had revenue of $5 million in 2024. Northwind had revenue of $7 million in 2025.", false},
		{RuleTwoValues, "", "Northwind Freight cut 150 jobs in May. Kestrel Power cut 170 jobs.", false},

		{RulePercentBase, "", "Northwind Freight will cut 500 of its 4,000 jobs, or 20%.", true},
		{RulePercentBase, "", "Northwind Freight will cut 500 of its 4,000 jobs, or 12.5%.", false},
		{RulePercentBase, "", "Northwind Freight will cut 500 of its 4,000 jobs, or about 13%.", false},
		{RulePercentBase, "", "Revenue rose 10% to $110 million from $90 million.", true},
		{RulePercentBase, "", "Revenue rose 10% to $110 million from $100 million.", false},
		{RulePercentBase, "", "Northwind Freight employs 4,000 people. It will cut 500 jobs, 5% of its workforce.", true},
		{RulePercentBase, "", "Northwind Freight employs 4,000 people. It will cut 500 jobs, 12.5% of its workforce.", false},

		{RuleWeekday, "", "Northwind Freight met on Monday, March 3, 2026.", true},
		{RuleWeekday, "", "Northwind Freight met on Tuesday, March 3, 2026.", false},
		{RuleWeekday, "", "Northwind Freight met on Monday.", false},

		{RuleTickerCompany, "", "Kestrel Power (NYSE: NWF) fell.", true},
		{RuleTickerCompany, "", "Northwind Freight (NYSE: NWF) fell.", false},
		{RuleTickerCompany, "", "Northwind (NYSE: NWF) fell.", false},
		{RuleTickerCompany, "", "Marlow Ports (NYSE: MLP) fell.", false},
		{RuleTickerCompany, "", "Northwind Freight (NYSE: NWX) fell.", true},

		{RuleQuoteSpeaker, "", "The plan has critics. “It will never make any money at all.”", true},
		{RuleQuoteSpeaker, "", "“It will never make any money at all,” said Jane Roe.", false},
		{RuleQuoteSpeaker, "", "“It will never make any money at all,” the company said.", false},
		{RuleQuoteSpeaker, "", "He called it “a nuisance” and left.", false},

		{RuleOneSource, "", "Northwind Freight may buy Halcyon, sources said. The source declined to be named. The person familiar with the matter spoke on Monday.", true},
		{RuleOneSource, "", "Northwind Freight may buy Halcyon, two people familiar with the matter said. One person said it may fail.", false},
		{RuleOneSource, "", "Northwind Freight may buy Halcyon, sources said.", false},

		{RuleRatio, "", "Northwind Freight paid $50 million, half of the $80 million that it had offered.", true},
		{RuleRatio, "", "Northwind Freight paid $40 million, half of the $80 million that it had offered.", false},
		{RuleRatio, "", "Northwind Freight paid $41 million, about half of the $80 million that it had offered.", false},
		{RuleRatio, "", "Northwind Freight paid $90 million, more than twice the $60 million of last year.", true},
		{RuleRatio, "", "Northwind Freight paid $130 million, more than twice the $60 million of last year.", false},
		{RuleRatio, "", "Northwind Freight paid $40 million in the first half and $80 million in the second half.", false},

		{RuleLedgerConflict, "", "Northwind Freight had revenue of $7 million in 2025.", true},
		{RuleLedgerConflict, "", "Northwind Freight had revenue of $5 million in 2025.", false},
		{RuleLedgerConflict, "", "Northwind Freight had revenue of $7 million in 2024.", false},

		{RuleSumOfParts, "", "Halcyon Compute raised $10 million. Kestrel Capital invested $8 million in Halcyon Compute. Marlow Ventures invested $7 million in Halcyon Compute.", true},
		{RuleSumOfParts, "", "Halcyon Compute raised $10 million. Kestrel Capital invested $6 million in Halcyon Compute. Marlow Ventures invested $4 million in Halcyon Compute.", false},
		{RuleSumOfParts, "", "Northwind Freight pays $5 million, of which $7 million is due in May.", true},
		{RuleSumOfParts, "", "Northwind Freight pays $5 million, of which $2 million is due in May.", false},
	} {
		p := Propose(ReadStory(test.headline, "", test.body, readDay), checkedKnown())
		trips := slices.ContainsFunc(p.Checks, func(c Check) bool { return c.Rule == test.rule })
		if trips != test.trips {
			t.Errorf("%s: trips is %v for %q, %q: %+v", test.rule, trips, test.headline, test.body, p.Checks)
		}
		for _, c := range p.Checks {
			if c.Message == "" || c.Compared == "" || c.End <= c.Start {
				t.Errorf("%s: %+v does not say what it compared", test.body, c)
			}
		}
	}
}
