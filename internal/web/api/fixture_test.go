package api_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/copydesk"
	"standfirst/internal/discuss"
	"standfirst/internal/ledger"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
	"standfirst/internal/web/api"
)

// desk is a newsroom with programs before it.
type desk struct {
	t        testing.TB
	store    *store.Store
	news     *newsroom.Newsroom
	figures  *ledger.Ledger
	talk     *discuss.Talk
	accounts *account.Accounts
	api      *api.API
	now      time.Time

	round, retracted, taken, members, draft standfirst.Story
	shown, held                             standfirst.CommentID
}

const base = "https://ledger.example"

func newDesk(t testing.TB) *desk {
	t.Helper()
	return newDeskOn(t, storetest.Open(t))
}

// newDeskOn returns one in the store, without stories.
func newDeskOn(t testing.TB, st *store.Store) *desk {
	t.Helper()
	d := &desk{t: t, store: st, now: time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return d.now }
	quiet := slog.New(slog.DiscardHandler)
	d.news = newsroom.New(d.store, newsroom.Options{Clock: clock})
	d.figures = ledger.New(d.store, ledger.Options{Clock: clock})
	d.talk = discuss.New(d.store, discuss.Options{Clock: clock})
	d.accounts = account.New(d.store, account.Options{Clock: clock, Logger: quiet})
	pub := standfirst.DefaultPublication()
	pub.Name, pub.BaseURL = "The Harbour Ledger", base
	d.must(d.news.SetUp(t.Context(), standfirst.Command(), pub))
	d.api = api.New(api.Options{
		Store: d.store.Reader(), Accounts: d.accounts, Newsroom: d.news, Ledger: d.figures, Talk: d.talk, Clock: clock, Logger: quiet,
	})
	return d
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// roundBody tells of a round.
const roundBody = `Northwind Freight is in advanced talks to put up to $6 billion into Halcyon Compute, three people briefed on the discussions said.

The round would value Halcyon at about $96 billion. Northwind said that it would cut 4,200 roles.`

// roundFigures is what the copy desk reads in roundBody.
func (d *desk) roundFigures() *copydesk.Proposals {
	people := &standfirst.Attribution{
		Kind: standfirst.Anonymous, LeastSources: 3, Proximity: standfirst.Briefed, GroundRule: "SECRET ground rule", Words: "three people briefed on the discussions",
		Day: standfirst.Day{Year: 2026, Month: 3, Day: 3},
	}
	claim := func(words string, deal, entity, party int, property standfirst.Property) copydesk.ClaimProposal {
		at := strings.Index(roundBody, words)
		q, err := standfirst.ParseQuantity(words)
		d.must(err)
		return copydesk.ClaimProposal{
			Mark: copydesk.Mark{Span: copydesk.Span{Start: at, End: at + len(words), Text: words}}, Deal: deal, Entity: entity, Party: party, Property: property,
			Value: standfirst.Value{Quantity: &q}, Modality: standfirst.Prospective, Evidence: standfirst.ReportedAnonymous, Attribution: people,
		}
	}
	return &copydesk.Proposals{
		Entities: []copydesk.EntityProposal{{Kind: standfirst.Company, Name: "Halcyon Compute"}, {Kind: standfirst.Company, Name: "Northwind Freight"}},
		Deals: []copydesk.DealProposal{{
			Kind: standfirst.PrimaryRound, Target: 0, Stage: standfirst.AdvancedTalks, Parties: []copydesk.PartyProposal{{Entity: 1, Role: standfirst.Lead}},
		}},
		Claims: []copydesk.ClaimProposal{
			claim("up to $6 billion", 0, -1, 1, standfirst.Commitment), claim("about $96 billion", 0, -1, -1, standfirst.Valuation),
			claim("4,200 roles", -1, 1, -1, standfirst.JobsCut),
		},
	}
}

func (d *desk) publish(headline string, change ...func(*newsroom.Draft)) standfirst.Story {
	d.t.Helper()
	draft := newsroom.Draft{
		Content: standfirst.Content{
			Headline: headline, Standfirst: "What is known.", Section: "Deals", Topics: []string{"Shipping"}, Body: "A berth was sold.",
			Bylines: []standfirst.Byline{{Name: "Imogen Hale", Role: "Reporter"}},
		},
		ApproveAnonymous: true,
	}
	for _, f := range change {
		f(&draft)
	}
	d.now = d.now.Add(time.Minute)
	p, err := d.news.CreateAndPublish(d.t.Context(), standfirst.Command(), draft)
	d.must(err)
	return p.Story
}

// fill publishes what readers see, what they see no more and what they do not see yet.
func (d *desk) fill() *desk {
	d.t.Helper()
	ctx, command := d.t.Context(), standfirst.Command()
	d.round = d.publish("What we know of the Halcyon round", func(n *newsroom.Draft) {
		n.Content.Body, n.Figures, n.Day = roundBody, d.roundFigures(), standfirst.DayOf(d.now, time.UTC)
	})
	var cited []standfirst.Citation
	d.must(d.store.View(ctx, func(tx *store.ReadTx) (err error) { cited, err = tx.Citations(d.round.Current); return err }))
	q, err := standfirst.ParseQuantity("$110 billion")
	d.must(err)
	d.now = d.now.Add(time.Minute)
	_, err = d.figures.Supersede(ctx, command, cited[1].Claim, ledger.Supersession{
		Value: standfirst.Value{Quantity: &q}, Cause: standfirst.Corrected, Note: "We misheard.",
		Source: &standfirst.Attribution{Kind: standfirst.NamedSource, Words: "the company said", GroundRule: "SECRET again"},
	})
	d.must(err)
	d.retracted, d.taken = d.publish("A tale of a quay"), d.publish("A tale taken down")
	_, err = d.news.Retract(ctx, command, d.retracted.ID, "None of it was so.")
	d.must(err)
	_, err = d.news.Unpublish(ctx, command, d.taken.ID)
	d.must(err)
	d.members = d.publish("For members", func(n *newsroom.Draft) {
		n.Access, n.Content.Body = standfirst.AccessMembers, "SECRET words for members."
	})
	d.draft, err = d.news.Create(ctx, command, newsroom.Draft{Content: standfirst.Content{
		Headline: "SECRET draft", Body: "SECRET: Kestrel Capital would put up to $3 billion into Gannet Robotics, two people said.",
	}})
	d.must(err)
	for _, name := range []string{"Tamsin", "Held SECRET"} {
		posted, err := d.talk.Post(ctx, discuss.Posting{Story: d.round.ID, Name: name, Email: "tamsin@reader.example", Text: "Who else is in " + name + "?", Address: "192.0.2.7", Opened: d.now.Add(-time.Hour)})
		d.must(err)
		if d.shown == 0 {
			d.shown = posted.Comment.ID
			_, err = d.talk.Decide(ctx, command, []standfirst.CommentID{d.shown}, discuss.Decision{State: standfirst.CommentApproved})
			d.must(err)
		}
		d.held = posted.Comment.ID
	}
	_, err = d.talk.Decide(ctx, command, []standfirst.CommentID{d.held}, discuss.Decision{State: standfirst.CommentRejected, Reason: standfirst.ReasonAbuse})
	d.must(err)
	return d
}

// token makes a member of the staff and a token that has the scopes.
func (d *desk) token(role standfirst.Role, scopes ...standfirst.Scope) string {
	d.t.Helper()
	ctx := d.t.Context()
	name := strings.ReplaceAll(string(role), " ", "")
	email := name + "@ledger.example"
	jane, err := d.accounts.Add(ctx, standfirst.Command(), standfirst.Staff{Email: email, Name: "Jane " + name, Role: role})
	if err != nil && standfirst.KindOf(err) != standfirst.Conflict {
		d.t.Fatal(err)
	}
	if err != nil {
		d.must(d.store.View(ctx, func(tx *store.ReadTx) (err error) { jane, err = tx.StaffByEmail(email); return err }))
	}
	set, err := standfirst.ScopesOf(scopes...)
	d.must(err)
	secret := "standfirst_" + name + set.String()
	secret = strings.NewReplacer(" ", "", ",", "").Replace(secret)
	sum := sha256.Sum256([]byte(secret)) // as package account keeps it
	err = d.store.Update(ctx, func(tx *store.Tx) error {
		_, err := tx.InsertToken(hex.EncodeToString(sum[:]), standfirst.Token{
			Staff: jane.ID, Name: "Wire", Scopes: set, CreatedAt: d.now, ExpiresAt: d.now.Add(90 * 24 * time.Hour),
		})
		return err
	})
	d.must(err)
	return secret
}

// reply is what a program gets.
type reply struct {
	t testing.TB
	*httptest.ResponseRecorder
}

// json returns the answer as JSON has it.
func (r reply) json() map[string]any {
	r.t.Helper()
	var got map[string]any
	if err := json.Unmarshal(r.Body.Bytes(), &got); err != nil {
		r.t.Fatalf("%v in %q", err, r.Body)
	}
	return got
}

// at returns what stands at the end of the names and indexes.
func (r reply) at(path ...any) any {
	r.t.Helper()
	var here any = r.json()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, _ := here.(map[string]any)
			here = m[step]
		case int:
			l, _ := here.([]any)
			if step >= len(l) {
				r.t.Fatalf("no %v of %v in %s", step, path, r.Body)
			}
			here = l[step]
		}
	}
	return here
}

// ask sends a request over HTTPS; token is empty for none, and header holds names and values.
func (d *desk) ask(method, path, token, body string, header ...string) reply {
	d.t.Helper()
	return d.askWithin(d.t.Context(), method, path, token, body, header...)
}

// askWithin does so for as long as somebody waits for the answer.
func (d *desk) askWithin(ctx context.Context, method, path, token, body string, header ...string) reply {
	d.t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r := httptest.NewRequestWithContext(ctx, method, base+path, reader)
	r.RemoteAddr = "192.0.2.1:40404"
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	d.api.ServeHTTP(w, r)
	return reply{d.t, w}
}

func (d *desk) get(path string, header ...string) reply {
	d.t.Helper()
	return d.ask(http.MethodGet, path, "", "", header...)
}

// actor returns whom the token stands for.
func (d *desk) actor(token string) standfirst.Actor {
	d.t.Helper()
	actor, _, err := d.accounts.Token(d.t.Context(), token, account.Origin{Address: "192.0.2.1"})
	d.must(err)
	return actor
}
