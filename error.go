package standfirst

import (
	"errors"
	"fmt"
)

// ErrorKind says what an error means to the one who caused it. The web and the
// command each map kinds to their own answers in one place.
type ErrorKind uint8

const (
	// Internal is everything that is our fault or nobody's: it is logged in full
	// and shown without its cause.
	Internal ErrorKind = iota
	// Invalid input: the message says what, where and what to do.
	Invalid
	// NotFound: there is no such thing, or none that this actor may know of.
	NotFound
	// Gone: it was here and was taken away on purpose.
	Gone
	// Conflict: the thing is not in the state that the request assumed, because
	// somebody else was faster or the move is not allowed from here.
	Conflict
	// Forbidden: the actor is known and may not do this.
	Forbidden
	// Unauthenticated: the actor has to sign in first.
	Unauthenticated
	// TooLarge: the input exceeds a limit that the message names.
	TooLarge
	// TooMany: this was tried too often; it may be tried again after a while that the
	// message names.
	TooMany
	// Unavailable: it may work later; nothing was changed.
	Unavailable
)

var errorKindNames = [...]string{
	Internal: "internal", Invalid: "invalid", NotFound: "not found", Gone: "gone", Conflict: "conflict",
	Forbidden: "forbidden", Unauthenticated: "unauthenticated", TooLarge: "too large", TooMany: "too many", Unavailable: "unavailable",
}

// String returns the kind in lower-case words.
func (k ErrorKind) String() string {
	if int(k) < len(errorKindNames) {
		return errorKindNames[k]
	}
	return fmt.Sprintf("ErrorKind(%d)", uint8(k))
}

// Error is an error with a kind and a message that may be shown to the one who
// caused it, apart from the cause, which may not.
type Error struct {
	Kind    ErrorKind
	Message string // a full sentence or a clause without final stop; safe to show
	Cause   error  // may be nil; for the log
}

// Errorf returns an *Error of the kind whose message is formatted as by
// fmt.Sprintf. It takes no %w: set Cause with [WrapError] instead.
func Errorf(kind ErrorKind, format string, args ...any) error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// WrapError returns an *Error of the kind with a message that may be shown and a
// cause that may not.
func WrapError(kind ErrorKind, cause error, format string, args ...any) error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...), Cause: cause}
}

// Error returns the message followed by the cause, for logs.
func (e *Error) Error() string {
	if e.Cause == nil {
		return e.Message
	}
	return e.Message + ": " + e.Cause.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf returns the kind of the outermost [Error] in the chain of err, and
// Internal for any other error. It must not be called with nil.
func KindOf(err error) ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// PublicMessage returns what may be shown of err: the message of the outermost
// [Error] in its chain, and "" for any other error and for the Internal kind.
func PublicMessage(err error) string {
	var e *Error
	if errors.As(err, &e) && e.Kind != Internal {
		return e.Message
	}
	return ""
}
