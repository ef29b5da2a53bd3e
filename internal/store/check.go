package store

import "context"

// Finding is something about the database that somebody should look at.
type Finding struct {
	Problem string // a sentence
	Advice  string // what to do about it; may be empty
	Serious bool   // whether the newsroom may lose or show wrong data if nothing is done
}

func (e *sqliteEngine) check(ctx context.Context) ([]Finding, error) { return nil, nil }
