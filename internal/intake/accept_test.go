package intake_test

import (
	"slices"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/intake"
	"standfirst/internal/store"
)

// The clock of these tests stands at 10 June 2026.
func TestFiguresAreOfTheDayOfTheDateline(t *testing.T) {
	for _, tt := range []struct {
		name, dateline string
		date           standfirst.Day
		want           string
	}{
		{"a past day", "LONDON, 8 June — ", standfirst.Day{}, "2026-06-08"},
		{"today", "LONDON, 10 June — ", standfirst.Day{}, "2026-06-10"},
		{"a day ahead", "LONDON, 12 June — ", standfirst.Day{}, "2026-06-10"},
		{"no day", "LONDON — ", standfirst.Day{}, "2026-06-10"},
		{"a day that is given", "LONDON, 8 June — ", standfirst.Day{Year: 2026, Month: 6, Day: 9}, "2026-06-09"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			path := d.write("talks.txt", "Tidewater in talks on Orrin\n\n"+tt.dateline+
				"Tidewater Freight is in advanced talks to invest up to $6 billion in Orrin Compute, three people briefed on the talks said.\n")
			result, err := d.file(path, intake.Options{Accept: true, Date: tt.date})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(result.Notes, "cites 1 figure as the copy desk read it; no editor has checked it") {
				t.Errorf("notes: %q", result.Notes)
			}
			err = d.store.View(t.Context(), func(tx *store.ReadTx) error {
				versions, err := tx.UncheckedVersions(0, 10)
				for _, v := range versions {
					if got := v.AsOf.From.String(); got != tt.want {
						t.Errorf("%q is of %s, want %s", v.Words, got, tt.want)
					}
					for _, source := range v.Attributions {
						if got := source.Day.String(); got != tt.want {
							t.Errorf("the source of %q is of %s, want %s", v.Words, got, tt.want)
						}
					}
				}
				if len(versions) == 0 {
					t.Error("nothing was recorded")
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestAcceptedTextIsAsked(t *testing.T) {
	d := newDesk(t)
	path := d.write("talks.txt", "Tidewater puts $9 billion into Orrin\n\n"+
		"Tidewater Freight is in advanced talks to invest up to $6 billion in Orrin Compute, three people briefed on the talks said.\n")
	result, err := d.file(path, intake.Options{Accept: true})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(result.Notes, func(n string) bool { return strings.HasPrefix(n, "check: headline-figure: ") }) {
		t.Errorf("notes: %q", result.Notes)
	}
}
