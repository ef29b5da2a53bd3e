package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"standfirst"
	"standfirst/internal/live"
	"standfirst/internal/outbound"
	"standfirst/internal/pagecache"
	"standfirst/internal/web"
	"standfirst/internal/web/api"
	"standfirst/internal/web/desk"
	"standfirst/internal/web/site"
	"standfirst/internal/webhook"
)

type serveCommand struct {
	place
	serving
	BaseURL string `name:"base-url" help:"Address under which readers reach it, if it is not the one in the settings."`
}

// serving is how pages are served; serve and demo share it.
type serving struct {
	Listen       string         `default:"127.0.0.1:8484" help:"Address to serve readers on; port 0 chooses a free one."`
	OpsListen    string         `help:"Address for /healthz, /readyz, /metrics and /outbox; demo chooses one, serve serves none, when empty."`
	SMTP         string         `name:"smtp" placeholder:"URL" help:"Mail server: smtp://user:password@host:587?from=desk@harbour.example, or smtps://…. Without one, mail is only shown at /outbox. In the environment nobody else sees the password."`
	PageCache    int64          `default:"67108864" help:"Bytes of rendered pages to keep; 0 keeps none."`
	TrustedProxy []netip.Prefix `help:"Networks (CIDR) whose forwarded addresses are believed."`
	AllowNetwork []netip.Prefix `help:"Networks (CIDR) of your own in which addresses that others name may be asked, such as that of a spam filter or a webhook. No other private network is."`
	Grace        time.Duration  `default:"10s" help:"How long running requests and jobs may take to finish when it stops."`
	signInWith   `embed:"" prefix:"oidc-"`
	TLS          bool `name:"tls" help:"Get and renew a certificate for the base address, and serve HTTPS with it."`
	certificates `prefix:"tls-"`

	own bool // nobody but this machine reads it: its address is the base address
}

// Run serves until the context ends.
func (c *serveCommand) Run(ctx context.Context, con *console) error {
	if c.LogLevel == "" {
		c.LogLevel = "info"
	}
	if err := c.signInWith.check(); err != nil {
		return err
	}
	post, err := c.postOffice()
	if err != nil {
		return err
	}
	r, err := c.open(ctx, con)
	if err != nil {
		return err
	}
	defer r.close()
	pub, err := r.ensurePublication(ctx, con, c.place)
	if err != nil {
		return err
	}
	if c.BaseURL != "" {
		pub.BaseURL = c.BaseURL
		if err := pub.Validate(); err != nil {
			return usageError{"--base-url: " + describe(err)}
		}
	}
	post.open(r)
	post.sayWhereTo(r.log, c.OpsListen)
	return c.serve(ctx, con, r, pub, c.place, c.BaseURL, post, func(url, _ string) { con.printf("listening on %s", url) })
}

// serve runs the site, the worker and the watcher of the store until the context
// ends or one of them fails, then stops them gracefully. A base address that is not
// empty stands in for that of the settings. ready is called with the addresses in use,
// the operator's empty if there is none, once requests are taken.
func (s *serving) serve(ctx context.Context, con *console, r *room, pub standfirst.Publication, p place, baseURL string,
	post *postOffice, ready func(url, operations string),
) error {
	tuneMemory(s.PageCache)
	cache := pagecache.New(pagecache.Options{MaxBytes: s.PageCache})
	r.store.OnTouch(func(tags []standfirst.Tag) {
		if tags == nil {
			cache.Clear()
			return
		}
		cache.Drop(tags...)
	})
	listener, err := listen(s.Listen)
	if err != nil {
		return err
	}
	tasks := []task{
		{"store watch", r.store.Watch},
		{"jobs", func(ctx context.Context) error {
			if !s.own { // what is only tried out stays as it was made, however long ago that is
				if err := errors.Join(r.newsroom.PlanRecurring(ctx), r.accounts.PlanRecurring(ctx), r.talk.PlanRecurring(ctx), r.webhooks.PlanRecurring(ctx)); err != nil {
					return err
				}
			}
			return r.worker(s.Grace, post.sendJob).Run(ctx)
		}},
		{"record", r.record.Run},
	}
	url := "http://" + reachable(listener.Addr())
	if s.TLS {
		var redirect []task
		if listener, redirect, err = s.certificates.wrap(ctx, r.log, listener, pub, p); err != nil {
			return err
		}
		tasks = append(tasks, redirect...)
		url = "https://" + reachable(listener.Addr())
	}
	if s.own {
		baseURL = url
	}
	r.talk.SetBaseURL(baseURL)
	foreign := outbound.New(outbound.Options{Version: version, Allow: s.AllowNetwork})
	r.talk.SetOutbound(foreign)
	r.webhooks.SetBaseURL(baseURL)
	told := webhook.ClientOptions()
	told.Version, told.Allow = version, s.AllowNetwork
	r.webhooks.SetOutbound(outbound.New(told))
	metrics := web.NewMetrics()
	r.measureRecord(metrics.Registerer())
	hub := live.New(live.Options{})
	measureStreams(metrics.Registerer(), hub)
	readers, err := site.New(site.Options{
		Store: r.store.Reader(), Cache: cache, Media: r.media.FS(), Logger: r.log,
		Talk: r.talk, Live: hub, Accounts: r.accounts, BaseURL: baseURL, ServedAt: url, Metrics: metrics, TrustedProxies: s.TrustedProxy,
	})
	if err != nil {
		return err
	}
	r.store.OnTouch(readers.Touched) // after the page cache: who is told loads a page that is new
	staff := sync.OnceValues(func() (*desk.Desk, error) {
		return desk.New(desk.Options{
			Store: r.store.Reader(), Accounts: r.accounts, Talk: r.talk, Newsroom: r.newsroom, Intake: r.intake, Ledger: r.ledger, Media: r.media, Logger: r.log, Metrics: metrics, TrustedProxies: s.TrustedProxy,
			BaseURL: baseURL, Unsigned: func() error { return r.record.Status().Err },
			Mail:     post.route(),
			Webhooks: r.webhooks,
			Provider: s.signInWith.provider(foreign), ProviderAsksForMore: s.signInWith.SecondFactor,
		})
	})
	programs := api.New(api.Options{
		Store: r.store.Reader(), Accounts: r.accounts, Newsroom: r.newsroom, Ledger: r.ledger, Talk: r.talk,
		Logger: r.log, Metrics: metrics, TrustedProxies: s.TrustedProxy, BaseURL: baseURL, ServedAt: url,
	})
	server := newServer(besideSite(readers, staff, programs, r.log), r.log)
	server.RegisterOnShutdown(hub.Close)
	tasks = append(tasks, task{"open pages", readers.Follow}, task{"site", serveOn(server, listener, s.Grace)})
	operationsURL := ""
	if s.OpsListen != "" {
		operations, err := listen(s.OpsListen)
		if err != nil {
			return err
		}
		operationsURL = "http://" + operations.Addr().String()
		con.notef("operations on %s", operationsURL)
		tasks = append(tasks, task{"operations", serveOn(newServer(web.Operations(metrics, r.ready, post.shown()), r.log), operations, s.Grace)})
	}
	r.sayUnsigned(ctx, con)
	ready(url, operationsURL)
	return runTasks(ctx, r.log, tasks)
}

// besideSite serves the desk's addresses by the desk, those of programs by the API, and
// every other by the site. The desk is made when it is first asked for: readers wait for
// nothing that only staff needs.
func besideSite(readers http.Handler, staff func() (*desk.Desk, error), programs http.Handler, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case api.Serves(r.URL.Path):
			programs.ServeHTTP(w, r)
			return
		case !desk.Serves(r.URL.Path):
			readers.ServeHTTP(w, r)
			return
		}
		d, err := staff()
		if err != nil { // the embedded files do not fit each other, which a test would have said
			log.Error("the desk cannot be served", "error", err)
			http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
			return
		}
		d.ServeHTTP(w, r)
	})
}

// measureStreams shows how many pages are open and told what happens.
func measureStreams(registry prometheus.Registerer, hub *live.Hub) {
	registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "standfirst_live_streams", Help: "Open pages that are told what happens.",
	}, func() float64 { return float64(hub.Streams()) }))
}

// listen opens the address.
func listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, standfirst.WrapError(standfirst.Unavailable, err, "cannot listen on %s: %v", address, err)
	}
	return listener, nil
}

// reachable returns the address with the name of this machine in place of "every
// address of it".
func reachable(address net.Addr) string {
	tcp, ok := address.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return address.String()
	}
	name, err := os.Hostname()
	if err != nil {
		name = "localhost"
	}
	return net.JoinHostPort(name, strconv.Itoa(tcp.Port))
}
