package browsertest

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"standfirst"
	"standfirst/internal/discuss"
	"standfirst/internal/newsroom"
)

// talkedAbout publishes a story with a comment that was picked and one that was not, and a
// voice of the desk's own. It returns the story, the address in the mail and the comment
// that can be picked.
func (o *office) talkedAbout() (story standfirst.Story, address string, comment standfirst.CommentID) {
	o.t.Helper()
	ctx, news := o.t.Context(), newsroom.New(o.store, newsroom.Options{})
	published, err := news.CreateAndPublish(ctx, standfirst.Command(), newsroom.Draft{Content: standfirst.Content{
		Headline: "Northwind lets planners go", Body: "Northwind has 1,200 planners.",
	}})
	o.must(err)
	o.must(o.talk.SetSettings(ctx, standfirst.Command(), standfirst.PublicationScope, standfirst.Discussion{Mode: standfirst.ModeOpen}, ""))
	say := func(name, from string) standfirst.CommentID {
		posted, err := o.talk.Post(ctx, discuss.Posting{
			Story: published.ID, Name: name, Email: name + "@readers.example", Address: from, Text: "The planners knew who would take a Monday in Calais, says " + name + ".",
		})
		o.must(err)
		return posted.Comment.ID
	}
	first, second := say("dana", "192.0.2.1"), say("erik", "192.0.2.77")
	asked, err := o.talk.Pick(ctx, standfirst.Command(), discuss.Pick{Comment: first, Domain: "readers.example", Site: o.url, Voice: standfirst.Voice{
		Text: "The planners knew who would take a Monday in Calais", Speaker: standfirst.Speaker{Name: "dana", Role: "Booker", Affiliation: "Quay Haulage"},
		Disclosure: "booked lorries for Northwind",
	}})
	o.must(err)
	key, err := o.talk.VoiceKey(ctx, asked.ID)
	o.must(err)
	_, err = news.AddVoice(ctx, standfirst.Command(), newsroom.DeskVoice{Story: published.ID, Source: standfirst.VoiceInterview, Voice: standfirst.Voice{
		Text: "It is a pity.", Speaker: standfirst.Speaker{Name: "Ada Bray", Role: "Professor"},
	}})
	o.must(err)
	return published.Story, discuss.VoicePath(asked.ID, key), second
}

// TestVoicePages looks at every page of voices, and goes the way of a writer by forms alone.
func TestVoicePages(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	axe := readTool(t, "axe-core/axe.min.js")
	o := newOffice(t)
	story, address, comment := o.talkedAbout()
	shots := shotFolder(t)
	look := func(name, address string) {
		t.Helper()
		for _, s := range screens {
			b.visit(address, s)
			checkPage(t, b, o.url)
			checkAxe(t, b, axe)
			b.shoot(filepath.Join(shots, "voice-"+name+"-"+s.name+".png"))
		}
	}
	o.signIn(b, screens[0])
	look("list", o.url+"/desk/voices")
	look("asked", o.url+"/desk/voices/1")
	look("placed", o.url+"/desk/voices/2")
	look("pick", o.url+"/desk/voices/new?comment="+comment.String())
	look("new", o.url+"/desk/voices/new?story="+story.ID.String())
	look("mailed", o.url+address)
	b.must(chromedp.Do(b.ctx, chromedp.SendKeys(chromedp.CSS("#voice-name"), " Ferris"), chromedp.Click(chromedp.CSS(`button[value="agree"]`))))
	b.becomes("h1", "Thank you. You agreed")
	look("agreed", o.url+address)
	look("story", o.url+story.Path())
}

// TestVoicePagesAreValid runs html-validate over the pages of voices.
func TestVoicePagesAreValid(t *testing.T) {
	o := newOffice(t)
	story, address, comment := o.talkedAbout()
	jar, err := cookiejar.New(nil)
	o.must(err)
	client := &http.Client{Jar: jar}
	folder := t.TempDir()
	save := func(name string, response *http.Response, err error) {
		t.Helper()
		o.must(err)
		body, err := io.ReadAll(response.Body)
		o.must(err)
		o.must(response.Body.Close())
		o.must(os.WriteFile(filepath.Join(folder, name+".html"), body, 0o600))
	}
	response, err := client.PostForm(o.link(), url.Values{"password": {password}})
	save("home", response, err)
	for name, path := range map[string]string{
		"list": "/desk/voices", "asked": "/desk/voices/1", "placed": "/desk/voices/2", "pick": "/desk/voices/new?comment=" + comment.String(),
		"new": "/desk/voices/new?story=" + story.ID.String(), "mailed": address, "story": story.Path(),
	} {
		response, err := client.Get(o.url + path)
		save(name, response, err)
	}
	response, err = client.PostForm(o.url+"/desk/voices", url.Values{"comment": {comment.String()}, "words": {`"><b>other words`}, "name": {"x"}})
	save("refused", response, err)
	response, err = client.PostForm(o.url+address, url.Values{"do": {"preview"}, "name": {"Dana, Minister"}})
	save("preview", response, err)
	response, err = client.PostForm(o.url+address, url.Values{"do": {"decline"}})
	save("declined", response, err)
	validate(t, folder)
}
