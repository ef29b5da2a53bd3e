package storetest

import (
	"slices"
	"testing"

	"standfirst"
	"standfirst/internal/store"
)

func testPictures(t *testing.T, s *store.Store) {
	p := standfirst.Picture{
		Digest: "3fa9", Format: "jpeg", CreatedAt: noon,
		File: standfirst.PictureFile{Name: "3f/3fa9.jpg", Width: 2000, Height: 1000, Bytes: 123456},
		Name: "quay.jpg", CreatedBy: "staff:7", Focus: standfirst.Focus{X: 20, Y: 80},
	}
	update(t, s, func(tx *store.Tx) (err error) {
		p.ID, err = tx.InsertPicture(p)
		if err != nil {
			return err
		}
		_, err = tx.InsertPicture(p)
		wantKind(t, err, standfirst.Conflict)
		return nil
	})
	byID := func(tx *store.ReadTx) (standfirst.Picture, error) { return tx.Picture(p.ID) }
	wantSame(t, p, read(t, s, byID), nil)
	p.Renditions = []standfirst.PictureFile{{Name: "3f/3fa9-480.jpg", Width: 480, Height: 240, Bytes: 999}}
	update(t, s, func(tx *store.Tx) error {
		wantKind(t, tx.InsertRenditions(999, nil), standfirst.NotFound)
		return tx.InsertRenditions(p.ID, p.Renditions)
	})
	wantSame(t, p, read(t, s, func(tx *store.ReadTx) (standfirst.Picture, error) { return tx.PictureByDigest("3fa9") }), nil)
	wantSame(t, []standfirst.Picture{p}, read(t, s, func(tx *store.ReadTx) ([]standfirst.Picture, error) { return tx.NewestPictures(0, 2) }), nil)
	p.PictureWords, p.Focus = standfirst.PictureWords{Alt: "A ferry", Caption: "The Antje", Credit: "M. Oduya", Licence: "CC BY 4.0"}, standfirst.Focus{Y: 100}
	update(t, s, func(tx *store.Tx) error {
		wantKind(t, tx.DescribePicture(999, p.PictureWords, p.Focus), standfirst.NotFound)
		return tx.DescribePicture(p.ID, p.PictureWords, p.Focus)
	})
	wantSame(t, p, read(t, s, byID), nil)
	err := s.View(t.Context(), func(tx *store.ReadTx) error {
		_, err := tx.PictureByDigest("other")
		return err
	})
	wantKind(t, err, standfirst.NotFound)
}

// Lists of pictures go on where they stopped, and numbers of deleted ones are not given again.
func testPictureLists(t *testing.T, s *store.Store) {
	var ids []standfirst.PictureID
	insert := func(digest, by string) (id standfirst.PictureID) {
		update(t, s, func(tx *store.Tx) (err error) {
			id, err = tx.InsertPicture(standfirst.Picture{Digest: digest, Format: "png", CreatedBy: by})
			return err
		})
		return id
	}
	for i, by := range []string{"staff:1", "staff:2", "staff:1", "staff:1"} {
		ids = append(ids, insert(string(rune('a'+i)), by))
	}
	numbers := func(list []standfirst.Picture) (found []standfirst.PictureID) {
		for _, p := range list {
			found = append(found, p.ID)
		}
		return found
	}
	for _, test := range []struct {
		want []standfirst.PictureID
		list func(tx *store.ReadTx) ([]standfirst.Picture, error)
	}{
		{[]standfirst.PictureID{ids[3], ids[2]}, func(tx *store.ReadTx) ([]standfirst.Picture, error) { return tx.NewestPictures(0, 2) }},
		{[]standfirst.PictureID{ids[1], ids[0]}, func(tx *store.ReadTx) ([]standfirst.Picture, error) { return tx.NewestPictures(ids[2], 5) }},
		{[]standfirst.PictureID{ids[3], ids[2]}, func(tx *store.ReadTx) ([]standfirst.Picture, error) { return tx.PicturesBy("staff:1", 0, 2) }},
		{[]standfirst.PictureID{ids[0]}, func(tx *store.ReadTx) ([]standfirst.Picture, error) { return tx.PicturesBy("staff:1", ids[2], 2) }},
		{[]standfirst.PictureID{ids[0], ids[2]}, func(tx *store.ReadTx) ([]standfirst.Picture, error) {
			return tx.PicturesByID([]standfirst.PictureID{ids[2], ids[0], 999})
		}},
		{nil, func(tx *store.ReadTx) ([]standfirst.Picture, error) { return tx.PicturesByID(nil) }},
	} {
		wantSame(t, test.want, numbers(read(t, s, test.list)), nil)
	}
	update(t, s, func(tx *store.Tx) error {
		wantKind(t, tx.DeletePicture(999), standfirst.NotFound)
		return tx.DeletePicture(ids[3])
	})
	if next := insert("e", "staff:1"); slices.Contains(ids, next) {
		t.Errorf("number %d is given twice", next)
	}
}

// What uses a picture follows the texts that are stored.
func testPictureUses(t *testing.T, s *store.Store) {
	var lead, inset standfirst.PictureID
	update(t, s, func(tx *store.Tx) (err error) {
		if lead, err = tx.InsertPicture(standfirst.Picture{Digest: "a", Format: "png"}); err != nil {
			return err
		}
		inset, err = tx.InsertPicture(standfirst.Picture{Digest: "b", Format: "png"})
		return err
	})
	with := standfirst.Content{Headline: "Northwind sells shares", Inset: []standfirst.PictureID{inset, 999}, Picture: &standfirst.LeadPicture{ID: lead}, Social: standfirst.Social{Picture: lead}}
	var first, second standfirst.StoryID
	update(t, s, func(tx *store.Tx) (err error) {
		if first, err = tx.InsertStory(standfirst.Story{Kind: standfirst.KindStory, State: standfirst.Draft, Slug: "first"}, with); err != nil {
			return err
		}
		second, err = tx.InsertStory(standfirst.Story{Kind: standfirst.KindStory, State: standfirst.Draft, Slug: "second"}, with)
		return err
	})
	want := func(id standfirst.PictureID, before standfirst.StoryID, want ...standfirst.PictureUse) {
		t.Helper()
		wantSame(t, want, read(t, s, func(tx *store.ReadTx) ([]standfirst.PictureUse, error) { return tx.PictureUses(id, before, 5) }), nil)
	}
	want(lead, 0, standfirst.PictureUse{Story: second, Draft: true}, standfirst.PictureUse{Story: first, Draft: true})
	want(inset, second, standfirst.PictureUse{Story: first, Draft: true})
	var kept standfirst.RevisionID
	update(t, s, func(tx *store.Tx) (err error) {
		if kept, err = tx.InsertRevision(standfirst.Revision{StoryID: first, Purpose: standfirst.ForSave, Content: with}); err != nil {
			return err
		}
		return tx.SaveWorkingCopy(standfirst.WorkingCopy{StoryID: second, Version: 1, Content: standfirst.Content{Headline: "Without"}})
	})
	want(lead, 0, standfirst.PictureUse{Story: first, Draft: true, Version: true})
	update(t, s, func(tx *store.Tx) error {
		return tx.SaveWorkingCopy(standfirst.WorkingCopy{StoryID: first, Version: 1, Content: standfirst.Content{Headline: "Without"}})
	})
	want(lead, 0, standfirst.PictureUse{Story: first, Version: true})
	update(t, s, func(tx *store.Tx) error { return tx.EraseInRevision(kept, standfirst.Content{Headline: "Erased"}, "") })
	want(lead, 0)
	update(t, s, func(tx *store.Tx) error { return tx.DeletePicture(inset) })
}
