package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	allow "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"siida.id/internal/test/chromium"
	"siida.id/internal/test/world"
)

// quoted returns s as a JavaScript string.
func quoted(t *testing.T, text string) string {
	t.Helper()
	b, err := json.Marshal(text)
	world.Must(t, err)
	return string(b)
}

// form360 opens the form of an innovation on a phone.
func form360(t *testing.T) (ctx context.Context, page string) {
	t.Helper()
	p := world.Demo(t)
	ctx = chromium.Tab(t)
	address := served(t, p)
	chromium.SetCookie(t, ctx, address, "bahasa", "id")
	chromium.SetCookie(t, ctx, address, "sesi", world.Session(t, p, "admin", world.DemoPassword(t)))
	page = address + "/inovasi/" + world.InnovationNamed(t, p, "S-TRAVIS") + "/ubah"
	chromium.Do(t, ctx, chromedp.EmulateViewport(360, 800), chromedp.Navigate(page))
	return ctx, page
}

// The browser's live word count equals the server's, over all parts; it is
// announced to screen readers only when typing pauses.
func TestTheCountFollowsTheTyping(t *testing.T) {
	ctx, _ := form360(t)
	file, err := os.ReadFile("../../innovation/testdata/words.json")
	world.Must(t, err)
	var rows []struct {
		Text  string
		Words int
	}
	world.Must(t, json.Unmarshal(file, &rows))
	const parts = `["hukum","masalah","isu-global","isu-nasional","isu-lokal","metode","keunggulan","rancang"]`
	const typing = `(text, name) => { const f = document.getElementById(name); f.value = text; f.dispatchEvent(new Event("input", {bubbles: true})) }`
	chromium.Run(t, ctx, chromedp.Evaluate[any](`window.put = `+typing+`; `+parts+`.forEach(n => put("", n)); 0`))
	for _, row := range rows {
		got := chromium.Run(t, ctx, chromedp.Evaluate[string](`put(`+quoted(t, row.Text)+`, "rancang"); document.querySelector("[data-words] p").textContent`))
		if want := fmt.Sprintf("%d dari 300 kata", row.Words); got != want {
			t.Errorf("%q is %q, want %q", row.Text, got, want)
		}
	}
	chromium.Run(t, ctx, chromedp.Evaluate[any](parts+`.forEach(n => put("satu dua -", n)); 0`))
	chromium.Until(t, ctx, `document.querySelector("[data-words] p").textContent === "16 dari 300 kata"`)
	if heard := chromium.Run(t, ctx, chromedp.Evaluate[string](`document.querySelector("[data-words] [aria-live=polite]").textContent`)); strings.Contains(heard, "16") {
		t.Errorf("%q is read aloud at once", heard)
	}
	chromium.Until(t, ctx, `document.querySelector("[data-words] [aria-live=polite]").textContent === "16 dari 300 kata"`)
	chromium.Run(t, ctx, chromedp.Evaluate[any](`put("lain lain lain", "tujuan"); put("kata ".repeat(1200), "rancang"); 0`))
	chromium.Until(t, ctx, `document.querySelector("[data-words] p").textContent === "1.214 dari 300 kata"`)
}

// The phone fills in its coordinates, also in a redisplayed form; without
// permission a message says what to do instead.
func TestCoordinatesFromThePhone(t *testing.T) {
	ctx, page := form360(t)
	chromium.Until(t, ctx, `!document.querySelector("[data-locate]").hidden`)
	permit := func(setting allow.PermissionSetting) {
		params := allow.SetPermissionParams{Permission: &allow.PermissionDescriptor{Name: "geolocation"}, Setting: setting, Origin: page[:strings.Index(page, "/inovasi")]}
		if _, err := chromedp.Call(ctx, allow.SetPermission, params); err != nil {
			t.Fatal(err)
		}
	}
	latitude, longitude, accuracy := -5.7301234, 105.5892, 5.0
	at := emulation.SetGeolocationOverrideParams{Latitude: &latitude, Longitude: &longitude, Accuracy: &accuracy}
	press := `document.querySelector("[data-locate] button").click(); true`
	shows := func(part string) string {
		return `document.querySelector("[data-locate] [role=status]").textContent.includes("` + part + `")`
	}

	permit(allow.PermissionSettingDenied)
	chromium.Until(t, ctx, press)
	chromium.Until(t, ctx, shows("Izinkan lokasi"))

	permit(allow.PermissionSettingGranted)
	if _, err := chromedp.Call(ctx, emulation.SetGeolocationOverride, at); err != nil {
		t.Fatal(err)
	}
	chromium.Run(t, ctx, chromedp.Evaluate[any](`document.getElementById("nama").value = ""; htmx_done = false; document.addEventListener("htmx:afterSettle", () => { htmx_done = true }); document.querySelector("main form").requestSubmit(); 0`))
	chromium.Until(t, ctx, `htmx_done && document.querySelector("main [role=alert]") !== null && !document.querySelector("[data-locate]").hidden`)
	chromium.Until(t, ctx, press)
	chromium.Until(t, ctx, shows("sudah terisi"))
	chromium.Until(t, ctx, `document.getElementById("lintang").value === "-5.730123" && document.getElementById("bujur").value === "105.589200"`)
}

// The button to save stays in the window of a phone, and never covers the focused element.
func TestSavingIsInReach(t *testing.T) {
	ctx, _ := form360(t)
	for _, field := range []string{"nama", "lintang", "rancang", "hasil", "penghargaan"} {
		chromium.Run(t, ctx, chromedp.Evaluate[any](`document.getElementById("`+field+`").focus(); 0`))
		chromium.Until(t, ctx, `(() => {
			const bar = document.querySelector("[data-bar]").getBoundingClientRect();
			const field = document.activeElement.getBoundingClientRect();
			return bar.top > 0 && bar.bottom <= innerHeight + 1 && field.top < bar.top;
		})()`)
	}
}
