package site

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"html/template"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/template/parse"

	"github.com/jba/templatecheck"

	"standfirst"
	"standfirst/internal/ledger"
	"standfirst/internal/store/storetest"
	"standfirst/ui"
)

// pageData is what each page's templates are given.
var pageData = map[string]any{
	"front": &frontPage{}, "section": &sectionPage{}, "topic": &topicPage{}, "author": &authorPage{},
	"day": &dayPage{}, "archive": &archivePage{}, "story": &storyPage{}, "page": &standingPage{},
	"corrections": &correctionsPage{}, "record": &recordPage{}, "deal": &dealPage{}, "deals": &dealsPage{}, "calendar": &calendarPage{}, "claim": &claimPage{}, "entity": &entityPage{}, "error": &failurePage{}, "gone": &failurePage{},
	"comments": &commentsPage{}, "reply": &replyPage{}, "own": &ownPage{}, "report": &reportPage{}, "voice": &voicePage{}, "signin": &signInPage{}, "reader": &readerPage{}, "unsubscribe": &unsubscribePage{},
	"history": &historyPage{}, "compare": &comparisonPage{}, "withdrawn": &withdrawnPage{}, "search": &searchPage{},
}

func TestTemplatesFitTheirData(t *testing.T) {
	files, err := ui.LoadSite()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := files.Templates()
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range pages {
		data, ok := pageData[name]
		if !ok {
			t.Errorf("page %s has no data in this test", name)
			continue
		}
		if err := templatecheck.CheckHTML(page.Lookup("base"), data); err != nil {
			t.Errorf("page %s: %v", name, err)
		}
	}
	for name, data := range map[string]any{"dealpanel": &dealPanel{}, "timelinepanel": &timelinePanel{}} {
		if err := templatecheck.CheckHTML(pages["story"].Lookup(name), data); err != nil {
			t.Errorf("part %s: %v", name, err)
		}
	}
	if len(pages) != len(pageData) {
		t.Errorf("%d pages in ui/site, %d in this test", len(pages), len(pageData))
	}
}

// TestEveryTemplateExecutes asks for every kind of page of a newsroom with stories
// of every kind, and fails if some template is left that none of them used.
func TestEveryTemplateExecutes(t *testing.T) {
	p := newPaper(t)
	var mu sync.Mutex
	unused := make(map[string]bool)
	pages, err := p.site.ui.Templates()
	if err != nil {
		t.Fatal(err)
	}
	for page, set := range pages {
		for _, part := range set.Templates() {
			if part.Tree == nil || len(part.Tree.Root.Nodes) == 0 || strings.HasSuffix(part.Name(), ".html") {
				continue // a file around its definitions
			}
			name := part.Name()
			if name == "main" {
				name = page + "/main"
			}
			unused[name] = true
			used := func() string {
				mu.Lock()
				defer mu.Unlock()
				delete(unused, name)
				return ""
			}
			trace(t, part, used)
		}
	}
	for i := range archiveLength {
		p.publish(plainStory(i))
	}
	p.plan(ledger.EventDraft{Title: "Northwind Freight: annual results", When: storetest.OnDay(t, "2026-12-03"), Entity: "Northwind Freight"})
	stepByStep := p.publish(standfirst.Content{Headline: "Halcyon, step by step", Body: ":::timeline 1\n:::"})
	paths := []string{stepByStep.Path(), "/", "/section/deals", "/topic/freight", "/author/imogen-adeyemi", "/2026/03/03/", "/2026/03/04/", "/archive", "/about",
		"/nonsense", "/corrections", "/record", "/deals", "/calendar", "/deal/halcyon-compute-round", "/claim/1", "/company/northwind-freight", p.round.Path(), p.lead.Path(), p.bare.Path(), p.retracted.Path(), p.gone.Path(), p.members.Path()}
	edited := p.publishEdited()
	for _, below := range []string{"", "/history", "/version/1", "/compare?from=1&to=3", "/compare?from=1&to=3&view=side"} {
		paths = append(paths, edited.Path()+below)
	}
	paths = append(paths, p.retracted.Path()+"/history")
	paths = append(paths, p.talkedAbout(edited)...)
	token, _, err := p.news.SharePreview(t.Context(), standfirst.Command(), edited.ID, 0)
	p.must(err)
	paths = append(paths, standfirst.PreviewPath(token), "/search?q=halcyon", "/search?q=halcion+compuet", "/search?q=zzz")
	for _, path := range paths {
		get(p.site, path)
	}
	p.asReader(edited)
	for _, name := range slices.Sorted(maps.Keys(unused)) {
		t.Errorf("no page used the template %q", name)
	}
}

// trace makes the template call used when it executes.
func trace(t *testing.T, part *template.Template, used func() string) {
	t.Helper()
	name := "trace" + strconv.Itoa(len(part.Name())) + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, part.Name())
	part.Funcs(template.FuncMap{name: used})
	call, err := parse.Parse("trace", "{{"+name+"}}", "", "", map[string]any{name: used})
	if err != nil {
		t.Fatal(err)
	}
	part.Tree.Root.Nodes = append(call["trace"].Root.Nodes, part.Tree.Root.Nodes...)
}

// TestEveryStringIsUsed holds that the catalogue and those who use it agree: no
// key is used that is not there, none is there that nobody uses.
func TestEveryStringIsUsed(t *testing.T) {
	files, err := ui.LoadSite()
	if err != nil {
		t.Fatal(err)
	}
	staff, err := ui.LoadDesk()
	if err != nil {
		t.Fatal(err)
	}
	programs, err := ui.LoadAPI()
	if err != nil {
		t.Fatal(err)
	}
	used := make(map[string]string)
	for _, audience := range []*ui.Pages{files, staff, programs} {
		pages, err := audience.Templates()
		if err != nil {
			t.Fatal(err)
		}
		for page, set := range pages {
			for _, part := range set.Templates() {
				if part.Tree != nil {
					walk(part.Tree.Root, func(key string) { used[key] = "page " + page })
				}
			}
		}
	}
	for _, code := range []string{"*.go", "../desk/*.go", "../api/*.go", "../compared/*.go"} {
		maps.Copy(used, keysInCode(t, code))
	}
	maps.Copy(used, keysInScripts(t, "../../../ui/editor/*.ts"))
	for key, where := range used {
		if strings.HasSuffix(key, ".") { // completed with a number
			continue
		}
		if _, ok := files.Strings[key]; !ok {
			t.Errorf("%s uses the string %q, which is not in the catalogue", where, key)
		}
	}
	for key := range files.Strings {
		known := used[key] != ""
		for stem := key; !known && strings.Contains(stem, "."); { // of one that is completed
			stem = stem[:strings.LastIndexByte(stem, '.')]
			known = used[stem+"."] != ""
		}
		if !known {
			t.Errorf("nobody uses the string %q", key)
		}
	}
}

// walk calls found with the first argument of every call of t below the node.
func walk(node parse.Node, found func(key string)) {
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, child := range n.Nodes {
			walk(child, found)
		}
	case *parse.ActionNode:
		walk(n.Pipe, found)
	case *parse.PipeNode:
		if n == nil {
			return
		}
		for _, command := range n.Cmds {
			walk(command, found)
		}
	case *parse.CommandNode:
		if name, ok := n.Args[0].(*parse.IdentifierNode); ok && name.Ident == "t" && len(n.Args) > 1 {
			if key, ok := n.Args[1].(*parse.StringNode); ok {
				found(key.Text)
			}
		}
		for _, arg := range n.Args {
			walk(arg, found)
		}
	case *parse.IfNode:
		walkBranch(&n.BranchNode, found)
	case *parse.RangeNode:
		walkBranch(&n.BranchNode, found)
	case *parse.WithNode:
		walkBranch(&n.BranchNode, found)
	case *parse.TemplateNode:
		walk(n.Pipe, found)
	}
}

func walkBranch(n *parse.BranchNode, found func(string)) {
	walk(n.Pipe, found)
	walk(n.List, found)
	walk(n.ElseList, found)
}

// keysInCode returns the keys that the code of a package passes to Catalogue.Text, with
// the file that does.
func keysInCode(t *testing.T, code string) map[string]string {
	t.Helper()
	keys := make(map[string]string)
	names, err := filepath.Glob(code)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			if method, ok := call.Fun.(*ast.SelectorExpr); !ok || method.Sel.Name != "Text" {
				return true
			}
			arg := call.Args[0]
			for sum, ok := arg.(*ast.BinaryExpr); ok; sum, ok = arg.(*ast.BinaryExpr) { // a stem and what completes it
				arg = sum.X
			}
			if literal, ok := arg.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				key, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(fmt.Errorf("%s: %w", name, err))
				}
				keys[key] = name
			}
			return true
		})
	}
	return keys
}

// scriptKey matches a key that a script of the desk names.
var scriptKey = regexp.MustCompile(`"(editor\.[a-z0-9.]+)"`)

// keysInScripts returns the keys in the sources of scripts, with the file that each stands in.
func keysInScripts(t *testing.T, sources string) map[string]string {
	t.Helper()
	keys := make(map[string]string)
	names, err := filepath.Glob(sources)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range scriptKey.FindAllSubmatch(source, -1) {
			keys[string(found[1])] = name
		}
	}
	return keys
}
