package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/region"
)

// gcPercent is the default of GOGC, in place of Go's 100: a sign-in allocates 19 MB,
// which would otherwise stay uncollected for minutes.
const gcPercent = 50

// Intervals at which queued notes are written.
const (
	usesEvery     = 10 * time.Second
	endingsEvery  = time.Second
	openingsEvery = time.Second
)

// Timeouts for the requests in progress when the program is stopped: first to
// complete and then, with their connections closed, to end.
const (
	shutdownTimeout = 10 * time.Second
	cutTimeout      = 10 * time.Second
)

type serveCommand struct{ Config }

// Run runs the command; kong calls it.
func (c *serveCommand) Run(ctx context.Context, log *slog.Logger, std Streams) error {
	log.InfoContext(ctx, "start", slog.Any("config", c.Config))
	p, err := Open(ctx, log, c.Config)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	p.inspectFiles(ctx)
	if c.Metrics != "" {
		at, stop, err := p.Metrics.Listen(ctx, log, c.Metrics)
		if err != nil {
			return err
		}
		defer stop()
		url := "http://" + at.String() + "/metrics"
		log.InfoContext(ctx, "serving metrics", slog.String("url", url))
		if !loopback(url) {
			log.WarnContext(ctx, "others reach the metrics, which ask nobody for a password; SIIDA_METRICS should be an address of this machine or of a network that is closed",
				slog.String("url", url))
		}
	}
	return p.serve(ctx, c.Listen, false, func(address string) error {
		if err := p.warnAddresses(ctx, address); err != nil {
			return err
		}
		return p.printSetup(ctx, std, address)
	})
}

// warnAddresses logs what the address on which the program listens lacks for the
// regions' public addresses.
func (p *Program) warnAddresses(ctx context.Context, address string) error {
	regions, err := p.Regions.All(ctx)
	if err != nil {
		return err
	}
	for _, r := range regions {
		switch {
		case r.URL == "":
			p.log.WarnContext(ctx, "the region has no public address, so that no report can be issued; set it with siida region set "+r.Code+" --url",
				slog.String("region", r.Code))
		case strings.HasPrefix(r.URL, "https:") && len(p.proxies) == 0:
			p.log.WarnContext(ctx, "the public address uses https, which a proxy has to speak, and none is named in SIIDA_TRUSTED_PROXIES",
				slog.String("region", r.Code), slog.String("url", r.URL))
		}
	}
	if len(p.proxies) == 0 && !loopback(address) {
		p.log.WarnContext(ctx, "others reach the program without TLS, and no proxy is named in SIIDA_TRUSTED_PROXIES", slog.String("listen", address))
	}
	return nil
}

// reachable returns the address of a listener with a host that a browser can open: for
// one that listens on every address, the first by which other machines reach this one,
// of IPv4 if there is one, else that of the machine itself.
func reachable(at net.Addr) string {
	tcp, ok := at.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return at.String()
	}
	host := net.IPv4(127, 0, 0, 1)
	own, _ := net.InterfaceAddrs() // none if the system does not tell
	for _, one := range own {
		network, ok := one.(*net.IPNet)
		if !ok || !network.IP.IsGlobalUnicast() {
			continue
		}
		if network.IP.To4() != nil {
			host = network.IP
			break
		}
		if host.IsLoopback() {
			host = network.IP
		}
	}
	return net.JoinHostPort(host.String(), strconv.Itoa(tcp.Port))
}

// loopback reports whether an address can be reached from this machine only.
func loopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	at, err := netip.ParseAddr(u.Hostname())
	return err == nil && at.IsLoopback()
}

// printSetup prints the link for the first administrator of each region without one;
// without any region, how to add one.
func (p *Program) printSetup(ctx context.Context, std Streams, address string) error {
	regions, err := p.Regions.All(ctx)
	if err != nil {
		return err
	}
	if len(regions) == 0 {
		_, _ = fmt.Fprintln(std.Out, "No region yet. Stop the program and add one: siida region add 18.01 \"Kabupaten Lampung Selatan\"")
	}
	for _, r := range regions {
		token, needed, err := p.Auth.SetupLink(region.Within(ctx, r), r.Code)
		if fault.Temporary(err) { // a full disk must not prevent the start
			p.log.ErrorContext(ctx, "no link for a first administrator could be made; start again for one", slog.String("region", r.Code), slog.Any("error", err))
			continue
		}
		if err != nil {
			return err
		}
		if !needed {
			continue
		}
		at := address
		if r.URL != "" {
			at = r.URL
		}
		_, _ = fmt.Fprintf(std.Out, "%s has no administrator yet. This link makes the first one, once, within 24 hours:\n\n\t%s/mulai/%s\n\n", r.Name, at, token)
	}
	return nil
}

// serve serves until ctx is cancelled, then waits for requests in progress, and cuts
// off those that take too long. ready is called with the address once the program
// listens on it.
func (p *Program) serve(ctx context.Context, listen string, gallery bool, ready func(address string) error) error {
	if _, set := os.LookupEnv("GOGC"); !set {
		debug.SetGCPercent(gcPercent)
	}
	pages, err := p.Site(gallery)
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	var running atomic.Int64
	server := &http.Server{
		Handler:           counted(&running, pages.Handler()),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(p.log.Handler(), slog.LevelWarn),
	}
	address := "http://" + reachable(listener.Addr())
	if err := ready(address); err != nil {
		return errors.Join(err, listener.Close())
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		stopped <- p.stop(context.WithoutCancel(ctx), server, &running)
	}()
	p.log.InfoContext(ctx, "serving", slog.String("url", address))
	var background sync.WaitGroup
	defer background.Wait()
	noting, endNoting := context.WithCancel(context.WithoutCancel(ctx)) // until the last request has ended
	defer endNoting()
	working, endWorking := context.WithCancel(ctx)
	defer endWorking()
	background.Go(func() { p.Jobs.Run(working) })
	background.Go(func() { p.Auth.Uses.Run(noting, usesEvery, p.log, "uses of sessions") })
	background.Go(func() { p.Auth.Endings.Run(noting, endingsEvery, p.log, "endings of sessions") })
	background.Go(func() { p.Evidence.Pending.Run(noting, openingsEvery, p.log, "openings of evidence") })
	background.Go(func() { p.AccessLog.Pending.Run(noting, openingsEvery, p.log, "accesses") })
	background.Go(func() { p.AccessLog.Strangers.Run(noting, openingsEvery, p.log, "refusals of strangers") })
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return <-stopped
}

// counted counts the requests in progress in running.
func counted(running *atomic.Int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		running.Add(1)
		defer running.Add(-1)
		next.ServeHTTP(w, r)
	})
}

// stop stops a server. Requests in progress after shutdownTimeout lose their
// connections, by which their contexts are cancelled, and are waited for again, so
// that their notes are written and the database is open until they end.
func (p *Program) stop(ctx context.Context, server *http.Server, running *atomic.Int64) error {
	last, cancel := context.WithTimeout(ctx, p.shutdownTimeout)
	defer cancel()
	err := server.Shutdown(last)
	if !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	p.log.WarnContext(ctx, "requests are cut off that did not end in time", slog.Int64("requests", running.Load()))
	err = server.Close()
	for end := time.Now().Add(cutTimeout); running.Load() > 0 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	if n := running.Load(); n > 0 {
		p.log.ErrorContext(ctx, "requests go on that were cut off; what they note is lost", slog.Int64("requests", n))
	}
	return err
}
