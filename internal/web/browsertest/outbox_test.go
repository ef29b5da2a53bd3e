package browsertest

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"standfirst"
	"standfirst/internal/mail"
	"standfirst/internal/web"
)

// TestOutboxIsValid runs html-validate over the operator's pages.
func TestOutboxIsValid(t *testing.T) {
	empty, filled := mail.NewOutbox(nil, slog.New(slog.DiscardHandler)), mail.NewOutbox(nil, slog.New(slog.DiscardHandler))
	job, err := standfirst.Mail{
		To: "ida@quayside.example", ToName: "Ida Brandt", Subject: "The morning edition", Text: "Read on at https://harbour.example/a?b=1&c=2.\n\n<Freight> & rates",
		Unsubscribe: "https://harbour.example/unsubscribe/1?a=b&c=d",
	}.Job()
	if err != nil {
		t.Fatal(err)
	}
	if err := filled.SendJob(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, page := range []struct {
		name, path string
		outbox     web.Outbox
	}{{"empty", "/outbox", empty}, {"list", "/outbox", filled}, {"mail", "/outbox/1", filled}} {
		w := httptest.NewRecorder()
		h := web.Operations(web.NewMetrics(), func(context.Context) error { return nil }, page.outbox)
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, page.path, nil))
		if w.Code != http.StatusOK {
			t.Fatalf("%s: %d", page.name, w.Code)
		}
		if err := os.WriteFile(filepath.Join(folder, page.name+".html"), w.Body.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	validate(t, folder)
}
