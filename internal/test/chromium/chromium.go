// Package chromium is the browser in which pages are tested.
package chromium

import (
	"context"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Tab starts Chromium with one tab. Anything the page complains about,
// such as a breach of the content security policy, fails the test, unless it contains
// one of expected.
func Tab(t testing.TB, expected ...string) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("Chromium is not installed, and pages are tested in it; install it with:\n\tapt-get install --yes chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("accept-lang", "id"))
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Minute) // chromedp waits forever
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			// The browser logs every 4xx, and every sign-out that clears its cache.
			text := m.String()
			known := func(part string) bool { return strings.Contains(text, part) }
			if !known("status of 4") && !strings.HasPrefix(text, "info: Clear-Site-Data header on ") && !slices.ContainsFunc(expected, known) {
				t.Errorf("the page says: %v", m)
			}
		}
	}()
	return ctx
}

// Do runs actions, and fails the test if one fails.
func Do(t testing.TB, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// Run returns the result of an action.
func Run[T any](t testing.TB, ctx context.Context, action chromedp.Action[T]) T {
	t.Helper()
	got, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// SetCookie sets a cookie of the site.
func SetCookie(t testing.TB, ctx context.Context, address, name, value string) {
	t.Helper()
	cookie := network.SetCookieParams{Name: name, Value: value, URL: address}
	if _, err := chromedp.Call(ctx, network.SetCookie, cookie); err != nil {
		t.Fatal(err)
	}
}

// Until waits for a condition of the current page or the one being loaded.
func Until(t testing.TB, ctx context.Context, condition string) {
	t.Helper()
	whole := `if (document.readyState != "loading") { ` + condition + ` }` // the address changes before the page is complete
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](whole)); err == nil && ok {
			return
		}
	}
	page, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText`))
	t.Fatalf("waited in vain for %s on %s", condition, page)
}
