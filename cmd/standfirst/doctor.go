package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"

	"standfirst"
	"standfirst/internal/store"
)

type doctorCommand struct{ place }

// Run checks what can go wrong over years of running and prints a line for each
// part. It changes nothing; the exit code is 1 if something serious is wrong.
func (c *doctorCommand) Run(ctx context.Context, con *console) error {
	r, err := c.openExisting(ctx, con)
	if err != nil {
		return err
	}
	defer r.close()
	serious := false
	for _, check := range []struct {
		part string
		run  func(context.Context) ([]store.Finding, error)
	}{
		{"publication", r.checkPublication},
		{"database", r.store.Check},
		{"pictures", r.checkPictures},
		{"data folder", c.checkFolder},
		{"public record", r.checkRecord},
	} {
		findings, err := check.run(ctx)
		if err != nil {
			return err
		}
		if len(findings) == 0 {
			con.printf("ok     %s", check.part)
		}
		for _, f := range findings {
			mark := "look  "
			if f.Serious {
				mark, serious = "WRONG ", true
			}
			con.printf("%s %s: %s", mark, check.part, f.Problem)
			if f.Advice != "" {
				con.printf("       %s", f.Advice)
			}
		}
	}
	if serious {
		return errReported
	}
	return nil
}

// checkPublication looks whether the settings can stand.
func (r *room) checkPublication(ctx context.Context) ([]store.Finding, error) {
	pub, err := r.publication(ctx)
	if err != nil && standfirst.KindOf(err) == standfirst.NotFound {
		return []store.Finding{{Problem: "There is none yet.", Advice: "Make one with standfirst init."}}, nil
	}
	if err != nil {
		return nil, err
	}
	if err := pub.Validate(); err != nil {
		return []store.Finding{{Problem: describe(err) + ".", Advice: "Set it with standfirst init.", Serious: true}}, nil
	}
	if pub.BaseURL == "" {
		return []store.Finding{{
			Problem: "The base address is not set, so links for sharing and for search engines are incomplete.",
			Advice:  "Set it with standfirst init --base-url https://…",
		}}, nil
	}
	return nil, nil
}

// checkPictures looks whether every stored picture has its files.
func (r *room) checkPictures(ctx context.Context) ([]store.Finding, error) {
	missing, err := r.media.Missing(ctx)
	if err != nil {
		return nil, err
	}
	var findings []store.Finding
	for _, name := range missing {
		findings = append(findings, store.Finding{
			Problem: "The file " + name + " in the media folder is missing or has been changed.",
			Advice:  "Bring it back from a backup, or file the text with its picture again (standfirst story revise).", Serious: true,
		})
	}
	return findings, nil
}

// checkFolder looks at the folder itself, and for what an interrupted command left
// behind in it.
func (c *doctorCommand) checkFolder(context.Context) ([]store.Finding, error) {
	var findings []store.Finding
	for _, pattern := range []string{".backup-*", "*.part"} {
		left, err := filepath.Glob(filepath.Join(c.Data, pattern))
		if err != nil {
			return nil, err
		}
		for _, name := range left {
			findings = append(findings, store.Finding{Problem: "An interrupted command left " + name + " behind.", Advice: "It may be deleted."})
		}
	}
	info, err := os.Stat(c.Data)
	if err != nil {
		return nil, err
	}
	if info.Mode()&fs.ModePerm&0o002 != 0 {
		findings = append(findings, store.Finding{
			Problem: "Anybody on this machine may write to it.", Advice: "Run chmod o-w " + c.Data + ".", Serious: true,
		})
	}
	return findings, nil
}
