package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestOpenStreamStaysOpen(t *testing.T) {
	left := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/story/live" || r.Header.Get("X-Forwarded-For") != "2001:db8::7" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = io.WriteString(w, ":\n\n")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
		close(left)
	}))
	defer server.Close()
	address := server.Listener.Addr().String()
	there, err := hasStream(context.Background(), address, "/nowhere/live")
	if err != nil || there {
		t.Errorf("an address without streams has one: %v, %v", there, err)
	}
	c, status, err := openStream(t.Context(), address, "/story/live", "2001:db8::7")
	if err != nil || status != http.StatusOK {
		t.Fatalf("status %d, error %v", status, err)
	}
	select {
	case <-left:
		t.Error("the stream ended by itself")
	default:
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	<-left
}
