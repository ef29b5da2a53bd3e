package main

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
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
