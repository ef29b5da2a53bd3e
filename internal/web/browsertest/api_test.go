package browsertest

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/newsroom"
	"standfirst/internal/pagecache"
	"standfirst/internal/store/storetest"
	"standfirst/internal/web/api"
	"standfirst/internal/web/site"
)

// TestDocumentationOfTheAPI looks at the page that documents what programs are served.
func TestDocumentationOfTheAPI(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	st := storetest.Open(t)
	b.must(newsroom.New(st, newsroom.Options{}).SetUp(t.Context(), standfirst.Command(), standfirst.DefaultPublication()))
	quiet := slog.New(slog.DiscardHandler)
	readers, err := site.New(site.Options{Store: st.Reader(), Cache: pagecache.New(pagecache.Options{MaxBytes: 32 << 20}), Logger: quiet})
	b.must(err)
	programs := api.New(api.Options{Store: st.Reader(), Accounts: account.New(st, account.Options{Logger: quiet}), Logger: quiet})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if api.Serves(r.URL.Path) {
			programs.ServeHTTP(w, r)
			return
		}
		readers.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	address := server.URL + "/api/docs"
	axe, shots := readTool(t, "axe-core/axe.min.js"), shotFolder(t)
	for _, s := range screens {
		b.visit(address, s)
		checkPage(t, b, server.URL)
		checkAxe(t, b, axe)
		b.shoot(filepath.Join(shots, "api-"+s.name+".png"))
	}
	response, err := http.Get(address)
	b.must(err)
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	b.must(err)
	folder := t.TempDir()
	b.must(os.WriteFile(filepath.Join(folder, "api.html"), body, 0o600))
	validate(t, folder)
}
