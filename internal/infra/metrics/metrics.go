// Package metrics counts what the program does, in the format of Prometheus.
//
// Labels have few values, all constants of the program: a route is its pattern, never
// a requested address, and no label has a region or a person.
package metrics

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/job"
	"siida.id/internal/infra/sqldb"
)

// other is the label for values without a name in the program, such as the route of a
// page that does not exist.
const other = "other"

// Metrics has the counters of a program. It is safe for concurrent use.
type Metrics struct {
	registry   *prometheus.Registry
	requests   *prometheus.HistogramVec
	inFlight   prometheus.Gauge
	statements prometheus.Histogram
	failed     prometheus.Counter // number of failed statements
	jobs       *prometheus.CounterVec
	files      *prometheus.CounterVec
	fileBytes  prometheus.Counter
	signIns    *prometheus.CounterVec
}

var _ httpx.Observer = (*Metrics)(nil)

// New returns counters at zero, with those of the Go runtime and of the process.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "siida_http_request_duration_seconds", Help: "Requests by route, and how long each took until its answer was written.",
			Buckets: []float64{.01, .025, .05, .1, .25, .5, 1, 5, 30},
		}, []string{"method", "route", "status"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "siida_http_requests_in_flight", Help: "Requests that are being answered.",
		}),
		statements: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "siida_sql_statement_duration_seconds",
			Help:    "Statements, and how long each took with its rows; a write outside a transaction with its wait for the right to write. Those of the queue of jobs are not among them.",
			Buckets: []float64{.0001, .0005, .001, .005, .01, .05, .1, .5, 1, 5, 30},
		}),
		failed: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "siida_sql_statement_errors_total", Help: "Statements that failed.",
		}),
		jobs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "siida_jobs_total", Help: "Tries of jobs by kind: worked, failed and to be tried again, or parked.",
		}, []string{"kind", "result"}),
		files: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "siida_files_total", Help: "Files that came with a form: received, refused, or broken off.",
		}, []string{"result"}),
		fileBytes: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "siida_file_bytes_total", Help: "Bytes of files that came with a form, of those that were refused or broken off too.",
		}),
		signIns: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "siida_sign_ins_total", Help: "Sign-ins that succeeded, and those that failed, by why.",
		}, []string{"result"}),
	}
	m.registry.MustRegister(m.requests, m.inFlight, m.statements, m.failed, m.jobs, m.files, m.fileBytes, m.signIns,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// RequestBegan implements httpx.Observer.
func (m *Metrics) RequestBegan() { m.inFlight.Inc() }

// RequestEnded implements httpx.Observer.
func (m *Metrics) RequestEnded(route string, status int, took time.Duration) {
	m.inFlight.Dec()
	method, path, ok := strings.Cut(route, " ")
	if !ok { // the method of a request without a route can be any word
		method, path = other, other
	}
	m.requests.WithLabelValues(method, path, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
}

// FileEnded implements httpx.Observer.
func (m *Metrics) FileEnded(result httpx.FileResult, bytes int64) {
	m.files.WithLabelValues(string(result)).Inc()
	m.fileBytes.Add(float64(bytes))
}

// StatementEnded counts a statement; sqldb.DB.Observe calls it.
func (m *Metrics) StatementEnded(took time.Duration, err error) {
	m.statements.Observe(took.Seconds())
	if err != nil {
		m.failed.Inc()
	}
}

// JobEnded counts a try of a job; job.Options.Observe calls it.
func (m *Metrics) JobEnded(kind string, result job.Result) {
	m.jobs.WithLabelValues(kind, string(result)).Inc()
}

// SignInEnded counts a sign-in with its result.
func (m *Metrics) SignInEnded(result string) { m.signIns.WithLabelValues(result).Inc() }

// WatchDatabase adds the connection pools of db, and counts its statements from now
// on. Call it once, before db is used.
func (m *Metrics) WatchDatabase(db *sqldb.DB) {
	db.Observe = m.StatementEnded
	if db.ReaderPool() == db.WriterPool() {
		m.registry.MustRegister(collectors.NewDBStatsCollector(db.WriterPool(), "all"))
		return
	}
	m.registry.MustRegister(collectors.NewDBStatsCollector(db.WriterPool(), "writer"), collectors.NewDBStatsCollector(db.ReaderPool(), "reader"))
}

// WatchParked adds the number of parked jobs of each kind; count is called whenever
// the metrics are requested. Call it once.
func (m *Metrics) WatchParked(count func(ctx context.Context) (map[string]int, error)) {
	m.registry.MustRegister(parkedJobs(count))
}

const parkedTimeout = 2 * time.Second

var parkedDesc = prometheus.NewDesc("siida_jobs_parked", "Jobs that wait for somebody, after five tries.", []string{"kind"}, nil)

// parkedJobs is a prometheus.Collector of the parked jobs. While the database is
// unreachable it has no values.
type parkedJobs func(ctx context.Context) (map[string]int, error)

// Describe implements prometheus.Collector.
func (p parkedJobs) Describe(ch chan<- *prometheus.Desc) { ch <- parkedDesc }

// Collect implements prometheus.Collector.
func (p parkedJobs) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), parkedTimeout)
	defer cancel()
	counts, err := p(ctx)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(parkedDesc, err)
		return
	}
	for kind, n := range counts {
		ch <- prometheus.MustNewConstMetric(parkedDesc, prometheus.GaugeValue, float64(n), kind)
	}
}

// Handler serves the counters at /metrics and nothing else.
func (m *Metrics) Handler(log *slog.Logger) http.Handler {
	scrape := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn), ErrorHandling: promhttp.ContinueOnError,
		MaxRequestsInFlight: 2, // each reads the parked jobs from the database
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/metrics" {
			http.NotFound(w, r)
			return
		}
		scrape.ServeHTTP(w, r)
	})
}

// Timeouts of the metrics server.
const (
	readTimeout     = 10 * time.Second
	writeTimeout    = 30 * time.Second
	shutdownTimeout = time.Second
)

// Listen serves the counters at address until stop is called. It returns an error if
// it cannot listen there.
func (m *Metrics) Listen(ctx context.Context, log *slog.Logger, address string) (at net.Addr, stop func(), err error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, nil, fmt.Errorf("listen for metrics: %w", err)
	}
	server := &http.Server{
		Handler: m.Handler(log), ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.ErrorContext(ctx, "metrics are not served any more", slog.Any("error", err))
		}
	}()
	return listener.Addr(), func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
		defer cancel()
		if server.Shutdown(last) != nil {
			_ = server.Close() // requests in progress are cut off
		}
		<-ended
	}, nil
}
