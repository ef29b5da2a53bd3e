package main

import (
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strconv"
)

// maxGroup is how many lines share a sync at most.
const maxGroup = 256

// book appends lines to one file. Lines that wait while others are synced to disk are
// written, and synced, together.
type book struct {
	file  *os.File
	queue chan entry
}

type entry struct {
	line []byte
	done chan error
}

func openBook(name string) (*book, error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	b := &book{file: file, queue: make(chan entry, maxGroup)}
	go b.write()
	return b, nil
}

// write writes what waits, again and again.
func (b *book) write() {
	var group []entry
	var lines []byte
	for first := range b.queue {
		group, lines = append(group[:0], first), append(lines[:0], first.line...)
		for yielded := false; len(group) < maxGroup && !(yielded && len(b.queue) == 0); {
			if len(b.queue) == 0 {
				runtime.Gosched() // whoever was just answered is about to come back
				yielded = true
				continue
			}
			e := <-b.queue
			group, lines, yielded = append(group, e), append(lines, e.line...), false
		}
		_, err := b.file.Write(lines)
		if err == nil {
			err = b.file.Sync()
		}
		for _, e := range group {
			e.done <- err
		}
	}
}

// ServeHTTP takes a comment and sends its writer to where it would stand.
func (b *book) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	f := r.PostForm
	line := fmt.Appendf(nil, "%s\t%s\t%s\t%s\n", r.URL.Path, f.Get("name"), f.Get("email"), strconv.Quote(f.Get("text")))
	e := entry{line: line, done: make(chan error, 1)}
	b.queue <- e
	if err := <-e.done; err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Location", r.URL.Path)
	w.WriteHeader(http.StatusSeeOther)
}
