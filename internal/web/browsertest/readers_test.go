package browsertest

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/discuss"
	"standfirst/internal/newsroom"
	"standfirst/internal/pagecache"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
	"standfirst/internal/web/site"
)

// ana is a reader.
const ana = "ana@readers.example"

// quay is a newsroom with one story that readers talk about.
type quay struct {
	t        *testing.T
	url      string
	store    *store.Store
	accounts *account.Accounts
	talk     *discuss.Talk
	story    standfirst.Story
}

func newQuay(t *testing.T) *quay {
	t.Helper()
	q := &quay{t: t, store: storetest.Open(t)}
	q.accounts, q.talk = account.New(q.store, account.Options{}), discuss.New(q.store, discuss.Options{})
	news := newsroom.New(q.store, newsroom.Options{})
	q.must(news.SetUp(t.Context(), standfirst.Command(), standfirst.DefaultPublication()))
	q.must(q.talk.SetSettings(t.Context(), standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeOpen}, ""))
	story, err := news.Create(t.Context(), standfirst.Command(), newsroom.Draft{Kind: standfirst.KindStory, Content: standfirst.Content{
		Headline: "Skerry Cable lays a third line", Body: "The line is 90 kilometres long.",
	}})
	q.must(err)
	published, err := news.Publish(t.Context(), standfirst.Command(), story.ID, newsroom.PublishOptions{})
	q.must(err)
	q.story = published.Story
	server := httptest.NewUnstartedServer(nil)
	q.url = "http://" + server.Listener.Addr().String()
	q.talk.SetBaseURL(strings.Replace(q.url, "http://", "https://", 1)) // one click needs it
	cache := pagecache.New(pagecache.Options{MaxBytes: 8 << 20})
	q.store.OnTouch(func(tags []standfirst.Tag) { cache.Drop(tags...) })
	server.Config.Handler, err = site.New(site.Options{
		Store: q.store.Reader(), Cache: cache, Logger: slog.New(slog.DiscardHandler), Talk: q.talk, Accounts: q.accounts, BaseURL: q.url,
	})
	q.must(err)
	server.Start()
	t.Cleanup(server.Close)
	return q
}

func (q *quay) must(err error) {
	q.t.Helper()
	if err != nil {
		q.t.Fatal(err)
	}
}

// mail returns the last mail that is to go out.
func (q *quay) mail() (last standfirst.Mail) {
	q.t.Helper()
	var due []standfirst.Job
	q.must(q.store.Update(q.t.Context(), func(tx *store.Tx) (err error) {
		due, err = tx.LeaseJobs(time.Now(), time.Now().Add(time.Hour), "test", 100)
		return err
	}))
	for _, job := range due {
		switch job.Kind {
		case standfirst.JobNoticeAnswers:
			q.must(q.talk.NoticeJob(q.t.Context(), job))
			last = q.mail()
		case standfirst.JobSendMail:
			q.must(json.Unmarshal(job.Payload, &last))
		}
	}
	return last
}

// link returns the address of a new sign-in link of Ana.
func (q *quay) link() string {
	q.t.Helper()
	q.must(q.accounts.SendReaderLink(q.t.Context(), account.ReaderRequest{Email: ana, Name: "Ana", BaseURL: q.url, From: account.Origin{Address: "127.0.0.1"}}))
	_, path, ok := strings.Cut(q.mail().Text, q.url)
	if !ok {
		q.t.Fatal("there is no link in the mail")
	}
	path, _, _ = strings.Cut(path, "\n")
	return q.url + path
}

// endOfMails returns the address that ends the mails about answers to a comment.
func (q *quay) endOfMails() string {
	q.t.Helper()
	question, err := q.talk.Post(q.t.Context(), discuss.Posting{Story: q.story.ID, Name: "Cy", Email: "cy@readers.example", Text: "Who insures it?", Notify: true, Address: "192.0.2.1"})
	q.must(err)
	_, err = q.talk.Post(q.t.Context(), discuss.Posting{Story: q.story.ID, Parent: question.Comment.ID, Name: "Ben", Email: "ben@readers.example", Text: "A pool of five.", Address: "192.0.2.2"})
	q.must(err)
	return q.url + strings.TrimPrefix(q.mail().Unsubscribe, "https"+strings.TrimPrefix(q.url, "http"))
}

// TestReaders signs in by a link, writes, deletes everything and ends mails, by forms alone,
// and looks at every page on the way.
func TestReaders(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	axe := readTool(t, "axe-core/axe.min.js")
	q := newQuay(t)
	shots := shotFolder(t)
	look := func(name string, at ...screen) {
		t.Helper()
		address := run(b, chromedp.Evaluate[string]("location.href"))
		for _, s := range at {
			b.visit(address, s)
			checkPage(t, b, q.url)
			checkAxe(t, b, axe)
			b.shoot(filepath.Join(shots, "reader-"+name+"-"+s.name+".png"))
		}
	}
	click := func(selector string) {
		t.Helper()
		b.must(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(selector))))
	}
	b.visit(q.url+"/sign-in", screens[0])
	look("sign-in", screens...)
	b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS("#signin-email"), ana)))
	b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS("#signin-name"), "Ana")))
	click("main form button")
	b.becomes("main [role=status]", "If the address is right, a mail with a link is on its way. The link works once, within an hour.")
	look("sent", screens[:2]...)
	b.visit(q.link(), screens[0])
	b.becomes("h1", "Sign in as "+ana+"?")
	look("link", screens[:2]...)
	click("main form button")
	b.becomes("h1", "Your page")
	b.visit(q.url+q.story.Path()+"/reply", screens[0])
	look("reply", screens...)
	b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS("#reply-text"), "Who pays for the repair ship?")))
	click("main form .strong")
	b.becomes("h1", "Your comment is published")
	b.visit(q.url+"/reader", screens[0])
	look("page", screens...)
	click("#reader-sure")
	click(`button[value=erase]`)
	b.becomes("h1", "Everything about you is deleted")
	look("erased", screens[:2]...)
	b.visit(q.endOfMails(), screens[0])
	look("unsubscribe", screens[:2]...)
	click("main form button")
	b.becomes("main [role=status]", "No more mails about answers to this comment will come.")
	look("unsubscribed", screens[:1]...)

	// What a story embeds is asked for by the reader alone.
	news := newsroom.New(q.store, newsroom.Options{})
	q.must(news.SetEmbedHosts(t.Context(), standfirst.Command(), "charts.invalid", ""))
	story, err := news.Create(t.Context(), standfirst.Command(), newsroom.Draft{Kind: standfirst.KindStory, Content: standfirst.Content{
		Headline: "Skerry Cable counts its kilometres", Body: "The lines grow.\n\n:::embed https://charts.invalid/lines/\nKilometres of line, by year\n:::\n\nThey end in the harbour.",
	}})
	q.must(err)
	published, err := news.Publish(t.Context(), standfirst.Command(), story.ID, newsroom.PublishOptions{})
	q.must(err)
	b.visit(q.url+published.Story.Path(), screens[0])
	look("embed", screens...)
	b.becomes(".embed button", "Show it here")
	click(".embed button")
	b.becomes(".embed iframe[sandbox][title='Kilometres of line, by year'][src='https://charts.invalid/lines/']", "")
}

// TestPagesOfReadersAreValid runs html-validate over the pages of those who talk.
func TestPagesOfReadersAreValid(t *testing.T) {
	q := newQuay(t)
	jar, err := cookiejar.New(nil)
	q.must(err)
	client := &http.Client{Jar: jar}
	folder := t.TempDir()
	keep := func(name string, response *http.Response, err error) {
		t.Helper()
		q.must(err)
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		q.must(err)
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s is answered with %d", name, response.StatusCode)
		}
		q.must(os.WriteFile(filepath.Join(folder, name+".html"), body, 0o600))
	}
	get := func(name, address string) {
		t.Helper()
		response, err := client.Get(address)
		keep(name, response, err)
	}
	get("sign-in", q.url+"/sign-in")
	get("sent", q.url+"/sign-in?sent=1")
	link := q.link()
	get("link", link)
	response, err := client.Post(link, "application/x-www-form-urlencoded", nil)
	keep("empty", response, err)
	end := q.endOfMails()
	response, err = client.PostForm(q.url+q.story.Path()+"/reply", map[string][]string{"text": {"Who pays?"}})
	keep("own", response, err)
	get("reply", q.url+q.story.Path()+"/reply")
	get("reader", q.url+"/reader?done=name")
	get("unsubscribe", end)
	response, err = client.PostForm(end, nil)
	keep("unsubscribed", response, err)
	get("erased", q.url+"/reader?done=erase")
	validate(t, folder)
}
