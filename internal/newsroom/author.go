package newsroom

import (
	"context"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// maxBio is how long what an author's page says of the author may be, in bytes.
const maxBio = 4000

// Profile is what an author's page says of the author.
type Profile struct {
	Role       string // until a newer byline says another
	Bio        string // a few lines of plain text
	Disclosure string // what readers are told below the author's stories from their next publication on
	Picture    standfirst.PictureID
}

// EditAuthor changes what an author's page says. It returns an Invalid error for a text that
// is too long, and for a picture that is not there, and a Conflict if the page was changed
// since it was seen.
func (n *Newsroom) EditAuthor(ctx context.Context, actor standfirst.Actor, id standfirst.AuthorID, now Profile, seen standfirst.Fingerprint) error {
	if err := actor.Require(standfirst.EditAuthor); err != nil {
		return err
	}
	role, bio, disclosure := standfirst.OneLine(now.Role), strings.TrimSpace(tidyBody(now.Bio)), standfirst.OneLine(now.Disclosure)
	var p problems
	p.length("the role", role, maxNameLength)
	p.length("the text about the author", bio, maxBio)
	p.length("the disclosure", disclosure, maxDisclosure)
	if err := p.err(); err != nil {
		return err
	}
	return n.update(ctx, "edit an author", func(tx *store.Tx) error {
		author, err := tx.Author(id)
		if err != nil {
			return err
		}
		was := author
		author.Role, author.Bio, author.Disclosure, author.Picture = role, bio, disclosure, now.Picture
		if author == was {
			return nil
		}
		if err := seen.Check(was.Fingerprint(), "the page of "+was.Name); err != nil {
			return err
		}
		if author.Picture != was.Picture && author.Picture != 0 {
			_, err := tx.Picture(author.Picture)
			if is, err := found(err); err != nil {
				return err
			} else if !is {
				return standfirst.Errorf(standfirst.Invalid, "there is no picture %s any more; choose another", author.Picture)
			}
		}
		if err := tx.UpdateAuthor(author); err != nil {
			return err
		}
		tx.Touch(standfirst.AuthorTag(id))
		return tx.Audit(standfirst.AuditEntry{At: n.now(), Actor: actor, Action: "author.edit", Object: "author:" + id.String(), Detail: author.Name})
	})
}
