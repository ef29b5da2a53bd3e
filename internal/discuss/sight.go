package discuss

import (
	"context"
	"slices"
	"time"

	"standfirst"
	"standfirst/internal/discuss/akismet"
	"standfirst/internal/markup"
	"standfirst/internal/spam"
	"standfirst/internal/store"
)

// sight is what is read before a comment is judged.
type sight struct {
	settings    standfirst.Discussion
	zone        *time.Location
	list        *spam.WordList
	story       standfirst.Story
	site        site
	verdict     akismet.Verdict      // of a service outside; empty where it was not asked
	writer      standfirst.Commenter // zero for staff, and for a guest who was never here
	elsewhere   bool                 // a guest whose approved comments came from other networks
	unproven    bool                 // the address is that of a reader who signs in, and is not signed in
	bans        []standfirst.Ban
	recent      int // how many comments the writer posted lately
	repeats     int // how often the same words were posted lately
	score       int // of the filter, in thousandths
	fingerprint string
	words       string
	again       standfirst.CommentID // the same, taken before
}

const (
	// repeatsWithin is for how long the same words count as a repeat.
	repeatsWithin = 24 * time.Hour
	// repeatsBulk are so many repeats that nobody needs to look at them.
	repeatsBulk = 5
	// repeatsFrom is how long a text must be for its words to count as repeated: many a
	// reader writes "Thank you." on one day.
	repeatsFrom = 40
	// many comments of one writer within the time are too many.
	many       = 20
	manyWithin = time.Hour
	// originsBack is among how many of their last comments a guest is known by the network.
	originsBack = 50
)

// look reads what is needed to judge the posting.
func (t *Talk) look(ctx context.Context, p *Posting, rendered markup.RenderedComment, now time.Time) (s sight, err error) {
	generation, learnt := t.places.now(), t.filter.now()
	err = t.store.View(ctx, func(tx *store.ReadTx) error {
		s = sight{}
		place, err := t.place(tx, p.Story, now, generation)
		if err != nil {
			return err
		}
		s.settings, s.zone, s.list, s.story, s.site = place.settings, place.zone, place.list, place.story, place.site
		if p.Parent != 0 {
			if _, err := parentOf(tx, p.Story, p.Parent); err != nil {
				return err
			}
		}
		if err := s.who(tx, p); err != nil {
			return err
		}
		s.fingerprint = p.fingerprint()
		if len(rendered.Plain) >= repeatsFrom {
			s.words = digest(rendered.Plain)
		}
		seen, err := tx.Sighting(store.SightingQuery{
			Fingerprint: s.fingerprint, SameSince: now.Add(-sameWithin), Words: s.words, WordsSince: now.Add(-repeatsWithin), MaxRepeats: repeatsBulk,
			Name: p.Name, Email: p.Email, RecentSince: now.Add(-manyWithin), MaxRecent: many, Now: now,
		})
		if err != nil {
			return err
		}
		return t.sighted(tx, &s, p, seen, rendered, now, learnt)
	})
	return s, err
}

// sighted takes in what is kept about a comment like that.
func (t *Talk) sighted(tx *store.ReadTx, s *sight, p *Posting, seen store.Sighting, rendered markup.RenderedComment, now time.Time, learnt int) (err error) {
	s.again, s.repeats, s.recent = seen.Again, seen.Repeats, seen.Recent
	if p.guest() {
		s.writer = seen.Writer
		if !s.writer.ConfirmedAt.IsZero() {
			s.unproven, s.writer = true, standfirst.Commenter{}
		}
	}
	if s.again != 0 || p.Staff.ID != 0 {
		return nil
	}
	if err := takenName(seen, p.Name); err != nil {
		return err
	}
	if s.elsewhere, err = elsewhere(tx, p, s.writer); err != nil {
		return err
	}
	if seen.Bans {
		if s.bans, err = tx.BansOn(banned(p), now); err != nil {
			return err
		}
	}
	s.score, err = t.filter.score(tx, p.message(rendered), seen.Learnt, learnt)
	return err
}

// elsewhere reports whether the guest comes from none of the networks from which approved
// comments came with the same e-mail address, which anybody can type.
func elsewhere(tx *store.ReadTx, p *Posting, writer standfirst.Commenter) (bool, error) {
	if !p.guest() || writer.Approved == 0 {
		return false, nil
	}
	origins, err := tx.OriginsOf(writer.ID, originsBack)
	if err != nil {
		return false, err
	}
	here := standfirst.NetworkOf(p.Address, networkBitsOfIPv4, networkBitsOfIPv6)
	return !slices.ContainsFunc(origins, func(address string) bool {
		network := standfirst.NetworkOf(address, networkBitsOfIPv4, networkBitsOfIPv6)
		return network == here && network != standfirst.UnknownNetwork
	}), nil
}

// who finds out which reader writes, where one is signed in.
func (s *sight) who(tx *store.ReadTx, p *Posting) (err error) {
	if p.Reader == 0 {
		return nil
	}
	if s.writer, err = signedIn(tx, p.Reader); err != nil {
		return err
	}
	p.Email = s.writer.Email
	if p.Name == "" {
		p.Name = s.writer.Name
	}
	return nil
}

// fingerprint returns what tells the same comment by the same writer.
func (p *Posting) fingerprint() string {
	writer := "guest " + p.Email + " " + p.Name
	switch {
	case p.Staff.ID != 0:
		writer = "staff " + standfirst.ReaderID(p.Staff.ID).String()
	case p.Reader != 0:
		writer = "reader " + p.Reader.String()
	}
	return digest(p.Story.String(), p.Parent.String(), writer, p.Text)
}

// Thread is a story whose talk is open to readers.
type Thread struct {
	Story    standfirst.Story
	Settings standfirst.Discussion
}

// Open returns the story if it takes comments at the time. It returns a NotFound error for
// a story that readers do not see and a Forbidden one for a talk that is closed.
func Open(tx *store.ReadTx, id standfirst.StoryID, now time.Time) (Thread, error) {
	story, err := tx.Story(id)
	if err != nil {
		return Thread{}, err
	}
	if !Talks(story) {
		return Thread{}, standfirst.Errorf(standfirst.NotFound, "there is no story to comment on at this address")
	}
	settings, err := Settings(tx, story)
	if err == nil && settings.ClosedFor(story.FirstPublished, now) {
		err = standfirst.Errorf(standfirst.Forbidden, "this story takes no more comments")
	}
	return Thread{story, settings}, err
}

// Talks reports whether there can be talk under the story: readers see it, whole.
func Talks(story standfirst.Story) bool {
	return story.Kind == standfirst.KindStory && story.Current != 0 && story.State == standfirst.Published && story.Access == standfirst.AccessPublic
}
