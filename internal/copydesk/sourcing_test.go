package copydesk

import "testing"

func TestAttributions(t *testing.T) {
	testProse(t, "from", []struct{ text, want string }{
		{"It may sell, three people briefed on the talks said.", "from three people briefed on the talks = anonymous, briefed, reported-anonymous, >=3"},
		{"A person familiar with the matter told the Harbour Times so.", "from A person familiar with the matter told the Harbour Times = anonymous, Harbour Times, familiar, reported-anonymous, >=1"},
		{"The people said so.", "from The people = anonymous, reported-anonymous"},
		{"The talks, confirmed by sources on Friday, go on.", "from sources = anonymous, reported-anonymous, >=2"},
		{"Sources close to the company confirmed the figure.", "from Sources close to the company = anonymous, familiar, reported-anonymous, >=2"},
		{"Reuters reported it last week, citing two sources.", "from Reuters reported = other-outlet, Reuters, reported-anonymous; from two sources = anonymous, Reuters, reported-anonymous, >=2"},
		{"Citing two unnamed executives, The Meridian Wire said so.", "from two unnamed executives = anonymous, Meridian Wire, reported-anonymous, >=2; from The Meridian Wire said = other-outlet, Meridian Wire, reported-anonymous"},
		{"The plan was first reported by Harbour News.", "from reported by Harbour News = other-outlet, Harbour News, reported-anonymous"},
		{"It owes $3 million, according to a court filing.", "from according to a court filing = document, documented"},
		{"A spokesperson for Northwind said so.", "from A spokesperson for Northwind said = spokesperson, Northwind, reported-named"},
		{`"No," a Northwind spokeswoman said.`, "from a Northwind spokeswoman said = spokesperson, Northwind, reported-named"},
		{"The company said in a statement that it was sold.", "from The company said in a statement = named, confirmed-by-subject"},
		{"Sales would double, said Jane Roe, an analyst.", "from said Jane Roe = named, Jane Roe, reported-named"},
		{"Jane Roe told Reuters that sales would double.", "from Jane Roe told Reuters = named, Jane Roe, Reuters, reported-named"},
		{"Many people shop there, and the company of people is good.", ""},
		{`"Sources said so," it reads.`, ""},
	})
}

func TestResponses(t *testing.T) {
	testProse(t, "from", []struct{ text, want string }{
		{"Northwind has declined to comment.", "from Northwind has declined to comment = declined to comment, Northwind"},
		{"Northwind and Halcyon declined to comment.",
			"from Northwind and Halcyon declined to comment = declined to comment, Northwind; from Northwind and Halcyon declined to comment = declined to comment, Halcyon"},
		{"Halcyon did not immediately respond to a request.", "from Halcyon did not immediately respond = did not respond, Halcyon"},
		{"Neither Northwind nor Halcyon replied.",
			"from Northwind nor Halcyon replied = did not respond, Northwind; from Northwind nor Halcyon replied = did not respond, Halcyon"},
		{"Marsh and Sons could not be reached.", "from Marsh and Sons could not be reached = did not respond, Marsh and Sons"},
		{"The company denied the report.", "from The company denied = denied"},
		{"Northwind confirmed the talks.", "from Northwind confirmed = named, Northwind, reported-named; from Northwind confirmed = confirmed, Northwind"},
		{"Northwind confirmed it had cut jobs.", "from Northwind confirmed = named, Northwind, reported-named"},
	})
}
