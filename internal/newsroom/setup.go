package newsroom

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"standfirst"
	"standfirst/internal/markup"
	"standfirst/internal/store"
)

// defaultSections are the menu of a new publication.
var defaultSections = []string{"Markets", "Deals", "Technology", "Companies", "Economy"}

//go:embed pages/*.md
var startingTexts embed.FS

// startingPage is a standing page of a new publication; its text is in pages/.
type startingPage struct {
	slug     standfirst.Slug
	headline string
	summary  string
}

var startingPages = []startingPage{
	{"about", "About", "Who we are and how we work."},
	{"ethics", "Ethics and corrections", "What we hold ourselves to, and what we do when we are wrong."},
	{"contact", "Contact", "How to reach the newsroom."},
	{"privacy", "Privacy", "What this site knows about you, and what it does not."},
}

// SetUp makes a new publication: its settings, the default sections, and standing
// pages with starting texts, all in one transaction. Where there is a publication
// already it changes nothing, so that it can be run again at any time. It returns
// an Invalid error for settings that cannot stand.
func (n *Newsroom) SetUp(ctx context.Context, actor standfirst.Actor, pub standfirst.Publication) error {
	if err := actor.Require(standfirst.ManageSettings); err != nil {
		return err
	}
	if err := pub.Validate(); err != nil {
		return err
	}
	pages, err := pagesFor(pub)
	if err != nil {
		return err
	}
	return n.update(ctx, "set up "+pub.Name, func(tx *store.Tx) error {
		if _, err := tx.Publication(); !isNotFound(err) {
			return err
		}
		pub := pub
		pub.CreatedAt = n.now()
		pub.UpdatedAt = pub.CreatedAt
		if err := tx.PutPublication(pub); err != nil {
			return err
		}
		for _, name := range defaultSections {
			if _, err := insertSection(tx, name); err != nil {
				return err
			}
		}
		for _, d := range pages {
			if err := n.setUpPage(tx, actor, d); err != nil {
				return err
			}
		}
		if err := planRecurring(tx, pub.CreatedAt); err != nil {
			return err
		}
		tx.Touch(standfirst.SiteTag)
		return tx.Audit(standfirst.AuditEntry{At: pub.CreatedAt, Actor: actor, Action: "publication.set-up", Object: "publication", Detail: pub.Name})
	})
}

// setUpPage creates and publishes one standing page.
func (n *Newsroom) setUpPage(tx *store.Tx, actor standfirst.Actor, d Draft) error {
	story, content, err := newStory(actor, d)
	if err != nil {
		return err
	}
	if story, content, err = n.createIn(tx, actor, story, content, Draft{}); err != nil {
		return err
	}
	_, err = n.publishIn(tx, publishing{actor: actor, story: story, content: content})
	return err
}

// pagesFor returns the standing pages with the publication's name in them.
func pagesFor(pub standfirst.Publication) ([]Draft, error) {
	drafts := make([]Draft, 0, len(startingPages))
	for _, p := range startingPages {
		text, err := startingTexts.ReadFile("pages/" + string(p.slug) + ".md")
		if err != nil {
			return nil, fmt.Errorf("newsroom: starting text of %s: %w", p.slug, err)
		}
		drafts = append(drafts, Draft{Kind: standfirst.KindPage, Slug: p.slug, Content: standfirst.Content{
			Headline: p.headline, Standfirst: p.summary,
			Body: strings.ReplaceAll(string(text), "{{name}}", markup.EscapeText(pub.Name)),
		}})
	}
	return drafts, nil
}
