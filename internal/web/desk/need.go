package desk

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"standfirst"
)

// needRow is one thing that the member should look at.
type needRow struct {
	Kind, Headline, Path, Who, Text string
	Sources                         string // how many figures somebody has to stand for, in words; empty for none
	At                              moment
}

// needsLength is how many needs a page of them has.
const needsLength = 20

// needsList is what a page shows of what the member should look at.
type needsList struct {
	Needs []needRow
	More  string // address of what comes after it; empty for no more
	Later bool   // it is not the first page of that
}

// needs returns what list gives of what the member should look at, as the page at the
// address shows it.
func (m *member) needs(address string, list func(context.Context, standfirst.Actor, standfirst.NeedPosition, int) ([]standfirst.Need, error)) (p needsList, err error) {
	after, err := m.needsAfter()
	if err != nil {
		return p, err
	}
	p.Later = !after.At.IsZero()
	found, err := list(m.r.Context(), m.staff.Actor(), after, needsLength+1)
	if err != nil {
		return p, err
	}
	pub, err := m.publication()
	if err != nil {
		return p, err
	}
	for i, n := range found {
		if i == needsLength {
			last := found[i-1]
			p.More = withQuery(address, "after", positionText(last.At, last.ID)+"-"+string(last.Kind))
			break
		}
		row := needRow{
			Kind: m.Text("desk.need." + string(n.Kind)), Headline: cmp.Or(n.Headline, m.Text("desk.story.untitled")),
			Path: storyPath(n.Story), Who: n.Who, Text: shorten(n.Text, 160), At: m.moment(n.At, pub.Location()),
		}
		switch n.Kind {
		case standfirst.NeedPending:
			row.Path += "/publish"
		case standfirst.NeedEscalated:
			row.Path = commentPath(standfirst.CommentID(n.ID))
		default:
			row.Path += "#review"
		}
		if n.Sources > 0 {
			row.Sources = m.Text("desk.need.sources."+number(n.Sources), n.Sources)
		}
		p.Needs = append(p.Needs, row)
	}
	return p, nil
}

// needsAfter reads where the page of needs begins.
func (m *member) needsAfter() (p standfirst.NeedPosition, err error) {
	after := m.r.URL.Query().Get("after")
	if after == "" {
		return p, nil
	}
	place, kind, _ := cutLast(after, "-")
	at, id, err := positionIn(place)
	p = standfirst.NeedPosition{At: at, ID: id, Kind: standfirst.NeedKind(kind)}
	if err == nil && !slices.Contains(standfirst.NeedKinds(), p.Kind) {
		err = standfirst.Errorf(standfirst.NotFound, "there is no page after %q", after)
	}
	return p, err
}

// cutLast cuts the text at the last separator.
func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(separator):], true
}

// withQuery returns the address with one more parameter.
func withQuery(address, name, value string) string {
	mark := "?"
	if strings.Contains(address, "?") {
		mark = "&"
	}
	return address + mark + name + "=" + url.QueryEscape(value)
}
