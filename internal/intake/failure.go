package intake

import (
	"errors"
	"io/fs"

	"standfirst"
)

// inFile puts the name of the file before the message of an error that may be
// shown, so that every message says which file it is about.
func inFile(name string, err error) error {
	var e *standfirst.Error
	if !errors.As(err, &e) || e.Kind == standfirst.Internal {
		return err
	}
	return &standfirst.Error{Kind: e.Kind, Message: name + ": " + e.Message, Cause: e.Cause}
}

// reason returns the innermost reason of a file error, without the path.
func reason(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	}
	return err.Error()
}

// clip shortens words that are quoted in a message to about n bytes.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if i > n-len("…") {
			return s[:i] + "…"
		}
	}
	return s
}
