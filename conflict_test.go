package standfirst_test

import (
	"testing"

	"standfirst"
)

// stated is a version of claim 1 that says a figure.
func stated(t testing.TB, id standfirst.ClaimVersionID, words string, basis standfirst.Basis) standfirst.ClaimVersion {
	t.Helper()
	q := parse(t, words)
	return standfirst.ClaimVersion{ID: id, Claim: 1, Value: standfirst.Value{Quantity: &q, Basis: basis}}
}

func TestConflictsOfFigures(t *testing.T) {
	const pre, post, unspecified = standfirst.PreMoney, standfirst.PostMoney, standfirst.BasisUnspecified
	for _, test := range []struct {
		first       string
		firstBasis  standfirst.Basis
		second      string
		secondBasis standfirst.Basis
		money       string
		conflict    bool
	}{
		{"up to $6 billion", "", "$5 billion", "", "", false},
		{"up to $6 billion", "", "$7 billion", "", "", true},
		{"$6 billion", "", "$6 billion", "", "", false},
		{"about $830 billion", "", "$833 billion", "", "", false},
		{"about $830 billion", "", "$850 billion", "", "", true},
		{"nearly 4,000 jobs", "", "3,900 roles", "", "", false},
		{"nearly 4,000 jobs", "", "4,100 roles", "", "", true},
		{"$6 billion", "", "€6 billion", "", "", false},
		{"10%", "", "12%", "", "", true},

		{"$380 billion", post, "$350 billion", pre, "$30 billion", false},
		{"$380 billion", post, "$340 billion", pre, "$30 billion", true},
		{"$380 billion", post, "$380 billion", pre, "$30 billion", true},
		{"$260 billion", pre, "up to $340 billion", post, "$40 billion", false},
		{"$260 billion", pre, "$340 billion", post, "$40 billion", true},
		{"$260 billion", pre, "$340 billion", post, "up to $100 billion", false},
		{"$260 billion", pre, "$340 billion", post, "up to $60 billion", true},
		// The round is not known.
		{"$260 billion", pre, "$340 billion", post, "", false},
		{"$360 billion", pre, "$340 billion", post, "", true},
		{"$260 billion", pre, "$340 billion", post, "€80 billion", false},
		{"$260 billion", pre, "$340 billion", pre, "$80 billion", true},
		// Nobody has said which it is.
		{"$260 billion", unspecified, "$340 billion", post, "$80 billion", false},
		{"$260 billion", unspecified, "$340 billion", unspecified, "$80 billion", false},
		{"$260 billion", unspecified, "$340 billion", pre, "$80 billion", true},
		{"$260 billion", unspecified, "$340 billion", unspecified, "$90 billion", true},
		{"$260 billion", unspecified, "$340 billion", unspecified, "", true},
		{"$260 billion", unspecified, "$260 billion", pre, "", false},
	} {
		var money *standfirst.Quantity
		if test.money != "" {
			q := parse(t, test.money)
			money = &q
		}
		a, b := stated(t, 1, test.first, test.firstBasis), stated(t, 2, test.second, test.secondBasis)
		for _, versions := range [][]standfirst.ClaimVersion{{a, b}, {b, a}} {
			found := standfirst.Conflicts(versions, money)
			if (len(found) > 0) != test.conflict {
				t.Errorf("%+v: got %d conflicts", test, len(found))
			}
			if len(found) > 0 && (found[0].First.ID != versions[0].ID || found[0].Second.ID != versions[1].ID) {
				t.Errorf("%+v: not in order", test)
			}
		}
	}
}

func TestConflictsCount(t *testing.T) {
	five, six, seven := stated(t, 1, "$5 billion", ""), stated(t, 2, "$6 billion", ""), stated(t, 3, "$7 billion", "")
	if found := standfirst.Conflicts([]standfirst.ClaimVersion{five, six, seven}, nil); len(found) != 3 {
		t.Errorf("three figures: %d conflicts", len(found))
	}
	ended, erased := six, six
	ended.Ended, erased.Erased = standfirst.SupersededByEvent, true
	for _, version := range []standfirst.ClaimVersion{ended, erased, {Claim: 1}} {
		if found := standfirst.Conflicts([]standfirst.ClaimVersion{five, version}, nil); len(found) != 0 {
			t.Errorf("%+v: %d conflicts", version, len(found))
		}
	}
}

func TestConflictsOfStagesAndDates(t *testing.T) {
	day := func(d int) standfirst.Day { return standfirst.Day{Year: 2026, Month: 3, Day: d} }
	dates := func(from, to int) standfirst.Value {
		return standfirst.Value{Date: &standfirst.DateRange{From: day(from), To: day(to)}}
	}
	for _, test := range []struct {
		a, b     standfirst.Value
		conflict bool
	}{
		{standfirst.Value{Stage: standfirst.Talks}, standfirst.Value{Stage: standfirst.AdvancedTalks}, false},
		{standfirst.Value{Stage: standfirst.Talks}, standfirst.Value{Stage: standfirst.Signed}, true},
		{standfirst.Value{Stage: standfirst.Collapsed}, standfirst.Value{Stage: standfirst.Talks}, true},
		{standfirst.Value{Stage: standfirst.Collapsed}, standfirst.Value{Stage: standfirst.Withdrawn}, false},
		{dates(1, 31), dates(5, 5), false},
		{dates(1, 4), dates(5, 5), true},
		{dates(1, 4), standfirst.Value{Stage: standfirst.Talks}, false},
	} {
		versions := []standfirst.ClaimVersion{{Claim: 1, Value: test.a}, {Claim: 1, Value: test.b}}
		if found := standfirst.Conflicts(versions, nil); (len(found) > 0) != test.conflict {
			t.Errorf("%+v: %d conflicts", test, len(found))
		}
	}
}
