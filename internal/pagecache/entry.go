package pagecache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"standfirst"
)

const (
	// minCompressed is the size in bytes below which a page is sent plain: with its
	// frame the compressed form would hardly be smaller, and either fits a packet.
	minCompressed = 256
	// maxCacheTag bounds the Cache-Tag header in bytes. Networks that read it take
	// 8 to 16 kB for all headers together.
	maxCacheTag = 4096
	// entryOverhead and tagOverhead are about what an entry takes beside its bytes.
	entryOverhead = 1536
	tagOverhead   = 128
)

// Header values that are the same for every page. The header map of an answer is
// given these slices themselves, so that serving a kept page allocates nothing;
// their capacity is their length, so that an append elsewhere makes a copy.
var (
	varyValue       = []string{"Accept-Encoding"}
	encodingHeaders = [encodingCount][]string{
		gzipped: {encodingNames[gzipped]}, brotlied: {encodingNames[brotlied]}, zstandard: {encodingNames[zstandard]},
	}
)

// Entry is a rendered page, ready to be served any number of times, by many
// goroutines at once. Its methods do not change what it says.
type Entry struct {
	// dropped is set once the entry must not be given to anybody who asks.
	dropped atomic.Bool
	settled atomic.Bool // the second of modified is over
	status  int
	body    []byte
	forms   [encodingCount]atomic.Pointer[form]

	// The values of headers. Where many pages are kept, what one of them holds is in no
	// processor cache, and each place in memory that is looked at costs: so the values
	// stand in the entry itself, their texts in one piece, and those that pages have in
	// common are held once.
	contentType  []string
	cacheControl []string
	policy       []string  // nil unless the page has one of its own
	links        []string  // the header Link; nil for none
	cacheTag     [1]string // empty if it carries no tags
	lastModified [1]string // empty if modified is not known
	etags        [encodingCount]string

	modified time.Time    // to the second; zero if not known
	until    time.Time    // when it is true no longer; zero for never
	weight   atomic.Int64 // bytes held: body, forms made so far, headers and bookkeeping
	key      string
	tags     []standfirst.Tag
	began    uint64 // how many drops there had been when its render began
	cache    *Cache
	making   [encodingCount]sync.Mutex
}

// form is the page in one encoding.
type form struct {
	body   []byte
	length [1]string // Content-Length
}

func newForm(body []byte) *form { return &form{body: body, length: [1]string{strconv.Itoa(len(body))}} }

// newEntry makes an entry of a rendered page.
func newEntry(c *Cache, key string, began uint64, p Page) *Entry {
	if cap(p.Body) > len(p.Body)+len(p.Body)/8 { // a grown buffer: hold what is counted, no more
		p.Body = bytes.Clone(p.Body)
	}
	e := &Entry{
		key: key, tags: p.Tags, began: began, status: p.Status, body: p.Body, cache: c, until: p.Until,
		contentType: c.headers.value(p.ContentType), cacheControl: c.headers.value(p.CacheControl),
	}
	if e.status == 0 {
		e.status = http.StatusOK
	}
	if p.CacheControl == "" {
		e.cacheControl = c.headers.value("no-cache")
	}
	if !p.LastModified.IsZero() {
		e.modified = p.LastModified.UTC().Truncate(time.Second)
	}
	if p.Policy != "" {
		e.policy = c.headers.value(p.Policy)
	}
	if p.Links != "" {
		e.links = []string{p.Links}
	}
	e.setHeaders(p)
	e.forms[identity].Store(newForm(p.Body))
	e.weight.Store(int64(entryOverhead + len(key) + len(p.Body) + tagOverhead*len(p.Tags)))
	return e
}

// setHeaders writes the values of the headers that are the page's own, as parts of one
// string.
func (e *Entry) setHeaders(p Page) {
	var text strings.Builder
	var ends [2 + encodingCount]int
	text.WriteString(cacheTag(p.Tags))
	ends[0] = text.Len()
	if !e.modified.IsZero() {
		text.WriteString(e.modified.Format(http.TimeFormat))
	}
	ends[1] = text.Len()
	hash := sha256.New()
	_, _ = hash.Write([]byte(p.ContentType))
	_, _ = hash.Write([]byte{0})
	_, _ = hash.Write(p.Body)
	if p.Policy != "" { // whoever keeps the page keeps its policy
		_, _ = hash.Write([]byte{0})
		_, _ = hash.Write([]byte(p.Policy))
	}
	if p.Links != "" {
		_, _ = hash.Write([]byte{0, 0})
		_, _ = hash.Write([]byte(p.Links))
	}
	sum := hex.EncodeToString(hash.Sum(nil)[:16])
	for enc := range e.etags {
		text.WriteByte('"')
		text.WriteString(sum)
		if encoding(enc) != identity {
			text.WriteByte('-')
			text.WriteString(encodingNames[enc])
		}
		text.WriteByte('"')
		ends[2+enc] = text.Len()
	}
	whole := text.String()
	e.cacheTag[0] = whole[:ends[0]]
	e.lastModified[0] = whole[ends[0]:ends[1]]
	for enc := range e.etags {
		e.etags[enc] = whole[ends[1+enc]:ends[2+enc]]
	}
}

// etag returns the value of the header ETag for the encoding.
func (e *Entry) etag(enc encoding) []string { return e.etags[enc : enc+1 : enc+1] }

// cacheTag joins tags for the header of that name, as many as its bound takes, and
// leaves out those that could not stand there.
func cacheTag(tags []standfirst.Tag) string {
	var b strings.Builder
	for _, tag := range tags {
		if !sendable(tag) {
			continue
		}
		if b.Len()+1+len(tag) > maxCacheTag {
			break
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(string(tag))
	}
	return b.String()
}

// sendable reports whether the tag is visible ASCII without a comma.
func sendable(tag standfirst.Tag) bool {
	for i := range len(tag) {
		if tag[i] <= ' ' || tag[i] >= 0x7f || tag[i] == ',' {
			return false
		}
	}
	return tag != ""
}

// Status returns the HTTP status code of the page.
func (e *Entry) Status() int { return e.status }

// ServeHTTP answers a GET or HEAD request with the page, in the best encoding that
// the request accepts, or with 304 if the client has it, or with 406 if the request
// rules out every encoding and plain bytes too. Headers that are set on w before
// stay, unless the page has its own; Vary is added to.
func (e *Entry) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	if vary := h["Vary"]; len(vary) == 0 {
		h["Vary"] = varyValue
	} else {
		h["Vary"] = append(vary, varyValue[0])
	}
	enc := negotiate(r.Header["Accept-Encoding"], len(e.body) < minCompressed)
	if enc == noEncoding {
		http.Error(w, "This page can be sent as zstd, br, gzip or identity.", http.StatusNotAcceptable)
		return
	}
	h["Cache-Control"] = e.cacheControl
	if e.policy != nil {
		h["Content-Security-Policy"] = e.policy
	}
	if e.links != nil {
		h["Link"] = e.links
	}
	if e.cacheTag[0] != "" {
		h["Cache-Tag"] = e.cacheTag[:]
	}
	dated := e.dated()
	if dated {
		h["Last-Modified"] = e.lastModified[:]
	}
	h["Etag"] = e.etag(enc)
	if e.status == http.StatusOK && e.unmodified(r, enc, dated) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	f, err := e.form(enc)
	if err != nil { // cannot happen with writers into memory; plain bytes are always there
		enc, f = identity, e.forms[identity].Load()
		h["Etag"] = e.etag(enc)
	}
	h["Content-Type"] = e.contentType
	h["Content-Length"] = f.length[:]
	if enc != identity {
		h["Content-Encoding"] = encodingHeaders[enc]
	}
	if e.status != http.StatusOK {
		w.WriteHeader(e.status)
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(f.body) // a client that went away is nobody's fault
	}
}

// unmodified reports whether the client said that it has the page already.
func (e *Entry) unmodified(r *http.Request, enc encoding, dated bool) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	if lines := r.Header["If-None-Match"]; len(lines) > 0 {
		return matchesETag(lines, e.etags[enc])
	}
	since := r.Header["If-Modified-Since"]
	if !dated || len(since) != 1 {
		return false
	}
	if since[0] == e.lastModified[0] {
		return true
	}
	t, err := http.ParseTime(since[0])
	return err == nil && !e.modified.After(t)
}

// dated reports whether Last-Modified can be told. A date has whole seconds: until
// the second of the last change is over, another change may bear the same date, and
// a client that was told it would be answered 304 for ever.
func (e *Entry) dated() bool {
	if e.modified.IsZero() {
		return false
	}
	if e.settled.Load() {
		return true
	}
	if e.cache.clock().Before(e.modified.Add(time.Second)) {
		return false
	}
	e.settled.Store(true)
	return true
}

// form returns the page in the encoding, which is made when it is first asked for.
// Those who ask meanwhile wait for it.
func (e *Entry) form(enc encoding) (*form, error) {
	if f := e.forms[enc].Load(); f != nil {
		return f, nil
	}
	e.making[enc].Lock()
	defer e.making[enc].Unlock()
	if f := e.forms[enc].Load(); f != nil {
		return f, nil
	}
	body, err := e.cache.compressor.compress(enc, e.body)
	if err != nil {
		return nil, err
	}
	f := newForm(body)
	e.forms[enc].Store(f)
	e.weight.Add(int64(len(body)))
	e.cache.reweigh(e)
	return f, nil
}
