package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"standfirst/internal/markup"
	"standfirst/ui"
)

// docsPath is where the description is read by people.
const docsPath = Prefix + "/docs"

// docsPage is the description for people.
type docsPage struct {
	Title, SiteName string
	Intro           template.HTML
	Groups          []docsGroup
	Schemas         []docsSchema
}

// docsGroup are the operations with one tag.
type docsGroup struct {
	ID, Name, Text string
	Operations     []docsOperation
}

// docsOperation is one thing that a program may ask for.
type docsOperation struct {
	ID, Method, Path, Summary string
	Text                      []string
	Parameters                []docsField
	Body                      *docsBody   // nil where nothing is sent
	Answer                    *docsAnswer // when all is well
	Failures                  []docsFailure
}

type docsBody struct {
	Fields  []docsField
	Example string
}

type docsAnswer struct {
	Status  string
	Of      *docsLink
	Example string
}

type docsFailure struct{ Status, Text string }

// docsSchema is what an answer is made of.
type docsSchema struct {
	ID, Name string
	Fields   []docsField
}

// docsField is one field or parameter.
type docsField struct {
	Name, Kind string
	Of         *docsLink // what a list or a field is made of; nil for a plain value
	Required   bool
	Text       string
	Choices    []string
	Limits     string
}

// docsLink is the name of a schema, and where it stands on the page.
type docsLink struct{ Name, Path string }

// documentation makes the page of the description.
type documentation struct {
	spec  *huma.OpenAPI
	words ui.Catalogue
}

// serveDocs answers with the description for people.
func (a *API) serveDocs(w http.ResponseWriter, r *http.Request) error {
	var site string
	if err := (&program{API: a, r: r}).read(func(rd *reading) error {
		site = rd.pub.Name
		return nil
	}); err != nil {
		return err
	}
	b, err := a.docs.page.of(site, func() ([]byte, error) { return a.renderDocs(site) })
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-cache")
	out := &answer{header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}}
	_, _ = out.Write(b)
	return out.send(w, r, &operation{method: http.MethodGet})
}

// renderDocs makes the page for a publication of that name.
func (a *API) renderDocs(site string) ([]byte, error) {
	files, err := ui.LoadAPI()
	if err != nil {
		return nil, err
	}
	d := documentation{a.huma.OpenAPI(), files.Strings}
	page, err := d.page(a.listed)
	if err != nil {
		return nil, err
	}
	page.SiteName, page.Title = site, files.Strings.Text("api.title")+" · "+site
	var b bytes.Buffer
	err = files.Render(&b, "docs", page)
	return b.Bytes(), err
}

// kept is the page as it was made last. It changes with the name of the publication alone.
type kept struct {
	mu   sync.Mutex
	name string
	body []byte
}

// of returns the page for the name, made if it is not the one that is kept.
func (k *kept) of(name string, render func() ([]byte, error)) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.body == nil || k.name != name {
		body, err := render()
		if err != nil {
			return nil, err
		}
		k.name, k.body = name, body
	}
	return k.body, nil
}

func (d documentation) page(listed []*operation) (*docsPage, error) {
	intro, err := markup.Render(aboutAPI, markup.Options{})
	if err != nil {
		return nil, err
	}
	p := &docsPage{Intro: intro.HTML}
	for _, tag := range d.spec.Tags {
		group := docsGroup{ID: "group-" + strings.ToLower(tag.Name), Name: tag.Name, Text: tag.Description}
		for _, op := range listed {
			if op.tag != tag.Name {
				continue
			}
			shown, err := d.operation(op)
			if err != nil {
				return nil, err
			}
			group.Operations = append(group.Operations, shown)
		}
		p.Groups = append(p.Groups, group)
	}
	schemas := d.spec.Components.Schemas.Map()
	for name, s := range schemas {
		if !strings.HasSuffix(name, "Body") {
			p.Schemas = append(p.Schemas, docsSchema{ID: "schema-" + name, Name: name, Fields: d.fields(s)})
		}
	}
	slices.SortFunc(p.Schemas, func(a, b docsSchema) int { return strings.Compare(a.Name, b.Name) })
	return p, nil
}

func (d documentation) operation(op *operation) (docsOperation, error) {
	described := op.described
	out := docsOperation{
		ID: op.id, Method: op.method, Path: op.path, Summary: op.summary, Text: strings.Split(described.Description, "\n\n"),
	}
	for _, p := range described.Parameters {
		f := d.field(p.Name, p.Schema)
		f.Text, f.Required = p.Description, p.Required
		f.Kind += ", " + d.words.Text("api.in."+p.In)
		out.Parameters = append(out.Parameters, f)
	}
	if described.RequestBody != nil {
		example, err := json.MarshalIndent(op.body, "", "  ")
		if err != nil {
			return out, err
		}
		out.Body = &docsBody{Example: string(example)}
		for _, media := range described.RequestBody.Content {
			out.Body.Fields = d.fields(media.Schema)
		}
	}
	example, err := json.MarshalIndent(op.example, "", "  ")
	if err != nil {
		return out, err
	}
	out.Answer = &docsAnswer{Status: strconv.Itoa(op.status), Example: string(example)}
	for status, response := range described.Responses {
		if status == out.Answer.Status {
			for _, media := range response.Content {
				out.Answer.Of = d.link(media.Schema)
			}
		} else {
			out.Failures = append(out.Failures, docsFailure{status, response.Description})
		}
	}
	slices.SortFunc(out.Failures, func(a, b docsFailure) int { return strings.Compare(a.Status, b.Status) })
	return out, nil
}

// resolve follows the reference of a schema.
func (d documentation) resolve(s *huma.Schema) *huma.Schema {
	if s != nil && s.Ref != "" {
		return d.spec.Components.Schemas.SchemaFromRef(s.Ref)
	}
	return s
}

// link returns where a schema stands that has a name, and nil for any other.
func (d documentation) link(s *huma.Schema) *docsLink {
	if s == nil || s.Ref == "" {
		return nil
	}
	name := s.Ref[strings.LastIndex(s.Ref, "/")+1:]
	return &docsLink{name, "#schema-" + name}
}

func (d documentation) fields(s *huma.Schema) []docsField {
	s = d.resolve(s)
	var fields []docsField
	for name, property := range s.Properties {
		f := d.field(name, property)
		f.Required = slices.Contains(s.Required, name)
		fields = append(fields, f)
	}
	slices.SortFunc(fields, func(a, b docsField) int { return strings.Compare(a.Name, b.Name) })
	return fields
}

// field returns what is said of a field.
func (d documentation) field(name string, s *huma.Schema) docsField {
	f := docsField{Name: name, Text: s.Description, Limits: d.limits(s)}
	inner := s
	switch s.Type {
	case huma.TypeArray:
		f.Kind, inner = d.words.Text("api.kind.list"), s.Items
		if f.Of = d.link(inner); f.Of == nil {
			f.Of = &docsLink{Name: d.kind(inner)}
		}
	default:
		if f.Of = d.link(s); f.Of != nil {
			f.Kind = d.words.Text("api.kind.one")
		} else {
			f.Kind = d.kind(s)
		}
	}
	for _, choice := range inner.Enum {
		f.Choices = append(f.Choices, fmt.Sprint(choice))
	}
	return f
}

// kind says of what type a plain value is.
func (d documentation) kind(s *huma.Schema) string {
	switch s.Type {
	case huma.TypeString:
		if s.Format != "" {
			return s.Format
		}
		return d.words.Text("api.kind.text")
	case huma.TypeInteger:
		return d.words.Text("api.kind.whole")
	case huma.TypeNumber:
		return d.words.Text("api.kind.number")
	case huma.TypeBoolean:
		return d.words.Text("api.kind.bool")
	case huma.TypeObject:
		return d.words.Text("api.kind.object")
	default:
		return d.words.Text("api.kind.any")
	}
}

// limits says how long or large a value may be, and what stands in for it.
func (d documentation) limits(s *huma.Schema) string {
	var says []string
	say := func(words string) { says = append(says, words) }
	number := func(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
	switch {
	case s.Minimum != nil && s.Maximum != nil:
		say(d.words.Text("api.limits.range", number(*s.Minimum), number(*s.Maximum)))
	case s.Minimum != nil && *s.Minimum > 0:
		say(d.words.Text("api.limits.least", number(*s.Minimum)))
	}
	if s.MaxLength != nil {
		say(d.words.Text("api.limits.length", strconv.Itoa(*s.MaxLength)))
	}
	if s.MaxItems != nil {
		say(d.words.Text("api.limits.items", strconv.Itoa(*s.MaxItems)))
	}
	if s.Default != nil {
		say(d.words.Text("api.default", fmt.Sprint(s.Default)))
	}
	return strings.Join(says, " ")
}
