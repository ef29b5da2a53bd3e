package copydesk

import (
	"testing"

	"standfirst"
)

// The day of reading is Thursday, 5 March 2026.
func TestDates(t *testing.T) {
	testProse(t, "day week month quarter half year", []struct{ text, want string }{
		{"It was founded on 5 January 2015 and sold on 2026-01-30.", "day 5 January 2015 = 2015-01-05; day 2026-01-30 = 2026-01-30"},
		{"On January 28 it cut jobs; the shares fell the same day.", "day January 28 = 2026-01-28; day the same day = 2026-01-28"},
		{"It said so that day.", ""},
		{"The summit takes place from 12 to 14 May.", "day 12 to 14 May = 2026-05-12..2026-05-14"},
		{"It was undone on 7 May.", "day 7 May = 2025-05-07"},
		{"It said on Tuesday that it would meet next Thursday.", "day on Tuesday = 2026-03-03; day next Thursday = 2026-03-12"},
		{"The board will meet on Tuesday.", "day on Tuesday = 2026-03-10"},
		{"The strike that began on Monday goes on until Friday.", "day on Monday = 2026-03-02; day Friday = 2026-03-06"},
		{"Yesterday it closed; tomorrow it opens.", "day Yesterday = 2026-03-04; day tomorrow = 2026-03-06"},
		{"It reported last week and reports again next week.", "week last week = 2026-02-23..2026-03-01; week next week = 2026-03-09..2026-03-15"},
		{"Sales fell in December and may recover by May.", "month December = 2025-12-01..2025-12-31; month May = 2026-05-01..2026-05-31"},
		{"Output fell in May from that in April.", "month May = 2025-05-01..2025-05-31; month April = 2025-04-01..2025-04-30"},
		{"It may march on. March may be slow.", ""},
		{"Profit fell in the third quarter.", "quarter the third quarter = 2025-07-01..2025-09-30"},
		{"In Q1 2025 it sold ships, and in the first half of this year planes.", "quarter Q1 2025 = 2025-01-01..2025-03-31; half the first half of this year = 2026-01-01..2026-06-30"},
		{"In the second quarter of fiscal 2026.", "year 2026 = 2026-01-01..2026-12-31"},
		{"It fell in 2019, 2021 and 2023, and by mid-2027 it may rise.",
			"year 2019 = 2019-01-01..2019-12-31; year 2021 = 2021-01-01..2021-12-31; year 2023 = 2023-01-01..2023-12-31; year mid-2027 = 2027-01-01..2027-12-31"},
		{"Good Friday, the Sunday Ledger, the Class of 1999 and three years earlier.", ""},
		{"It made 2026 ships and the share fell 30 February.", ""},
	})
}

func TestDatesWithoutADay(t *testing.T) {
	got := tell(ReadStory("", "", "It came on Tuesday, 5 March and last week, but on 3 April 2026 in 2027.", standfirst.Day{}))
	want := []string{"day 5 March = 2026-03-05", "day 3 April 2026 = 2026-04-03", "year 2027 = 2027-01-01..2027-12-31"}
	if len(got) != len(want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("got %q, want %q", got[i], want[i])
		}
	}
}
