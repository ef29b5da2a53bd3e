package desk

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
)

// pngOf returns a picture that is another one for each number.
func pngOf(t testing.TB, n uint8) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 40, 30))
	m.SetRGBA(int(n), 0, color.RGBA{n, 90, 90, 255})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// addPicture stores a picture of the reporter and returns its page.
func (r *storyRoom) addPicture(n uint8) string {
	r.t.Helper()
	p, err := r.media.Add(r.t.Context(), r.actor(standfirst.Reporter), "quay.png", bytes.NewReader(pngOf(r.t, n)))
	r.must(err)
	return picturePath(p.ID)
}

// sentFile is one file of a form.
type sentFile struct {
	name string
	body []byte
	more int64 // zeros after the body
}

// zeros is an endless file.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// send uploads the files as the member.
func (r *storyRoom) send(name standfirst.Role, path, accept string, files ...sentFile) *httptest.ResponseRecorder {
	r.t.Helper()
	body, sent := io.Pipe()
	defer body.Close()
	form := multipart.NewWriter(sent)
	go func() { // until the desk reads no more
		for _, f := range files {
			part, err := form.CreateFormFile("files", f.name)
			if err == nil {
				_, err = io.Copy(part, io.MultiReader(bytes.NewReader(f.body), io.LimitReader(zeros{}, f.more)))
			}
			if err != nil {
				return
			}
		}
		_ = sent.CloseWithError(form.Close())
	}()
	q := httptest.NewRequest(http.MethodPost, "http://127.0.0.1"+path, body)
	q.URL.Scheme, q.URL.Host, q.RemoteAddr = "", "", "127.0.0.1:40404"
	q.Header.Set("Content-Type", form.FormDataContentType())
	q.Header.Set("Accept", accept)
	q.AddCookie(r.cookie(name))
	w := httptest.NewRecorder()
	r.desk.ServeHTTP(w, q)
	return w
}

func TestUpload(t *testing.T) {
	r := newStoryRoom(t)
	quay, crane := sentFile{`C:\phone\quay.png`, pngOf(t, 1), 0}, sentFile{"crane.png", pngOf(t, 2), 0}
	notes, large := sentFile{"notes.txt", []byte("Harrow Tin rose."), 0}, sentFile{"film.jpg", nil, standfirst.MaxPictureBytes + 1}
	many := make([]sentFile, maxFiles+1)
	for i := range many {
		many[i] = sentFile{"quay.png", quay.body, 0}
	}
	for _, c := range []struct {
		name     string
		who      standfirst.Role
		files    []sentFile
		status   int
		location string
		words    []string
	}{
		{"one", standfirst.Contributor, []sentFile{quay}, 303, "/desk/media/1?done=added", nil},
		{"several", standfirst.Reporter, []sentFile{quay, crane}, 303, "/desk/media?added=2&story=" + r.id.String(), nil},
		{"some", standfirst.Reporter, []sentFile{notes, crane}, 200, "", []string{"Pictures added: 1.", "notes.txt", "is a text", "quay.png"}},
		{"too large, and another", standfirst.Reporter, []sentFile{large, crane}, 200, "", []string{"film.jpg", "is larger than 25 MB"}},
		{"no picture", standfirst.Reporter, []sentFile{notes}, 422, "", []string{"notes.txt"}},
		{"too large", standfirst.Reporter, []sentFile{large}, 413, "", []string{"is larger than 25 MB"}},
		{"too many", standfirst.Reporter, many, 200, "", []string{"20 pictures are taken at a time"}},
		{"none", standfirst.Reporter, []sentFile{{"", nil, 0}}, 422, "", []string{"choose one first"}},
		{"a moderator", standfirst.Moderator, []sentFile{quay}, 403, "", nil},
	} {
		path := mediaPath
		if c.location != "" {
			path += "?story=" + r.id.String() // which the contributor may not change
		}
		w := r.send(c.who, path, "text/html", c.files...)
		if w.Code != c.status || w.Header().Get("Location") != c.location {
			t.Errorf("%s: %d to %q, want %d to %q\n%s", c.name, w.Code, w.Header().Get("Location"), c.status, c.location, w.Body)
		}
		for _, words := range c.words {
			if !strings.Contains(w.Body.String(), words) {
				t.Errorf("%s: the page does not say %q:\n%s", c.name, words, w.Body)
			}
		}
	}
	w := r.send(standfirst.Reporter, mediaPath, "application/json", crane, notes)
	var answer uploadAnswer
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != 200 || len(answer.Pictures) != 1 || len(answer.Failures) != 1 || answer.Error != "" ||
		answer.Pictures[0].Address != "picture:2" || answer.Pictures[0].File == "" || !answer.Pictures[0].Mine || answer.Failures[0].Name != "notes.txt" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := r.send(standfirst.Reporter, mediaPath, "application/json", notes); w.Code != 422 || !strings.Contains(w.Body.String(), `{"error":"\"notes.txt\" `) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestUploadIsBounded holds that a form that is too long is told so, and that nothing that
// came before is lost.
func TestUploadIsBounded(t *testing.T) {
	r := newStoryRoom(t)
	w := r.send(standfirst.Reporter, mediaPath, "text/html",
		sentFile{"quay.png", pngOf(t, 1), 0}, sentFile{"film.mov", nil, maxUpload / 2}, sentFile{"film2.mov", nil, maxUpload / 2})
	for _, words := range []string{"Pictures added: 1.", "film.mov", "The files together are larger than 501 MB"} {
		if !strings.Contains(w.Body.String(), words) {
			t.Errorf("%d: the page does not say %q:\n%s", w.Code, words, w.Body)
		}
	}
}

func TestPicturePages(t *testing.T) {
	r := newStoryRoom(t)
	page := r.addPicture(1)
	holds := func(who standfirst.Role, path string, has bool, words ...string) {
		t.Helper()
		w := r.ask(who, path, nil)
		for _, word := range words {
			if strings.Contains(w.Body.String(), word) != has {
				t.Errorf("%s for %s: %d, has %q: %v\n%s", path, who, w.Code, word, !has, w.Body)
			}
		}
	}
	holds(standfirst.Reporter, mediaPath, true, `href="/desk/media/1"`, "No description yet", "quay.png")
	holds(standfirst.Moderator, mediaPath, false, "quay.png")
	holds(standfirst.Contributor, page, true, "Only who added the picture", "readonly", "No story uses it yet")
	holds(standfirst.Contributor, page, false, "Delete this picture")
	holds(standfirst.Editor, page, true, "Delete this picture", "![](picture:1)")
	holds(standfirst.Reporter, mediaPath+"?q=ferry", true, "No picture fits")
	holds(standfirst.Reporter, mediaPath+"?before=x", true, "no such page")
	holds(standfirst.Reporter, mediaPath+"?story="+r.id.String(), true, "Open the picture that you want for", `href="/desk/media/1?story=`+r.id.String()+`"`)
	holds(standfirst.Contributor, mediaPath+"?story="+r.id.String(), false, "Open the picture that you want for")

	words := url.Values{"alt": {"A [quay]"}, "caption": {"The quay"}, "credit": {"Jo Maas"}, "licence": {"CC BY 4.0"}, "focus-x": {"20"}, "focus-y": {"half"}}
	w := r.ask(standfirst.Reporter, page, words)
	if w.Code != 422 || !strings.Contains(w.Body.String(), `value="half"`) || !strings.Contains(w.Body.String(), "CC BY 4.0") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	words.Set("focus-y", "80")
	if w := r.ask(standfirst.Reporter, page+"?story="+r.id.String(), words); w.Code != 303 || w.Header().Get("Location") != page+"?done=saved&story="+r.id.String() {
		t.Errorf("%d to %s: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	holds(standfirst.Reporter, page+"?done=saved", true, "Saved.", `![A \[quay\]](picture:1)`, "Credit: Jo Maas", `value="80"`)

	choose := url.Values{"story": {r.id.String()}, "use": {"lead"}}
	if w := r.ask(standfirst.Reporter, page+"/choose", choose); w.Code != 303 || w.Header().Get("Location") != r.path+"?done=picture#details" {
		t.Errorf("%d to %s: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	if got := r.work().Content.Picture; got == nil || *got != (standfirst.LeadPicture{ID: 1, Alt: "A [quay]", Caption: "The quay", Credit: "Jo Maas"}) {
		t.Errorf("%+v", got)
	}
	holds(standfirst.Reporter, page, true, "In the draft", "It can be deleted when nothing uses it")
	if w := r.ask(standfirst.Reporter, page+"/delete", url.Values{}); w.Code != 409 || !strings.Contains(w.Body.String(), "uses picture 1") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	// A form without words takes those of the library; a script's is meant.
	f := r.form("picture", "1", "social-picture", "1")
	if w := r.ask(standfirst.Reporter, r.path, f); w.Code != 303 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if c := r.work().Content; c.Picture.Credit != "Jo Maas" || c.Social.Alt != "A [quay]" {
		t.Errorf("%+v", c)
	}
	if w := r.ask(standfirst.Reporter, r.path, r.form("do", "pictures")); w.Header().Get("Location") != mediaPath+"?story="+r.id.String() {
		t.Errorf("%d to %s", w.Code, w.Header().Get("Location"))
	}
	holds(standfirst.Reporter, r.path, false, "has no description")
	if w := r.ask(standfirst.Reporter, r.path, r.form("body", roundBody+"\n\n![](picture:1)")); w.Code != 303 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	holds(standfirst.Reporter, r.path, true, "Picture 1 in the text has no description")
	holds(standfirst.Editor, r.path+"/publish", true, "Picture 1 in the text has no description")
	if w := r.ask(standfirst.Reporter, r.path, r.form("body", roundBody)); w.Code != 303 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := r.ask(standfirst.Reporter, page+"/delete", url.Values{}); w.Code != 303 || w.Header().Get("Location") != mediaPath+"?done=deleted" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	holds(standfirst.Reporter, page, true, "no picture 1")
}

// TestPictureLists holds that lists of pictures and of their uses go on where they stop.
func TestPictureLists(t *testing.T) {
	r := newStoryRoom(t)
	for n := range uint8(mediaLength + 1) {
		r.addPicture(n + 1)
	}
	first := r.ask(standfirst.Reporter, mediaPath+"?mine=1", nil).Body.String()
	if !strings.Contains(first, `href="/desk/media?before=2&amp;mine=1"`) || strings.Contains(first, `href="/desk/media/1"`) {
		t.Error(first)
	}
	if second := r.ask(standfirst.Reporter, mediaPath+"?mine=1&before=2", nil).Body.String(); !strings.Contains(second, `href="/desk/media/1"`) || strings.Contains(second, "Older pictures") {
		t.Error(second)
	}
	for range usesLength + 1 {
		_, err := r.news.Create(t.Context(), r.actor(standfirst.Reporter), newsroom.Draft{Content: standfirst.Content{Headline: "Northwind buys a pier", Body: "![A quay](picture:1)"}})
		r.must(err)
	}
	uses := func(path string) int {
		return strings.Count(r.ask(standfirst.Reporter, path, nil).Body.String(), "Northwind buys a pier")
	}
	var before standfirst.StoryID
	r.must(r.store.View(t.Context(), func(tx *store.ReadTx) error {
		list, err := tx.PictureUses(1, 0, usesLength)
		before = list[usesLength-1].Story
		return err
	}))
	if a, b := uses("/desk/media/1"), uses("/desk/media/1?before="+before.String()); a != usesLength || b != 1 {
		t.Errorf("%d and %d uses", a, b)
	}
}

// TestPictureOfAnAuthor chooses a picture for an author, and finds it among what uses it.
func TestPictureOfAnAuthor(t *testing.T) {
	r := newStoryRoom(t)
	_, err := r.news.Publish(t.Context(), standfirst.Command(), r.id, newsroom.PublishOptions{})
	r.must(err)
	picture := r.addPicture(1)
	page := r.see(standfirst.Editor, "/desk/author/1")
	has(t, page, `<option value="1">`, "No picture")
	w := r.ask(standfirst.Editor, "/desk/author/1", url.Values{"role": {"Editor"}, "picture": {"1"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	has(t, r.see(standfirst.Editor, "/desk/author/1"), `<option value="1" selected>`, `class="portrait"`)
	has(t, r.see(standfirst.Editor, picture), "the author’s picture", `href="/desk/author/1"`)
	w = r.ask(standfirst.Editor, picture+"/delete", url.Values{})
	if w.Code != http.StatusConflict && w.Code != http.StatusUnprocessableEntity {
		t.Errorf("deleting it answers %d", w.Code)
	}
	has(t, w.Body.String(), "is that of the author")
}
