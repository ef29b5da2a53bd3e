package media

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/store"
)

// Show returns a picture, for who works with pictures. It returns a NotFound error if there
// is none.
func (l *Library) Show(ctx context.Context, actor standfirst.Actor, id standfirst.PictureID) (standfirst.Picture, error) {
	if err := actor.Require(standfirst.AddPicture); err != nil {
		return standfirst.Picture{}, err
	}
	var p standfirst.Picture
	err := l.store.View(ctx, func(tx *store.ReadTx) (err error) {
		p, err = tx.Picture(id)
		return err
	})
	if err != nil {
		return p, fmt.Errorf("media: show picture %s: %w", id, err)
	}
	return p, nil
}

// MayChange returns nil if the actor may change what is said of the picture, or delete it:
// one's own needs less than those of others.
func MayChange(actor standfirst.Actor, p standfirst.Picture) error {
	if p.CreatedBy == actor.String() {
		return actor.Require(standfirst.AddPicture)
	}
	return actor.Require(standfirst.EditAnyPicture)
}

// Describe stores what is said of a picture, and which point of it stays in sight where it is
// cropped. The words are what further uses begin with; those of stories that use it stay as
// they are. Licence and focus are the picture's own: readers see them at once. Errors are a
// NotFound one, Forbidden for somebody else's picture, Invalid for what cannot be kept, and a Conflict
// if it was changed since it was seen.
func (l *Library) Describe(ctx context.Context, actor standfirst.Actor, id standfirst.PictureID, words standfirst.PictureWords, focus standfirst.Focus, seen standfirst.Fingerprint) error {
	if err := actor.Require(standfirst.AddPicture); err != nil {
		return err
	}
	words = tidy(words)
	if err := checkWords(words); err != nil {
		return err
	}
	if err := focus.Validate(); err != nil {
		return err
	}
	err := l.store.Update(ctx, func(tx *store.Tx) error {
		p, err := tx.Picture(id)
		if err != nil {
			return err
		}
		if err := MayChange(actor, p); err != nil {
			return err
		}
		changed := changes(p, words, focus)
		if changed == "" {
			return nil
		}
		if err := seen.Check(p.Fingerprint(), "this picture"); err != nil {
			return err
		}
		if err := tx.DescribePicture(id, words, focus); err != nil {
			return err
		}
		tx.Touch(standfirst.PictureTag(id))
		return tx.Audit(standfirst.AuditEntry{At: l.now(), Actor: actor, Action: "picture.describe", Object: "picture:" + id.String(), Detail: changed})
	})
	if err != nil {
		return fmt.Errorf("media: describe picture %s: %w", id, err)
	}
	return nil
}

// tidy brings what is said of a picture into the form in which it is kept.
func tidy(w standfirst.PictureWords) standfirst.PictureWords {
	return standfirst.PictureWords{
		Alt: standfirst.OneLine(w.Alt), Caption: standfirst.OneLine(w.Caption), Credit: standfirst.OneLine(w.Credit), Licence: standfirst.OneLine(w.Licence),
	}
}

func checkWords(w standfirst.PictureWords) error {
	for _, field := range []struct {
		name, text string
		limit      int
	}{
		{"description", w.Alt, standfirst.MaxPictureWordsLength}, {"caption", w.Caption, standfirst.MaxPictureWordsLength},
		{"credit", w.Credit, standfirst.MaxPictureWordsLength}, {"licence", w.Licence, standfirst.MaxLicenceLength},
	} {
		if len(field.text) > field.limit {
			return standfirst.Errorf(standfirst.Invalid, "the %s is %d characters long; %d is the most", field.name, utf8.RuneCountInString(field.text), field.limit)
		}
		if !utf8.ValidString(field.text) || strings.ContainsRune(field.text, 0) {
			return standfirst.Errorf(standfirst.Invalid, "the %s holds bytes that are not text", field.name)
		}
	}
	return nil
}

// changes names what would be changed, for the audit trail; "" if that is nothing.
func changes(p standfirst.Picture, w standfirst.PictureWords, focus standfirst.Focus) string {
	var changed []string
	for _, field := range []struct{ name, old, now string }{
		{"alt text", p.Alt, w.Alt}, {"caption", p.Caption, w.Caption}, {"credit", p.Credit, w.Credit}, {"licence", p.Licence, w.Licence},
	} {
		if field.old != field.now {
			changed = append(changed, field.name)
		}
	}
	if p.Focus != focus {
		changed = append(changed, "focal point")
	}
	return strings.Join(changed, ", ")
}

// Uses returns at most limit stories that use the picture, the newest story first. A list
// goes on with those before the last one it showed; it begins with before = 0.
func (l *Library) Uses(ctx context.Context, actor standfirst.Actor, id standfirst.PictureID, before standfirst.StoryID, limit int) ([]standfirst.PictureUse, error) {
	if err := actor.Require(standfirst.AddPicture); err != nil {
		return nil, err
	}
	var uses []standfirst.PictureUse
	err := l.store.View(ctx, func(tx *store.ReadTx) (err error) {
		uses, err = tx.PictureUses(id, before, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("media: uses of picture %s: %w", id, err)
	}
	return uses, nil
}

// filesStay is how long the files of a deleted picture stay: a backup copies the database
// first, and then the files that it names.
const filesStay = time.Hour

// Delete deletes a picture that no text uses, neither a draft nor a version that is kept, and
// no author. Its files are removed by a job, an hour later. It returns a Conflict error that names
// a story or an author who uses it;
// further errors are as those of [Library.Describe].
func (l *Library) Delete(ctx context.Context, actor standfirst.Actor, id standfirst.PictureID) error {
	if err := actor.Require(standfirst.AddPicture); err != nil {
		return err
	}
	err := l.store.Update(ctx, func(tx *store.Tx) error {
		p, err := tx.Picture(id)
		if err != nil {
			return err
		}
		if err := MayChange(actor, p); err != nil {
			return err
		}
		uses, err := tx.PictureUses(id, 0, 1)
		if err != nil {
			return err
		}
		if len(uses) > 0 {
			return standfirst.Errorf(standfirst.Conflict, "story %s uses picture %s, in its draft or in a version that is kept", uses[0].Story, id)
		}
		authors, err := tx.AuthorsOfPicture(id, 1)
		if err != nil {
			return err
		}
		if len(authors) > 0 {
			return standfirst.Errorf(standfirst.Conflict, "picture %s is that of the author %s; choose another there first", id, authors[0].Name)
		}
		if err := tx.DeletePicture(id); err != nil {
			return err
		}
		payload, err := json.Marshal(standfirst.PictureRemoval{Digest: p.Digest})
		if err != nil {
			return err
		}
		removal := standfirst.Job{Kind: standfirst.JobRemovePicture, Payload: payload, RunAt: l.now().Add(filesStay)}
		if _, err := tx.Enqueue(removal); err != nil {
			return err
		}
		return tx.Audit(standfirst.AuditEntry{At: l.now(), Actor: actor, Action: "picture.delete", Object: "picture:" + id.String(), Detail: p.Name})
	})
	if err != nil {
		return fmt.Errorf("media: delete picture %s: %w", id, err)
	}
	return nil
}

// RemoveJob removes the files of the deleted picture that the job names, unless the same
// picture was added again. Doing it again changes nothing.
func (l *Library) RemoveJob(ctx context.Context, job standfirst.Job) error {
	var payload standfirst.PictureRemoval
	if err := json.Unmarshal(job.Payload, &payload); err != nil {
		return fmt.Errorf("media: remove picture: read payload of job %s: %w", job.ID, err)
	}
	if !validName(payload.Digest[:min(2, len(payload.Digest))] + "/" + payload.Digest + asPNG.extension) {
		return fmt.Errorf("media: remove picture: %q is no digest", payload.Digest)
	}
	_, err := l.known(ctx, payload.Digest)
	if err != nil && standfirst.KindOf(err) == standfirst.NotFound {
		err = l.files.setAside(payload.Digest)
	}
	if err == nil {
		err = l.settle(ctx, payload.Digest)
	}
	if err != nil {
		return fmt.Errorf("media: remove picture: %w", err)
	}
	return nil
}

// settle removes the files of a picture that were set aside, or puts them back if the picture
// is there. Another process may add the same picture at any moment: it stores its row before
// it looks whether its files are there, and this sets them aside before it looks for the row.
// So one of the two sees what the other did, and the files of a row are never lost.
func (l *Library) settle(ctx context.Context, digest string) error {
	_, err := l.known(ctx, digest)
	switch {
	case err == nil:
		return l.files.putBack(digest)
	case standfirst.KindOf(err) == standfirst.NotFound:
		return l.files.removeAside(digest)
	}
	return err
}
