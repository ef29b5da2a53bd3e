package markup_test

import (
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/markup"
)

func TestQuotations(t *testing.T) {
	type quoted struct {
		name  string
		parts []string
	}
	for _, test := range []struct {
		name, body string
		quotations []quoted
		want       string
	}{
		{"whole", `He said “yes, *no*” twice.`, []quoted{{"", []string{"“yes, *no*”"}}},
			`<p>He said <span class="quotation"><q>“yes, <em>no</em>”</q></span> twice.</p>`},
		{"split", "“A,” said Mo Tarn, a trader. “B.” End.", []quoted{{"Mo Tarn", []string{"“A,”", "“B.”"}}},
			`<p><span class="quotation"><q>“A,”</q> said <cite class="speaker">Mo Tarn</cite>, a trader. <q>“B.”</q></span> End.</p>`},
		{"speaker in bold", "“A,” said **Mo Tarn**. “B.”", []quoted{{"Mo Tarn", []string{"“A,”", "“B.”"}}},
			`<p><span class="quotation"><q>“A,”</q> said <strong><cite class="speaker">Mo Tarn</cite></strong>. <q>“B.”</q></span></p>`},
		{"in emphasis", "*x “A” y*", []quoted{{"", []string{"“A”"}}}, `<p><em>x <span class="quotation"><q>“A”</q></span> y</em></p>`},
		{"begins in a link", "[a “b](/c) d” e", []quoted{{"", []string{"“b](/c) d”"}}}, `<p><a href="/c">a “b</a> d” e</p>`},
		{"part begins in a link", "“a,” [said Mo. “b](/c) d.”", []quoted{{"", []string{"“a,”", "“b](/c) d.”"}}},
			`<p><span class="quotation"><q>“a,”</q> <a href="/c">said Mo. “b</a> d.”</span></p>`},
		{"over lines", "x “a\nb  \nc” d", []quoted{{"", []string{"“a\nb  \nc”"}}}, "<p>x <span class=\"quotation\"><q>“a\nb<br>\nc”</q></span> d</p>"},
		{"over paragraphs", "“A\n\n“*B* c.” D", []quoted{{"", []string{"“A\n\n“*B* c.”"}}},
			"<p><span class=\"quotation\"><q>“A</q></span></p>\n<p><span class=\"quotation\"><q>“<em>B</em> c.”</q></span> D</p>"},
		{"paragraph that begins with emphasis", "“A\n\n*B* c.” D", []quoted{{"", []string{"“A\n\n*B* c.”"}}},
			"<p><span class=\"quotation\"><q>“A</q></span></p>\n<p><span class=\"quotation\"><q><em>B</em> c.”</q></span> D</p>"},
		{"straight and escaped", `x \"a\" y`, []quoted{{"", []string{`"a\"`}}}, `<p>x <span class="quotation"><q>&#34;a&#34;</q></span> y</p>`},
		{"in a list", "- “a”\n- b", []quoted{{"", []string{"“a”"}}}, "<ul>\n<li><span class=\"quotation\"><q>“a”</q></span></li>\n<li>b</li>\n</ul>"},
		{"in a block quote", "> “a”", []quoted{{"", []string{"“a”"}}}, "<blockquote>\n<p>“a”</p>\n</blockquote>"},
		{"in code", "`“a”` b", []quoted{{"", []string{"“a”"}}}, "<p><code>“a”</code> b</p>"},
		{"two", "“a” and “b”", []quoted{{"", []string{"“b”"}}, {"", []string{"“a”"}}},
			`<p><span class="quotation"><q>“a”</q></span> and <span class="quotation"><q>“b”</q></span></p>`},
		{"with a ticker", "“Buy (NYSE: NWF)” x", []quoted{{"", []string{"“Buy (NYSE: NWF)”"}}},
			`<p><span class="quotation"><q>“Buy (<data class="ticker" value="XNYS:NWF" title="New York Stock Exchange">NYSE: NWF</data>)”</q></span> x</p>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var o markup.Options
			for _, q := range test.quotations {
				o.Quotations = append(o.Quotations, quotation(t, test.body, q.name, q.parts...))
			}
			if got := strings.TrimSpace(string(render(t, test.body, o).HTML)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestQuotationsThatDoNotFit(t *testing.T) {
	const body = "“a” b &amp; c “d"
	plain := render(t, body, markup.Options{})
	for _, q := range []standfirst.Quotation{
		{Start: -1, End: 3}, {Start: 3, End: 2}, {Start: 0, End: len(body) + 1}, {Start: 5, End: 5}, {Start: 1 << 40, End: 1 << 41},
	} {
		if got := render(t, body, markup.Options{Quotations: []standfirst.Quotation{q}}); got.HTML != plain.HTML {
			t.Errorf("%+v gives %s", q, got.HTML)
		}
	}
	// Ranges that begin or end inside a character or an entity lose no word.
	for start := range len(body) {
		for end := start + 1; end <= len(body); end++ {
			q := standfirst.Quotation{Start: start, End: end, NameAt: standfirst.Range{Start: start + 1, End: end - 1}}
			got := render(t, body, markup.Options{Quotations: []standfirst.Quotation{q}})
			if text := vet(t, string(got.HTML)); text != vet(t, string(plain.HTML)) {
				t.Fatalf("%d to %d gives %q", start, end, text)
			}
		}
	}
}
