package akismet_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/discuss/akismet"
	"standfirst/internal/outbound"
)

var comment = akismet.Comment{
	Address: "192.0.2.7", Agent: "Lynx/2.9", Page: "https://harbour.example/2026/03/05/third-line", Answer: true, Name: "Ana & Sons", Email: "ana@readers.example",
	Text: "Is the third line insured?", Written: time.Date(2026, 3, 5, 9, 0, 0, 0, time.FixedZone("", 3600)), Language: "en",
}

// speak serves the answers of Akismet to whom has the key.
func speak(t *testing.T, answer func(w http.ResponseWriter, r *http.Request)) akismet.Service {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || !strings.HasPrefix(r.URL.Path, "/1.1/") {
			http.NotFound(w, r)
			return
		}
		if r.PostFormValue("api_key") != "berth7" {
			w.Header().Set("X-akismet-debug-help", "We were unable to parse your key")
			_, _ = w.Write([]byte("invalid"))
			return
		}
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	client := outbound.New(outbound.Options{Version: "1.4", Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	return akismet.Service{Client: client, Address: server.URL + "/1.1/", Key: "berth7", Site: "https://harbour.example"}
}

func TestCheckSaysAllOfTheComment(t *testing.T) {
	s := speak(t, func(w http.ResponseWriter, r *http.Request) {
		for name, want := range map[string]string{
			"blog": "https://harbour.example", "user_ip": "192.0.2.7", "user_agent": "Lynx/2.9", "permalink": comment.Page, "comment_type": "reply",
			"comment_author": "Ana & Sons", "comment_author_email": "ana@readers.example", "comment_content": comment.Text,
			"comment_date_gmt": "2026-03-05T08:00:00Z", "blog_lang": "en", "blog_charset": "UTF-8",
		} {
			if got := r.PostFormValue(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		if got := r.Header.Get("User-Agent"); got != "Standfirst/1.4" {
			t.Errorf("the User-Agent is %q", got)
		}
		_, _ = w.Write([]byte("false"))
	})
	if v, err := s.Check(t.Context(), comment); err != nil || v != akismet.Ham {
		t.Errorf("the verdict is %q, %v", v, err)
	}
}

func TestVerdicts(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		tip    string
		body   string
		want   akismet.Verdict
		kind   standfirst.ErrorKind
	}{
		"spam":      {200, "", "true", akismet.Spam, 0},
		"blatant":   {200, "discard", "true", akismet.Blatant, 0},
		"ham":       {200, "", "false\n", akismet.Ham, 0},
		"no answer": {200, "", "Missing required field: user_ip.", "", standfirst.Invalid},
		"a failure": {500, "", "true", "", standfirst.Unavailable},
	} {
		s := speak(t, func(w http.ResponseWriter, _ *http.Request) {
			if c.tip != "" {
				w.Header().Set("X-akismet-pro-tip", c.tip)
			}
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		})
		v, err := s.Check(t.Context(), comment)
		if v != c.want || (err == nil) != (c.want != "") || err != nil && standfirst.KindOf(err) != c.kind {
			t.Errorf("%s: the verdict is %q, %v", name, v, err)
		}
	}
}

func TestWrongKeyIsSaid(t *testing.T) {
	s := speak(t, func(http.ResponseWriter, *http.Request) { t.Error("a wrong key is let in") })
	s.Key = "berth8"
	_, err := s.Check(t.Context(), comment)
	told := s.Tell(t.Context(), comment, true)
	for _, err := range []error{err, told} {
		if err == nil || standfirst.KindOf(err) != standfirst.Invalid || !strings.Contains(err.Error(), "unable to parse your key") {
			t.Errorf("the error is %v", err)
		}
	}
}

func TestTell(t *testing.T) {
	var paths []string
	s := speak(t, func(w http.ResponseWriter, r *http.Request) {
		paths = append(paths, r.URL.Path)
		_, _ = w.Write([]byte("Thanks for making the web a better place."))
	})
	for _, spam := range []bool{true, false} {
		if err := s.Tell(t.Context(), comment, spam); err != nil {
			t.Error(err)
		}
	}
	if got := strings.Join(paths, " "); got != "/1.1/submit-spam /1.1/submit-ham" {
		t.Errorf("the calls are %s", got)
	}
}
