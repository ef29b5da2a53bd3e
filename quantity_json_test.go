package standfirst_test

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"standfirst"
)

// parse reads the words of a quantity that must be readable.
func parse(t testing.TB, words string) standfirst.Quantity {
	t.Helper()
	q, err := standfirst.ParseQuantity(words)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestQuantityJSON(t *testing.T) {
	for words, want := range map[string]string{
		"up to $50 billion":  `{"hi":"50000000000","decimals":-9,"unit":"USD"}`,
		"2.1%":               `{"point":"2.1","decimals":1,"unit":"%"}`,
		"nearly 4,000 jobs":  `{"point":"4000","hi":"4000","hi_exclusive":true,"approx":true,"decimals":-3,"unit":"1","noun":"jobs"}`,
		"more than -3%":      `{"lo":"-3","lo_exclusive":true,"unit":"%"}`,
		"$2.5bn–$3bn":        `{"lo":"2500000000","hi":"3000000000","decimals":-8,"unit":"USD"}`,
		"about 0.25 pp":      `{"point":"0.25","approx":true,"decimals":2,"unit":"pp"}`,
		"at least 2.5 times": `{"lo":"2.5","decimals":1,"unit":"x"}`,
	} {
		q := parse(t, words)
		b, err := json.Marshal(q)
		if err != nil || string(b) != want {
			t.Errorf("%s: got %s, %v, want %s", words, b, err, want)
		}
		var back standfirst.Quantity
		if err := json.Unmarshal(b, &back); err != nil || notation(back) != notation(q) {
			t.Errorf("%s: read back %s, %v", b, notation(back), err)
		}
	}
	third := standfirst.Quantity{Point: big.NewRat(1, 3), Unit: standfirst.Percent}
	if b, err := json.Marshal(&third); err != nil || string(b) != `{"point":"1/3","unit":"%"}` {
		t.Errorf("a third: %s, %v", b, err)
	}
	q := third
	if err := json.Unmarshal([]byte("null"), &q); err != nil || q.Point != third.Point {
		t.Errorf("null: %s, %v", notation(q), err)
	}
}

func TestQuantityJSONRefuses(t *testing.T) {
	for _, text := range []string{
		`{}`, `[]`, `3`, `"3"`, `{"unit":"USD"}`, `{"point":"3"}`, `{"point":3,"unit":"USD"}`, `{"point":"1e9","unit":"USD"}`,
		`{"point":"0x10","unit":"USD"}`, `{"point":"1/0","unit":"USD"}`, `{"point":"+1","unit":"USD"}`, `{"point":"1_0","unit":"USD"}`,
		`{"point":".5","unit":"USD"}`, `{"point":"5.","unit":"USD"}`, `{"point":"-","unit":"USD"}`, `{"point":"1.2.3","unit":"USD"}`,
		`{"point":"1.5/2","unit":"USD"}`, `{"point":"1/-2","unit":"USD"}`, `{"point":" 1","unit":"USD"}`,
		`{"point":"3","unit":"usd"}`, `{"point":"3","unit":"%","noun":"jobs"}`, `{"lo":"4","hi":"3","unit":"%"}`,
		`{"lo":"3","hi":"3","hi_exclusive":true,"unit":"%"}`, `{"point":"3","hi":"2","unit":"%"}`, `{"point":"3","lo_exclusive":true,"unit":"%"}`,
		`{"point":"3","unit":"%","decimals":31}`, `{"point":"3","unit":"%","value":"4"}`,
		`{"point":"` + strings.Repeat("9", 81) + `","unit":"%"}`, `{"point":"0.` + strings.Repeat("0", 30) + `1","unit":"%"}`,
		`{"point":"3","unit":"1","noun":"` + strings.Repeat("j", 61) + `"}`, `{"point":"3","unit":"1","noun":"a\nb"}`,
		`{"point":"3","unit":"%"` + strings.Repeat(" ", 1024) + `}`,
	} {
		var q standfirst.Quantity
		if err := json.Unmarshal([]byte(text), &q); err == nil {
			t.Errorf("%s: read as %s", text, notation(q))
		}
		if err := q.UnmarshalJSON([]byte(text)); err == nil || standfirst.KindOf(err) != standfirst.Invalid {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func FuzzQuantityJSON(f *testing.F) {
	f.Add(`{"point":"4000","hi":"4000","hi_exclusive":true,"approx":true,"decimals":-3,"unit":"1","noun":"jobs"}`)
	f.Add(`{"lo":"1/3","hi":"2.5","unit":"%"}`)
	f.Fuzz(func(t *testing.T, text string) {
		var q standfirst.Quantity
		if q.UnmarshalJSON([]byte(text)) != nil {
			return
		}
		b, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		var back standfirst.Quantity
		if err := json.Unmarshal(b, &back); err != nil || notation(back) != notation(q) {
			t.Fatalf("%s: %s came back as %s, %v", text, b, notation(back), err)
		}
		again, err := json.Marshal(back)
		if err != nil || string(again) != string(b) {
			t.Fatalf("%s is not stable: %s", b, again)
		}
	})
}
