package site

import (
	"cmp"
	"strings"

	"standfirst"
	"standfirst/internal/feed"
	"standfirst/internal/markup"
)

// ninjsBelow ends the address of a story as other newsrooms take it.
const ninjsBelow = ".ninjs.json"

// ofNinjs reports whether the path is that of a story for other newsrooms, and resolves it so.
func (k *kinds) ofNinjs(at *address) bool {
	story, ok := strings.CutSuffix(at.path, ninjsBelow)
	if !ok {
		return false
	}
	day, slug, ok := standfirst.ParseStoryPath(story)
	if ok {
		at.kind, at.date, at.slug, at.versions = &k.ninjs, day, slug, &versionsAddress{below: ninjsBelow}
	}
	return ok
}

// loadNinjs gathers a story as other newsrooms take it.
func loadNinjs(rd *reading, at address) (*view, error) {
	story, err := rd.tx.StoryAt(at.date, at.slug)
	if err != nil {
		return nil, err
	}
	revision, err := rd.published(story)
	if err != nil {
		return nil, err
	}
	entry, text, err := rd.entryOf(story, revision.Content, "")
	if err != nil {
		return nil, err
	}
	place, _, _ := strings.Cut(revision.Content.Dateline, ",")
	i := feed.Item{
		Entry: entry, Version: revision.Number, Language: rd.pub.Language, Publisher: rd.pub.Name, Located: strings.TrimSpace(place),
		Free: text != nil, At: rd.outside,
	}
	if i.Entry.Retracted != nil {
		i.Entry.Title, i.Located = cmp.Or(revision.Content.Headline, i.Entry.Title), ""
	}
	if text != nil {
		i.Mentions, i.Words = text.named.shown, len(strings.Fields(markup.PlainText(revision.Content.Body)))
	}
	return &view{write: func() (string, []byte, error) {
		if text != nil {
			if i.Entry.HTML, err = rd.feedText(text, entry.Address); err != nil {
				return "", nil, err
			}
		}
		body, err := i.Ninjs()
		return jsonType, body, err
	}}, nil
}
