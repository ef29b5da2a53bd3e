// Command bare is the server that the newsroom is compared with: net/http alone,
// writing stored bytes. It has no routing but a map, no logs, no limits and no
// negotiation: the pages it is given are already in the encoding that the load
// generator asks for. It imports nothing of the project.
//
//	bare PAGES.json
//
// The file holds, by path, the headers and the body (base64) of each page. The
// address in use is printed as the newsroom prints its own.
package main

import (
	"encoding/json"
	"fmt"
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
	if len(args) != 1 {
		return fmt.Errorf("usage: bare PAGES.json")
	}
	encoded, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var pages map[string]page
	if err := json.Unmarshal(encoded, &pages); err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("listening on http://%s\n", listener.Addr())
	server := http.Server{Handler: handler(pages)}
	return server.Serve(listener)
}

// handler answers with the stored page of the path.
func handler(pages map[string]page) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, ok := pages[r.URL.Path]
		if !ok {
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
