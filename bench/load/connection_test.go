package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"standfirst/bench/measure"
)

func TestReadResponse(t *testing.T) {
	for name, test := range map[string]struct {
		response string
		length   int64
		fails    string
	}{
		"length":  {"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello", 5, ""},
		"chunks":  {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", 5, ""},
		"neither": {"HTTP/1.1 200 OK\r\n\r\nhello", 0, "neither"},
		"404":     {"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 0, "404"},
		"cut off": {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", 0, "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			r := bufio.NewReader(strings.NewReader(test.response))
			n, err := readResponse(r)
			if test.fails != "" {
				if err == nil || !strings.Contains(err.Error(), test.fails) {
					t.Fatalf("error %v; want one with %q", err, test.fails)
				}
				return
			}
			if err != nil || n != test.length || r.Buffered() != 0 {
				t.Fatalf("length %d, %d bytes left, error %v; want %d and 0", n, r.Buffered(), err, test.length)
			}
		})
	}
}

func TestDriveCountsWhatTheServerAnswers(t *testing.T) {
	var page http.HandlerFunc = func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/gone" || r.Header.Get("Accept-Encoding") != measure.AcceptEncoding {
			w.WriteHeader(http.StatusGone)
			return
		}
		_, _ = w.Write([]byte("a page"))
	}
	server := httptest.NewServer(page)
	defer server.Close()
	task := measure.Task{
		Address: server.Listener.Addr().String(), Paths: []string{"/a", "/b", "/c"},
		Connections: 4, WarmUp: time.Millisecond, Duration: 30 * time.Millisecond,
	}
	result, err := drive(t.Context(), task)
	if err != nil {
		t.Fatal(err)
	}
	if result.Requests == 0 || result.Total < result.Requests || result.Bytes != result.Requests*int64(len("a page")) {
		t.Errorf("%+v: the requests, or the bytes of their bodies, do not add up", result)
	}
	if result.P50 <= 0 || result.P50 > result.P99 || result.P99 > result.Max || result.Rate() <= 0 {
		t.Errorf("%+v: the latencies are out of order", result)
	}
	task.Paths = []string{"/gone"}
	if _, err := drive(t.Context(), task); err == nil || !strings.Contains(err.Error(), "410") {
		t.Errorf("a page that is gone gives error %v; want one that says 410", err)
	}
}

func TestDriveSendsComments(t *testing.T) {
	var mu sync.Mutex
	kept := make(map[string]string) // by page, what it shows
	guestsSeen := make(map[string]bool)
	page := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if path, ok := strings.CutSuffix(r.URL.Path, "/reply"); ok {
			guestsSeen[r.PostFormValue("email")+" "+r.Header.Get("X-Forwarded-For")] = true
			number := strconv.Itoa(len(guestsSeen))
			if path != "/forgetful" {
				kept[path] += `<article id="comment-` + number + `">`
			}
			w.Header().Set("Location", "/comment/"+number+"/key")
			w.WriteHeader(http.StatusSeeOther)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		_, _ = packed.Write([]byte(kept[r.URL.Path]))
		_ = packed.Close()
	})
	server := httptest.NewServer(page)
	defer server.Close()
	task := measure.Task{
		Address: server.Listener.Addr().String(), Paths: []string{"/a", "/b"}, Connections: 3, Duration: 30 * time.Millisecond,
		Post: &measure.Post{Below: "/reply", First: 7, Look: true},
	}
	result, err := drive(t.Context(), task)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Sent) != int(result.Total) || len(guestsSeen) != len(result.Sent) || result.Requests == 0 {
		t.Errorf("%d requests, %d comments acknowledged, %d guests", result.Total, len(result.Sent), len(guestsSeen))
	}
	task.Paths = []string{"/forgetful"}
	if _, err := drive(t.Context(), task); !errors.Is(err, errNotThere) {
		t.Errorf("a page without the comment gives error %v", err)
	}
}
