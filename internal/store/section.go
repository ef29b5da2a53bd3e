package store

import "standfirst"

// Sections returns every section in the order of the menu.
func (tx *ReadTx) Sections() ([]standfirst.Section, error) {
	return all(tx, scanSection, "Sections")
}

// Section returns the section with the identifier.
func (tx *ReadTx) Section(id standfirst.SectionID) (standfirst.Section, error) {
	s, err := one(tx, scanSection, "Section", int64(id))
	return s, missing(err, "there is no section %d", id)
}

// SectionBySlug returns the section at the address.
func (tx *ReadTx) SectionBySlug(slug standfirst.Slug) (standfirst.Section, error) {
	s, err := one(tx, scanSection, "SectionBySlug", string(slug))
	return s, missing(err, "there is no section at the address %q", slug)
}

// SectionByName returns the section of the name; case does not matter.
func (tx *ReadTx) SectionByName(name string) (standfirst.Section, error) {
	s, err := one(tx, scanSection, "SectionByName", nameKey(name))
	return s, missing(err, "there is no section called %q", name)
}

func scanSection(row scanner) (s standfirst.Section, err error) {
	err = row.Scan(&s.ID, &s.Slug, &s.Name, &s.Position)
	return s, err
}

// InsertSection stores a new section. It returns a Conflict error if its name or
// slug is taken.
func (tx *Tx) InsertSection(s standfirst.Section) (standfirst.SectionID, error) {
	id, err := one(&tx.ReadTx, scanID[standfirst.SectionID], "InsertSection",
		string(s.Slug), s.Name, nameKey(s.Name), int64(s.Position))
	return id, taken(err, "there is already a section called %q or at the address %q", s.Name, s.Slug)
}

// MoveSection gives a section its place in the menu.
func (tx *Tx) MoveSection(id standfirst.SectionID, position int) error {
	_, err := tx.exec("MoveSection", int64(position), int64(id))
	return err
}
