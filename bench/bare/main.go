// Command bare is the server that the newsroom is compared with: net/http alone,
// writing stored bytes. It has no routing but a map, no logs, no limits and no
// negotiation: the pages it is given are already in the encoding that the load
// generator asks for. It imports nothing of the project.
//
//	bare PAGES.json [COMMENTS]
//
// The first file holds, by path, the headers and the body (base64) of each page. What
// forms bring is appended to the second, and is on disk before it is answered. Whoever
// asks for an event stream is held for as long as they like. The address in use is
// printed as the newsroom prints its own.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
)

// page is one stored answer.
type page struct {
	Header http.Header
	Body   []byte
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "bare: %v\n", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 1 || len(args) > 2 {
		return fmt.Errorf("usage: bare PAGES.json [COMMENTS]")
	}
	encoded, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var pages map[string]page
	if err := json.Unmarshal(encoded, &pages); err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	forms := http.NotFoundHandler()
	if len(args) == 2 {
		if forms, err = openBook(args[1]); err != nil {
			return err
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("listening on http://%s\n", listener.Addr())
	server := http.Server{Handler: handler(pages, forms)}
	return server.Serve(listener)
}

// handler answers with the stored page of the path, and leaves forms to the other.
func handler(pages map[string]page, forms http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, ok := pages[r.URL.Path]
		switch {
		case ok:
		case r.Method == http.MethodPost:
			forms.ServeHTTP(w, r)
			return
		case r.Header.Get("Accept") == streamType:
			hold(w, r)
			return
		default:
			w.WriteHeader(http.StatusNotFound)
			return
		}
		header := w.Header()
		for name, values := range p.Header {
			header[name] = values
		}
		_, _ = w.Write(p.Body)
	})
}

const streamType = "text/event-stream"

// hold keeps a stream open until its reader leaves.
func hold(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", streamType)
	_, _ = io.WriteString(w, ":\n\n")
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}
