package desk

import (
	"context"
	"log/slog"
	"net/http"

	"standfirst"
	"standfirst/internal/web"
)

// Provider knows who somebody is, as OpenID Connect has it. Its errors have words for whoever
// signs in.
type Provider interface {
	Name() string
	SignInURL(ctx context.Context, back string, a standfirst.ProviderAttempt) (string, error)
	Identify(ctx context.Context, back, code string, a standfirst.ProviderAttempt) (standfirst.Identity, error)
}

const providerPath = Prefix + "/sign-in/provider"

// ProviderBackPath is the address to which the provider sends whoever signed in there: the
// operator has to name it to the provider.
const ProviderBackPath = providerPath + "/done"

// providerRoutes adds signing in with the provider, where there is one.
func (d *Desk) providerRoutes(metrics *web.Metrics) {
	if d.provider == nil {
		return
	}
	d.route("GET "+providerPath, d.open((*visitor).askProvider), metrics)
	d.route("GET "+ProviderBackPath, d.open((*visitor).providerAnswer), metrics)
}

// providerBack returns the address to which the provider sends people back.
func (v *visitor) providerBack() (string, error) {
	origin, err := v.origin()
	if err == nil && origin == "" {
		err = standfirst.Errorf(standfirst.Unavailable, "signing in with %s needs the address of the site, which is not set", v.provider.Name())
	}
	return origin + ProviderBackPath, err
}

// askProvider sends the browser to the provider. It is a link, since browsers do not let a
// form lead to another site; what another site links to only shows the form.
func (v *visitor) askProvider() error {
	if err := v.canSignIn(); err != nil {
		return err
	}
	next := local(v.r.URL.Query().Get("next"))
	if v.r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		return v.signInPage(http.StatusOK, &signInPage{Next: next})
	}
	back, err := v.providerBack()
	if err != nil {
		return err
	}
	begun, err := v.accounts.BeginProviderSignIn(v.r.Context(), next, web.ClientOrigin(v.r))
	if err != nil {
		return v.refuseProvider(err, next)
	}
	to, err := v.provider.SignInURL(v.r.Context(), back, begun.Attempt)
	if err != nil {
		return v.refuseProvider(err, next)
	}
	web.SetProviderStep(v.w, v.r, begun.Step.Token, begun.Step.Until)
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// providerAnswer takes who came back from the provider.
func (v *visitor) providerAnswer() error {
	if err := v.canSignIn(); err != nil {
		return err
	}
	ctx, query := v.r.Context(), v.r.URL.Query()
	attempt, next, err := v.accounts.ProviderAnswer(ctx, web.ProviderStep(v.r), query.Get("state"))
	web.ClearProviderStep(v.w, v.r)
	if err != nil {
		return v.refuseProvider(err, next)
	}
	if told := query.Get("error"); told != "" || query.Get("code") == "" {
		v.log.InfoContext(ctx, "the provider signed nobody in", slog.String("error", shorten(told, 100)))
		return v.refuseProvider(standfirst.Errorf(standfirst.Invalid, "%s signed nobody in; try again, or sign in with your password", v.provider.Name()), next)
	}
	back, err := v.providerBack()
	if err != nil {
		return err
	}
	id, err := v.provider.Identify(ctx, back, query.Get("code"), attempt)
	if err != nil {
		return v.refuseProvider(err, next)
	}
	in, err := v.accounts.SignInIdentity(ctx, id, v.providerAsksForMore, web.ClientOrigin(v.r))
	if err != nil {
		return v.refuseProvider(err, next)
	}
	return v.proceed(in, next)
}

// refuseProvider shows the form with why the provider's way did not lead in.
func (v *visitor) refuseProvider(err error, next string) error {
	p := &signInPage{Next: next}
	switch kind := standfirst.KindOf(err); kind {
	case standfirst.NotFound:
		p.Failure = message(err)
		return v.signInPage(http.StatusUnprocessableEntity, p)
	case standfirst.Unavailable:
		v.log.WarnContext(v.r.Context(), "the provider cannot be asked", slog.Any("error", err))
		p.Failure = message(err)
		return v.signInPage(http.StatusServiceUnavailable, p)
	case standfirst.Invalid:
		v.log.InfoContext(v.r.Context(), "a sign-in by provider was refused", slog.Any("error", err))
	}
	status, told := v.refusal(err)
	if told == "" {
		return err
	}
	p.Failure = told
	return v.signInPage(status, p)
}

// providerLink is how the sign-in page leads to the provider; empty where there is none.
type providerLink struct{ Text, Path string }

func (v *visitor) providerLink(next string) providerLink {
	if v.provider == nil {
		return providerLink{}
	}
	l := providerLink{Text: v.Text("desk.provider.signin", v.provider.Name()), Path: providerPath}
	if next != "" {
		l.Path = withQuery(l.Path, "next", next)
	}
	return l
}
