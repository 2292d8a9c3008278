package bench

import (
	"bytes"
	"compress/gzip"
	"context"
	"net/url"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"siida.id/internal/infra/benchtest"
	"siida.id/internal/test/chromium"
)

// A phone's connection: 1.6 Mbit/s down, 750 kbit/s up, a round trip of 150 ms.
// Chromium applies these to every request but not to opening a connection, which
// takes three more round trips with TCP and TLS: the bound allows for them.
const (
	phoneDown    = 1_600_000 / 8
	phoneUp      = 750_000 / 8
	phoneLatency = 150
	soonSeen     = 1500 - 3*phoneLatency // milliseconds
)

// maxLayoutShift is the cumulative layout shift that still counts as good.
const maxLayoutShift = 0.1

// The size limits of a page, in bytes on the wire.
const (
	firstView   = 60_000
	repeatView  = 15_000
	maxRequests = 6
)

// traffic counts the requests of a tab, and the bytes received.
type traffic struct{ bytes, requests atomic.Int64 }

func (w *traffic) listen(b *testing.B, ctx context.Context) {
	b.Helper()
	if err := chromedp.Listen(ctx, func(ev any) {
		switch e := ev.(type) {
		case *network.EventRequestWillBeSent:
			w.requests.Add(1)
		case *network.EventRequestServedFromCache:
			w.requests.Add(-1)
		case *network.EventResponseReceived:
			if e.Response.FromDiskCache {
				w.requests.Add(-1)
			}
		case *network.EventLoadingFinished:
			w.bytes.Add(int64(e.EncodedDataLength))
		}
	}); err != nil {
		b.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		b.Fatal(err)
	}
}

// forget empties the browser's cache.
func forget(b *testing.B, ctx context.Context) {
	b.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		b.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.ClearBrowserCache, cdp.Empty{}); err != nil {
		b.Fatal(err)
	}
}

// visit opens a page and waits until all its requests are done.
func (w *traffic) visit(b *testing.B, ctx context.Context, url string) (kilobytes, requests float64) {
	b.Helper()
	w.bytes.Store(0)
	w.requests.Store(0)
	chromium.Do(b, ctx, chromedp.Navigate(url))
	for last := int64(-1); last != w.bytes.Load(); time.Sleep(200 * time.Millisecond) {
		last = w.bytes.Load()
	}
	return float64(w.bytes.Load()) / 1000, float64(w.requests.Load())
}

// BenchmarkView measures the bytes of demo pages in Chromium, for a first view
// and for one with cached assets. The floor is the text of the page with gzip.
func BenchmarkView(b *testing.B) {
	ctx, at, pages := signedIn(b)
	var w traffic
	w.listen(b, ctx)
	n := 0
	for _, p := range pages {
		chromium.Do(b, ctx, chromedp.Navigate(at+p.path))
		words := gzipKB(b, chromium.Run(b, ctx, chromedp.Evaluate[string](`document.body.innerText`)))
		first := func() (kilobytes, requests float64) {
			forget(b, ctx)
			return w.visit(b, ctx, at+p.path)
		}
		repeated := func() (kilobytes, requests float64) {
			n++
			return w.visit(b, ctx, at+p.path+"?ke="+strconv.Itoa(n))
		}
		for _, of := range []struct {
			name string
			most float64
			view func() (kilobytes, requests float64)
		}{{"first", firstView, first}, {"repeated", repeatView, repeated}} {
			b.Run(p.name+" "+of.name, func(b *testing.B) {
				benchtest.Figure{
					Unit: "kB", Max: of.most / 1000, Floor: func() float64 { return words },
					Of: func() float64 { kilobytes, _ := of.view(); return kilobytes },
				}.Run(b)
			})
		}
		b.Run(p.name+" requests", func(b *testing.B) {
			benchtest.Figure{
				Unit: "requests", Max: maxRequests, Floor: func() float64 { return 1 },
				Of: func() float64 { _, requests := first(); return requests },
			}.Run(b)
		})
	}
}

// gzipKB returns the size of a text in kilobytes with gzip.
func gzipKB(b *testing.B, text string) float64 {
	b.Helper()
	var buf bytes.Buffer
	zip := gzip.NewWriter(&buf)
	if _, err := zip.Write([]byte(text)); err != nil {
		b.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		b.Fatal(err)
	}
	return float64(buf.Len()) / 1000
}

// signedIn returns a browser in which the demo's administrator has signed in,
// and the pages to measure.
func signedIn(b *testing.B) (ctx context.Context, at string, pages []page) {
	b.Helper()
	s := serve(b, dataFolder(b, true))
	b.Cleanup(func() { s.stop(b) })
	v := signIn(b, s.url)
	ctx = chromium.Tab(b)
	here, err := url.Parse(s.url)
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range v.Jar.Cookies(here) {
		chromium.SetCookie(b, ctx, s.url, c.Name, c.Value)
	}
	chromium.Do(b, ctx, chromedp.EmulateViewport(360, 740))
	return ctx, s.url, []page{{"home", "/"}, {"innovation", v.paths()[2].path}, {"index", "/indeks/2026"}}
}

// painted returns, once the page is idle, its LCP and its layout shift.
const painted = `new Promise(done => {
	const seen = {largest: 0, jumped: 0};
	new PerformanceObserver(l => { for (const e of l.getEntries()) seen.largest = Math.max(seen.largest, e.startTime) })
		.observe({type: "largest-contentful-paint", buffered: true});
	new PerformanceObserver(l => { for (const e of l.getEntries()) seen.jumped += e.value })
		.observe({type: "layout-shift", buffered: true});
	setTimeout(() => done([seen.largest, seen.jumped]), 500);
})`

// BenchmarkLine measures LCP and layout shift of a first view over a phone's
// connection. The floor is a page of one word over the same connection.
func BenchmarkLine(b *testing.B) {
	ctx, at, pages := signedIn(b)
	seen := func(url string) (largest, jumped float64) {
		forget(b, ctx)
		chromium.Do(b, ctx, chromedp.Navigate(url))
		got := chromium.Run(b, ctx, chromedp.Evaluate[[]float64](painted, chromedp.EvalAwaitPromise))
		return got[0], got[1]
	}
	line := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{{
		Latency: phoneLatency, DownloadThroughput: phoneDown, UploadThroughput: phoneUp,
	}}}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		b.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, line); err != nil {
		b.Fatal(err)
	}
	for _, p := range append(pages, page{"sign in", "/masuk"}) {
		if p.path == "/masuk" {
			chromium.SetCookie(b, ctx, at, "sesi", "")
		}
		var jumped float64
		b.Run(p.name, func(b *testing.B) {
			benchtest.Figure{
				Unit: "ms", Max: soonSeen,
				Of:    func() (largest float64) { largest, jumped = seen(at + p.path); return largest },
				Floor: func() (largest float64) { largest, _ = seen(at + "/siap"); return largest },
			}.Run(b)
		})
		b.Run(p.name+" jumps", func(b *testing.B) {
			benchtest.Figure{Unit: "CLS", Max: maxLayoutShift, Of: func() float64 { return jumped }}.Run(b)
		})
	}
}
