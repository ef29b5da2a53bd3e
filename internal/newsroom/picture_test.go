package newsroom_test

import (
	"slices"
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// insertPicture stores a picture with a caption.
func (d *desk) insertPicture(digest string) (id standfirst.PictureID) {
	d.Helper()
	err := d.store.Update(d.Context(), func(tx *store.Tx) (err error) {
		id, err = tx.InsertPicture(standfirst.Picture{Digest: digest, Format: "png", PictureWords: standfirst.PictureWords{Alt: "A pier.", Caption: "The pier", Credit: "Jo Maas"}})
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return id
}

func TestPictures(t *testing.T) {
	onEachEngine(t, func(d *desk) {
		lead, inset := d.insertPicture("a"), d.insertPicture("b")
		c := text("Northwind buys a pier")
		c.Body += "\n\n:::figure\n![](" + inset.Address() + ")\n:::\n\n![gone](picture:99)"
		s, err := d.newsroom.Create(d.Context(), reporter, newsroom.Draft{Content: c})
		if err != nil {
			d.Fatal(err)
		}
		choose := func(who standfirst.Actor, picture standfirst.PictureID, use newsroom.PictureUse) error {
			return d.newsroom.ChoosePicture(d.Context(), who, s.ID, picture, use)
		}
		d.wantKind(choose(standfirst.Actor{}, lead, newsroom.LeadUse), standfirst.Unauthenticated)
		d.wantKind(choose(other, lead, newsroom.LeadUse), standfirst.Forbidden)
		d.wantKind(choose(reporter, 99, newsroom.LeadUse), standfirst.NotFound, "no picture 99")
		d.wantKind(choose(reporter, lead, "cover"), standfirst.Invalid, "cover")
		for range 2 { // the second changes nothing
			for _, use := range []newsroom.PictureUse{newsroom.LeadUse, newsroom.SocialUse} {
				if err := choose(reporter, lead, use); err != nil {
					d.Fatal(err)
				}
			}
		}
		var work standfirst.WorkingCopy
		d.view(func(tx *store.ReadTx) (err error) {
			work, err = tx.WorkingCopy(s.ID)
			return err
		})
		d.equal("version", work.Version, 3)
		d.equal("lead", *work.Content.Picture, standfirst.LeadPicture{ID: lead, Alt: "A pier.", Caption: "The pier", Credit: "Jo Maas"})
		d.equal("social", work.Content.Social, standfirst.Social{Picture: lead, Alt: "A pier."})
		d.equal("inset", slices.Equal(work.Content.Inset, []standfirst.PictureID{inset, 99}), true)

		_, err = d.newsroom.Publish(d.Context(), editor, s.ID, newsroom.PublishOptions{})
		d.wantKind(err, standfirst.Invalid, "the text shows picture 99, which is not stored")
		outlook, err := d.newsroom.Outlook(d.Context(), editor, s.ID)
		if err != nil {
			d.Fatal(err)
		}
		d.wantKind(outlook.Problem, standfirst.Invalid, "picture 99")

		work.Content.Body = text("").Body + "\n\n![](" + inset.Address() + ")"
		if _, err := d.newsroom.Save(d.Context(), reporter, s.ID, work.Version, work.Content); err != nil {
			d.Fatal(err)
		}
		d.publish(s.ID)
		var uses []standfirst.PictureUse
		d.view(func(tx *store.ReadTx) (err error) {
			uses, err = tx.PictureUses(inset, 0, 5)
			return err
		})
		d.equal("uses", len(uses) == 1 && uses[0] == standfirst.PictureUse{Story: s.ID, Draft: true, Version: true}, true)
	})
}
