package desk

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"standfirst"
)

// actionNames are how what is done is noted in the audit log: a noun and a verb. Names of
// fields look the same; none of them begins so.
var actionNames = regexp.MustCompile(`^(author|ban|claim|comment|deal|entity|front|menu|publication|reader|report|response|section|settings|story|talk|topic|voice)\.[a-z-]+$`)

// notActions look like one, and are not.
var notActions = []string{"voice.txt"}

// TestDeedsHaveWords holds that everything which the code notes in the audit log is told in
// words.
func TestDeedsHaveWords(t *testing.T) {
	actions := map[string]bool{"picture.add": true, "picture.describe": true, "picture.delete": true}
	for _, state := range []standfirst.CommentState{standfirst.CommentApproved, standfirst.CommentRejected, standfirst.CommentSpam} {
		actions["comment."+string(state)] = true
	}
	for _, file := range sources(t, filepath.Join("..", "..")) {
		account := file.Name.Name == "account"
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if text := literal(n); actionNames.MatchString(text) && !slices.Contains(notActions, text) {
					actions[text] = true
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Action" {
					add(actions, "", n.Value)
				}
			case *ast.CallExpr:
				switch name := called(n); {
				case name == "reviewing":
					add(actions, "story.", n.Args[3])
				case account && name == "audit":
					add(actions, "", n.Args[2])
				case account && name == "finish":
					add(actions, "", n.Args[4])
				}
			case *ast.ValueSpec:
				if account && n.Names[0].Name == "how" && len(n.Values) == 1 {
					add(actions, "", n.Values[0])
				}
			}
			return true
		})
	}
	if len(actions) < 80 || !actions["story.publish"] || !actions["story.approve"] || !actions["sign in by link"] || !actions["sign in by provider"] {
		t.Fatalf("the code notes %d actions only: the test has lost them", len(actions))
	}
	r := newStoryRoom(t)
	m := &member{visitor: visitor{Desk: r.desk}}
	for action := range actions {
		if m.deed(action) == action {
			t.Errorf("%q has no words: add desk.did.%s", action, strings.ReplaceAll(action, " ", "-"))
		}
	}
	// An older program may have noted what has no words any more.
	if got := m.deed("story.unheard-of"); got != "story.unheard-of" {
		t.Errorf("what has no words is called %q", got)
	}
}

// sources returns the code of the packages that note what is done, without tests.
func sources(t *testing.T, root string) (files []*ast.File) {
	t.Helper()
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains([]string{"bench", "node_modules", "storetest", "testdata", "verify", "web"}, d.Name()):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(set, path, text, parser.SkipObjectResolution)
		files = append(files, file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// add notes an action that stands in the code as it is.
func add(actions map[string]bool, prefix string, value ast.Expr) {
	if text := literal(value); text != "" {
		actions[prefix+text] = true
	}
}

// literal returns the text that stands in the code; empty for anything else.
func literal(value ast.Expr) string {
	lit, ok := value.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	text, _ := strconv.Unquote(lit.Value) // the parser read it
	return text
}

// called returns the name of the function.
func called(call *ast.CallExpr) string {
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}
