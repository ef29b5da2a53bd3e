package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"standfirst"
	"standfirst/internal/record"
	"standfirst/internal/store"
	"standfirst/internal/verify"
)

type recordCommand struct {
	Verify recordVerifyCommand `cmd:"" help:"Check the whole public record against the database, or, as an outsider, a story or a site by its address."`
	Export recordExportCommand `cmd:"" help:"Write the signed record as files."`
	Resume recordResumeCommand `cmd:"" help:"Let a record be signed again after the restore of a backup."`
	Rotate recordRotateCommand `cmd:"" help:"Put another key on the record."`
}

type recordVerifyCommand struct {
	place
	Address string `arg:"" optional:"" help:"Address of a story, or of a site for its whole record, or a folder with an exported record; without it, the newsroom in the data folder is checked."`
	Forget  bool   `help:"Neither use nor keep what was seen of the site before."`
}

// Run prints a line for each step; the exit code is 1 if one of them fails.
func (c *recordVerifyCommand) Run(ctx context.Context, con *console) error {
	if c.Address == "" {
		return c.database(ctx, con)
	}
	report := func(s verify.Step) { con.printf("%-5s  %s", s.Mark, s.Text) }
	var err error
	if info, failure := os.Stat(c.Address); failure == nil && info.IsDir() {
		err = verify.Log(ctx, verify.Folder(c.Address), nil, report)
	} else {
		err = c.outside(ctx, report)
	}
	if errors.Is(err, verify.ErrFailed) {
		return errReported
	}
	return err
}

// outside plays the outsider.
func (c *recordVerifyCommand) outside(ctx context.Context, report verify.Report) error {
	source, u, err := verify.NewWeb(c.Address)
	if err != nil {
		return usageError{describe(err)}
	}
	memory, err := c.memory(u)
	if err != nil {
		return err
	}
	if u.Path == "" || u.Path == "/" || u.Path == "/record" || u.Path == "/record/" {
		return verify.Log(ctx, source, memory, report)
	}
	return verify.Story(ctx, c.Address, memory, report)
}

// memory returns what was seen of the site before, in the user's cache folder.
func (c *recordVerifyCommand) memory(u *url.URL) (*verify.Memory, error) {
	if c.Forget {
		return nil, nil //nolint:nilnil // no memory is a memory that forgets
	}
	folder, err := os.UserCacheDir()
	if err != nil {
		return nil, standfirst.WrapError(standfirst.Invalid, err, "there is no folder to remember in what was seen (%v); set XDG_CACHE_HOME, or use --forget", err)
	}
	return verify.MemoryOf(folder, u.Host), nil
}

// database checks the record against the database.
func (c *recordVerifyCommand) database(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		problems := 0
		n, err := record.Audit(ctx, r.store.Reader(), func(problem string) {
			problems++
			con.printf("%-5s  %s", verify.Failed, problem)
		})
		if err != nil {
			return err
		}
		status, err := r.record.Check(ctx)
		if err != nil {
			con.printf("%-5s  %s", verify.Look, describe(err))
		} else if status.Signed < status.Entries {
			con.printf("%-5s  entries that are not signed yet: %d; standfirst serve signs them", verify.Look, status.Entries-status.Signed)
		}
		if problems > 0 {
			return errReported
		}
		con.printf("%-5s  %d entries: the tree, its checkpoints, and everything published that they are about", verify.OK, n)
		return nil
	})
}

type recordExportCommand struct {
	place
	To string `arg:"" type:"path" help:"Folder to write to: the checkpoint, the tiles and the entries, as they are served below /record/."`
}

// Run signs what is new, if this machine may, and writes the files.
func (c *recordExportCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		if err := r.record.Sign(ctx); err != nil {
			con.notef("%s", describe(err))
		}
		n, err := record.Export(ctx, r.store.Reader(), c.To)
		if err == nil {
			con.printf("%d entries in %s", n, c.To)
		}
		return err
	})
}

type recordResumeCommand struct {
	place
	NothingSigned  bool   `help:"Nothing was signed after the backup was made, as when a newsroom moves to another machine: go on without a break."`
	LastCheckpoint string `type:"existingfile" help:"File with the last checkpoint that was published, as a monitor or another node (its record.seen) has it; without it, the new epoch names the last that this node and the database know."`
	LastKey        string `help:"Key that signed that checkpoint, as /record showed it, if the key was changed after the backup was made."`
}

// Run begins a new epoch and says so.
func (c *recordResumeCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		o := record.ResumeOptions{NothingSigned: c.NothingSigned, LastKey: c.LastKey}
		if c.LastCheckpoint == "" && c.LastKey != "" {
			return usageError{"--last-key goes with --last-checkpoint"}
		}
		if c.LastCheckpoint != "" {
			var err error
			if o.Last, err = readCheckpoint(c.LastCheckpoint); err != nil {
				return err
			}
		}
		done, err := r.record.Resume(ctx, o)
		if err != nil {
			return err
		}
		if done.Size == 0 {
			con.notef("It is not signed yet, because another process keeps signing to itself; see standfirst doctor.")
		}
		if done.Kept {
			con.printf("the record goes on, with %d entries signed", done.Size)
			return nil
		}
		con.printf("the record goes on as %s, with %d entries signed", done.Epoch.Origin, done.Size)
		if done.Denied.N > 0 {
			con.notef("WARNING: an earlier epoch began without the last of the %d entries that were signed as %s, and has signed since. Whoever saw them can prove that; tell your readers why.",
				done.Denied.N, done.Denied.Origin)
		}
		if done.From == record.KnownNowhere {
			con.notef("Its entry names nothing that was signed before, because nothing here knows of any. A checkpoint that anybody holds would contradict it.")
			return nil
		}
		con.notef("Its entry names the %d entries that were signed as %s, the last that is known %s. "+
			"A later checkpoint that anybody holds would contradict it. Readers find the break explained at /record, and whoever verifies is told of it.",
			done.Epoch.OldSize, done.Epoch.OldOrigin, c.whence(done.From))
		return nil
	})
}

// readCheckpoint reads the file of a checkpoint, which is short.
func readCheckpoint(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, standfirst.WrapError(standfirst.Invalid, err, "%s cannot be read: %v", path, cause(err))
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 64<<10))
	if err != nil {
		return nil, standfirst.WrapError(standfirst.Invalid, err, "%s cannot be read: %v", path, cause(err))
	}
	return b, nil
}

// whence says where a checkpoint was found.
func (c *recordResumeCommand) whence(from record.Known) string {
	switch from {
	case record.KnownGiven:
		return "from " + c.LastCheckpoint
	case record.KnownSeen:
		return "from " + c.seenPath()
	default:
		return "from the database"
	}
}

type recordRotateCommand struct {
	place
	From string `type:"existingfile" help:"File of the new key (Ed25519 in PKCS #8); without it one is made."`
	Lost bool   `help:"The key before is lost, so that it cannot sign the change. Whoever verifies is told."`
}

// Run puts the key on the record.
func (c *recordRotateCommand) Run(ctx context.Context, con *console) error {
	return c.within(ctx, con, func(r *room, _ standfirst.Publication) error {
		public, err := r.record.Rotate(ctx, c.From, c.Lost)
		if public != "" { // it is on the record, even where that cannot be signed at present
			con.printf("the record is signed with the key %s from now on", public)
		}
		return err
	})
}

// checkRecord looks whether the record is signed.
func (r *room) checkRecord(ctx context.Context) ([]store.Finding, error) {
	if _, err := r.publication(ctx); err != nil {
		return nil, nil //nolint:nilerr // that there is none was told already
	}
	status, err := r.record.Check(ctx)
	if err != nil && standfirst.KindOf(err) == standfirst.Internal {
		return nil, err
	}
	if err != nil {
		return []store.Finding{{Problem: describe(err) + ".", Advice: "The newsroom goes on publishing; see docs/record.md."}}, nil
	}
	if !status.Since.IsZero() && time.Since(status.Since) > longUnsigned {
		return []store.Finding{{
			Problem: fmt.Sprintf("Entries that are not signed: %d, the first since %s.", status.Entries-status.Signed, status.Since.Format(time.RFC1123)),
			Advice:  "standfirst serve signs them while it runs; if it does, its log says what keeps it.",
		}}, nil
	}
	return nil, nil
}

// longUnsigned is how long an entry may wait before the doctor tells of it: signing takes
// moments where a server runs.
const longUnsigned = 10 * time.Minute

// sayUnsigned says at the start of a server that the record cannot be signed, and why.
func (r *room) sayUnsigned(ctx context.Context, con *console) {
	_, err := r.record.Check(ctx)
	switch standfirst.KindOf(err) {
	case standfirst.Conflict, standfirst.Invalid, standfirst.Forbidden:
		con.notef("WARNING: %s. What is published meanwhile has no proof.", describe(err))
	case standfirst.NotFound:
		con.notef("This machine does not sign the record, and another has to: %s.", describe(err))
	}
}

// measureRecord tells operations how the record stands.
func (r *room) measureRecord(registry prometheus.Registerer) {
	gauge := func(name, help string, value func(record.Status) float64) {
		registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return value(r.record.Status()) }))
	}
	gauge("standfirst_record_entries", "Entries on the public record.", func(s record.Status) float64 { return float64(s.Entries) })
	gauge("standfirst_record_signed_entries", "Entries under the newest checkpoint.", func(s record.Status) float64 { return float64(s.Signed) })
	gauge("standfirst_record_refused", "1 while the record must not be signed.", func(s record.Status) float64 {
		if s.Err != nil {
			return 1
		}
		return 0
	})
}
