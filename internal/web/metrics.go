package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts and times requests by the pattern of their route, never by
// their path: paths are as many as readers care to type.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

// NewMetrics returns measurements of their own, with those of the Go runtime and
// the process beside them.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "standfirst_http_requests_total", Help: "Requests answered, by route and status.",
		}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "standfirst_http_request_seconds", Help: "Time from the first line of a request to the end of its answer, by route.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route"}),
	}
	m.registry.MustRegister(m.requests, m.seconds,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Registerer takes what other packages measure.
func (m *Metrics) Registerer() prometheus.Registerer { return m.registry }

// Handler serves the measurements in the text format of Prometheus.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Route is where the requests of one pattern are counted. A nil Route counts
// nothing.
type Route struct {
	pattern  string
	requests *prometheus.CounterVec
	usual    map[int]prometheus.Counter
	seconds  prometheus.Observer
}

// usualStatuses are looked up when a route is made, so that counting one of them
// costs no look-up by label later.
var usualStatuses = []int{
	http.StatusOK, http.StatusNoContent, http.StatusPartialContent, http.StatusMovedPermanently,
	http.StatusNotModified, http.StatusNotFound, http.StatusGone, http.StatusInternalServerError,
}

// Route returns the place where requests of the pattern are counted, such as
// "/section/{slug}". It returns nil when m is.
func (m *Metrics) Route(pattern string) *Route {
	if m == nil {
		return nil
	}
	r := &Route{
		pattern: pattern, requests: m.requests, seconds: m.seconds.WithLabelValues(pattern),
		usual: make(map[int]prometheus.Counter, len(usualStatuses)),
	}
	for _, status := range usualStatuses {
		r.usual[status] = m.requests.WithLabelValues(pattern, strconv.Itoa(status))
	}
	return r
}

func (r *Route) observe(status int, took time.Duration) {
	if r == nil {
		return
	}
	counter, ok := r.usual[status]
	if !ok {
		counter = r.requests.WithLabelValues(r.pattern, strconv.Itoa(status))
	}
	counter.Inc()
	r.seconds.Observe(took.Seconds())
}
