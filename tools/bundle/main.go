// Command bundle makes the desk's scripts of their TypeScript sources: each file below
// ui/editor whose name ends in .entry.ts becomes one minified module in ui/bundle, and the
// licences of the packages in them become ui/bundle/LICENSES.txt. Run it with go generate;
// it needs what npm ci installs, and a network only for that.
//
// It is a module of its own, so that esbuild is no dependency of the server.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// entrySuffix tells a source that becomes a file of its own.
const entrySuffix = ".entry.ts"

func main() {
	root := flag.String("root", ".", "the folder of the repository")
	flag.Parse()
	if err := bundle(*root); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

// bundle writes ui/bundle below the root.
func bundle(root string) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	sources, err := filepath.Glob(filepath.Join(root, "ui", "editor", "*"+entrySuffix))
	if err != nil {
		return err
	}
	if len(sources) == 0 {
		return errors.New("there is no source whose name ends in " + entrySuffix)
	}
	var entries []api.EntryPoint
	for _, source := range sources {
		entries = append(entries, api.EntryPoint{InputPath: source, OutputPath: strings.TrimSuffix(filepath.Base(source), entrySuffix)})
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:       root,
		EntryPointsAdvanced: entries,
		Outdir:              filepath.Join(root, "ui", "bundle"),
		Bundle:              true,
		Format:              api.FormatESModule,
		Target:              api.ES2022,
		MinifyWhitespace:    true,
		MinifyIdentifiers:   true,
		MinifySyntax:        true,
		LegalComments:       api.LegalCommentsNone, // they are in LICENSES.txt
		Charset:             api.CharsetUTF8,
		PreserveSymlinks:    true, // what is written does not depend on where packages are kept
		Metafile:            true,
		LogLevel:            api.LogLevelWarning,
		Write:               true,
	})
	if len(result.Errors) > 0 {
		return errors.New("the scripts were not made; if packages are missing, run npm ci")
	}
	return writeLicences(root, result.Metafile)
}

// writeLicences writes the licence of every package that the scripts contain.
func writeLicences(root, metafile string) error {
	packages, err := bundled(metafile)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("The scripts in this folder contain the packages below, under their licences.\n")
	for _, name := range packages {
		version, licence, err := licenceOf(filepath.Join(root, "node_modules", filepath.FromSlash(name)))
		if err != nil {
			return fmt.Errorf("the licence of %s: %w", name, err)
		}
		fmt.Fprintf(&b, "\n%s\n%s %s\n\n%s\n", strings.Repeat("-", 72), name, version, licence)
	}
	return os.WriteFile(filepath.Join(root, "ui", "bundle", "LICENSES.txt"), []byte(b.String()), 0o644)
}

// bundled returns the names of the packages of which something is in an output.
func bundled(metafile string) ([]string, error) {
	var meta struct {
		Outputs map[string]struct {
			Inputs map[string]struct {
				BytesInOutput int `json:"bytesInOutput"`
			} `json:"inputs"`
		} `json:"outputs"`
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return nil, fmt.Errorf("read what esbuild says: %w", err)
	}
	var packages []string
	for _, output := range meta.Outputs {
		for input, share := range output.Inputs {
			_, inside, ok := strings.Cut(input, "node_modules/")
			if !ok || share.BytesInOutput == 0 {
				continue
			}
			parts := strings.Split(inside, "/")
			name := parts[0]
			if strings.HasPrefix(name, "@") {
				name = path.Join(parts[0], parts[1])
			}
			packages = append(packages, name)
		}
	}
	slices.Sort(packages)
	return slices.Compact(packages), nil
}

// licenceOf returns the version and the licence of the package in the folder.
func licenceOf(folder string) (version, licence string, err error) {
	manifest, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil {
		return "", "", err
	}
	var p struct {
		Version string `json:"version"`
	}
	if err := json.Unmarshal(manifest, &p); err != nil {
		return "", "", err
	}
	for _, name := range []string{"LICENSE", "LICENSE.md", "LICENCE", "LICENSE.txt"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", "", err
		}
		return p.Version, strings.TrimSpace(string(text)), nil
	}
	return "", "", errors.New("there is no file with it")
}
