package api_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// described returns the description as programs get it.
func (d *desk) described() map[string]any {
	d.t.Helper()
	return d.get("/api/v1/openapi.json").json()
}

// TestDescriptionIsValid checks the description by the rules of Redocly.
func TestDescriptionIsValid(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		skip(t, "there is no node here; install it with: apt-get install nodejs npm")
	}
	if _, err := os.Stat("../../../node_modules/@redocly/openapi-core"); err != nil {
		skip(t, "the linter of descriptions is not installed; run: npm ci")
	}
	file := filepath.Join(t.TempDir(), "openapi.json")
	a := newDesk(t).get("/api/v1/openapi.json")
	if err := os.WriteFile(file, a.Body.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), node, "testdata/lint.mjs", file).CombinedOutput()
	if err != nil {
		t.Errorf("the linter: %v\n%s", err, out)
	}
}

// skip skips a test for want of a tool, but not where everything has to run.
func skip(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// Every operation says what it is, shows an example of what is sent and of what is answered, and
// names its failures.
func TestEveryOperationIsDescribed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	spec := d.described()
	n := 0
	for path, item := range spec["paths"].(map[string]any) {
		for method, value := range item.(map[string]any) {
			op := value.(map[string]any)
			n++
			for _, key := range []string{"summary", "description", "operationId", "tags", "security", "responses"} {
				if op[key] == nil {
					t.Errorf("%s %s has no %s", method, path, key)
				}
			}
			if body, ok := op["requestBody"].(map[string]any); ok && !hasExample(body) {
				t.Errorf("%s %s shows no example of what is sent", method, path)
			}
			failures := 0
			for status, response := range op["responses"].(map[string]any) {
				r := response.(map[string]any)
				if r["description"] == nil || status != "304" && !hasExample(r) {
					t.Errorf("%s %s: the answer %s has no description or no example: %v", method, path, status, r)
				}
				if status[0] == '4' {
					failures++
				}
			}
			if failures < 3 {
				t.Errorf("%s %s names %d failures", method, path, failures)
			}
			for _, p := range asList(op["parameters"]) {
				if p.(map[string]any)["description"] == nil {
					t.Errorf("%s %s: %v is not described", method, path, p)
				}
			}
		}
	}
	if n != len(operations) {
		t.Errorf("%d operations are described, of %d", n, len(operations))
	}
	if yaml := d.get("/api/v1/openapi.yaml").Body.String(); !strings.HasPrefix(yaml, "components:") && !strings.Contains(yaml, "openapi: 3.1.0") {
		t.Errorf("as YAML it is %.200s", yaml)
	}
}

func hasExample(r map[string]any) bool {
	content, _ := r["content"].(map[string]any)
	for _, media := range content {
		if media.(map[string]any)["example"] == nil {
			return false
		}
	}
	return len(content) > 0
}

func asList(v any) []any {
	l, _ := v.([]any)
	return l
}

// The page for people has every operation and every schema that it leads to.
func TestDocumentationPage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	a := d.get("/api/docs")
	body := a.Body.String()
	if a.Code != 200 || a.Header().Get("Content-Type") != "text/html; charset=utf-8" || a.Header().Get("Content-Security-Policy") == "" {
		t.Fatalf("%d, %v", a.Code, a.Header())
	}
	for _, o := range operations {
		_, path, _ := strings.Cut(o.route, " ")
		if !strings.Contains(body, "</b> "+path+"</code>") {
			t.Errorf("the page has nothing of %s", path)
		}
	}
	for _, m := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(body, -1) {
		if n := strings.Count(body, `id="`+m[1]+`"`); n != 1 {
			t.Errorf("%d places are called %s", n, m[1])
		}
	}
	for _, bad := range []string{"api.kind", "api.in", "<script", "&lt;nil", "%!"} {
		if strings.Contains(body, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
}
