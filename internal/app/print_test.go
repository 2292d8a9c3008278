package app

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// On paper there is no navigation and no form, and a made-up region still says
// that it is one.
func TestPaperSaysWhatIsASample(t *testing.T) {
	p := demoProgram(t)
	ctx, address := browser(t), served(t, p)
	carry(t, ctx, address, "sesi", session(t, p, "admin", demoLogin(t)))
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(address+"/indeks/2026"))
	seen := run(t, ctx, chromedp.Evaluate[string](`document.body.innerText`))
	if !strings.Contains(seen, "rekaan") || !strings.Contains(seen, "42,75") {
		t.Errorf("on paper: %s", seen)
	}
	if lines := strings.Fields(seen); slices.Contains(lines, "Keluar") || slices.Contains(lines, "English") {
		t.Errorf("navigation on paper: %s", seen)
	}
}
