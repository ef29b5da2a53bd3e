package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"standfirst"
	"standfirst/internal/newsroom"
	"standfirst/internal/store"
	"standfirst/internal/store/storetest"
)

// roundsOfOperation is how often each operation is asked by the generator.
const roundsOfOperation = 40

// TestDescriptionIsKept asks each operation again and again for what its own description allows,
// and for what it does not: no answer is a failure of ours, and each has the status and the
// shape that is described.
func TestDescriptionIsKept(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(testing.TB) *store.Store{"sqlite": storetest.Open, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			askForAll(t, newDeskOn(t, open(t)).fill())
		})
	}
}

// askForAll asks for everything that is described.
func askForAll(t *testing.T, d *desk) {
	t.Helper()
	token := d.token(standfirst.Administrator, standfirst.ScopesFor(standfirst.Administrator).List()...)
	owner := d.actor(token)
	spec := d.described()
	seen := map[string]int{}
	for _, path := range slices.Sorted(maps.Keys(spec["paths"].(map[string]any))) {
		item := spec["paths"].(map[string]any)[path].(map[string]any)
		for _, method := range slices.Sorted(maps.Keys(item)) {
			g := &generator{t: t, spec: spec, rand: rand.New(rand.NewPCG(1, uint64(len(path))))}
			op := item[method].(map[string]any)
			for round := range roundsOfOperation {
				if _, err := d.news.Create(t.Context(), owner, newsroom.Draft{Content: standfirst.Content{Headline: "A berth", Body: "Up to $6 billion, the company said."}}); err != nil && round == 0 {
					t.Fatal(err)
				}
				g.broken = round%2 == 1
				address, header, body := g.request(path, op)
				d.now = d.now.Add(time.Second)
				a := d.ask(strings.ToUpper(method), address, token, body, header...)
				seen[strconv.Itoa(a.Code/100)+"xx"]++
				g.check(fmt.Sprintf("%s %s %q %q", method, address, header, body), op, a)
			}
		}
	}
	if seen["2xx"] < 100 || seen["4xx"] < 100 {
		t.Errorf("the answers are %v", seen)
	}
}

// generator makes requests from a description.
type generator struct {
	t      *testing.T
	spec   map[string]any
	rand   *rand.Rand
	broken bool // something is to be wrong
}

// oddTexts are what a program might send by mistake or on purpose.
var oddTexts = []string{
	"", "0", "-1", "a", "\x00", "é\u202e", "../../etc", "%00", "' OR 1=1 --", "<script>", strings.Repeat("x", 3000), "9223372036854775808", "1e9", "null", "c3Rvcmllc3wwfDA", "2026-02-30T00:00:00Z",
}

func (g *generator) odd() string { return oddTexts[g.rand.IntN(len(oddTexts))] }

// request returns a request for the operation.
func (g *generator) request(path string, op map[string]any) (address string, header []string, body string) {
	address = path
	query := url.Values{}
	for _, p := range asList(op["parameters"]) {
		param := p.(map[string]any)
		name, schema := param["name"].(string), g.resolve(param["schema"])
		value := fmt.Sprint(g.value(schema, 0))
		if param["example"] != nil && g.rand.IntN(2) == 0 {
			value = fmt.Sprint(param["example"])
		}
		if g.broken && g.rand.IntN(3) == 0 {
			value = g.odd()
		}
		switch param["in"] {
		case "path":
			if value == "" {
				value = "none"
			}
			address = strings.Replace(address, "{"+name+"}", url.PathEscape(value), 1)
		case "query":
			if param["required"] == true || g.rand.IntN(3) == 0 {
				query.Set(name, value)
			}
		case "header":
			if name == "If-Match" && !g.broken {
				value = "*"
			}
			if param["required"] == true || g.rand.IntN(3) == 0 {
				header = append(header, name, strings.Map(func(r rune) rune {
					if r < ' ' {
						return -1
					}
					return r
				}, value))
			}
		}
	}
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	if b, ok := op["requestBody"].(map[string]any); ok {
		media := b["content"].(map[string]any)["application/json"].(map[string]any)
		value := g.value(g.resolve(media["schema"]), 0)
		if g.rand.IntN(3) == 0 {
			value = media["example"]
		}
		encoded, err := json.Marshal(value)
		if err != nil {
			g.t.Fatal(err)
		}
		body = string(encoded)
		if g.broken && g.rand.IntN(4) == 0 {
			body = body[:g.rand.IntN(len(body))] + g.odd()
		}
		if g.rand.IntN(4) == 0 {
			header = append(header, "Idempotency-Key", strconv.Itoa(g.rand.IntN(5)))
		}
	}
	return address, header, body
}

func (g *generator) resolve(schema any) map[string]any {
	s, _ := schema.(map[string]any)
	if ref, ok := s["$ref"].(string); ok {
		name := ref[strings.LastIndex(ref, "/")+1:]
		s, ok = g.spec["components"].(map[string]any)["schemas"].(map[string]any)[name].(map[string]any)
		if !ok {
			g.t.Fatalf("there is no %s", ref)
		}
	}
	return s
}

// typeOf returns the type of the schema, of several the first.
func typeOf(schema map[string]any) string {
	switch kind := schema["type"].(type) {
	case string:
		return kind
	case []any:
		return kind[0].(string)
	}
	return ""
}

// value returns a value of the schema; in a broken request sometimes another.
func (g *generator) value(schema map[string]any, depth int) any {
	if g.broken && g.rand.IntN(8) == 0 {
		return []any{nil, g.odd(), -1, 1e30, true, []any{}, map[string]any{"x": 1}}[g.rand.IntN(7)]
	}
	if choices := asList(schema["enum"]); len(choices) > 0 {
		return choices[g.rand.IntN(len(choices))]
	}
	if examples := asList(schema["examples"]); len(examples) > 0 && g.rand.IntN(2) == 0 {
		return examples[0]
	}
	switch typeOf(schema) {
	case "object":
		out := map[string]any{}
		properties, _ := schema["properties"].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(properties)) {
			if slices.Contains(asList(schema["required"]), any(name)) || g.rand.IntN(2) == 0 {
				out[name] = g.value(g.resolve(properties[name]), depth+1)
			}
		}
		if g.broken && g.rand.IntN(6) == 0 {
			out[g.odd()] = g.odd()
		}
		return out
	case "array":
		out := []any{}
		for range g.rand.IntN(3) {
			out = append(out, g.value(g.resolve(schema["items"]), depth+1))
		}
		return out
	case "integer", "number":
		low, ok := schema["minimum"].(float64)
		if !ok {
			low = 0
		}
		return int(low) + g.rand.IntN(8)
	case "boolean":
		return g.rand.IntN(2) == 0
	}
	switch schema["format"] {
	case "date-time":
		return []string{"2026-03-05T10:00:00Z", "2026-03-03T09:01:00+02:00", "2020-01-01T00:00:00.5Z"}[g.rand.IntN(3)]
	}
	text := []string{"northwind-freight", "Northwind buys a pier", "up to $6 billion", "signed", "a\tb", "12"}[g.rand.IntN(6)]
	if most, ok := schema["maxLength"].(float64); ok && float64(len(text)) > most {
		text = text[:int(most)]
	}
	return text
}

// check holds that the answer is described.
func (g *generator) check(asked string, op map[string]any, a reply) {
	g.t.Helper()
	described, ok := op["responses"].(map[string]any)[strconv.Itoa(a.Code)].(map[string]any)
	if a.Code >= http.StatusInternalServerError || !ok {
		g.t.Errorf("%s: %d, which is not described: %s", asked, a.Code, a.Body)
		return
	}
	content, _ := described["content"].(map[string]any)
	if len(content) == 0 {
		return
	}
	kind, _, _ := mime.ParseMediaType(a.Header().Get("Content-Type"))
	media, ok := content[kind].(map[string]any)
	if !ok {
		g.t.Errorf("%s: %d as %s, which is not described", asked, a.Code, kind)
		return
	}
	var body any
	if err := json.Unmarshal(a.Body.Bytes(), &body); err != nil {
		g.t.Errorf("%s: %v", asked, err)
		return
	}
	if wrong := g.fits(g.resolve(media["schema"]), body, "body"); wrong != "" {
		g.t.Errorf("%s: %d: %s: %s", asked, a.Code, wrong, a.Body)
	}
}

// fits says what is wrong with a value by its schema, and "" if nothing is.
func (g *generator) fits(schema map[string]any, value any, at string) string {
	kinds := []string{typeOf(schema)}
	for _, k := range asList(schema["type"]) {
		kinds = append(kinds, k.(string))
	}
	if kinds[0] != "" && !slices.ContainsFunc(kinds, func(k string) bool { return isType(k, value) }) {
		return fmt.Sprintf("%s is %v, no %v", at, value, kinds)
	}
	if choices := asList(schema["enum"]); len(choices) > 0 && !slices.Contains(choices, value) {
		return fmt.Sprintf("%s is %v, none of %v", at, value, choices)
	}
	switch value := value.(type) {
	case map[string]any:
		properties, _ := schema["properties"].(map[string]any)
		for _, name := range asList(schema["required"]) {
			if _, ok := value[name.(string)]; !ok {
				return at + " has no " + name.(string)
			}
		}
		for name, v := range value {
			property, ok := properties[name]
			if !ok && schema["additionalProperties"] == false {
				return at + " has " + name
			}
			if wrong := g.fits(g.resolve(property), v, at+"."+name); ok && wrong != "" {
				return wrong
			}
		}
	case []any:
		for i, v := range value {
			if wrong := g.fits(g.resolve(schema["items"]), v, at+"["+strconv.Itoa(i)+"]"); wrong != "" {
				return wrong
			}
		}
	case float64:
		if low, ok := schema["minimum"].(float64); ok && value < low {
			return fmt.Sprintf("%s is %v", at, value)
		}
	case string:
		return badFormat(schema["format"], value, at)
	}
	return ""
}

var dayFormat = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

func badFormat(format any, value, at string) string {
	var err error
	switch format {
	case "date-time":
		_, err = time.Parse(time.RFC3339Nano, value)
	case "uri-reference":
		_, err = url.Parse(value)
	case "date":
		if !dayFormat.MatchString(value) {
			return at + " is no day: " + value
		}
	}
	if err != nil {
		return at + ": " + err.Error()
	}
	return ""
}

func isType(kind string, value any) bool {
	switch value := value.(type) {
	case nil:
		return kind == "null"
	case string:
		return kind == "string"
	case bool:
		return kind == "boolean"
	case float64:
		return kind == "number" || kind == "integer" && value == float64(int64(value))
	case []any:
		return kind == "array"
	case map[string]any:
		return kind == "object"
	}
	return false
}
