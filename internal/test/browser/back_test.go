package browser

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"siida.id/internal/test/chromium"
)

// After a sign-out Back shows no page of the person who has left: neither from the
// browser's caches, nor from what the script could have stored when a form was sent.
func TestCaseS3BackShowsNobody(t *testing.T) {
	f := openForm(t)
	f.fill("Bukti orang pertama", f.file("bukti.pdf", 1000))
	f.run(pressSend)
	f.until(`location.search == "?tersimpan=1"`)
	if stored := f.ask(`JSON.stringify([{...sessionStorage}, {...localStorage}])`); strings.Contains(stored, "<") {
		t.Errorf("the browser stores pages: %.200s", stored)
	}
	chromium.Do(t, f.ctx, chromedp.Navigate(f.address+"/orang"), chromedp.Navigate(f.address+"/inovasi"))
	f.run(`document.querySelector("form[action='/keluar'] button").click()`)
	f.until(`document.querySelector("main h1")?.innerText == "Masuk"`)
	page := url.QueryEscape(strings.TrimPrefix(f.url, f.address))
	for _, left := range []string{"%2Finovasi", "%2Forang", page + "%3Ftersimpan%3D1", page} {
		f.run(`history.back()`)
		f.until(`location.pathname + location.search == "/masuk?ke=` + left + `" && document.querySelector("main h1")?.innerText == "Masuk"`)
	}
}
