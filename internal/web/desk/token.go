package desk

import (
	"net/http"
	"strconv"
	"strings"

	"standfirst"
	"standfirst/internal/account"
	"standfirst/internal/web"
)

// tokensLength is how many tokens a page of all of them has.
const tokensLength = 50

// tokenDays are for how many days a token can be good.
var tokenDays = []int{7, 30, standfirst.DefaultTokenDays, 180, standfirst.MaxTokenDays}

// tokenRoutes adds the pages on which tokens of programs are made and revoked.
func (d *Desk) tokenRoutes(metrics *web.Metrics) {
	for pattern, answer := range map[string]func(*member) error{
		"POST /desk/account/tokens":             (*member).makeToken,
		"POST /desk/account/tokens/{id}/revoke": (*member).revokeToken,
		"GET /desk/people/tokens":               (*member).allTokens,
		"POST /desk/people/tokens/{id}/revoke":  (*member).revokeAnyToken,
	} {
		d.route(pattern, d.member(answer), metrics)
	}
}

// tokenRow is one token in a list.
type tokenRow struct {
	ID     int64
	Name   string
	Owner  string // empty on the owner's own page
	Scopes string
	Made   moment
	Until  moment
	Over   bool
	Used   moment // empty until it was used
}

func (m *member) tokenRow(t standfirst.Token) tokenRow {
	row := tokenRow{
		ID: int64(t.ID), Name: t.Name, Made: m.at(t.CreatedAt), Until: m.at(t.ExpiresAt), Used: m.at(t.UsedAt), Over: !t.ExpiresAt.After(m.clock()),
	}
	for i, scope := range t.Scopes.List() {
		if i > 0 {
			row.Scopes += " · "
		}
		row.Scopes += m.scopeText(scope)
	}
	return row
}

func (m *member) scopeText(s standfirst.Scope) string { return m.Text("desk.scope." + scopeKey(s)) }

// scopeField is what the field is called by which the scope is chosen.
func scopeField(s standfirst.Scope) string { return "scope-" + scopeKey(s) }

func scopeKey(s standfirst.Scope) string { return strings.ReplaceAll(string(s), " ", "-") }

// tokenForm is what a new token is made by, as it was typed.
type tokenForm struct {
	Tokens []tokenRow
	Name   string
	Scopes []choice
	Days   []choice
}

// tokenForm reads the tokens of the member, and what was typed of a new one.
func (m *member) tokenForm() (f tokenForm, err error) {
	tokens, err := m.accounts.Tokens(m.r.Context(), m.staff.Actor())
	if err != nil {
		return f, err
	}
	for _, t := range tokens {
		f.Tokens = append(f.Tokens, m.tokenRow(t))
	}
	f.Name = m.r.PostFormValue("token-name")
	for _, scope := range standfirst.ScopesFor(m.staff.Role).List() {
		f.Scopes = append(f.Scopes, choice{scopeField(scope), m.scopeText(scope), m.r.PostForm.Has(scopeField(scope))})
	}
	days := m.r.PostFormValue("days")
	if days == "" {
		days = strconv.Itoa(standfirst.DefaultTokenDays)
	}
	for _, n := range tokenDays {
		value := strconv.Itoa(n)
		f.Days = append(f.Days, choice{value, m.Text("desk.token.days", n), value == days})
	}
	return f, nil
}

// tokenPage shows a token, once.
type tokenPage struct {
	Layout layout
	Token  string
	Until  moment
	Try    string // a command that shows whether it works
}

func (m *member) makeToken() error {
	if err := m.form(); err != nil {
		return err
	}
	var list []standfirst.Scope
	for _, scope := range standfirst.ScopesFor(standfirst.Administrator).List() {
		if m.r.PostForm.Has(scopeField(scope)) {
			list = append(list, scope)
		}
	}
	scopes, err := standfirst.ScopesOf(list...)
	days, _ := strconv.Atoi(m.r.PostFormValue("days")) // none is too few
	var secret string
	var made standfirst.Token
	if err == nil {
		t := standfirst.Token{Name: m.r.PostFormValue("token-name"), Scopes: scopes}
		secret, made, err = m.accounts.MakeToken(m.r.Context(), m.staff, m.session, m.r.PostFormValue("password"), t, days)
	}
	if handled, err := m.accountRefusal(err); handled {
		return err
	}
	origin, err := m.origin()
	if err != nil {
		return err
	}
	return m.render(m.w, m.r, http.StatusOK, "token", &tokenPage{
		Layout: m.layout(m.Text("desk.token.made")), Token: secret, Until: m.at(made.ExpiresAt),
		Try: `curl -H "Authorization: Bearer $TOKEN" ` + origin + "/api/v1/me",
	})
}

// endToken revokes the token in the address.
func (m *member) endToken() error {
	id, err := strconv.ParseInt(m.r.PathValue("id"), 10, 64)
	if err != nil {
		return standfirst.Errorf(standfirst.NotFound, "there is no such token")
	}
	return m.accounts.RevokeToken(m.r.Context(), m.staff.Actor(), standfirst.TokenID(id))
}

// revokeToken needs no password: it takes away, and is pressed in a hurry.
func (m *member) revokeToken() error {
	if err := m.endToken(); err != nil {
		return err
	}
	m.done("token")
	return nil
}

// tokensPage lists everybody's tokens.
type tokensPage struct {
	Layout layout
	Done   string
	Tokens []tokenRow
	More   string // address of the next page; empty for none
}

func (m *member) allTokens() error {
	before, _ := strconv.ParseInt(m.r.URL.Query().Get("before"), 10, 64) // nothing begins with the newest
	list, err := m.accounts.AllTokens(m.r.Context(), m.staff.Actor(), standfirst.TokenID(max(before, 0)), tokensLength+1)
	if err != nil {
		return err
	}
	p := &tokensPage{Layout: m.layout(m.Text("desk.tokens.all"))}
	if m.r.URL.Query().Get("done") == "token" {
		p.Done = m.Text("desk.done.token")
	}
	if len(list) > tokensLength {
		list = list[:tokensLength]
		p.More = Prefix + "/people/tokens?before=" + strconv.FormatInt(int64(list[len(list)-1].ID), 10)
	}
	for _, t := range list {
		p.Tokens = append(p.Tokens, m.ownedRow(t))
	}
	return m.render(m.w, m.r, http.StatusOK, "tokens", p)
}

func (m *member) ownedRow(t account.OwnedToken) tokenRow {
	row := m.tokenRow(t.Token)
	row.Owner = t.Owner.Name
	return row
}

func (m *member) revokeAnyToken() error {
	if err := m.staff.Actor().Require(standfirst.ManageStaff); err != nil {
		return err
	}
	if err := m.endToken(); err != nil {
		return err
	}
	http.Redirect(m.w, m.r, Prefix+"/people/tokens?done=token", http.StatusSeeOther)
	return nil
}
