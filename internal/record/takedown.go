package record

import "slices"

// Takedowns are the entries that say what was erased, by what they are about.
type Takedowns map[takenDown][]Entry

// takenDown names what was erased, or a part of it.
type takenDown struct {
	subject string
	number  int
}

// Add takes up the entry, if it is of a takedown.
func (t Takedowns) Add(e Entry) {
	if e.Kind == TakedownKind {
		about := takenDown{e.Subject(), e.Number}
		t[about] = append(t[about], e)
	}
}

// Cover reports whether one of them says that the part of what the entry is about was
// erased. One that names no parts means all of them.
func (t Takedowns) Cover(e Entry, part string) bool {
	return slices.ContainsFunc(t[takenDown{e.Subject(), e.Number}], func(down Entry) bool {
		return len(down.Parts) == 0 || slices.Contains(down.Parts, part)
	})
}
