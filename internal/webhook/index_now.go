package webhook

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"

	"standfirst"
	"standfirst/internal/outbound"
	"standfirst/internal/store"
)

// indexNowBatch is how many addresses are submitted at once; the protocol takes ten times as
// many.
const indexNowBatch = 1000

// NewIndexNowKey returns a new key for IndexNow.
func NewIndexNowKey() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// noteAddresses lets search engines be told of the stories whose pages changed.
func noteAddresses(tx *store.Tx, entries []store.Recorded) error {
	noted := false
	for _, r := range entries {
		switch r.Kind {
		case revisionKind, unpublishedKind, retractedKind, takedownKind:
		default:
			continue
		}
		if r.Story == 0 {
			continue
		}
		story, err := tx.Story(r.Story)
		if err != nil {
			return err
		}
		if story.Path() == "" {
			continue
		}
		if err := tx.PutIndexNow(story.Path()); err != nil {
			return err
		}
		noted = true
	}
	if !noted {
		return nil
	}
	return tx.EnqueueUnlessWaiting(indexNowJob(), gatherPause)
}

// indexNowJob returns the job that submits what was noted; there is one.
func indexNowJob() standfirst.Job {
	return standfirst.Job{Kind: standfirst.JobIndexNow, Key: string(standfirst.JobIndexNow)}
}

// submission is what search engines are sent.
type submission struct {
	Host        string   `json:"host"`
	Key         string   `json:"key"`
	KeyLocation string   `json:"keyLocation"`
	URLs        []string `json:"urlList"`
}

// IndexNowJob submits the addresses that changed. It is the handler of
// [standfirst.JobIndexNow].
func (w *Webhooks) IndexNowJob(ctx context.Context, _ standfirst.Job) error {
	for {
		var pub standfirst.Publication
		var changed []store.ChangedPath
		err := w.view(ctx, "read what changed", func(tx *store.ReadTx) (err error) {
			if pub, err = tx.Publication(); err != nil {
				return err
			}
			changed, err = tx.IndexNow(indexNowBatch)
			return err
		})
		base := w.base(pub)
		switch {
		case err != nil || len(changed) == 0:
			return err
		case pub.IndexNowKey == "" || base == "": // turned off meanwhile, or nobody can be told where we are
			return w.update(ctx, "forget what changed", (*store.Tx).ClearIndexNow)
		}
		answer, err := w.submit(ctx, pub, base, changed)
		if err != nil {
			return err
		}
		if wait := retryAfter(answer.Header.Get("Retry-After"), w.now()); !answer.OK() && wait > 0 {
			return w.update(ctx, "wait", func(tx *store.Tx) error {
				job := indexNowJob()
				job.RunAt = w.now().Add(wait)
				_, err := tx.Enqueue(job)
				return err
			})
		}
		switch {
		case answer.OK():
		case refused(answer.Status):
			// The same would be refused again, and all that comes after would wait behind it.
			w.log.Warn("webhook: IndexNow refuses addresses, which are dropped; see whether the key can be read under the base address of the settings",
				"host", Host(pub.IndexNowURL), "status", answer.Status, "addresses", len(changed), "key", base+pub.IndexNowPath(), "answer", clip(string(answer.Body)))
		default:
			return fmt.Errorf("webhook: submit %d addresses: %s answers %d: %s", len(changed), Host(pub.IndexNowURL), answer.Status, clip(string(answer.Body)))
		}
		if err := w.update(ctx, "forget what was submitted", func(tx *store.Tx) error { return tx.DeleteIndexNow(changed) }); err != nil {
			return err
		}
	}
}

// refused reports whether the status is that of an answer which will be the same the next
// time: a bad request, a key that is not found, addresses of another host. What only comes too
// early, too late or too often is none.
func refused(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return false
	}
	return status >= http.StatusBadRequest && status < http.StatusInternalServerError
}

func (w *Webhooks) submit(ctx context.Context, pub standfirst.Publication, base string, changed []store.ChangedPath) (a outbound.Answer, err error) {
	s := submission{Host: Host(base), Key: pub.IndexNowKey, KeyLocation: base + pub.IndexNowPath()}
	for _, c := range changed {
		s.URLs = append(s.URLs, base+c.Path)
	}
	body, err := json.Marshal(s)
	if err != nil {
		return a, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, pub.IndexNowURL, bytes.NewReader(body))
	if err != nil {
		return a, err
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	a, err = w.client.Load().Do(r)
	if err != nil {
		return a, fmt.Errorf("webhook: submit %d addresses: %w", len(changed), err)
	}
	return a, nil
}
