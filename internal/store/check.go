package store

import (
	"context"
	"fmt"
	"time"

	"standfirst"
)

// Finding is something about the database that somebody should look at.
type Finding struct {
	Problem string // a sentence
	Advice  string // what to do about it; may be empty
	Serious bool   // the newsroom may lose or show wrong data if nothing is done
}

const (
	// overdueAfter is how late a scheduled story is before it is a finding.
	overdueAfter = time.Minute
	// maxFindings is how many findings of one kind are told.
	maxFindings = 20
)

// Check looks for damage in the database, for jobs that were set aside and for
// stories that should have gone out, and returns what it found. It reads the whole
// database, while others read and write.
func (s *Store) Check(ctx context.Context) ([]Finding, error) {
	findings, err := s.engine.check(ctx)
	if err != nil {
		return nil, err
	}
	err = s.View(ctx, func(tx *ReadTx) error {
		jobs, err := tx.FailedJobs(maxFindings)
		if err != nil {
			return err
		}
		for _, j := range jobs {
			findings = append(findings, Finding{
				Problem: fmt.Sprintf("The job %d (%s) was set aside after %d attempts: %s", j.ID, j.Kind, j.Attempts, j.LastError),
				Advice:  "Remove what made it fail; the same work, asked for again, starts it anew.",
			})
		}
		late, err := tx.DueSchedules(s.clock().Add(-overdueAfter-time.Microsecond), maxFindings)
		for _, schedule := range late {
			findings = append(findings, overdue(schedule))
		}
		return err
	})
	return findings, err
}

func overdue(s standfirst.Schedule) Finding {
	return Finding{
		Problem: fmt.Sprintf("The story %d was to go out at %s and has not.", s.StoryID, s.At.Format(time.RFC3339)),
		Advice:  "Scheduled stories go out while standfirst serve runs; start it, or publish the story by hand.",
	}
}

// check runs SQLite's own checks.
func (e *sqliteEngine) check(ctx context.Context) ([]Finding, error) {
	var findings []Finding
	rows, err := e.reading.QueryContext(ctx, e.queries["IntegrityCheck"].text)
	if err != nil {
		return nil, fmt.Errorf("store: check: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var result string
		if err := rows.Scan(&result); err != nil {
			return nil, fmt.Errorf("store: check: %w", err)
		}
		if result != "ok" {
			findings = append(findings, Finding{
				Problem: "The database file is damaged: " + result, Advice: "Restore the last backup.", Serious: true,
			})
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("store: check: %w", err)
	}
	dangling, err := e.danglingReferences(ctx)
	return append(findings, dangling...), err
}

// danglingReferences finds rows that refer to rows that are not there.
func (e *sqliteEngine) danglingReferences(ctx context.Context) ([]Finding, error) {
	rows, err := e.reading.QueryContext(ctx, e.queries["ForeignKeyCheck"].text)
	if err != nil {
		return nil, fmt.Errorf("store: check: %w", err)
	}
	defer rows.Close()
	var findings []Finding
	for rows.Next() {
		var table, parent string
		var row int64
		if err := rows.Scan(&table, numberInto(&row), &parent); err != nil {
			return nil, fmt.Errorf("store: check: %w", err)
		}
		findings = append(findings, Finding{
			Problem: fmt.Sprintf("The row %d of the table %s refers to a missing row of %s.", row, table, parent),
			Advice:  "Restore the last backup.", Serious: true,
		})
	}
	return findings, rows.Err()
}

// check asks nothing more: PostgreSQL holds its constraints at every commit and
// reports damage when it reads it.
func (e *postgresEngine) check(ctx context.Context) ([]Finding, error) {
	if err := e.db.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("store: check: %w", err)
	}
	return nil, nil
}
