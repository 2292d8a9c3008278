//go:build journey

package browser

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"siida.id/internal/app"
	"siida.id/internal/test/chromium"
	"siida.id/internal/test/world"
)

// The connection of a village office: 400 kbit/s and a round trip of 400 ms.
const (
	lineBytes   = 400_000 / 8 // a second, each way
	lineLatency = 400         // milliseconds
)

// meter counts the bytes and pages of a server.
type meter struct {
	net.Listener
	down, up, pages atomic.Int64
}

func (w *meter) Accept() (net.Conn, error) {
	c, err := w.Listener.Accept()
	return &counted{c, w}, err
}

type counted struct {
	net.Conn
	meter *meter
}

func (c *counted) Read(b []byte) (n int, err error) {
	n, err = c.Conn.Read(b)
	c.meter.up.Add(int64(n))
	return n, err
}

func (c *counted) Write(b []byte) (n int, err error) {
	n, err = c.Conn.Write(b)
	c.meter.down.Add(int64(n))
	return n, err
}

// seen is the traffic so far.
type seen struct {
	at              time.Time
	down, up, pages int64
	fields          int
}

func (w *meter) seen(h *keyboard) seen {
	return seen{time.Now(), w.down.Load(), w.up.Load(), w.pages.Load(), h.fields}
}

// metered serves a program's pages and counts the traffic.
func metered(t *testing.T, p *app.Program) (string, *meter) {
	t.Helper()
	inner, w := world.Pages(t, p), &meter{}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Sec-Fetch-Dest") == "document" || r.Header.Get("HX-Request") != "" {
			w.pages.Add(1)
		}
		inner.ServeHTTP(rw, r)
	}))
	w.Listener = server.Listener
	server.Listener = w
	server.Start()
	t.Cleanup(server.Close)
	return server.URL, w
}

// The journey of TestOperatorByKeyboard over a slow connection, with and
// without JavaScript: its cost in pages, fields, kilobytes and seconds. The
// table is written to the file that JOURNEY names.
func TestJourney(t *testing.T) {
	var rows []string
	var version string
	for _, way := range []struct {
		name  string
		plain bool
	}{{"with the script", false}, {"without", true}} {
		p := world.Demo(t)
		_, unit := world.PersonNamed(t, p, "dishub")
		invite := inviteFor(t, p, unit)
		ctx := chromium.Tab(t)
		address, w := metered(t, p)
		slow(t, ctx, way.plain)
		version = chromium.Run(t, ctx, chromedp.Evaluate[string](`navigator.userAgent`))
		h := &keyboard{T: t, ctx: ctx}
		row := func(name string, since seen) seen {
			now := w.seen(h)
			rows = append(rows, fmt.Sprintf("| %-47s | %5d | %6d | %7.1f | %7.1f | %7.1f |", name+", "+way.name, now.pages-since.pages, now.fields-since.fields,
				float64(now.down-since.down)/1000, float64(now.up-since.up)/1000, now.at.Sub(since.at).Seconds()))
			return w.seen(h)
		}
		chromium.Do(t, ctx, chromedp.EmulateViewport(360, 740))
		at := w.seen(h)
		chromium.Do(t, ctx, chromedp.Navigate(address+"/masuk"))
		begin := row("first view", at)
		h.signInWithCode(invite)
		at = row("first sign-in", begin)
		chromium.Do(t, ctx, chromedp.Navigate(address+"/"))
		at = row("a repeated view", at)
		home := h.register(address)
		at = row("registering", at)
		h.answerAll(address + home)
		row("twenty answers", at)
		row("from sign-in to twenty answers", begin)
		chromium.Do(t, ctx, chromedp.Navigate(address+home))
		if got := text(t, ctx, "main"); !strings.Contains(got, "20 dari 20 selesai") {
			t.Errorf("after twenty answers: %s", got)
		}
	}
	table := strings.Join(append([]string{
		"| step                                            | pages | fields | kB down |   kB up | seconds |",
		"|-------------------------------------------------|------:|-------:|--------:|--------:|--------:|",
	}, rows...), "\n")
	t.Log("\n" + table)
	world.Must(t, os.WriteFile(os.Getenv("JOURNEY"), []byte(fmt.Sprintf(paper400, time.Now().Format(time.DateOnly), runtime.Version(), browserOf(version), table)), 0o600))
}

const paper400 = `# The journey over a slow line

Written by ` + "`make journey`" + `: a new operator signs in with the invite code, registers an innovation and answers all twenty
indicators with a file each, by keyboard at 360 px. The line has 400 kbit/s each way and a round trip of 400 ms.

%s, %s, %s

%s

- **pages**: documents asked for, redirects included. **kB**: everything sent over the wire, headers too, without TLS.
- **seconds**: for a machine that types instantly. A person also reads and thinks.
- Targets: a first view within 4 s, a repeated one within 2.5 s.
`

func browserOf(agent string) string {
	for part := range strings.FieldsSeq(agent) {
		if strings.Contains(part, "Chrome/") {
			return part
		}
	}
	return agent
}

// slow throttles the browser, with or without JavaScript.
func slow(t *testing.T, ctx context.Context, plain bool) {
	t.Helper()
	line := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{{
		Latency: lineLatency, DownloadThroughput: lineBytes, UploadThroughput: lineBytes,
	}}}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, line); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: plain}); err != nil {
		t.Fatal(err)
	}
}
