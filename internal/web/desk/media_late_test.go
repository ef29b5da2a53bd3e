package desk

import (
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"standfirst"
)

// TestUploadTime sends a picture and then one that never ends, and is answered once the time
// for an upload is up, with what was taken.
func TestUploadTime(t *testing.T) {
	r := newStoryRoom(t)
	r.desk.uploadTime = 2 * time.Second
	server := httptest.NewServer(r.desk)
	defer server.Close()
	body, sent := io.Pipe()
	defer body.Close()
	form := multipart.NewWriter(sent)
	go func() {
		part, err := form.CreateFormFile("files", "quay.png")
		if err == nil {
			_, err = part.Write(pngOf(t, 1))
		}
		if err == nil {
			_, _ = form.CreateFormFile("files", "slow.png") // and not a byte of it
		}
	}()
	q, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+mediaPath, body)
	r.must(err)
	q.Header.Set("Content-Type", form.FormDataContentType())
	q.Header.Set("Accept", "application/json")
	q.AddCookie(r.cookie(standfirst.Reporter))
	w, err := server.Client().Do(q)
	r.must(err)
	defer w.Body.Close()
	var answer uploadAnswer
	if err := json.NewDecoder(w.Body).Decode(&answer); err != nil || w.StatusCode != http.StatusOK || len(answer.Pictures) != 1 || len(answer.Failures) != 1 ||
		!strings.Contains(answer.Failures[0].Text, "stood still for too long") {
		t.Errorf("%d %+v: %v", w.StatusCode, answer, err)
	}
}

func TestUploadStatus(t *testing.T) {
	large, busy, wrong := uploadFailure{kind: standfirst.TooLarge}, uploadFailure{kind: standfirst.Unavailable}, uploadFailure{kind: standfirst.Invalid}
	for _, c := range []struct {
		taken    int
		failures []uploadFailure
		want     int
	}{
		{1, nil, 200}, {1, []uploadFailure{busy}, 200}, {0, []uploadFailure{large, busy}, 503}, {0, []uploadFailure{large, wrong}, 422}, {0, []uploadFailure{large}, 413},
	} {
		if got := uploadStatus(c.taken, c.failures); got != c.want {
			t.Errorf("%d taken, %v: %d, want %d", c.taken, c.failures, got, c.want)
		}
	}
}
