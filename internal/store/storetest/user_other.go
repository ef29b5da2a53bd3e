//go:build !unix

package storetest

import "os/exec"

// asAnother has nothing to change here.
func asAnother(*exec.Cmd, string) error { return nil }
