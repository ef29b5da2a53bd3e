package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/discuss"
	"standfirst/internal/intake"
	"standfirst/internal/jobs"
	"standfirst/internal/ledger"
	"standfirst/internal/media"
	"standfirst/internal/newsroom"
	"standfirst/internal/record"
	"standfirst/internal/search"
	"standfirst/internal/store"
	"standfirst/internal/web/site"
	"standfirst/internal/webhook"
)

// place is where a newsroom is kept; every command that works on one has it.
type place struct {
	Data       string `short:"d" default:"newsroom" type:"path" help:"Folder of the newsroom: its database and its pictures."`
	Database   string `help:"PostgreSQL to use instead of the SQLite file in the data folder (postgres://…)."`
	RecordKey  string `type:"path" help:"File of the key that signs the public record, if it is not record.key in the data folder."`
	RecordSeen string `type:"path" help:"File that keeps what was signed last, if it is not record.seen in the data folder. It must survive a restore of the database."`
	LogLevel   string `enum:",debug,info,warn,error" default:"" help:"How much is logged: debug, info (the default of serve), warn (that of other commands) or error."`
}

const (
	databaseFile = "standfirst.db"
	mediaFolder  = "media"
	keyFile      = "record.key"
	seenFile     = "record.seen"
)

// seenPath returns the file that keeps what was signed last.
func (p place) seenPath() string { return cmp.Or(p.RecordSeen, filepath.Join(p.Data, seenFile)) }

// signer returns what signs the record of the newsroom at this place.
func (p place) signer(st *store.Store, log *slog.Logger) *record.Signer {
	return record.NewSigner(st, record.Options{
		KeyFile: cmp.Or(p.RecordKey, filepath.Join(p.Data, keyFile)), SeenFile: p.seenPath(),
		Clock: time.Now, Logger: log,
	})
}

// describe names the place for messages.
func (p place) describe() string { return p.Data }

// options returns how the store of this place is opened.
func (p place) options(log *slog.Logger) store.Options {
	if p.Database != "" {
		return store.Options{URL: p.Database, Clock: time.Now, Logger: log}
	}
	return store.Options{Path: filepath.Join(p.Data, databaseFile), Clock: time.Now, Logger: log}
}

// logger writes to the console's error stream.
func (p place) logger(con *console) *slog.Logger {
	level := slog.LevelWarn
	_ = level.UnmarshalText([]byte(p.LogLevel)) // the flag's enum holds only level names, and none
	return slog.New(slog.NewTextHandler(con.err, &slog.HandlerOptions{Level: level}))
}

// room is an open newsroom with everything that works in it.
type room struct {
	store    *store.Store
	media    *media.Library
	newsroom *newsroom.Newsroom
	ledger   *ledger.Ledger
	intake   *intake.Intake
	record   *record.Signer
	accounts *account.Accounts
	talk     *discuss.Talk
	webhooks *webhook.Webhooks
	log      *slog.Logger
}

// open opens the newsroom at the place, making the folder and the database when
// they are not there. It does not make a publication.
func (p place) open(ctx context.Context, con *console) (*room, error) {
	log := p.logger(con)
	if p.Data == "" {
		return nil, usageError{"--data names no folder"}
	}
	if err := os.MkdirAll(p.Data, 0o750); err != nil {
		return nil, standfirst.WrapError(standfirst.Invalid, err, "the data folder %s cannot be made: %v", p.Data, cause(err))
	}
	st, err := store.Open(ctx, p.options(log))
	if err != nil {
		return nil, p.explainOpen(err)
	}
	lib, err := media.Open(filepath.Join(p.Data, mediaFolder), st, time.Now)
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	r := &room{store: st, media: lib, log: log, record: p.signer(st, log)}
	r.accounts = account.New(st, account.Options{Clock: time.Now, Logger: log})
	r.talk = discuss.New(st, discuss.Options{Clock: time.Now, Logger: log})
	r.newsroom = newsroom.New(st, newsroom.Options{Clock: time.Now, Logger: log})
	r.ledger = ledger.New(st, ledger.Options{Clock: time.Now, Logger: log})
	media.KeepCards(st)
	r.webhooks = webhook.New(st, webhook.Options{Clock: time.Now, Logger: log})
	r.intake = intake.New(r.newsroom, lib, st, time.Now)
	if err := r.beginRecord(ctx); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	return r, nil
}

// beginRecord sees that the public record has its key and name, once there is a
// publication.
func (r *room) beginRecord(ctx context.Context) error {
	_, err := r.publication(ctx)
	switch {
	case err == nil:
		return r.record.Begin(ctx)
	case standfirst.KindOf(err) == standfirst.NotFound:
		return nil
	}
	return err
}

// setUp makes the publication and begins its record.
func (r *room) setUp(ctx context.Context, pub standfirst.Publication) error {
	if err := r.newsroom.SetUp(ctx, standfirst.Command(), pub); err != nil {
		return err
	}
	return r.record.Begin(ctx)
}

// foreignJobs is how many jobs of a kind wait at once for a server that is not ours, and
// may hang.
const foreignJobs = 4

// worker returns a worker that knows every kind of job and sends mails by the given
// handler. When it is stopped, running jobs have the grace to finish.
func (r *room) worker(grace time.Duration, sendMail jobs.Handler) *jobs.Worker {
	w := jobs.New(r.store, jobs.Options{Clock: time.Now, Logger: r.log, Grace: grace})
	w.HandlePromptly(standfirst.JobPublishScheduled, r.newsroom.PublishJob)
	w.Handle(standfirst.JobRenderPicture, r.media.RenderJob)
	w.Handle(standfirst.JobRemovePicture, r.media.RemoveJob)
	w.Handle(standfirst.JobDrawCard, r.media.CardJob(site.Card))
	w.Limit(standfirst.JobDrawCard, 1)
	w.Handle(standfirst.JobRedrawCards, r.media.RedrawCardsJob)
	w.Handle(standfirst.JobPruneTouched, r.newsroom.PruneTouchedJob)
	w.Handle(standfirst.JobEndPins, r.newsroom.EndPinsJob)
	w.Handle(standfirst.JobExpireClaims, r.ledger.ExpireJob)
	w.Handle(standfirst.JobTouchEntity, r.ledger.TouchEntityJob)
	w.Handle(standfirst.JobPruneSessions, r.accounts.PruneJob)
	w.Handle(standfirst.JobPruneComments, r.talk.PruneJob)
	w.Handle(standfirst.JobSettleVoice, r.newsroom.VoiceJob)
	w.Handle(standfirst.JobNoticeAnswers, r.talk.NoticeJob)
	w.Handle(standfirst.JobTellWriter, r.talk.TellJob)
	w.Handle(standfirst.JobTellAkismet, r.talk.TellAkismetJob)
	w.Handle(standfirst.JobIndexSearch, search.Job(r.store))
	w.Handle(standfirst.JobDeliverWebhook, r.webhooks.DeliverJob)
	w.Handle(standfirst.JobPruneDeliveries, r.webhooks.PruneJob)
	w.Handle(standfirst.JobTellHub, r.webhooks.HubJob)
	w.Handle(standfirst.JobIndexNow, r.webhooks.IndexNowJob)
	w.Handle(standfirst.JobSendMail, sendMail)
	for _, kind := range []standfirst.JobKind{standfirst.JobSendMail, standfirst.JobTellAkismet, standfirst.JobDeliverWebhook, standfirst.JobTellHub} {
		w.Limit(kind, foreignJobs)
	}
	return w
}

// explainOpen says in plain words what keeps the newsroom from being opened.
func (p place) explainOpen(err error) error {
	if p.Database == "" && errors.Is(err, fs.ErrPermission) {
		return standfirst.WrapError(standfirst.Forbidden, err, "the newsroom in %s belongs to somebody else: this user may not read and write it", p.Data)
	}
	return err
}

// openExisting opens a newsroom that must be there already.
func (p place) openExisting(ctx context.Context, con *console) (*room, error) {
	if p.Data == "" {
		return nil, usageError{"--data names no folder"}
	}
	if p.Database == "" {
		if _, err := os.Stat(filepath.Join(p.Data, databaseFile)); errors.Is(err, fs.ErrNotExist) {
			return nil, standfirst.Errorf(standfirst.NotFound,
				"there is no newsroom in %s; make one with: standfirst init --data %[1]s", p.Data)
		}
	}
	return p.open(ctx, con)
}

// within opens the newsroom and does something with it.
func (p place) within(ctx context.Context, con *console, do func(*room, standfirst.Publication) error) error {
	r, err := p.openExisting(ctx, con)
	if err != nil {
		return err
	}
	defer r.close()
	pub, err := r.publication(ctx)
	if err != nil {
		return err
	}
	return do(r, pub)
}

// close ends the use of the newsroom.
func (r *room) close() {
	if err := r.record.Release(context.Background()); err != nil {
		r.log.Error("giving back the lease of the record", "error", err)
	}
	if err := r.store.Close(); err != nil {
		r.log.Error("closing the database", "error", err)
	}
}

// publication returns the publication, and a NotFound error before SetUp.
func (r *room) publication(ctx context.Context) (pub standfirst.Publication, err error) {
	err = r.store.View(ctx, func(tx *store.ReadTx) error {
		pub, err = tx.Publication()
		return err
	})
	return pub, err
}

// ensurePublication returns the publication and makes one with safe defaults,
// saying so, where there is none.
func (r *room) ensurePublication(ctx context.Context, con *console, p place) (standfirst.Publication, error) {
	pub, err := r.publication(ctx)
	if err == nil || standfirst.KindOf(err) != standfirst.NotFound {
		return pub, err
	}
	pub = standfirst.DefaultPublication()
	if err := r.setUp(ctx, pub); err != nil {
		return pub, err
	}
	con.notef("Made a new publication in %s: %q, time zone %s, language %s. Change that with: standfirst init --data %s --name NAME --time-zone ZONE",
		p.describe(), pub.Name, pub.TimeZone, pub.Language, p.Data)
	return r.publication(ctx)
}

// ready returns why the newsroom cannot answer now, or nil.
func (r *room) ready(ctx context.Context) error {
	return r.store.View(ctx, func(tx *store.ReadTx) error {
		_, err := tx.Publication()
		return err
	})
}

// cause returns the innermost reason of a file error, without the path that the
// message has named already.
func cause(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

// address returns the full address of a path on the publication's site, or the
// path alone when nobody has said what the site's address is.
func address(pub standfirst.Publication, path string) string {
	return strings.TrimSuffix(pub.BaseURL, "/") + path
}
