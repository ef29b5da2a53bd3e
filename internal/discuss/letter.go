package discuss

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"text/template"
	"time"
	"unicode"
	"unicode/utf8"

	"standfirst"
	"standfirst/internal/store"
)

// letterFiles have the words of the mails.
//
//go:embed letters/*.txt
var letterFiles embed.FS

// letterWords are the templates of the mails, two of each: a subject and a text. They are
// parsed when the first mail is written: a server that starts does not wait for them.
var letterWords = sync.OnceValue(parseLetters)

func parseLetters() *template.Template {
	words := template.New("letters")
	named := func(prefix string) func(fmt.Stringer) (string, error) {
		return func(name fmt.Stringer) (string, error) { return letterWord(words, prefix+name.String()) }
	}
	words.Funcs(template.FuncMap{"quote": quote, "reason": named("reason."), "rule": named("rule.")})
	return template.Must(words.ParseFS(letterFiles, "letters/*.txt"))
}

// letterWord returns what the template of the name writes, and nothing if there is none.
func letterWord(words *template.Template, name string) (string, error) {
	t := words.Lookup(name)
	if t == nil {
		return "", nil
	}
	var b strings.Builder
	err := t.Execute(&b, nil)
	return b.String(), err
}

// quoteMost bounds, in characters, what of foreign words stands in a mail.
const quoteMost = 3000

// quote returns the words as a mail quotes them. Control characters, which no mail may
// have, are left out.
func quote(words string) string {
	words = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		}
		return r
	}, words)
	if utf8.RuneCountInString(words) > quoteMost {
		words = string([]rune(words)[:quoteMost]) + " …"
	}
	return "> " + strings.ReplaceAll(strings.TrimSpace(words), "\n", "\n> ")
}

// word is a name that templates look up.
type word string

// String returns the name.
func (w word) String() string { return string(w) }

// letterhead is what every mail about a comment needs.
type letterhead struct {
	Base        string // scheme and host of the site
	Publication string
	Headline    string // as readers see it
	Own         string // where the writer comes back to the comment
	Path        string // where everybody finds it

	comment standfirst.Comment
	story   standfirst.Story
	writer  standfirst.Commenter // without an address if there is none to write to
}

// SetBaseURL names the scheme and host of links in mails, in place of the one in the
// publication's settings. It is called before anything else.
func (t *Talk) SetBaseURL(base string) { t.base = base }

// letterhead reads what a mail about the comment needs. It reports false, and says so once
// in the log, where nobody said at what address the site is: a mail without links would help
// nobody.
func (t *Talk) letterhead(tx *store.ReadTx, seed []byte, c standfirst.Comment) (h letterhead, ok bool, err error) {
	pub, err := tx.Publication()
	if err != nil {
		return h, false, err
	}
	if h.Base = strings.TrimSuffix(t.base, "/"); h.Base == "" {
		h.Base = strings.TrimSuffix(pub.BaseURL, "/")
	}
	if h.Base == "" {
		t.noBase.Do(func() {
			t.log.Info("no mail is sent about comments: nobody said at what address the site is (--base-url)")
		})
		return h, false, nil
	}
	about := Waiting{Comment: c}
	if err := about.readStory(tx); err != nil {
		return h, false, err
	}
	if c.Reader != 0 {
		if h.writer, err = tx.Commenter(c.Reader); err != nil {
			return h, false, err
		}
	}
	h.Publication, h.Headline, h.comment, h.story = pub.Name, about.Headline, c, about.Story
	h.Path, h.Own = c.Path(), keyPath(c.Path(), keyOf(seed, "comment", int64(c.ID)))
	return h, true, nil
}

// keyPath returns the address below the path that only who has the key knows.
func keyPath(path, key string) string { return path + "/" + url.PathEscape(key) }

// enqueueLetter renders the mail of the kind and enqueues it to be sent at the time.
func enqueueLetter(tx *store.Tx, kind string, data any, m standfirst.Mail, at time.Time) error {
	for _, part := range []struct {
		name string
		to   *string
	}{{".subject", &m.Subject}, {".text", &m.Text}} {
		var b bytes.Buffer
		if err := letterWords().ExecuteTemplate(&b, kind+part.name, data); err != nil {
			return fmt.Errorf("discuss: letter %s: %w", kind, err)
		}
		*part.to = strings.TrimSpace(b.String())
	}
	m.Text += "\n"
	m.Subject = shortSubject(m.Subject)
	job, err := m.Job()
	if err != nil {
		return err
	}
	job.RunAt = at
	_, err = tx.Enqueue(job)
	return err
}

// shortSubject returns the subject in one line that is no longer than a subject may be.
func shortSubject(subject string) string {
	subject = strings.Join(strings.FieldsFunc(subject, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	}), " ")
	if len(subject) > standfirst.MaxMailSubject {
		subject = strings.ToValidUTF8(subject[:standfirst.MaxMailSubject-len("…")], "") + "…"
	}
	return subject
}

// enqueueAbout enqueues work about one comment. While it waits, it is the same work.
func enqueueAbout(tx *store.Tx, kind standfirst.JobKind, id standfirst.CommentID, at time.Time) error {
	payload, err := json.Marshal(standfirst.CommentWork{Comment: id})
	if err != nil {
		return err
	}
	_, err = tx.Enqueue(standfirst.Job{Kind: kind, Payload: payload, Key: aboutKey(kind, id), RunAt: at})
	return err
}

func aboutKey(kind standfirst.JobKind, id standfirst.CommentID) string {
	return string(kind) + ":" + id.String()
}

// about does the work of a job that is about one comment, with the secret and the time that
// its mail needs.
func (t *Talk) about(ctx context.Context, job standfirst.Job, operation string, do func(tx *store.Tx, id standfirst.CommentID, seed []byte, now time.Time) error) error {
	var work standfirst.CommentWork
	if err := json.Unmarshal(job.Payload, &work); err != nil {
		return fmt.Errorf("discuss: payload of job %s: %w", job.ID, err)
	}
	seed, err := t.seed(ctx)
	if err != nil {
		return err
	}
	now := t.now()
	return t.update(ctx, operation+" of comment "+work.Comment.String(), func(tx *store.Tx) error {
		return do(tx, work.Comment, seed, now)
	})
}
