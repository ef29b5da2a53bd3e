package desk

import (
	"errors"

	"standfirst"
)

// guard keeps two forms that are open at once from overwriting each other: a form carries
// what it was filled with, and comes back with what stands now if that changed.
type guard struct {
	Seen   standfirst.Fingerprint // of what the form was filled with
	Stands []standing             // what stands in the fields that were changed meanwhile; in none else

	stale bool
}

// standing is what stands in a field of the form.
type standing struct{ Label, Text string }

// field is a field of a form: its label, what stands there and what was typed.
type field struct{ label, stands, typed string }

// seen returns what the form was filled with, as it says.
func (m *member) seen() standfirst.Fingerprint {
	return standfirst.Fingerprint(m.r.PostFormValue("seen"))
}

// guardOf returns the guard of a form that was refused with the error. Unless somebody else
// changed the thing, the form is still about what it was filled with.
func (m *member) guardOf(err error) guard {
	if errors.Is(err, standfirst.ErrChanged) {
		return guard{stale: true}
	}
	return guard{Seen: m.seen()}
}

// fill completes the guard of a form: now is what stands, and fields are those of the form.
func (g *guard) fill(now standfirst.Fingerprint, fields ...field) {
	if g.Seen == "" {
		g.Seen = now
	}
	if !g.stale {
		return
	}
	for _, f := range fields {
		if f.stands != f.typed {
			g.Stands = append(g.Stands, standing{f.label, f.stands})
		}
	}
}

// ticked returns whether a box is ticked, in words.
func (m *member) ticked(yes bool) string {
	if yes {
		return m.Text("desk.guard.yes")
	}
	return m.Text("desk.guard.no")
}
