package spam_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"standfirst/internal/spam"
)

// comment is a comment of about 2,000 characters.
const comment = `The margin that Harrow Freight reported is not the margin that its customers paid for. Between the two lies a
surcharge of 4.2% for fuel, which the contract allows for one quarter only, and which has now been charged for three. I asked
the company, and got a friendly letter that answers another question. Whoever reads the accounts finds the surcharge under
"other income", with €18.4 million, which is more than the whole operating profit of the year before. That is no crime, but it
is no growth either. Three things follow. First, the forecast for next year rests on a price that courts may well undo; second,
the bank that leads the new bond knew it, since its own analysts wrote so in March; third, the works council was told nothing.
People in the trade will say that everybody does it. Calder & Finch did not, and lost two tenders over it. If the regulator wants
to know where competition went, it can start with https://filings.example/harrow/2026-annual and read pages 41 to 47. As for the
chairman's remark that critics do not understand logistics: I drove lorries for nineteen years, then planned routes for eleven,
and understand it well enough to see when a bill is padded. Do I own shares? Yes, two hundred, bought when the yard in Halden
opened, and I would rather see a smaller profit that lasts than one that a judge takes back. The piece deserves credit for asking
at all; most papers printed the release. One correction: the yard has four cranes, not six, and the second ferry sails on Fridays.
My neighbour, who still works there, says overtime was cut by half in spring, so the savings in the table may be wages rather than
fuel. It would be worth a call to the depot. And please, in the next chart, begin the axis at zero, because the fall in volumes
looks like a cliff when it is a step, and somebody will trade on the picture instead of the number. Sorry for the length of this;
some of it had to be said, and the letters page takes only two hundred words, which is fair to everyone but the argument itself.`

func TestFeatures(t *testing.T) {
	for _, test := range []struct {
		name    string
		message spam.Message
		want    []string
		without []string
	}{
		{
			name:    "words, pairs and stems",
			message: spam.Message{Text: "Investing early pays. Nobody's loss"},
			want:    []string{"w:investing", "p:investing early", "s:inves", "w:nobody's"},
			without: []string{"p:pays nobody's"},
		},
		{
			name:    "a link in text and links is one",
			message: spam.Message{Text: "See https://www.fast-loans.example/apply-now.", Links: []string{"https://www.fast-loans.example/apply-now"}},
			want:    []string{"host:fast-loans.example", "tld:example", "l:loans", "l:apply", "links:one"},
		},
		{
			name:    "a host without scheme",
			message: spam.Message{Text: "go to fast-loans.example/x"},
			want:    []string{"host:fast-loans.example", "mark:bare-host"},
		},
		{
			name:    "a missing space is no host",
			message: spam.Message{Text: "It ended.Nobody knows"},
			want:    []string{"links:none", "w:nobody"},
		},
		{
			name:    "figures by their size",
			message: spam.Message{Text: "$5,000 of $240m is 12% and 1,234"},
			want:    []string{"w:#price4", "w:#price3m", "w:#percent2", "w:#4", "mark:price"},
		},
		{
			name:    "ways to get in touch",
			message: spam.Message{Text: "Message @carter_fx or +1 555 0142 or carter@postbox.example on Telegram, t.me/carterfx"},
			want:    []string{"mark:handle", "mark:address", "mark:messenger", "mark:call-reachable", "host:t.me"},
		},
		{
			name:    "a telephone number",
			message: spam.Message{Text: "call +447700900123"},
			want:    []string{"mark:phone"},
		},
		{
			name:    "a telephone number in groups",
			message: spam.Message{Text: "call +44 (7700) 900-123"},
			want:    []string{"mark:phone", "mark:reachable"},
		},
		{
			name:    "years and changes are no telephone numbers",
			message: spam.Message{Text: "2021 2022 2023 2024, +12% in 2025, +3.1 points, 1 234 567 890 shares"},
			without: []string{"mark:phone"},
		},
		{
			name:    "disguises are read",
			message: spam.Message{Text: "v1agra, c.a.s.i.n.o, c r y p t o, vi-ag-ra, саsіnо, p\u200bills"},
			want:    []string{"w:viagra", "w:casino", "w:crypto", "w:pills", "mark:disguise", "mark:disguises", "mark:invisible"},
		},
		{
			name:    "another language is no mark",
			message: spam.Message{Text: "Цены росли и тогда, автор прав."},
			want:    []string{"w:цены", "links:none"},
			without: []string{"mark:disguise", "mark:invisible", "mark:fancy"},
		},
		{
			name:    "an emoji of several characters hides nothing",
			message: spam.Message{Text: "well done 👩‍💻 everyone"},
			want:    []string{"mark:emoji"},
			without: []string{"mark:invisible", "mark:emoji-run"},
		},
		{
			name:    "shouting",
			message: spam.Message{Text: "THIS IS A SCANDAL!!! 🚀🚀🚀"},
			want:    []string{"mark:capitals", "mark:bang-run", "mark:emoji-run", "mark:emoji-many"},
		},
		{
			name:    "who writes",
			message: spam.Message{Name: "Best Roof Repair www.roofs.example", Email: "Ann1234@Postbox.example", Text: "Nice"},
			want:    []string{"name:roof", "mark:name-link", "mark:name-long", "email:postbox.example", "mark:email-digits"},
		},
		{
			name:    "nothing",
			message: spam.Message{},
			want:    []string{"length:short", "links:none"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			features := spam.Features(test.message)
			for _, want := range test.want {
				if !slices.Contains(features, want) {
					t.Errorf("%q is missing in %q", want, features)
				}
			}
			for _, unwanted := range test.without {
				if slices.Contains(features, unwanted) {
					t.Errorf("%q is in %q", unwanted, features)
				}
			}
		})
	}
}

func TestFeaturesOfLongTextsAreOfBothEnds(t *testing.T) {
	text := "opening words " + strings.Repeat(comment+" ", 40) + " closing words"
	features := spam.Features(spam.Message{Text: text})
	checkLimits(t, features)
	for _, want := range []string{"w:opening", "w:closing"} {
		if !slices.Contains(features, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

// checkLimits fails unless the features keep what Features promises.
func checkLimits(t *testing.T, features []string) {
	t.Helper()
	if len(features) > spam.MaxFeatures {
		t.Errorf("%d features", len(features))
	}
	if !slices.IsSorted(features) || len(slices.Compact(slices.Clone(features))) != len(features) {
		t.Errorf("not sorted or not distinct: %q", features)
	}
	for _, feature := range features {
		if feature == "" || len(feature) > spam.MaxFeature || !utf8.ValidString(feature) || strings.ContainsRune(feature, 0) {
			t.Errorf("feature %q", feature)
		}
	}
}

func FuzzFeatures(f *testing.F) {
	f.Add("Ann", "ann@postbox.example", "v1agra at https://a.example/x?y", "https://a.example/x?y")
	f.Add("\xff\u200b", "@", "c a s i n o \x00 $5,000 +1 555 0142 \ufdfa 👩‍💻", "://")
	f.Add("a.bc", "a@b@c", strings.Repeat("a\u0300", 40), "http://u:p@[::1]:80")
	f.Fuzz(func(t *testing.T, name, email, text, link string) {
		message := spam.Message{Name: name, Email: email, Text: text, Links: []string{link, text, link}}
		features := spam.Features(message)
		checkLimits(t, features)
		if again := spam.Features(message); !slices.Equal(features, again) {
			t.Errorf("%q, then %q", features, again)
		}
	})
}

func BenchmarkFeatures(b *testing.B) {
	message := spam.Message{Name: "Ann Carter", Email: "ann@postbox.example", Text: comment, Links: []string{"https://filings.example/harrow/2026-annual"}}
	b.ReportAllocs()
	for b.Loop() {
		spam.Features(message)
	}
}

func BenchmarkFeaturesAndScore(b *testing.B) {
	message := spam.Message{Name: "Ann Carter", Email: "ann@postbox.example", Text: comment, Links: []string{"https://filings.example/harrow/2026-annual"}}
	of := make(map[string]spam.Counts)
	for i, feature := range spam.Features(message) {
		of[feature] = spam.Counts{Spam: i % 7, Ham: i % 5}
	}
	total := spam.Counts{Spam: 500, Ham: 500}
	b.ReportAllocs()
	for b.Loop() {
		spam.Score(learnt(of, spam.Features(message)), total)
	}
}

func BenchmarkFeaturesOfCyrillicText(b *testing.B) {
	message := spam.Message{Text: strings.Repeat("Цены росли и тогда, но автор прав: долг компании велик. ", 36)}
	b.ReportAllocs()
	for b.Loop() {
		spam.Features(message)
	}
}

// BenchmarkFeaturesOfHostileText takes texts of one length; none may take much longer
// than the others.
func BenchmarkFeaturesOfHostileText(b *testing.B) {
	for _, part := range []string{"!", "a ", "a.", "@", "+1 ", "://", "a@b.c ", "漢", "\xff", "ﷺ a.b1 ", "a\u0300\u0300\u0300"} {
		message := spam.Message{Text: strings.Repeat(part, 1<<16/len(part))}
		b.Run(part, func(b *testing.B) {
			for b.Loop() {
				spam.Features(message)
			}
		})
	}
}
