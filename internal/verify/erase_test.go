package verify_test

import (
	"database/sql"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/record"
)

// fetch returns what the site answers at the path.
func (h *house) fetch(path string) (int, string) {
	h.Helper()
	res, err := http.Get(h.url + path)
	h.must(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	h.must(err)
	return res.StatusCode, string(b)
}

// holds returns every table of the database that holds the words.
func (h *house) holds(words string) []string {
	h.Helper()
	db, err := sql.Open("sqlite", "file:"+h.path+"?_pragma=busy_timeout(5000)")
	h.must(err)
	defer db.Close()
	rows, err := db.Query(`SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`)
	h.must(err)
	type column struct{ table, name string }
	var columns []column
	for rows.Next() {
		var c column
		h.must(rows.Scan(&c.table, &c.name))
		columns = append(columns, c)
	}
	h.must(errors.Join(rows.Err(), rows.Close()))
	var found []string
	for _, c := range columns {
		var n int
		h.must(db.QueryRow(`SELECT count(*) FROM "`+c.table+`" WHERE instr(lower(CAST("`+c.name+`" AS TEXT)), lower(?)) > 0`, words).Scan(&n))
		if n > 0 {
			found = append(found, c.table+"."+c.name)
		}
	}
	return found
}

// What is erased is nowhere any more, the record still verifies, and says so.
func TestErase(t *testing.T) {
	for name, test := range map[string]struct {
		erasure newsroom.Erasure
		words   []string
		gone    bool // the whole page
	}{
		"voice":       {newsroom.Erasure{Part: "voice.1"}, []string{"next two winters", "Ada Quill"}, false},
		"last voice":  {newsroom.Erasure{Part: "voice.2"}, []string{"people on the ships", "asked the crews"}, false},
		"block":       {newsroom.Erasure{Part: "block.5"}, []string{"declined to comment"}, false},
		"cited block": {newsroom.Erasure{Part: "block.2"}, []string{"could follow within a year"}, false},
		"version":     {newsroom.Erasure{Version: 1}, []string{"asked the crews"}, false},
		"story": {newsroom.Erasure{}, []string{"next two winters", "Ada Quill", "declined to comment", "advanced talks to put", "asked the crews", "people on the ships",
			"What we know", "who says so", "Mara Oduya, S", "words of Bo Tarn"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.publish()
			h.fetch(h.story.Path()) // so that the page is kept
			if steps, err := h.verify(); err != nil {
				t.Fatal(steps)
			}
			done, err := h.news.Erase(t.Context(), standfirst.Command(), h.story.ID, test.erasure)
			h.must(err)
			t.Log(done.Versions, done.Others)
			h.sign()
			paths := []string{"/", "/section/deals", "/topic/cloud", "/archive", "/corrections", "/record", h.story.Path(),
				h.story.Path() + "/version/1.json", h.story.Path() + "/version/2.json"}
			for _, path := range paths {
				_, page := h.fetch(path)
				for _, words := range test.words {
					if strings.Contains(strings.ToLower(page), strings.ToLower(words)) {
						t.Errorf("%s still says %q", path, words)
					}
				}
			}
			for _, words := range test.words {
				if found := h.holds(words); len(found) > 0 {
					t.Errorf("%q is still in %v", words, found)
				}
			}
			status, page := h.fetch(h.story.Path())
			if test.gone != (status == http.StatusGone) {
				t.Errorf("the page answers %d", status)
			}
			if !test.gone && test.erasure.Part != "" && !strings.Contains(page, strings.Trim(record.Removed, "*")) {
				t.Error("no stub stays")
			}
			if problems := h.audit(); len(problems) > 0 {
				t.Error(strings.Join(problems, "\n"))
			}
			if !test.gone {
				steps, err := h.verify()
				t.Log("\n" + steps)
				if err != nil {
					t.Error("the outsider refuses what is left")
				}
			}
			dir := t.TempDir()
			_, err = record.Export(t.Context(), h.store.Reader(), dir)
			h.must(err)
			h.must(filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
				if err != nil || e.IsDir() {
					return err
				}
				b, err := os.ReadFile(path)
				for _, words := range test.words {
					if strings.Contains(string(b), words) {
						t.Errorf("%s holds %q", path, words)
					}
				}
				return err
			}))
			entries, _ := os.ReadFile(filepath.Join(dir, "tile", "entries", "000.p", itoa(countEntries(h))))
			if !strings.Contains(string(entries), `"kind":"takedown"`) {
				t.Error("no takedown is on the record")
			}
		})
	}
}

func TestEraseRefuses(t *testing.T) {
	h := newHouse(t)
	h.publish()
	for name, test := range map[string]struct {
		erasure newsroom.Erasure
		kind    standfirst.ErrorKind
	}{
		"the version that readers see": {newsroom.Erasure{Version: 2}, standfirst.Conflict},
		"a version that is not there":  {newsroom.Erasure{Version: 9}, standfirst.NotFound},
		"a block that is not there":    {newsroom.Erasure{Part: "block.99"}, standfirst.NotFound},
		"the line of a container":      {newsroom.Erasure{Part: "block.3"}, standfirst.Invalid},
	} {
		if _, err := h.news.Erase(t.Context(), standfirst.Command(), h.story.ID, test.erasure); err == nil || standfirst.KindOf(err) != test.kind {
			t.Errorf("%s: got %v", name, err)
		}
	}
	reporter := standfirst.Actor{Kind: standfirst.ActorStaff, ID: 3, Role: standfirst.Reporter}
	if _, err := h.news.Erase(t.Context(), reporter, h.story.ID, newsroom.Erasure{}); err == nil || standfirst.KindOf(err) != standfirst.Forbidden {
		t.Errorf("a reporter: got %v", err)
	}
}

// What is erased may stand within a longer paragraph of another version, which is another
// block: the operator is told where, and can erase that as well.
func TestEraseTellsWhatIsLeft(t *testing.T) {
	h := newHouse(t)
	h.publish()
	const said = "It is enough for the next two winters"
	h.edit("Kestrel declined to comment.",
		"Kestrel declined to comment, and so did the owners of the quay at which its four ships have been lying since the autumn. “"+said+",” the treasurer had told us.",
		standfirst.Change{Class: standfirst.Update, Note: "Added what the quay has to do with it."})
	newest := h.story.PublishedNumber
	h.edit(", and so did the owners of the quay at which its four ships have been lying since the autumn. “"+said+",” the treasurer had told us.", ".",
		standfirst.Change{Class: standfirst.Update, Note: "Took out that it is enough for the next two winters."})
	h.sign()
	done, err := h.news.Erase(t.Context(), standfirst.Command(), h.story.ID, newsroom.Erasure{Part: "voice.1"})
	h.must(err)
	var left []newsroom.Left
	for _, l := range done.Left {
		if l.Alone() || l.Part == newsroom.NoticePart {
			left = append(left, l)
		} else if l != (newsroom.Left{Part: "block.5"}) && l != (newsroom.Left{Version: newest + 1, Part: "note"}) { // the text that was saved before, and what the notice was made of
			t.Errorf("also left: %+v", l)
		}
	}
	if len(left) != 2 || left[0] != (newsroom.Left{Version: newest, Part: "block.5"}) || left[1].Part != newsroom.NoticePart {
		t.Fatalf("left is %+v", done.Left)
	}
	if done, err = h.news.Erase(t.Context(), standfirst.Command(), h.story.ID, newsroom.Erasure{Version: left[0].Version, Part: left[0].Part}); err != nil || len(done.Left) != 0 {
		t.Errorf("then left is %+v, %v", done.Left, err)
	}
	if found := h.holds(said); strings.Join(found, " ") != "revision.change_note notice.text" {
		t.Errorf("the words are still in %v, and the operator was told of others", found)
	}
	h.sign()
	h.sound()
}
