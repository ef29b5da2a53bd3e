package store_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"standfirst"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// place is an empty place for a store on one of the engines.
type place struct {
	name    string
	options func(t *testing.T) store.Options
}

func places() []place {
	return []place{
		{"SQLite", func(t *testing.T) store.Options {
			return store.Options{Path: filepath.Join(t.TempDir(), "standfirst.db")}
		}},
		{"Postgres", func(t *testing.T) store.Options { return store.Options{URL: storetest.PostgresURL(t)} }},
	}
}

// watch lets the store watch until the test ends and returns what it is told.
func watch(t *testing.T, s *store.Store) (touched chan []standfirst.Tag, woken chan bool) {
	t.Helper()
	touched, woken = make(chan []standfirst.Tag, 100), make(chan bool, 100)
	s.OnTouch(func(tags []standfirst.Tag) { touched <- tags })
	s.OnJobs(func() { woken <- true })
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Watch(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return touched, woken
}

// within returns the next value of the channel, which must come within a second.
func within[T any](t *testing.T, c <-chan T) (value T) {
	t.Helper()
	select {
	case value = <-c:
	case <-time.After(time.Second):
		t.Error("nothing is told within a second")
	}
	return value
}

// touch touches the tags in an Update of the store.
func touch(t *testing.T, s *store.Store, tags ...standfirst.Tag) {
	t.Helper()
	if err := s.Update(t.Context(), func(tx *store.Tx) error {
		tx.Touch(tags...)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// What one process changes, another that watches is told within a second; and
// nobody is told twice.
func TestWatch(t *testing.T) {
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			o := p.options(t)
			here, there := storetest.OpenWith(t, o), storetest.OpenWith(t, o)
			touched, woken := watch(t, there)
			own, _ := watch(t, here)

			for i := range 3 {
				tag := standfirst.StoryTag(standfirst.StoryID(i + 1))
				touch(t, here, tag, standfirst.FrontTag)
				if got := within(t, touched); !slices.Equal(got, []standfirst.Tag{tag, standfirst.FrontTag}) {
					t.Errorf("told %q", got)
				}
				if got := within(t, own); len(got) != 2 {
					t.Errorf("the one who changed it is told %q", got)
				}
			}
			if err := here.Update(t.Context(), func(tx *store.Tx) error {
				_, err := tx.Enqueue(standfirst.Job{Kind: "test"})
				return err
			}); err != nil {
				t.Fatal(err)
			}
			within(t, woken)
			if len(touched)+len(own) > 0 {
				t.Error("somebody was told something more")
			}
		})
	}
}

// A watcher that starts late is told what was changed since its store was opened.
func TestWatchFromTheOpening(t *testing.T) {
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			o := p.options(t)
			here, there := storetest.OpenWith(t, o), storetest.OpenWith(t, o)
			touch(t, here, standfirst.FrontTag)
			touched, _ := watch(t, there)
			if got := within(t, touched); !slices.Equal(got, []standfirst.Tag{standfirst.FrontTag}) {
				t.Errorf("told %q", got)
			}
		})
	}
}

// Numbers that a rolled-back transaction has taken hold nothing up, however much
// comes after them.
func TestWatchPassesGaps(t *testing.T) {
	o := store.Options{URL: storetest.PostgresURL(t)}
	there := storetest.OpenWith(t, o)
	touched, _ := watch(t, there)
	conn, err := pgx.Connect(t.Context(), o.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	const gapAndRows = `WITH gap AS MATERIALIZED (SELECT nextval(pg_get_serial_sequence('touched', 'id')) AS taken)
		INSERT INTO touched (origin, tags, jobs, at) SELECT 'other', 'tag' || n, 0, 0 FROM gap, generate_series(1, 1100) n WHERE taken > 0`
	if _, err := conn.Exec(t.Context(), gapAndRows); err != nil {
		t.Fatal(err)
	}
	for told := 0; told < 1100 && !t.Failed(); {
		tags := within(t, touched)
		told += len(tags)
		if told == 1100 && tags[len(tags)-1] != "tag1100" {
			t.Errorf("the last that is told is %q", tags[len(tags)-1])
		}
	}
	// One that is very far behind says that anything may have changed, once.
	const many = `INSERT INTO touched (origin, tags, jobs, at) SELECT 'other', 'tag' || n, 0, 0 FROM generate_series(1, 25000) n`
	if _, err := conn.Exec(t.Context(), many); err != nil {
		t.Fatal(err)
	}
	for tags := within(t, touched); tags != nil && !t.Failed(); tags = within(t, touched) {
	}
	if _, err := conn.Exec(t.Context(), "INSERT INTO touched (origin, tags, jobs, at) VALUES ('other', 'last', 0, 0)"); err != nil {
		t.Fatal(err)
	}
	if got := within(t, touched); !slices.Equal(got, []standfirst.Tag{"last"}) {
		t.Errorf("told %q", got)
	}
}

// A transaction that took its number before a store was opened and commits after
// that is told, though higher numbers were there already.
func TestWatchSeesLateCommits(t *testing.T) {
	o := store.Options{URL: storetest.PostgresURL(t)}
	here := storetest.OpenWith(t, o)
	conn, err := pgx.Connect(t.Context(), o.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	late, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = late.Rollback(context.Background()) }() // after a commit it does nothing
	if _, err := late.Exec(t.Context(), "INSERT INTO touched (origin, tags, jobs, at) VALUES ('other', 'late', 0, 0)"); err != nil {
		t.Fatal(err)
	}
	touch(t, here, standfirst.FrontTag)
	there := storetest.OpenWith(t, o)
	touched, _ := watch(t, there)
	if err := late.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := within(t, touched); !slices.Equal(got, []standfirst.Tag{"late"}) {
		t.Errorf("told %q", got)
	}
}

// A watcher whose connection broke says that anything may have changed, and goes
// on watching.
func TestWatchReconnects(t *testing.T) {
	o := store.Options{URL: storetest.PostgresURL(t)}
	here, there := storetest.OpenWith(t, o), storetest.OpenWith(t, o)
	touched, _ := watch(t, there)
	touch(t, here, standfirst.FrontTag)
	within(t, touched)
	conn, err := pgx.Connect(t.Context(), o.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	tag, err := conn.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE query LIKE 'LISTEN "standfirst_' || current_schema() || '"'`)
	if err != nil || tag.RowsAffected() != 1 {
		t.Fatalf("cut %d connections, %v", tag.RowsAffected(), err)
	}
	if got := within(t, touched); got != nil {
		t.Errorf("told %q, want nil", got)
	}
	touch(t, here, standfirst.SiteTag)
	if got := within(t, touched); !slices.Equal(got, []standfirst.Tag{standfirst.SiteTag}) {
		t.Errorf("told %q", got)
	}
}

// Two processes may write to one database at once: a command beside the server.
func TestTwoWriters(t *testing.T) {
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			o := p.options(t)
			stores := []*store.Store{storetest.OpenWith(t, o), storetest.OpenWith(t, o)}
			var group sync.WaitGroup
			for worker := range 8 {
				group.Go(func() {
					for range 25 {
						if err := stores[worker%2].Update(context.Background(), oneRow); err != nil {
							t.Error(err)
							return
						}
					}
				})
			}
			group.Wait()
			err := stores[0].View(t.Context(), func(tx *store.ReadTx) error {
				entries, err := tx.Audits("story:1", 1000)
				if len(entries) != 200 {
					t.Errorf("%d of 200 writes are there", len(entries))
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// Both engines have the same tables and columns, but for the index of words.
func TestMigrationParity(t *testing.T) {
	o := store.Options{Path: filepath.Join(t.TempDir(), "standfirst.db")}
	storetest.OpenWith(t, o)
	onSQLite := columns(t, "sqlite", o.Path, `SELECT m.name || '.' || c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'migration' AND m.name NOT LIKE 'search_index%'`)
	o = store.Options{URL: storetest.PostgresURL(t)}
	storetest.OpenWith(t, o)
	onPostgres := columns(t, "pgx", o.URL, `SELECT table_name || '.' || column_name FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name <> 'migration' AND table_name <> 'search_index'`)
	if onSQLite != onPostgres || onSQLite == "" {
		t.Errorf("SQLite has\n%s\n\nPostgreSQL has\n%s", onSQLite, onPostgres)
	}
}

// columns returns the sorted rows of the query, one a line.
func columns(t *testing.T, driver, source, query string) string {
	t.Helper()
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func TestPostgresPreparesEveryStatement(t *testing.T) {
	o := store.Options{URL: storetest.PostgresURL(t)}
	storetest.OpenWith(t, o)
	conn, err := pgx.Connect(t.Context(), o.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for name, text := range store.Statements(t, store.Postgres) {
		if _, err := conn.Prepare(t.Context(), name, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPostgresRefusesNewer(t *testing.T) {
	o := store.Options{URL: storetest.PostgresURL(t)}
	storetest.OpenWith(t, o)
	conn, err := pgx.Connect(t.Context(), o.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), "INSERT INTO migration (version_id, is_applied) VALUES (99999, true)"); err != nil {
		t.Fatal(err)
	}
	_, err = store.Open(t.Context(), o)
	if err == nil || standfirst.KindOf(err) != standfirst.Conflict || !strings.Contains(err.Error(), "migration 99999") {
		t.Errorf("opening a newer database: %v", err)
	}
}

// Several nodes may start on a new database at once.
func TestPostgresOpenAtOnce(t *testing.T) {
	o := store.Options{URL: storetest.PostgresURL(t)}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			s, err := store.Open(context.Background(), o)
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

// A command commits and ends: the other nodes are woken all the same, and need not
// wait until they look by themselves.
func TestPostgresAnnouncesBeforeClosing(t *testing.T) {
	o := store.Options{URL: storetest.PostgresURL(t)}
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), o.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), "LISTEN "+pgx.Identifier{store.Channel(s)}.Sanitize()); err != nil {
		t.Fatal(err)
	}
	err = s.Update(t.Context(), func(tx *store.Tx) error {
		tx.Touch(standfirst.FrontTag)
		return nil
	})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := conn.WaitForNotification(ctx); err != nil {
		t.Errorf("nothing was announced: %v", err)
	}
}

// After a statement failed, those that follow return its error, not one of their
// own, and nothing is stored even if the error is swallowed.
func TestAfterAFailedStatement(t *testing.T) {
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			s := storetest.OpenWith(t, p.options(t))
			var first error
			err := s.Update(t.Context(), func(tx *store.Tx) error {
				first = tx.InsertFiling("digest", 999) // there is no such story
				if _, err := tx.Audits("story:1", 1); !errors.Is(err, first) {
					t.Errorf("a read after it: %v", err)
				}
				if err := oneRow(tx); !errors.Is(err, first) {
					t.Errorf("a write after it: %v", err)
				}
				return nil
			})
			if first == nil || !errors.Is(err, first) {
				t.Errorf("got %v, want %v", err, first)
			}
		})
	}
}
