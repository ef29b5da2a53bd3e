package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"standfirst/bench/guests"
	"standfirst/bench/measure"
)

// post sends comments to the stories in turn, beginning with the first, until the end,
// and until at least one is recorded. Each must be answered by the way to it.
func (t *tally) post(ctx context.Context, task measure.Task, guest *atomic.Int64, first int, record, end time.Time) error {
	conn, r, hangUp, err := dial(ctx, task.Address)
	if err != nil {
		return err
	}
	defer hangUp()
	var page bytes.Buffer
	for next := first; time.Now().Before(end) || t.latencies.Total() == 0; next = (next + 1) % len(task.Paths) {
		path, number := task.Paths[next], guest.Add(1)-1
		form := form(task.Address, path+task.Post.Below, number)
		begin := time.Now()
		if _, err := conn.Write(form); err != nil {
			return err
		}
		h, err := readHead(r, "303 ")
		if err == nil {
			_, err = readBody(r, h, io.Discard)
		}
		if err != nil {
			return fmt.Errorf("guest %d at %s%s: %w", number, task.Address, path, err)
		}
		t.total++
		t.sent = append(t.sent, measure.Sent{Guest: number, Path: path, Location: h.location})
		if task.Post.Look {
			begin = time.Now()
			if _, err := conn.Write(gzipped(task.Address, path)); err != nil {
				return err
			}
			if h, err = readHead(r, "200 "); err != nil {
				return fmt.Errorf("%s%s: %w", task.Address, path, err)
			}
			page.Reset()
			if _, err := readBody(r, h, &page); err != nil {
				return err
			}
		}
		if took := time.Since(begin); !begin.Before(record) {
			t.latencies.Record(took)
			t.bytes += int64(page.Len())
		}
		if task.Post.Look {
			if err := has(&page, t.sent[len(t.sent)-1]); err != nil {
				return err
			}
		}
	}
	return nil
}

// form returns the bytes of a browser's request that sends the comment of the guest, as
// a proxy hands it on.
func form(address, path string, number int64) []byte {
	g := guests.Of(number)
	body := url.Values{
		"name": {g.Name}, "email": {g.Email}, "text": {g.Text}, "to": {""}, "website": {""},
		"opened": {strconv.FormatInt(time.Now().Add(-time.Minute).Unix(), 10)},
	}.Encode()
	return []byte("POST " + path + " HTTP/1.1\r\n" +
		"Host: " + address + "\r\n" +
		"User-Agent: standfirst-bench\r\n" +
		"Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\n" +
		"Accept-Encoding: " + measure.AcceptEncoding + "\r\n" +
		"Accept-Language: en\r\n" +
		"Sec-Fetch-Site: same-origin\r\n" +
		"X-Forwarded-For: " + g.Address + "\r\n" +
		"Content-Type: application/x-www-form-urlencoded\r\n" +
		"Content-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body)
}

// gzipped asks for the page in an encoding that can be read here.
func gzipped(address, path string) []byte {
	return bytes.Replace(request(address, path), []byte(measure.AcceptEncoding), []byte("gzip"), 1)
}

var errNotThere = errors.New("the comment was acknowledged, but the page that was asked for next does not have it")

// has returns an error unless the page has the comment.
func has(page *bytes.Buffer, sent measure.Sent) error {
	unpacked, err := gzip.NewReader(page)
	if err != nil {
		return fmt.Errorf("%s: %w", sent.Path, err)
	}
	text, err := io.ReadAll(unpacked)
	if err != nil {
		return fmt.Errorf("%s: %w", sent.Path, err)
	}
	number, _, _ := strings.Cut(strings.TrimPrefix(sent.Location, "/comment/"), "/")
	if !bytes.Contains(text, []byte(`id="comment-`+number+`"`)) {
		return fmt.Errorf("%s, guest %d, %s: %w", sent.Path, sent.Guest, sent.Location, errNotThere)
	}
	return nil
}
