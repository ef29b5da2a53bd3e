package verify

import (
	"context"
	"errors"
	"fmt"

	"standfirst"
)

// Step is one thing that was checked.
type Step struct {
	Mark Mark
	Text string
}

// Mark says how a step ended.
type Mark string

const (
	OK     Mark = "ok"
	Look   Mark = "look"  // true, and for people to weigh
	Failed Mark = "WRONG" // not as it was published, or not to be verified
)

// Report is where steps are told as they are made.
type Report func(Step)

// ErrFailed is what a check returns when some step failed; the report has told which.
var ErrFailed = errors.New("the record does not bear it out")

// check is one run.
type check struct {
	ctx    context.Context
	source Source
	report Report
	failed bool
}

func (c *check) ok(format string, args ...any)   { c.report(Step{OK, fmt.Sprintf(format, args...)}) }
func (c *check) look(format string, args ...any) { c.report(Step{Look, fmt.Sprintf(format, args...)}) }

func (c *check) wrong(format string, args ...any) {
	c.failed = true
	c.report(Step{Failed, fmt.Sprintf(format, args...)})
}

// explain tells an error as a step that failed.
func (c *check) explain(err error) {
	message := standfirst.PublicMessage(err)
	if message == "" {
		message = err.Error()
	}
	c.wrong("%s", message)
}

// outcome returns [ErrFailed] if some step failed.
func (c *check) outcome() error {
	if c.failed {
		return ErrFailed
	}
	return nil
}
