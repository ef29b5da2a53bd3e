package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"standfirst"
	"standfirst/internal/account"
)

// keyHeader is how a program calls a request that is to be done once, as the draft of the IETF
// for it has it.
const keyHeader = "Idempotency-Key"

// maxKey bounds a key, in bytes.
const maxKey = 255

// onceTime is how long a request with a key may take, whoever waits for it.
const onceTime = time.Minute

// keptHeaders are those of an answer that are told again.
var keptHeaders = []string{"Content-Type", "Etag", "Location"}

// once answers a request that changes something: what was asked with the same key before is
// not done again.
func (p *program) once(handler http.HandlerFunc) (*answer, error) {
	key := p.r.Header.Get(keyHeader)
	if key == "" || p.op.method != http.MethodPost {
		return p.ask(handler)
	}
	if len(key) > maxKey || len(p.r.Header.Values(keyHeader)) > 1 {
		return nil, standfirst.Errorf(standfirst.Invalid, "one Idempotency-Key of at most %d bytes will do", maxKey)
	}
	if !isText(key) {
		return nil, standfirst.Errorf(standfirst.Invalid, "an Idempotency-Key is a text")
	}
	kept, err := p.Accounts.Once(p.r.Context(), p.token.ID, key, requestDigest(p.r, p.body))
	switch {
	case errors.Is(err, account.ErrOtherRequest):
		return nil, newProblem(http.StatusUnprocessableEntity, standfirst.PublicMessage(err))
	case err != nil:
		return nil, err
	case kept.Status != 0:
		return again(kept)
	}
	ctx := context.WithoutCancel(p.r.Context()) // what was done must be kept, whoever waits for it
	// It is done to its end, too: a program that hangs up in the middle asks again with the key,
	// and what it asked for may be stored by then.
	within, done := context.WithTimeout(ctx, onceTime)
	defer done()
	p.r = p.r.WithContext(within)
	settled := false
	defer func() {
		if !settled { // it panics
			_ = p.Accounts.Keep(ctx, kept)
		}
	}()
	out, failure := p.ask(handler)
	settled = true
	if failure == nil && out.status < http.StatusBadRequest { // what failed changed nothing, and may be tried again
		kept.Status, kept.Header, kept.Body = out.status, headerOf(out), out.body.String()
	}
	if err := p.Accounts.Keep(ctx, kept); err != nil {
		p.log.WarnContext(ctx, "an answer could not be kept", slog.Any("error", err))
	}
	return out, failure
}

// requestDigest tells one request from another.
func requestDigest(r *http.Request, body []byte) string {
	h := sha256.New()
	for _, part := range []string{r.Method, r.URL.Path, r.URL.RawQuery, r.Header.Get("If-Match")} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// headerOf returns what is told again of the header.
func headerOf(a *answer) string {
	kept := make(map[string]string)
	for _, name := range keptHeaders {
		if value := a.header.Get(name); value != "" {
			kept[name] = value
		}
	}
	b, err := json.Marshal(kept)
	if err != nil { // texts alone
		return ""
	}
	return string(b)
}

// again returns the answer that was given before.
func again(kept standfirst.KeptAnswer) (*answer, error) {
	out := &answer{header: make(http.Header), status: kept.Status}
	var header map[string]string
	if err := json.Unmarshal([]byte(kept.Header), &header); err != nil {
		return nil, err
	}
	for name, value := range header {
		out.header.Set(name, value)
	}
	out.body.WriteString(kept.Body)
	return out, nil
}
