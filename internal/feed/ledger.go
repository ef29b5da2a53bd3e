package feed

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"

	"standfirst"
)

// The media types of figures for programs.
const (
	FiguresType = "application/json; charset=utf-8"
	TableType   = "text/csv; charset=utf-8"
)

// Figures are figures of the ledger for programs.
type Figures struct {
	Name    string `json:"name"`
	Address string `json:"url"`
	Deal    *Deal  `json:"deal,omitempty"`
	Next    string `json:"next,omitempty"` // address of what follows; empty at the end
	Rows    []Row  `json:"figures"`
}

// Deal is what is known of a deal beside its figures.
type Deal struct {
	Kind    string  `json:"kind"`
	Stage   string  `json:"stage,omitempty"`
	Target  string  `json:"target"`
	Parties []Party `json:"parties,omitempty"`
}

// Party is somebody who takes part in a deal.
type Party struct {
	Name string `json:"name"`
	Role string `json:"role"`
}

// Row is what was said of one figure at one time. Times are days.
type Row struct {
	Claim       string      `json:"claim"` // address of its page
	Version     int         `json:"version"`
	Title       string      `json:"title"`
	Property    string      `json:"property"`
	Value       string      `json:"value,omitempty"` // in words
	Amount      *Amount     `json:"amount,omitempty"`
	Modality    string      `json:"modality,omitempty"`
	Evidence    string      `json:"evidence,omitempty"`
	State       string      `json:"state"` // current, how it ended, or withheld
	Recorded    string      `json:"recorded"`
	Ended       string      `json:"ended,omitempty"`
	Attribution []Attribute `json:"attributions,omitempty"`
}

// Attribute is who said it, in the words that a story printed.
type Attribute struct {
	Words string `json:"words"`
	Day   string `json:"day,omitempty"`
}

// Amount is a quantity with the bounds that its words give.
type Amount struct {
	Value any    `json:"value,omitempty"`
	Least any    `json:"min,omitempty"`
	Most  any    `json:"max,omitempty"`
	About bool   `json:"about,omitempty"`
	Unit  string `json:"unit"`
	Noun  string `json:"noun,omitempty"`
}

// NewAmount returns the quantity for programs, and nil for none.
func NewAmount(q *standfirst.Quantity) *Amount {
	if q == nil {
		return nil
	}
	return &Amount{
		Value: number(q.Point, q.Decimals), Least: number(q.Lo, q.Decimals), Most: number(q.Hi, q.Decimals),
		About: q.Approx, Unit: string(q.Unit), Noun: q.Noun,
	}
}

// JSON returns the figures as JSON.
func (f Figures) JSON() ([]byte, error) {
	if f.Rows == nil {
		f.Rows = []Row{}
	}
	return encodeJSON(f)
}

// CSV returns the figures as a table with a head.
func (f Figures) CSV() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true // RFC 4180
	_ = w.Write([]string{"claim", "version", "title", "property", "value", "amount", "min", "max", "unit", "modality", "evidence", "state", "recorded", "ended", "attributions"})
	for _, r := range f.Rows {
		amount := r.Amount
		if amount == nil {
			amount = new(Amount)
		}
		var said []string
		for _, a := range r.Attribution {
			words := a.Words
			if a.Day != "" {
				words += " (" + a.Day + ")"
			}
			said = append(said, words)
		}
		_ = w.Write([]string{
			r.Claim, cell(r.Version), text(r.Title), r.Property, text(r.Value), cell(amount.Value), cell(amount.Least), cell(amount.Most), text(amount.Unit),
			r.Modality, r.Evidence, r.State, r.Recorded, r.Ended, text(strings.Join(said, "; ")),
		})
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// cell returns a number as a table has it, and nothing for none.
func cell(value any) string {
	if value == nil {
		return ""
	}
	body, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(body)
}

// text returns the words so that no program for tables takes them for a formula.
func text(words string) string {
	if words != "" && strings.ContainsRune("=+-@\t\r", rune(words[0])) {
		return "'" + words
	}
	return words
}
