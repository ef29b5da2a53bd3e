package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"standfirst"
)

// Limits on what is fetched: the other side may be anybody.
const (
	maxRedirects = 5
	maxRequests  = 5000
	maxInAll     = 1 << 30
	requestTime  = 30 * time.Second

	maxPage   = 16 << 20
	maxData   = 32 << 20
	maxProof  = 256 << 10
	maxSigned = 16 << 10
	maxTile   = 256 * 32
	maxBundle = 256 * (2 + 1<<16)
)

// Source is where a site, or an exported record, is read.
type Source interface {
	// Get returns what is at the path, of at most that many bytes.
	Get(ctx context.Context, path string, most int64) ([]byte, error)
}

// Web reads a site.
type Web struct {
	base   *url.URL // scheme and host
	client *http.Client
	asked  int
	got    int64
}

// NewWeb returns the source of the site that the address is of.
func NewWeb(address string) (*Web, *url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, nil, standfirst.Errorf(standfirst.Invalid, "%q is no address of a page; write it as https://news.example/2026/03/05/story", address)
	}
	w := &Web{base: &url.URL{Scheme: u.Scheme, Host: u.Host}}
	w.client = &http.Client{Timeout: requestTime, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects || r.URL.Host != u.Host {
			return fmt.Errorf("it leads away to %s", r.URL.Host)
		}
		return nil
	}}
	return w, u, nil
}

// Get implements [Source].
func (w *Web) Get(ctx context.Context, path string, most int64) ([]byte, error) {
	if w.asked++; w.asked > maxRequests {
		return nil, standfirst.Errorf(standfirst.TooLarge, "the check needs more than %d requests", maxRequests)
	}
	address := w.base.String() + path
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, standfirst.WrapError(standfirst.Invalid, err, "%s is no address", address)
	}
	r.Header.Set("User-Agent", "standfirst record verify")
	response, err := w.client.Do(r)
	if err != nil {
		return nil, standfirst.WrapError(standfirst.Unavailable, err, "%s cannot be fetched: %v", address, err)
	}
	defer response.Body.Close()
	switch {
	case response.StatusCode/100 == 2:
	case response.StatusCode == 410:
		return nil, standfirst.Errorf(standfirst.Gone, "%s answers that what stood there has been taken down", address)
	case response.StatusCode == 404:
		return nil, standfirst.Errorf(standfirst.NotFound, "%s answers that there is nothing", address)
	default:
		return nil, standfirst.Errorf(standfirst.Unavailable, "%s answers %s", address, response.Status)
	}
	b, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	if w.got += int64(len(b)); err == nil && (int64(len(b)) > most || w.got > maxInAll) {
		err = standfirst.Errorf(standfirst.TooLarge, "%s is larger than it may be", address)
	}
	return b, err
}

// Requests returns how many there were.
func (w *Web) Requests() int { return w.asked }

// Folder reads a record that was exported into a folder, as if it stood below /record/.
// What is served below /record/2/ of a later epoch stands in the folder itself, unless
// that has a folder 2, as a mirror of a site has.
type Folder string

// Get implements [Source].
func (f Folder) Get(_ context.Context, path string, most int64) ([]byte, error) {
	name := strings.TrimPrefix(path, recordPrefix)
	if epoch, rest, ok := strings.Cut(name, "/"); ok && isNumber(epoch) {
		if _, err := os.Stat(filepath.Join(string(f), epoch)); errors.Is(err, fs.ErrNotExist) {
			name = rest
		}
	}
	name = filepath.FromSlash(name)
	if !filepath.IsLocal(name) {
		return nil, standfirst.Errorf(standfirst.NotFound, "there is no file %s", path)
	}
	file, err := os.Open(filepath.Join(string(f), name))
	if err != nil {
		return nil, standfirst.WrapError(standfirst.NotFound, err, "there is no file %s in %s", name, string(f))
	}
	defer file.Close()
	b, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(b)) > most {
		err = standfirst.Errorf(standfirst.TooLarge, "%s is larger than it may be", name)
	}
	return b, err
}

// isNumber reports whether the text is a number as addresses write it.
func isNumber(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && strconv.Itoa(n) == text
}
