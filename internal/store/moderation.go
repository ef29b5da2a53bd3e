package store

import (
	"time"

	"standfirst"
)

// Decisions returns the last limit decisions about the comment, the newest first.
func (tx *ReadTx) Decisions(id standfirst.CommentID, limit int) ([]standfirst.CommentDecision, error) {
	return all(tx, scanDecision, "Decisions", int64(id), int64(limit))
}

// LastDecisions returns the last limit decisions before the one given, or before none for
// zero, about whatever comment, the newest first.
func (tx *ReadTx) LastDecisions(before standfirst.DecisionID, limit int) ([]standfirst.CommentDecision, error) {
	return all(tx, scanDecision, "LastDecisions", beforeID(before), int64(limit))
}

// DecisionsOfBatch returns the decisions that were taken at once.
func (tx *ReadTx) DecisionsOfBatch(batch string) ([]standfirst.CommentDecision, error) {
	return all(tx, scanDecision, "DecisionsOfBatch", batch)
}

func scanDecision(row scanner) (d standfirst.CommentDecision, err error) {
	err = row.Scan(&d.ID, &d.Batch, &d.Comment, (*instant)(&d.At), numberInto(&d.Staff), &d.Actor, &d.Was, &d.WasRule, &d.WasReason, &d.WasNote,
		(*instant)(&d.WasQueuedAt), &d.Became, &d.Reason, &d.Note, (*instant)(&d.UndoneAt))
	return d, err
}

// InsertDecision stores what was decided about a comment.
func (tx *Tx) InsertDecision(d standfirst.CommentDecision) (standfirst.DecisionID, error) {
	return one(&tx.ReadTx, scanID[standfirst.DecisionID], "InsertDecision", d.Batch, int64(d.Comment), toMicros(d.At), toNumber(d.Staff), d.Actor,
		string(d.Was), string(d.WasRule), string(d.WasReason), d.WasNote, toMicros(d.WasQueuedAt), string(d.Became), string(d.Reason), d.Note)
}

// UndoDecision notes that the decision no longer stands. It reports whether it did.
func (tx *Tx) UndoDecision(id standfirst.DecisionID, at time.Time) (bool, error) {
	n, err := tx.exec("UndoDecision", toMicros(at), int64(id))
	return n > 0, err
}

// EraseDecisions removes what was written with the decisions about the comment.
func (tx *Tx) EraseDecisions(id standfirst.CommentID) error {
	_, err := tx.exec("EraseDecisions", int64(id))
	return err
}

// Report returns the report with the identifier.
func (tx *ReadTx) Report(id standfirst.ReportID) (standfirst.Report, error) {
	r, err := one(tx, scanReport, "Report", int64(id))
	return r, missing(err, "there is no report %d", id)
}

// ReportsOf returns the last limit reports of the comment, the newest first.
func (tx *ReadTx) ReportsOf(id standfirst.CommentID, limit int) ([]standfirst.Report, error) {
	return all(tx, scanReport, "ReportsOf", int64(id), int64(limit))
}

// AnsweredReports returns the reports of the comment that were answered at the time, but for
// legal complaints: those that a decision answered.
func (tx *ReadTx) AnsweredReports(id standfirst.CommentID, at time.Time) ([]standfirst.ReportID, error) {
	return all(tx, scanID[standfirst.ReportID], "AnsweredReports", int64(id), toMicros(at))
}

// OpenReports returns the reports of the comments that wait for an answer.
func (tx *ReadTx) OpenReports(ids []standfirst.CommentID) ([]standfirst.Report, error) {
	return all(tx, scanReport, "OpenReportsOf", toList(ids))
}

// DueReports returns the next limit reports that must be answered by a time, after the
// one that is due at the time, the most urgent first.
func (tx *ReadTx) DueReports(due time.Time, after standfirst.ReportID, limit int) ([]standfirst.Report, error) {
	from := int64(0)
	if !due.IsZero() {
		from = due.UnixMicro()
	}
	return all(tx, scanReport, "DueReports", from, int64(after), int64(limit))
}

// CountReported returns how many reports by readers nobody has answered, up to limit.
func (tx *ReadTx) CountReported(limit int) (int, error) {
	found, err := all(tx, scanID[standfirst.ReportID], "ReportedIDs", string(standfirst.ReportReader), int64(limit))
	return len(found), err
}

// CountDue returns how many reports must be answered by a time, up to limit.
func (tx *ReadTx) CountDue(limit int) (int, error) {
	found, err := all(tx, scanID[standfirst.ReportID], "DueIDs", int64(limit))
	return len(found), err
}

func scanReport(row scanner) (r standfirst.Report, err error) {
	err = row.Scan(&r.ID, &r.Comment, &r.Kind, &r.Reason, &r.Text, &r.Name, &r.Email, &r.Address, &r.Evidence,
		(*instant)(&r.CreatedAt), (*instant)(&r.DueAt), (*instant)(&r.ResolvedAt), &r.ResolvedBy, &r.Outcome)
	return r, err
}

// InsertReport stores a report.
func (tx *Tx) InsertReport(r standfirst.Report) (standfirst.ReportID, error) {
	return one(&tx.ReadTx, scanID[standfirst.ReportID], "InsertReport", int64(r.Comment), string(r.Kind), string(r.Reason), r.Text, r.Name, r.Email,
		r.Address, r.Evidence, toMicros(r.CreatedAt), toMicros(r.DueAt))
}

// ResolveReport stores what was answered to the report. It reports whether it was open.
func (tx *Tx) ResolveReport(id standfirst.ReportID, at time.Time, by, outcome string) (bool, error) {
	n, err := tx.exec("ResolveReport", toMicros(at), by, outcome, int64(id))
	return n > 0, err
}

// ReopenReports takes back the answers that were given at the time to reports of the
// comment, but to legal complaints. It reports whether there were any.
func (tx *Tx) ReopenReports(id standfirst.CommentID, at time.Time) (bool, error) {
	n, err := tx.exec("ReopenReports", int64(id), toMicros(at))
	return n > 0, err
}

// EraseReports removes the words of the reports of the comment, but for legal complaints.
func (tx *Tx) EraseReports(id standfirst.CommentID) error {
	_, err := tx.exec("EraseReports", int64(id))
	return err
}

// BansOn returns the bans on any of the values that last beyond the time, of whatever
// kind: it is for the caller to look whether they match.
func (tx *ReadTx) BansOn(values []string, at time.Time) ([]standfirst.Ban, error) {
	return all(tx, scanBan, "BanOn", toList(values), toMicros(at))
}

// Sighting is what is looked at before a comment is judged, in one query.
type Sighting struct {
	Again   standfirst.CommentID // the same, made before; zero for none
	Repeats int                  // comments of the same words
	Staff   bool                 // the name is that of somebody on the staff
	Entity  bool                 // the name is one that stands in the ledger
	Bans    bool                 // there is a ban, on whomever
	Learnt  standfirst.SpamCounts
	Writer  standfirst.Commenter // the writer with the address; zero for none
	Recent  int                  // comments of that writer
}

// SightingQuery says what to look for.
type SightingQuery struct {
	Fingerprint string
	SameSince   time.Time // a comment with the fingerprint that was made later is the same
	Words       string    // digest of the words; empty finds none
	WordsSince  time.Time
	MaxRepeats  int
	Name        string // case and blanks do not matter
	Email       string // as [standfirst.CleanEmail] writes it
	RecentSince time.Time
	MaxRecent   int
	Now         time.Time
}

// Sighting looks at what is kept about a comment like that.
func (tx *ReadTx) Sighting(q SightingQuery) (Sighting, error) {
	return one(tx, func(row scanner) (s Sighting, err error) {
		w := &s.Writer
		err = row.Scan(&s.Again, &s.Repeats, (*flag)(&s.Staff), (*flag)(&s.Entity), (*flag)(&s.Bans), &s.Learnt.Spam, &s.Learnt.Ham,
			numberInto(&w.ID), textInto(&w.Email), textInto(&w.Name), (*instant)(&w.CreatedAt), (*instant)(&w.SeenAt), (*instant)(&w.ConfirmedAt),
			numberInto(&w.Approved), numberInto(&w.Rejected), &s.Recent)
		return s, err
	}, "Sighting", q.Fingerprint, toMicros(q.SameSince), q.Words, toMicros(q.WordsSince), int64(q.MaxRepeats), nameKey(q.Name), toMicros(q.Now),
		int64(q.MaxRecent), toMicros(q.RecentSince), q.Email)
}

// Bans returns the next limit bans after the one given that last beyond the time.
func (tx *ReadTx) Bans(at time.Time, after standfirst.BanID, limit int) ([]standfirst.Ban, error) {
	return all(tx, scanBan, "Bans", toMicros(at), int64(after), int64(limit))
}

// Ban returns the ban with the identifier.
func (tx *ReadTx) Ban(id standfirst.BanID) (standfirst.Ban, error) {
	b, err := one(tx, scanBan, "Ban", int64(id))
	return b, missing(err, "there is no ban %d", id)
}

func scanBan(row scanner) (b standfirst.Ban, err error) {
	err = row.Scan(&b.ID, &b.Kind, &b.Value, &b.Reason, (*instant)(&b.CreatedAt), &b.CreatedBy, (*instant)(&b.ExpiresAt))
	return b, err
}

// InsertBan stores a ban.
func (tx *Tx) InsertBan(b standfirst.Ban) (standfirst.BanID, error) {
	return one(&tx.ReadTx, scanID[standfirst.BanID], "InsertBan", string(b.Kind), b.Value, b.Reason, toMicros(b.CreatedAt), b.CreatedBy, toMicros(b.ExpiresAt))
}

// EndBan ends the ban at the time, if it lasts beyond.
func (tx *Tx) EndBan(id standfirst.BanID, at time.Time) error {
	_, err := tx.exec("EndBan", toMicros(at), int64(id))
	return err
}

// Discussions returns what is said of how the talk is held in the scopes, by scope.
func (tx *ReadTx) Discussions(scopes ...standfirst.DiscussionScope) (map[standfirst.DiscussionScope]standfirst.Discussion, error) {
	found := make(map[standfirst.DiscussionScope]standfirst.Discussion, len(scopes))
	err := tx.each(func(row scanner) error {
		var scope standfirst.DiscussionScope
		var d standfirst.Discussion
		if err := row.Scan(&scope, fromJSON{&d}); err != nil {
			return err
		}
		found[scope] = d
		return nil
	}, "Discussions", toList(scopes))
	return found, err
}

// PutDiscussion stores how the talk is held in the scope.
func (tx *Tx) PutDiscussion(scope standfirst.DiscussionScope, d standfirst.Discussion) error {
	_, err := tx.exec("PutDiscussion", string(scope), toJSON(d))
	return err
}

// SpamCounts returns in how many comments of each kind the features were seen. The total
// of each kind is that of the feature "".
func (tx *ReadTx) SpamCounts(features []string) (map[string]standfirst.SpamCounts, error) {
	counts := make(map[string]standfirst.SpamCounts, len(features))
	err := tx.each(func(row scanner) error {
		var feature string
		var c standfirst.SpamCounts
		err := row.Scan(&feature, &c.Spam, &c.Ham)
		counts[feature] = c
		return err
	}, "SpamCounts", toList(features))
	return counts, err
}

// LearnFeatures changes in how many comments of each kind the features were seen.
func (tx *Tx) LearnFeatures(features []string, spam, ham int) error {
	for _, feature := range features {
		if _, err := tx.exec("LearnFeature", feature, int64(spam), int64(ham)); err != nil {
			return err
		}
	}
	return nil
}

// Secret returns the secret of the name, and "" if there is none yet.
func (tx *ReadTx) Secret(name string) (string, error) {
	value, err := one(tx, scanText, "Secret", name)
	if err == errNoRow {
		return "", nil
	}
	return value, err
}

// KeepSecret stores the secret of the name, unless there is one, and returns the one that
// counts.
func (tx *Tx) KeepSecret(name, value string) (string, error) {
	if _, err := tx.exec("InsertSecret", name, value); err != nil {
		return "", err
	}
	return tx.Secret(name)
}
