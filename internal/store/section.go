package store

import (
	"cmp"

	"standfirst"
)

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

// SectionByName returns the section that has the name, or had it; case does not matter.
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

// RenameSection stores the name and slug of the section. The name that it had stays its own:
// texts that name it so mean this section, and the desk's lists follow. It returns a Conflict
// error if the name or slug is another's.
func (tx *Tx) RenameSection(s standfirst.Section) error {
	old, err := tx.Section(s.ID)
	if err != nil {
		return err
	}
	_, err = one(&tx.ReadTx, scanID[standfirst.SectionID], "SectionTaken", int64(s.ID), string(s.Slug), nameKey(s.Name))
	if err == nil {
		return standfirst.Errorf(standfirst.Conflict, "there is already another section called %q or at the address %q", s.Name, s.Slug)
	}
	if err != errNoRow {
		return err
	}
	if _, err := tx.exec("UpdateSection", string(s.Slug), s.Name, nameKey(s.Name), int64(s.ID)); err != nil {
		return err
	}
	was, is := nameKey(old.Name), nameKey(s.Name)
	if was == is {
		return nil
	}
	if _, err := tx.exec("DeleteFormerSection", is); err != nil {
		return err
	}
	_, err = tx.exec("PutFormerSection", was, int64(s.ID))
	return err
}

// sectionKeys returns the keys under which the desk lists the texts of the section of that name:
// those of its name and of the names that it had, since a rename leaves the texts as they are.
func (tx *ReadTx) sectionKeys(name string) ([]string, error) {
	s, err := tx.SectionByName(name)
	if err != nil && standfirst.KindOf(err) == standfirst.NotFound {
		return []string{nameKey(name)}, nil
	}
	if err != nil {
		return nil, err
	}
	return all(tx, func(row scanner) (key string, err error) {
		err = row.Scan(&key)
		return key, err
	}, "SectionKeys", int64(s.ID), int64(s.ID))
}

// sectionKey returns the key under which the desk lists a text that names the section: that
// of the name that it has now.
func (tx *ReadTx) sectionKey(name string) (string, error) {
	now, _, err := tx.CurrentNames(name, nil)
	return nameKey(cmp.Or(now, name)), err
}

// SectionIsUsed reports whether a story is in the section, or a draft names it, or a text
// that is scheduled or prepared.
func (tx *ReadTx) SectionIsUsed(s standfirst.Section) (bool, error) {
	_, err := one(tx, scanID[standfirst.StoryID], "StoryInSection", int64(s.ID))
	if err != errNoRow {
		return err == nil, err
	}
	keys, err := tx.sectionKeys(s.Name)
	if err != nil {
		return false, err
	}
	for _, key := range keys {
		_, err := one(tx, scanID[standfirst.StoryID], "DraftInSection", string(standfirst.KindStory), key)
		if err != errNoRow {
			return err == nil, err
		}
	}
	waiting, err := all(tx, func(row scanner) (rest storedContent, err error) {
		err = row.Scan(fromJSON{&rest})
		return rest, err
	}, "ContentsThatWait")
	if err != nil {
		return false, err
	}
	for _, rest := range waiting {
		if key, err := tx.sectionKey(rest.Section); err != nil || key == nameKey(s.Name) {
			return err == nil, err
		}
	}
	return false, nil
}

// DeleteSection forgets a section that is not used, with its names, its place in the menus,
// its pins and how its talk is held.
func (tx *Tx) DeleteSection(id standfirst.SectionID) error {
	for _, query := range []string{"DeleteFormerNamesOfSection", "DeleteMenuItemsOfSection", "DeletePins", "DeleteSection"} {
		if _, err := tx.exec(query, int64(id)); err != nil {
			return err
		}
	}
	_, err := tx.exec("DeleteDiscussion", string(standfirst.SectionScope(id)))
	return err
}

// CurrentNames returns what the section and the topics of those names are called now, where
// that is another name. Case does not matter.
func (tx *ReadTx) CurrentNames(section string, topics []string) (now string, renamed map[string]string, err error) {
	if section != "" {
		s, err := one(tx, scanSection, "FormerSection", nameKey(section))
		if err != nil && err != errNoRow {
			return "", nil, err
		}
		now = s.Name
	}
	if len(topics) == 0 {
		return now, nil, nil
	}
	keys := make([]string, len(topics))
	for i, name := range topics {
		keys[i] = nameKey(name)
	}
	names := make(map[string]string)
	err = tx.each(func(row scanner) error {
		var key, name string
		err := row.Scan(&key, &name)
		names[key] = name
		return err
	}, "FormerTopics", toList(keys))
	if err != nil || len(names) == 0 {
		return now, nil, err
	}
	renamed = make(map[string]string)
	for i, name := range topics {
		if is, ok := names[keys[i]]; ok {
			renamed[name] = is
		}
	}
	return now, renamed, nil
}
