package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"standfirst/bench/measure"
)

// storedPage is one answer of the newsroom, as the bare server is given it.
type storedPage struct {
	Header http.Header
	Body   []byte
}

// client takes the bytes as they come.
var client = &http.Client{
	Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true},
	Timeout:   time.Minute,
}

// fetch asks the server for a page as the load generator does.
func fetch(ctx context.Context, address, path string) (storedPage, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+path, nil)
	if err != nil {
		return storedPage{}, err
	}
	request.Header.Set("Accept-Encoding", measure.AcceptEncoding)
	response, err := client.Do(request)
	if err != nil {
		return storedPage{}, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return storedPage{}, err
	}
	if response.StatusCode != http.StatusOK {
		return storedPage{}, fmt.Errorf("%s answered %s", request.URL, response.Status)
	}
	return storedPage{Header: response.Header, Body: body}, nil
}

// fetchAll returns the stored form of the pages, by path. Date and Connection are
// left to the server that sends them.
func fetchAll(ctx context.Context, address string, paths []string) (map[string]storedPage, error) {
	pages := make(map[string]storedPage, len(paths))
	for _, path := range paths {
		page, err := fetch(ctx, address, path)
		if err != nil {
			return nil, err
		}
		page.Header.Del("Date")
		page.Header.Del("Connection")
		page.Header.Set("Content-Length", strconv.Itoa(len(page.Body)))
		pages[path] = page
	}
	return pages, nil
}
