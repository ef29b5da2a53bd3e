package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"standfirst/bench/measure"
)

// programs are the binaries under measurement and those that measure.
type programs struct {
	dir      string // they and their logs lie here
	newsroom string
	bare     string
	load     string
}

// releaseFlags build the newsroom as a release does.
var releaseFlags = []string{"-trimpath", "-ldflags", "-s -w"}

// moduleFolder returns the folder of the project.
func moduleFolder(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("find the project (run this inside it): %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// buildPrograms builds everything into the folder.
func buildPrograms(ctx context.Context, module, dir string) (programs, error) {
	p := programs{
		dir: dir, newsroom: filepath.Join(dir, "standfirst"), bare: filepath.Join(dir, "bare"), load: filepath.Join(dir, "load"),
	}
	for binary, pkg := range map[string]string{p.newsroom: "./cmd/standfirst", p.bare: "./bench/bare", p.load: "./bench/load"} {
		args := append([]string{"build", "-o", binary}, releaseFlags...)
		command := exec.CommandContext(ctx, "go", append(args, pkg)...)
		command.Dir = module
		command.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := command.CombinedOutput(); err != nil {
			return p, fmt.Errorf("build %s: %w\n%s", pkg, err, out)
		}
	}
	return p, nil
}

// schemaDigest names the database schema, so that a folder that was filled under
// another one is not used again.
func schemaDigest(module string) (string, error) {
	hash := sha256.New()
	root := os.DirFS(filepath.Join(module, "internal", "store", "migration"))
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, name)
		_, _ = fmt.Fprintf(hash, "%s %d\n%s", name, len(text), text)
		return err
	})
	return hex.EncodeToString(hash.Sum(nil)[:6]), err
}

// serve starts the newsroom on the archive's folder. Its log goes to a file, as it
// does where it runs as a service.
func (p programs) serve(ctx context.Context, processor int, a archive, flags ...string) (*server, error) {
	args := append([]string{"serve", "--data", a.dir, "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0"}, flags...)
	return start(ctx, processor, filepath.Join(p.dir, fmt.Sprintf("serve-%d.log", a.size)), p.newsroom, args...)
}

// serveBare starts the bare server with the stored pages. It takes comments into the
// file, if one is named.
func (p programs) serveBare(ctx context.Context, processor int, size int, pages map[string]storedPage, comments ...string) (*server, error) {
	encoded, err := json.Marshal(pages)
	if err != nil {
		return nil, err
	}
	name := filepath.Join(p.dir, fmt.Sprintf("bare-%d", size))
	if err := os.WriteFile(name+".json", encoded, 0o600); err != nil {
		return nil, err
	}
	return start(ctx, processor, name+".log", p.bare, append([]string{name + ".json"}, comments...)...)
}

// drive runs the load generator on its processor.
func (p programs) drive(ctx context.Context, processor int, task measure.Task) (measure.Result, error) {
	var result measure.Result
	encoded, err := json.Marshal(task)
	if err != nil {
		return result, err
	}
	command := pinned(ctx, processor, p.load)
	command.Stdin = bytes.NewReader(encoded)
	out, err := command.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return result, fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		return result, err
	}
	if err := json.Unmarshal(out, &result); err != nil {
		return result, fmt.Errorf("the load generator's answer: %w", err)
	}
	return result, nil
}
