package api

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"standfirst"
)

// maxBody is how many bytes a request may have: a story's text is escaped in JSON.
const maxBody = 4 << 20

// securityName is what the description calls tokens.
const securityName = "token"

// aboutAPI is what the description says of everything at once.
const aboutAPI = `What readers see of the publication, for programs, and what staff do with a token.

**Reading** needs no token. Nothing is told that readers do not see: no draft, no figure that is not released, no comment that waits. Of sources there are the words that a story printed, and days.

**Writing** needs a token (` + "`Authorization: Bearer …`" + `), which a member of the staff makes in the newsroom under “Your account”. A token does what its scopes and the role of its owner both allow. It is never accepted in an address.

**Lists** have pages: ` + "`next`" + ` is the address of the one that follows, in the ` + "`Link`" + ` header as well. Cursors are opaque.

**Answers to GET** have a strong ETag: send it as ` + "`If-None-Match`" + `, and what has not changed is answered by 304 without a body. A draft is changed with the ETag of the version that the change was made from, as ` + "`If-Match`" + `: where somebody saved meanwhile the answer is 412, and nothing is overwritten.

**POST** takes an ` + "`Idempotency-Key`" + `: the same request with the same key is done once, and answered the same, for a day.

**Requests are counted** by address, or by token: ` + "`RateLimit`" + ` and ` + "`RateLimit-Policy`" + ` say how many are left, and 429 says in ` + "`Retry-After`" + ` when there are more.

**Failures** are problem details (RFC 9457). 422 names the fields that do not fit this description, and 400 tells what the newsroom does not take.`

// describe begins the description, and what registers operations in it.
func (a *API) describe() huma.API {
	tag := func(name, text string) *huma.Tag { return &huma.Tag{Name: name, Description: text} }
	return humago.New(mux{a}, huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Standfirst", Version: "1", Description: aboutAPI,
				License: &huma.License{Name: "Apache 2.0", Identifier: "Apache-2.0"},
			},
			Servers: []*huma.Server{{URL: "/", Description: "This publication."}},
			Tags: []*huma.Tag{
				tag(readingTag, "What readers see."), tag(writingTag, "Stories from the draft to publication."),
				tag(figuresTag, "Figures, as the newsroom records them."), tag(talkTag, "Comments, as moderators decide about them."),
				tag(tokenTag, "Whom a token stands for."),
			},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					securityName: {Type: "http", Scheme: "bearer", Description: "A token that a member of the staff made. Its scopes are: " + scopeNames() + "."},
				},
			},
		},
		Formats:                      map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
	})
}

func scopeNames() string {
	var names []string
	for _, s := range standfirst.ScopesFor(standfirst.Administrator).List() {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}

// humanDescription returns what the description says of the operation.
func (op *operation) humanDescription() *huma.Operation {
	described := &huma.Operation{
		OperationID: op.id, Method: op.method, Path: op.path, Tags: []string{op.tag}, Summary: op.summary,
		Description: op.description, DefaultStatus: op.status, Errors: op.errorStatuses(), MaxBodyBytes: maxBody,
	}
	switch scopes := op.scopes(); {
	case op.public:
		described.Description += "\n\nFor everybody: no token is needed."
		described.Security = []map[string][]string{}
	case len(scopes) == 0:
		described.Description += "\n\nAny token will do."
		described.Security = []map[string][]string{{securityName: {}}}
	default:
		var names []string
		for _, s := range scopes {
			names = append(names, "“"+string(s)+"”")
			described.Security = append(described.Security, map[string][]string{securityName: {string(s)}})
		}
		described.Description += "\n\nThe token needs the scope " + strings.Join(names, " or ") + ", and its owner the permission to " + string(op.permission) + "."
	}
	return described
}

// finish adds to the description what the types do not say: examples, and the headers that
// every answer has.
func (a *API) finish() {
	spec := a.huma.OpenAPI()
	for _, op := range a.listed {
		described := op.registered(spec)
		for status, response := range described.Responses {
			response.Headers = a.headersOf(op, status, response.Headers)
			if status == strconv.Itoa(op.status) {
				setExample(response.Content, op.example)
			} else if n, err := strconv.Atoi(status); err == nil {
				response.Description = failureWords(n)
				setExample(response.Content, newProblem(n, failureWords(n)))
			}
		}
		if op.method == http.MethodGet {
			described.Responses["304"] = &huma.Response{Description: "What the program has is what there is."}
			described.Parameters = append(described.Parameters, &huma.Param{
				Name: "If-None-Match", In: "header", Description: "The ETag of what the program has.", Schema: &huma.Schema{Type: huma.TypeString}, Example: `"q1vT7Xa9m0bR4cLz"`,
			})
		}
		if op.method == http.MethodPost {
			described.Parameters = append(described.Parameters, &huma.Param{
				Name: keyHeader, In: "header", Description: "A name of the program's own for this request, so that asking again does it once. Good for a day.",
				Schema: &huma.Schema{Type: huma.TypeString, MaxLength: new(maxKey)}, Example: "8e03978e-40d5-43e8-bc93-6894a57f9324",
			})
		}
		if described.RequestBody != nil {
			setExample(described.RequestBody.Content, op.body)
		}
		op.described = described
	}
	for _, item := range spec.Paths {
		item.Parameters = nil
	}
}

// registered returns the operation as the description has it.
func (op *operation) registered(spec *huma.OpenAPI) *huma.Operation {
	item := spec.Paths[op.path]
	switch op.method {
	case http.MethodPost:
		return item.Post
	case http.MethodPut:
		return item.Put
	default:
		return item.Get
	}
}

func setExample(content map[string]*huma.MediaType, example any) {
	for _, media := range content {
		if example != nil {
			media.Example = example
		}
	}
}

// headersOf returns the headers of an answer with those that it has besides.
func (a *API) headersOf(op *operation, status string, headers map[string]*huma.Param) map[string]*huma.Param {
	all := make(map[string]*huma.Param, len(headers)+3)
	for name, h := range headers {
		all[name] = h
	}
	text := func(words string) *huma.Param {
		return &huma.Param{Description: words, Schema: &huma.Schema{Type: huma.TypeString}}
	}
	all["RateLimit"] = text("How many requests are left, and for how many seconds: \"address\";r=99;t=30")
	all["RateLimit-Policy"] = text("How many there are: \"address\";q=120;w=60")
	switch {
	case status == strconv.Itoa(op.status) && op.method == http.MethodGet:
		all["ETag"] = text("Changes when the answer does.")
	case status == "429":
		all["Retry-After"] = text("In how many seconds there are more.")
	case status == "401":
		all["WWW-Authenticate"] = text("How a token is shown.")
	}
	return all
}

// failureWords says what a failure means.
func failureWords(status int) string {
	words := map[int]string{
		http.StatusBadRequest: "The newsroom does not take this; the detail says why.", http.StatusUnauthorized: "No token, or one that is not good.",
		http.StatusForbidden: "The token's scopes or its owner's role do not allow this, or it would go over the net in the clear.",
		http.StatusNotFound:  "There is none that may be seen.", http.StatusGone: "It was here, and was taken away on purpose.",
		http.StatusConflict:              "It is not in the state that this needs, or the same Idempotency-Key is being answered now.",
		http.StatusPreconditionFailed:    "Somebody saved since the version that If-Match names. Nothing was changed.",
		http.StatusRequestEntityTooLarge: "The request is too large.", http.StatusUnsupportedMediaType: "The body is not JSON.",
		http.StatusUnprocessableEntity: "The request does not fit this description, or the Idempotency-Key was used for another one.",
		http.StatusTooManyRequests:     "There were too many requests.", http.StatusInternalServerError: "It failed on the side of the newsroom, whose log has more under the number in request.", http.StatusServiceUnavailable: "It may work later; nothing was changed.",
	}
	return words[status]
}

// Routes returns the operations as "GET /api/v1/me", for tests that want to know of all.
func (a *API) Routes() []string {
	a.made.Do(a.make)
	var routes []string
	for _, op := range a.listed {
		routes = append(routes, op.method+" "+op.path)
	}
	slices.Sort(routes)
	return routes
}
