package storetest

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Killed starts the test TestKilled of the running test program in a child process with
// the setting in its environment, kills the child once it has printed so many lines that
// begin with "acknowledged ", and returns what stands behind that in all that it printed.
func Killed(t *testing.T, setting string, after int) (acknowledged []string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestKilled$")
	child.Env = append(os.Environ(), setting)
	child.Stderr = os.Stderr
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer child.Wait() //nolint:errcheck // it was killed
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		object, isOne := strings.CutPrefix(lines.Text(), "acknowledged ")
		if !isOne {
			continue
		}
		acknowledged = append(acknowledged, object)
		if len(acknowledged) == after {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(acknowledged) < after {
		t.Fatalf("the child ended after %d writes", len(acknowledged))
	}
	return acknowledged
}
