package browser

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"siida.id/internal/test/chromium"
	"siida.id/internal/test/world"
)

// Printed pages have no navigation and no form, and the sample mark of a
// made-up region.
func TestPrintedPagesAreMarkedAsSample(t *testing.T) {
	p := world.Demo(t)
	ctx, address := chromium.Tab(t), served(t, p)
	chromium.SetCookie(t, ctx, address, "sesi", world.Session(t, p, "admin", world.DemoPassword(t)))
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	chromium.Do(t, ctx, chromedp.Navigate(address+"/indeks/2026"))
	seen := chromium.Run(t, ctx, chromedp.Evaluate[string](`document.body.innerText`))
	if !strings.Contains(seen, "rekaan") || !strings.Contains(seen, "42,75") {
		t.Errorf("on paper: %s", seen)
	}
	if lines := strings.Fields(seen); slices.Contains(lines, "Keluar") || slices.Contains(lines, "English") {
		t.Errorf("navigation on paper: %s", seen)
	}
}
