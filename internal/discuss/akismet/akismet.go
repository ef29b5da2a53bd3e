// Package akismet asks Akismet, or a service that speaks the same, whether a comment is
// spam, and tells it where it was wrong. That is its one responsibility.
//
// It speaks version 1.1 of Akismet's API (https://akismet.com/developers): each call is a
// form that is posted below an address, with the key in it, and is answered in a word.
//
// The package must not know what a newsroom makes of an answer.
package akismet

import (
	"context"
	"net/url"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/outbound"
)

// Address is where Akismet itself is asked.
const Address = "https://rest.akismet.com/1.1"

// Service is where to ask, and in whose name.
type Service struct {
	Client  *outbound.Client
	Address string // below which the calls are; empty means [Address]
	Key     string
	Site    string // address of the publication, with its scheme
}

// Comment is what is said of a comment. All of it leaves the house.
type Comment struct {
	Address, Agent string // from where it came, and with what browser
	Page           string // address of the story
	Answer         bool   // it answers another comment
	Name, Email    string
	Text           string
	Written        time.Time
	Language       string // of the publication, such as "en"
}

// form returns the fields of a call.
func (s Service) form(c Comment) url.Values {
	kind := "comment"
	if c.Answer {
		kind = "reply"
	}
	form := url.Values{"api_key": {s.Key}, "blog": {s.Site}, "comment_type": {kind}, "blog_charset": {"UTF-8"}}
	for name, value := range map[string]string{
		"user_ip": c.Address, "user_agent": c.Agent, "permalink": c.Page, "comment_author": c.Name, "comment_author_email": c.Email,
		"comment_content": c.Text, "blog_lang": c.Language,
	} {
		if value != "" {
			form.Set(name, value)
		}
	}
	if !c.Written.IsZero() {
		form.Set("comment_date_gmt", c.Written.UTC().Format(time.RFC3339))
	}
	return form
}

// call makes a call and returns the answer. It returns an Unavailable error for a server
// that does not answer, or answers that it failed.
func (s Service) call(ctx context.Context, name string, form url.Values) (outbound.Answer, error) {
	address := s.Address
	if address == "" {
		address = Address
	}
	answer, err := s.Client.PostForm(ctx, strings.TrimSuffix(address, "/")+"/"+name, form)
	if err == nil && !answer.OK() {
		err = standfirst.Errorf(standfirst.Unavailable, "Akismet answers %s with status %d", name, answer.Status)
	}
	return answer, err
}

// unexpected is the error for an answer that says nothing. Akismet says in a header what is
// wrong.
func unexpected(name string, answer outbound.Answer) error {
	why := answer.Header.Get("X-Akismet-Debug-Help")
	if why == "" {
		why = answer.Header.Get("X-Akismet-Alert-Msg")
	}
	if why == "" {
		why = string(answer.Body)
	}
	return standfirst.Errorf(standfirst.Invalid, "Akismet does not answer %s: %s", name, short(why))
}

// shown bounds what of foreign words stands in an error, in bytes.
const shown = 200

func short(words string) string {
	return strings.ToValidUTF8(strings.Join(strings.Fields(words[:min(len(words), shown)]), " "), "")
}

// Verdict is what Akismet takes a comment for.
type Verdict string

const (
	Ham     Verdict = "ham"
	Spam    Verdict = "spam"
	Blatant Verdict = "blatant" // spam that nobody need look at
)

// Check asks whether the comment is spam. It returns an Unavailable error where nobody
// answers in time, and an Invalid one where the answer is none, as for a wrong key.
func (s Service) Check(ctx context.Context, c Comment) (Verdict, error) {
	answer, err := s.call(ctx, "comment-check", s.form(c))
	if err != nil {
		return "", err
	}
	switch strings.TrimSpace(string(answer.Body)) {
	case "false":
		return Ham, nil
	case "true":
		if strings.TrimSpace(answer.Header.Get("X-Akismet-Pro-Tip")) == "discard" {
			return Blatant, nil
		}
		return Spam, nil
	}
	return "", unexpected("comment-check", answer)
}

// thanks is how an answer to what is told begins.
const thanks = "Thanks for"

// Tell says what the comment is, to whom took it for something else. The errors are those
// of [Service.Check].
func (s Service) Tell(ctx context.Context, c Comment, spam bool) error {
	name := "submit-ham"
	if spam {
		name = "submit-spam"
	}
	answer, err := s.call(ctx, name, s.form(c))
	if err == nil && !strings.HasPrefix(strings.TrimSpace(string(answer.Body)), thanks) {
		err = unexpected(name, answer)
	}
	return err
}
