package desk

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
)

// storyForm is the text of a story and what stands around it, as they are typed.
type storyForm struct {
	Version    int // of the working copy from which it was made
	Headline   string
	Standfirst string
	Body       string
	Bylines    []standfirst.Byline // with rows for more
	Dateline   string
	Disclosure string
	Section    string
	Topics     string // between commas

	Picture        standfirst.PictureID // zero for none
	PictureAlt     string
	PictureCaption string
	PictureCredit  string
	SocialTitle    string
	SocialPicture  standfirst.PictureID
	SocialAlt      string

	Slug            string // empty while it follows the headline
	FollowsHeadline string // the slug that it has then
	OriginalDate    string // in the publication's time zone, as the field of a form has it
}

// formDate is how a field of a form has a date with a time.
const formDate = "2006-01-02 15:04"

// storyFormOf returns the form of the story as it is saved.
func storyFormOf(s standfirst.Story, w standfirst.WorkingCopy, zone *time.Location) storyForm {
	c := w.Content
	f := storyForm{
		Version: w.Version, Headline: c.Headline, Standfirst: c.Standfirst, Body: c.Body, Bylines: c.Bylines, Dateline: c.Dateline, Disclosure: c.Disclosure,
		Section: c.Section, Topics: strings.Join(c.Topics, ", "),
		SocialTitle: c.Social.Title, SocialPicture: c.Social.Picture, SocialAlt: c.Social.Alt,
	}
	if p := c.Picture; p != nil {
		f.Picture, f.PictureAlt, f.PictureCaption, f.PictureCredit = p.ID, p.Alt, p.Caption, p.Credit
	}
	if f.FollowsHeadline = string(s.Slug); s.SlugChosen {
		f.Slug = string(s.Slug)
	}
	if !s.OriginalDate.IsZero() {
		f.OriginalDate = s.OriginalDate.In(zone).Format(formDate)
	}
	return f
}

// spareBylines is how many rows for more bylines a form has.
const spareBylines = 2

// addBylines adds rows for more bylines.
func (f *storyForm) addBylines() {
	for range spareBylines {
		if len(f.Bylines) < standfirst.MaxBylines {
			f.Bylines = append(f.Bylines, standfirst.Byline{})
		}
	}
}

// readStoryForm returns what the form says, also of one that cannot be saved.
func readStoryForm(values url.Values) storyForm {
	f := storyForm{
		Headline: values.Get("headline"), Standfirst: values.Get("standfirst"), Body: values.Get("body"), Dateline: values.Get("dateline"), Disclosure: values.Get("disclosure"),
		Section: values.Get("section"), Topics: values.Get("topics"),
		PictureAlt: values.Get("picture-alt"), PictureCaption: values.Get("picture-caption"), PictureCredit: values.Get("picture-credit"),
		SocialTitle: values.Get("social-title"), SocialAlt: values.Get("social-alt"),
		Slug: strings.TrimSpace(values.Get("slug")), FollowsHeadline: values.Get("follows"), OriginalDate: strings.TrimSpace(values.Get("original-date")),
	}
	f.Version, _ = strconv.Atoi(values.Get("version"))
	f.Picture, f.SocialPicture = pictureNumber(values.Get("picture")), pictureNumber(values.Get("social-picture"))
	roles := values["byline-role[]"]
	for i, name := range values["byline-name[]"] {
		b := standfirst.Byline{Name: name}
		if i < len(roles) {
			b.Role = roles[i]
		}
		if strings.TrimSpace(b.Name+b.Role) != "" {
			f.Bylines = append(f.Bylines, b)
		}
	}
	return f
}

func pictureNumber(text string) standfirst.PictureID {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return standfirst.PictureID(n)
}

// saving returns what the form saves. The slug and the date are left alone where the form
// does not have them.
func (f storyForm) saving(values url.Values, zone *time.Location, now time.Time) (newsroom.Saving, error) {
	s := newsroom.Saving{Version: f.Version, Content: f.content()}
	if f.Version <= 0 {
		return s, standfirst.Errorf(standfirst.Invalid, "the form does not say from which version of the story it was made; open the story again")
	}
	for _, b := range f.Bylines {
		if strings.TrimSpace(b.Name) == "" {
			return s, standfirst.Errorf(standfirst.Invalid, "the role “%s” stands in the byline without a name", strings.TrimSpace(b.Role))
		}
	}
	if values.Has("slug") {
		slug := standfirst.Slug(f.Slug)
		s.Slug = &slug
	}
	if !values.Has("original-date") {
		return s, nil
	}
	date := time.Time{}
	if f.OriginalDate != "" {
		var err error
		for _, layout := range []string{formDate, "2006-01-02T15:04", time.DateOnly} {
			if date, err = time.ParseInLocation(layout, f.OriginalDate, zone); err == nil {
				break
			}
		}
		if err != nil {
			return s, standfirst.Errorf(standfirst.Invalid, "%q is not a date; write it as 2026-03-05 14:10", f.OriginalDate)
		}
		if date.After(now) {
			return s, standfirst.Errorf(standfirst.Invalid, "the original date lies ahead; schedule the story instead")
		}
	}
	s.OriginalDate = &date
	return s, nil
}

// content returns the text of the form.
func (f storyForm) content() standfirst.Content {
	c := standfirst.Content{
		Headline: f.Headline, Standfirst: f.Standfirst, Body: f.Body, Bylines: f.Bylines, Dateline: f.Dateline, Disclosure: f.Disclosure, Section: f.Section,
		Topics: strings.FieldsFunc(f.Topics, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }),
		Social: standfirst.Social{Title: f.SocialTitle, Picture: f.SocialPicture, Alt: f.SocialAlt},
	}
	if f.Picture != 0 {
		c.Picture = &standfirst.LeadPicture{ID: f.Picture, Alt: f.PictureAlt, Caption: f.PictureCaption, Credit: f.PictureCredit}
	}
	return c
}

// HeadlineRows returns how many lines the field of the headline has.
func (f storyForm) HeadlineRows() int { return rowsOf(f.Headline, 34) }

// StandfirstRows returns how many lines the field of the summary has.
func (f storyForm) StandfirstRows() int { return rowsOf(f.Standfirst, 70) }

// rowsOf returns how many lines the text fills, and at least two.
func rowsOf(text string, width int) int { return max(2, (len([]rune(text))+width-1)/width) }
