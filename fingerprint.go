package standfirst

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// Fingerprint is a short text that tells the states of one thing apart, by what a form can
// change of it. A form carries that of what it showed, so that a change which was made of
// another state is refused and overwrites nothing: see [Fingerprint.Check]. The empty one
// stands for whatever is there.
type Fingerprint string

// ErrChanged is the cause of the Conflict error for a change of what somebody else changed
// meanwhile.
var ErrChanged = errors.New("changed meanwhile")

// FingerprintOf returns the fingerprint of a thing with the fields.
func FingerprintOf(fields ...any) Fingerprint {
	sum := sha256.Sum256(fmt.Appendf(nil, "%#v", fields))
	return Fingerprint(hex.EncodeToString(sum[:8]))
}

// Check returns a Conflict error with the cause [ErrChanged] if f is of another state than
// now. What is the name of the thing.
func (f Fingerprint) Check(now Fingerprint, what string) error {
	if f == "" || f == now {
		return nil
	}
	return WrapError(Conflict, ErrChanged, "somebody changed %s meanwhile; look at what stands there now, and save again if yours shall stand", what)
}

// Fingerprint tells states of the author's page apart.
func (a Author) Fingerprint() Fingerprint {
	return FingerprintOf(a.Role, a.Bio, a.Disclosure, a.Picture)
}

// Fingerprint tells states of the section's name and address apart.
func (s Section) Fingerprint() Fingerprint { return FingerprintOf(s.Name, s.Slug) }

// SectionOrder tells orders of the sections apart, and which there are.
func SectionOrder(sections []Section) Fingerprint {
	ids := make([]SectionID, len(sections))
	for i, s := range sections {
		ids[i] = s.ID
	}
	return FingerprintOf(ids)
}

// Fingerprint tells states of the topic's name and address apart.
func (t Topic) Fingerprint() Fingerprint { return FingerprintOf(t.Name, t.Slug) }

// Fingerprint tells states of what the desk says of the entity apart.
func (e Entity) Fingerprint() Fingerprint {
	return FingerprintOf(e.Name, e.Aliases, e.Tickers, e.LEI, e.QID, e.PublicFigure)
}

// Fingerprint tells states of the deal's kind and title apart.
func (d Deal) Fingerprint() Fingerprint { return FingerprintOf(d.Kind, d.Title) }

// Fingerprint tells states of the event apart: each change of it counts.
func (e Event) Fingerprint() Fingerprint { return FingerprintOf(e.ID, e.Sequence) }

// Fingerprint tells states of what is said of the picture apart.
func (p Picture) Fingerprint() Fingerprint { return FingerprintOf(p.PictureWords, p.Focus) }

// Fingerprint tells states of the settings apart.
func (p Publication) Fingerprint() Fingerprint {
	return FingerprintOf(p.Name, p.Description, p.BaseURL, p.TimeZone, p.Language, p.AddressPattern, p.MailName, p.MailReplyTo, p.Crawlers, p.SecurityContact, p.Hub, p.IndexNowURL)
}

// Fingerprint tells states of how the talk is held apart. What buttons of their own change
// is no part of it.
func (d Discussion) Fingerprint() Fingerprint {
	d.HoldNow, d.Akismet = false, Akismet{}
	return FingerprintOf(d)
}
