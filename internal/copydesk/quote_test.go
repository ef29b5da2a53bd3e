package copydesk

import (
	"strings"
	"testing"
)

func TestQuotations(t *testing.T) {
	tests := []struct {
		name, text string
		// want has a line for each quotation: its parts, joined by " / ", then speaker, role
		// and affiliation.
		want []string
	}{
		{"split", `It fell. "We are early," said Dr. Jane Roe, a technology strategist at the Calder Institute. "We are not wrong."`,
			[]string{`"We are early," / "We are not wrong."|Dr. Jane Roe|a technology strategist|Calder Institute`}},
		{"split within a sentence", `"We are early," said Jane Roe, "and not wrong."`,
			[]string{`"We are early," / "and not wrong."|Jane Roe||`}},
		{"three parts", `"One is early," said Jane Roe. "Two is late," she added. "Three is never."`,
			[]string{`"One is early,"|Jane Roe||`, `"Two is late," / "Three is never."|Jane Roe||`}},
		{"two speakers", `"We are early," said Jane Roe. "You are wrong," said Ola Berg.`,
			[]string{`"We are early,"|Jane Roe||`, `"You are wrong,"|Ola Berg||`}},
		{"prose between", `"We are early," said Jane Roe. The share rose. "We are not wrong about this."`,
			[]string{`"We are early,"|Jane Roe||`, `"We are not wrong about this."|||`}},
		{"verb last", `"We are early," Jane Roe, chief executive of Merrow Group, said in an interview.`,
			[]string{`"We are early,"|Jane Roe|chief executive|Merrow Group`}},
		{"told", `"We are early," Jane Roe told reporters.`, []string{`"We are early,"|Jane Roe||`}},
		{"role before", `"We are early," said Merrow Chief Executive Jane Roe.`, []string{`"We are early,"|Jane Roe|Chief Executive|Merrow`}},
		{"role in lower case after a firm", `"We are early," Merrow chairman Jane Roe said in a statement.`, []string{`"We are early,"|Jane Roe|chairman|Merrow`}},
		{"long role after a long firm", `"We are early," said Skelby Docks chief financial officer Jane Roe.`, []string{`"We are early,"|Jane Roe|chief financial officer|Skelby Docks`}},
		{"former role after a firm", `"We are early," Former Merrow chairman Jane Roe said.`, []string{`"We are early,"|Jane Roe|former chairman|Merrow`}},
		{"role after a name", `"We are early," said Jane Roe of Merrow and analyst Ola Berg.`, []string{`"We are early,"|Jane Roe||Merrow`}},
		{"minister", `"We are early," said Finance Minister Jane Roe.`, []string{`"We are early,"|Jane Roe|Finance Minister|`}},
		{"role in lower case", `"We are early," said chief executive Jane Roe.`, []string{`"We are early,"|Jane Roe|chief executive|`}},
		{"possessive", `"We are early," said Merrow's chief economist, Jane Roe.`, []string{`"We are early,"|Jane Roe|chief economist|Merrow`}},
		{"of a firm", `"We are early," said Jane Roe of Calder Capital.`, []string{`"We are early,"|Jane Roe||Calder Capital`}},
		{"of a long name", `"We are early," said Jane Roe of the Institute for Ports of Calder.`, []string{`"We are early,"|Jane Roe||Institute for Ports of Calder`}},
		{"according to", `"We are early," according to Jane Roe, an analyst with Calder Capital.`, []string{`"We are early,"|Jane Roe|an analyst|Calder Capital`}},
		{"professor", `"We are early," said Jane Roe, a professor of economics at the University of Oslo.`, []string{`"We are early,"|Jane Roe|a professor of economics|University of Oslo`}},
		{"age", `"We are early," said Jane Roe, 54, head of research at Calder Capital Inc.`, []string{`"We are early,"|Jane Roe|head of research|Calder Capital Inc.`}},
		{"relative clause", `"We are early," said Jane Roe, who runs Merrow.`, []string{`"We are early,"|Jane Roe||`}},
		{"suffix", `"We are early," said John Roe, Jr., chairman of Merrow.`, []string{`"We are early,"|John Roe, Jr.|chairman|Merrow`}},
		{"before, with colon", `Jane Roe, head of research at Calder, said: "We are early."`, []string{`"We are early."|Jane Roe|head of research|Calder`}},
		{"before, with comma", `In a letter, Jane Roe wrote, "We are early."`, []string{`"We are early."|Jane Roe||`}},
		{"told analysts", `The price is low. Jane Roe told analysts on Tuesday: "We are early."`, []string{`"We are early."|Jane Roe||`}},
		{"pronoun", `"We are early," he said.`, []string{`"We are early,"|||`}},
		{"unnamed", `"We are early," said a spokeswoman for Merrow.`, []string{`"We are early,"|||`}},
		{"company", `"We are early," Merrow said in a statement.`, []string{`"We are early,"|Merrow||`}},
		{"the company", `"We are early," the company said.`, []string{`"We are early,"|||`}},
		{"people", `Analysts said: "We are early."`, []string{`"We are early."|||`}},
		{"surname", "\"We are early,\" said Jane Roe, chief executive of Merrow.\n\n\"We are not wrong,\" Roe said.\n\n\"No,\" said Ms. Roe.",
			[]string{`"We are early,"|Jane Roe|chief executive|Merrow`, `"We are not wrong,"|Jane Roe|chief executive|Merrow`, `"No,"|Jane Roe|chief executive|Merrow`}},
		{"two of one surname", "\"We are early,\" said Jane Roe.\n\n\"We are late,\" said John Roe.\n\n\"We are not wrong,\" Roe said.",
			[]string{`"We are early,"|Jane Roe||`, `"We are late,"|John Roe||`, `"We are not wrong,"|Roe||`}},
		{"no speaker", `It was over by noon. "Nobody will buy this again."`, []string{`"Nobody will buy this again."|||`}},
		{"fragments", `It called this an "effort to reduce bureaucracy," and its "core" plan "Project Long Road" as well.`, nil},
		{"fragment with speaker", `The deal was "inevitable," said Jane Roe.`, []string{`"inevitable,"|Jane Roe||`}},
		{"fragment at the end", `It is part of an effort to "reduce bureaucracy and increase efficiency." The share fell.`, nil},
		{"curly", `“We are early,” said Jane Roe. “We’re not wrong.”`, []string{`“We are early,” / “We’re not wrong.”|Jane Roe||`}},
		{"single", `‘We’re early,’ said Jane Roe. ‘We are not wrong.’`, []string{`‘We’re early,’ / ‘We are not wrong.’|Jane Roe||`}},
		{"comma outside", `"We are early", said Jane Roe.`, []string{`"We are early"|Jane Roe||`}},
		{"question", `"Are we early?" asked Jane Roe.`, []string{`"Are we early?"|Jane Roe||`}},
		{"paragraphs", "Jane Roe wrote: \"We are early.\n\n\"We are not wrong.\"", []string{`"We are early.|Jane Roe||`, `"We are not wrong."|Jane Roe||`}},
		{"mark without partner", `The 5" pipe and the "other.`, nil},
		{"voices", ":::voices\n> \"We are all early.\"\n> — Jane Roe, Reader\n:::\n\n\"Yes,\" said Ola Berg.", []string{`"Yes,"|Ola Berg||`}},
		{"no paragraphs", "# \"We are all early now.\"\n\n> \"We are all early now.\"\n\n```\n\"We are all early now.\"\n```\n\n`\"We are all early now.\"`", nil},
		{"note", ":::note\n\"Yes,\" said Ola Berg.\n:::", []string{`"Yes,"|Ola Berg||`}},
		{"links", `"We paid [up to $6 billion](claim:88 "so"),” said [Jane Roe](entity:roe), **chief executive** of [Merrow](entity:merrow).`, nil},
		{"links, marks straight", `"We paid [up to $6 billion](claim:88)," said [Jane Roe](entity:roe), *chief executive* of [Merrow](entity:merrow).`,
			[]string{`"We paid [up to $6 billion](claim:88),"|Jane Roe|chief executive|Merrow`}},
		{"escapes", `"We paid \$6 \*net," said Jane Roe.`, []string{`"We paid \$6 \*net,"|Jane Roe||`}},
		{"wrapped", "\"We are\nearly,\" said Jane\nRoe, head of\nresearch at Calder.", []string{"\"We are\nearly,\"|Jane Roe|head of research|Calder"}},
		{"list", "- \"We are early,\" said Jane Roe.\n- \"Not wrong,\" said Ola Berg.", []string{`"We are early,"|Jane Roe||`, `"Not wrong,"|Ola Berg||`}},
		{"date is no speaker", `"We are early," it said on Monday.`, []string{`"We are early,"|||`}},
	}
	for _, test := range tests {
		found := Quotations(test.text)
		if err := checkQuotations(test.text, found); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		var got []string
		for _, q := range found {
			var parts []string
			for _, p := range q.Parts {
				parts = append(parts, test.text[p.Start:p.End])
			}
			got = append(got, strings.Join(parts, " / ")+"|"+q.Speaker.Name+"|"+q.Speaker.Role+"|"+q.Speaker.Affiliation)
		}
		if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
			t.Errorf("%s:\n got %s\nwant %s", test.name, strings.Join(got, "\n     "), strings.Join(test.want, "\n     "))
		}
	}
}

func TestQuotationText(t *testing.T) {
	text := "“We paid [up to\u00a0$6\nbillion](claim:88),” said Jane\u00a0Roe. “And\u00a0so on.”"
	found := Quotations(text)
	if len(found) != 1 {
		t.Fatalf("found %+v", found)
	}
	q := found[0]
	if q.Text != "We paid up to $6 billion, And so on." || q.Start != 0 || q.End != len(text) {
		t.Errorf("quotation %+v", q)
	}
	if name := text[q.NameAt.Start:q.NameAt.End]; name != "Jane\u00a0Roe" {
		t.Errorf("name %q", name)
	}
}

// TestQuotationsAgree holds that a text and its paragraphs give the same quotations.
func TestQuotationsAgree(t *testing.T) {
	for _, text := range texts(t) {
		r := Read(text, readOn)
		var paragraphs []string
		for _, b := range r.Blocks {
			if b.Text != "" && b.Kind != Subhead {
				paragraphs = append(paragraphs, b.Text)
			}
		}
		found := Quotations(strings.Join(paragraphs, "\n\n"))
		if len(found) != len(r.Quotations) {
			t.Errorf("%.40q: %d quotations, %d in the paragraphs", text, len(r.Quotations), len(found))
			continue
		}
		for i, q := range found {
			if q.Text != r.Quotations[i].Text || q.Speaker != r.Quotations[i].Speaker {
				t.Errorf("%.40q: quotation %+v and %+v", text, r.Quotations[i], q)
			}
		}
	}
}
