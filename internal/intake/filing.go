package intake

import (
	"context"
	"fmt"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// filing is one text on its way into the newsroom.
type filing struct {
	Composition
	intake  *Intake
	actor   standfirst.Actor
	name    string
	options Options
	pub     standfirst.Publication
}

// dateFormat is how notes tell a time.
const dateFormat = "Monday, 2 January 2006 at 15:04 MST"

// file stores the text as a story: first everything is checked that can be checked
// without storing, then the picture is taken in, then the story with all its rows.
func (f *filing) file(ctx context.Context) (Result, error) {
	if err := f.settle(ctx); err != nil {
		return Result{}, err
	}
	when, err := f.when()
	if err != nil {
		return Result{}, err
	}
	if err := f.check(); err != nil {
		return Result{}, err
	}
	if err := f.addPicture(ctx); err != nil {
		return Result{}, err
	}
	d := newsroom.Draft{
		Content: f.Content, Slug: f.Slug, Access: f.Access, OriginalDate: when.original, FilingDigest: f.Digest,
	}
	result := Result{Composition: f.Composition, Notes: f.notes()}
	if f.options.Accept {
		notes, err := f.propose(ctx, &d, when)
		if err != nil {
			return Result{}, err
		}
		result.Notes = append(result.Notes, notes...)
	}
	if !f.options.Publish || !when.ahead.IsZero() {
		made, err := f.willMake(ctx)
		if err != nil {
			return Result{}, err
		}
		result.Notes = append(result.Notes, made...)
	}
	switch {
	case !f.options.Publish:
		result.Story, err = f.intake.newsroom.Create(ctx, f.actor, d)
	case !when.ahead.IsZero():
		result.Story, err = f.intake.newsroom.CreateAndSchedule(ctx, f.actor, d, when.ahead)
		result.ScheduledAt = when.ahead
		result.Notes = append(result.Notes, "goes out on "+when.ahead.In(f.pub.Location()).Format(dateFormat))
	default:
		var published newsroom.Published
		published, err = f.intake.newsroom.CreateAndPublish(ctx, f.actor, d)
		result.Story, result.Path = published.Story, published.Path()
		result.Notes = append(result.Notes, published.Made()...)
	}
	if err != nil {
		return Result{}, err
	}
	return result, nil
}

// propose adds to the draft what the copy desk reads in its body, and returns a line
// that says how much, and one for each thing that a careful editor would ask.
func (f *filing) propose(ctx context.Context, d *newsroom.Draft, when moments) ([]string, error) {
	d.Day = f.readingDay(when)
	d.Content = newsroom.Prepare(d.Content) // offsets are into the text as it is kept
	figures, err := f.intake.ledger.Propose(ctx, d.Content, d.Day)
	if err != nil {
		return nil, err
	}
	d.Figures = &figures
	notes := []string{citesNote(len(figures.Claims))}
	for _, c := range figures.Checks {
		notes = append(notes, "check: "+c.Rule+": "+c.Message)
	}
	return notes, nil
}

// citesNote says how many figures were recorded.
func citesNote(n int) string {
	switch n {
	case 0:
		return "the copy desk found no figure that it could record without doubt"
	case 1:
		return "cites 1 figure as the copy desk read it; no editor has checked it"
	default:
		return fmt.Sprintf("cites %d figures as the copy desk read them; no editor has checked them", n)
	}
}

// readingDay returns the day that the figures of the text are of: its original date, or
// the day that the options name, or else that of the dateline unless it lies ahead, and
// today if the text says nothing.
func (f *filing) readingDay(when moments) standfirst.Day {
	loc := f.pub.Location()
	if !when.original.IsZero() {
		return standfirst.DayOf(when.original, loc)
	}
	if day := f.options.day(); !day.IsZero() {
		return day
	}
	today := standfirst.DayOf(f.intake.clock(), loc)
	if day := readDateline(f.Content.Dateline, today).Day; !day.IsZero() && !today.Before(day) {
		return day
	}
	return today
}

// settle fills in what the options say where the text does not, and takes the
// kicker for the section if there is one of that name.
func (f *filing) settle(ctx context.Context) error {
	if f.Content.Section == "" {
		f.Content.Section = f.options.Section
	}
	if len(f.Content.Topics) == 0 {
		f.Content.Topics = f.options.Topics
	}
	if f.Kicker == "" {
		return nil
	}
	section, err := f.intake.sectionNamed(ctx, f.Kicker)
	if err != nil {
		return err
	}
	if f.Content.Section == "" {
		f.Content.Section = section
	}
	if !strings.EqualFold(f.Kicker, f.Content.Section) {
		f.Left = append([]Left{{Reason: "line above the headline", Words: f.Kicker}}, f.Left...)
	}
	return nil
}

// sectionNamed returns the name of the first section that the kicker names, and ""
// if it names none.
func (i *Intake) sectionNamed(ctx context.Context, kicker string) (name string, err error) {
	parts := strings.FieldsFunc(kicker, func(r rune) bool { return strings.ContainsRune("|/·•:>»", r) })
	err = i.store.View(ctx, func(tx *store.ReadTx) error {
		for _, part := range parts {
			section, err := tx.SectionByName(strings.TrimSpace(part))
			if err == nil {
				name = section.Name
				return nil
			}
			if standfirst.KindOf(err) != standfirst.NotFound {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("intake: section of the kicker %q: %w", kicker, err)
	}
	return name, nil
}

// check refuses a text that cannot be kept or, if it is to be published, one that
// is not complete, before its picture is stored.
func (f *filing) check() error {
	if !f.options.Publish {
		return newsroom.Check(newsroom.Prepare(f.Content))
	}
	if err := f.actor.Require(standfirst.PublishStory); err != nil {
		return err
	}
	return newsroom.CheckComplete(newsroom.Prepare(f.Content))
}

// moments are when a text is from, or when it is to go out.
type moments struct {
	original time.Time // in the past; zero for none
	ahead    time.Time // in the future; zero for none
}

// when weighs the dates that the options and the front matter carry. An exact
// moment of the options comes first, then a date with a time in the front matter,
// then the day of the options, then a day in the front matter.
func (f *filing) when() (moments, error) {
	loc, now := f.pub.Location(), f.intake.clock()
	today := standfirst.DayOf(now, loc)
	if at := f.options.At; !at.IsZero() && at.Before(now) {
		return moments{original: at}, nil
	}
	var stated time.Time
	exact := false
	if f.Date != "" {
		var err error
		if stated, exact, err = parseDate(f.Date, loc); err != nil {
			return moments{}, err
		}
	}
	if day := f.options.Date; !exact && !day.IsZero() && day.Before(today) {
		if !f.options.Publish {
			return moments{}, nil
		}
		return moments{original: atFileHour(day, loc)}, nil
	}
	switch {
	case f.Date == "" || !exact && standfirst.DayOf(stated, loc) == today:
		return moments{}, nil
	case stated.After(now):
		return moments{ahead: stated}, nil
	default:
		return moments{original: stated}, nil
	}
}
