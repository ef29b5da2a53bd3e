package newsroom

import (
	"context"
	"strings"

	"standfirst"
	"standfirst/internal/store"
)

// maxBio is how long what an author's page says of the author may be, in bytes.
const maxBio = 4000

// EditAuthor changes what an author's page says: the role, until a newer byline says another,
// the few lines about the author, and what readers are told below the author's stories from
// their next publication on. It returns an Invalid error for a text that is too long, and a
// Conflict if the page was changed since it was seen.
func (n *Newsroom) EditAuthor(ctx context.Context, actor standfirst.Actor, id standfirst.AuthorID, role, bio, disclosure string, seen standfirst.Fingerprint) error {
	if err := actor.Require(standfirst.EditAuthor); err != nil {
		return err
	}
	role, bio, disclosure = standfirst.OneLine(role), strings.TrimSpace(tidyBody(bio)), standfirst.OneLine(disclosure)
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
		author.Role, author.Bio, author.Disclosure = role, bio, disclosure
		if author == was {
			return nil
		}
		if err := seen.Check(was.Fingerprint(), "the page of "+was.Name); err != nil {
			return err
		}
		if err := tx.UpdateAuthor(author); err != nil {
			return err
		}
		tx.Touch(standfirst.AuthorTag(id))
		return tx.Audit(standfirst.AuditEntry{At: n.now(), Actor: actor, Action: "author.edit", Object: "author:" + id.String(), Detail: author.Name})
	})
}
