package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"siida.id/internal/infra/samplefile"
	"siida.id/internal/region"
	"siida.id/internal/test/chromium"
	"siida.id/internal/test/world"
)

// fill sets the fields of those names.
func fill(t *testing.T, ctx context.Context, fields map[string]string) {
	t.Helper()
	for name, value := range fields {
		chromium.Run(t, ctx, chromedp.Evaluate[any](`document.querySelector("main [name='`+name+`']").value = "`+value+`"; 0`))
	}
}

const submit = `main form button[type=submit]:not([name])`

// saveButton is the button of the bar of a long form, or else the last of the page.
const saveButton = `(document.querySelector("main [data-bar] button[type=submit]") ?? [...document.querySelectorAll("` + submit + `")].at(-1))`

// send submits the last form of the page and waits for the expected result.
func send(t *testing.T, ctx context.Context, after string) {
	t.Helper()
	chromium.Run(t, ctx, chromedp.Evaluate[any](saveButton+`.click(); 0`))
	chromium.Until(t, ctx, after)
}

func text(t *testing.T, ctx context.Context, selector string) string {
	t.Helper()
	return chromium.Run(t, ctx, chromedp.Evaluate[string](`document.querySelector("`+selector+`")?.innerText ?? ""`))
}

// From the one-time link to an index above zero, on a phone, with and without
// JavaScript.
func TestFromTheSetupLinkToAnIndex(t *testing.T) {
	for name, plain := range map[string]bool{"with the script": false, "without": true} {
		t.Run(name, func(t *testing.T) {
			p := world.Empty(t)
			world.Must(t, p.Regions.Add(t.Context(), region.Region{Code: "18.01", Name: "Kabupaten Lampung Selatan"}))
			ctx, address := chromium.Tab(t), served(t, p)
			here := world.OnlyRegion(t, p)
			token, _, err := p.Auth.SetupLink(region.Within(t.Context(), here), here.Code)
			world.Must(t, err)
			link := address + "/mulai/" + token
			if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: plain}); err != nil {
				t.Fatal(err)
			}
			chromium.Do(t, ctx, chromedp.EmulateViewport(360, 740), chromedp.Navigate(link))
			begin(t, ctx)
			register(t, ctx, address)
			answer(t, ctx, plain)
			chromium.Do(t, ctx, chromedp.Navigate(address+"/indeks"))
			if got := text(t, ctx, "main"); !strings.Contains(got, "0,20") || !strings.Contains(got, "Kurang Inovatif") {
				t.Errorf("the index has not moved to 0,20: %s", got)
			}
		})
	}
}

// begin creates the first administrator, a period and an agency.
func begin(t *testing.T, ctx context.Context) {
	t.Helper()
	fill(t, ctx, map[string]string{"lengkap": "Siti Rahmawati", "nama": "siti", "sandi": "pendek", "ulang": "pendek"})
	send(t, ctx, `document.querySelector("[role=alert] a") != null`)
	if got := chromium.Run(t, ctx, chromedp.Evaluate[string](`document.querySelector("main [name=lengkap]").value`)); got != "Siti Rahmawati" {
		t.Errorf("the refused form has lost the name: %q", got)
	}
	fill(t, ctx, map[string]string{"lengkap": "Siti Rahmawati", "nama": "siti", "sandi": world.Passphrase, "ulang": world.Passphrase})
	send(t, ctx, `location.pathname == "/" && document.querySelector("h1") != null`)
	here := chromium.Run(t, ctx, chromedp.Evaluate[string](`location.origin`))
	chromium.Do(t, ctx, chromedp.Navigate(here+"/periode"))
	fill(t, ctx, map[string]string{"paket": "iid-2026"})
	send(t, ctx, `location.search == "?tersimpan=periode-dibuka" && document.querySelector("#periode-2026") != null`)
	chromium.Do(t, ctx, chromedp.Navigate(here+"/perangkat-daerah/baru"))
	fill(t, ctx, map[string]string{"nama": "Dinas Perhubungan", "jenis": "dinas"})
	send(t, ctx, `location.pathname == "/perangkat-daerah" && document.body.innerText.includes("Dinas Perhubungan")`)
}

// register registers an innovation, after an empty form was refused.
func register(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	chromium.Do(t, ctx, chromedp.Navigate(address+"/inovasi/baru"))
	fill(t, ctx, map[string]string{"terap": "2024-02-05"})
	send(t, ctx, `document.querySelectorAll("[role=alert] li").length >= 3`)
	fill(t, ctx, map[string]string{"nama": "S-TRAVIS", "urusan": "Perhubungan", "rancang": "Angkutan pelajar."})
	if got := chromium.Run(t, ctx, chromedp.Evaluate[string](`document.querySelector("main [name=terap]").value`)); got != "2024-02-05" {
		t.Errorf("the refused form has lost the date: %q", got)
	}
	send(t, ctx, `document.querySelector("h1").innerText == "S-TRAVIS"`)
}

// answer chooses an option and proves it, first with an invalid file.
func answer(t *testing.T, ctx context.Context, plain bool) {
	t.Helper()
	chromium.Run(t, ctx, chromedp.Evaluate[any](`document.querySelector("#SID-16 a").click(); 0`))
	chromium.Until(t, ctx, `document.querySelector("main [name=berkas]") != null`)
	folder := t.TempDir()
	wrong, right := filepath.Join(folder, "sk.pdf"), filepath.Join(folder, "SK Bupati.pdf")
	world.Must(t, os.WriteFile(wrong, []byte("<html>bukan pdf"), 0o600))
	sample, err := samplefile.PDF("CONTOH", "SK", []string{"Isi"})
	world.Must(t, err)
	world.Must(t, os.WriteFile(right, sample, 0o600))
	chromium.Run(t, ctx, chromedp.Evaluate[any](`document.querySelector("main [name=pilihan][value='2']").click(); 0`))
	fill(t, ctx, map[string]string{"tentang": "Penetapan inovasi", "tanggal": "2024-01-10"})
	chromium.Do(t, ctx, chromedp.SetUploadFiles("#berkas", []string{wrong}))
	send(t, ctx, `document.querySelectorAll("[role=alert] li").length == 2`) // the number too
	if got := chromium.Run(t, ctx, chromedp.Evaluate[bool](`document.querySelector("main [name=pilihan][value='2']").checked`)); !got {
		t.Error("the refused form has lost the choice")
	}
	chromium.Do(t, ctx, chromedp.SetUploadFiles("#berkas", []string{right}))
	fill(t, ctx, map[string]string{"tentang": ""})
	send(t, ctx, `document.querySelector("main [name=terkirim]") != null`) // stored while the rest is corrected
	fill(t, ctx, map[string]string{"tentang": "Penetapan inovasi", "nomor": "B/184/2022"})
	send(t, ctx, `document.body.innerText.includes("SK Bupati.pdf") && document.querySelector("main [role=status]") != null`)
	focused := chromium.Run(t, ctx, chromedp.Evaluate[string](`document.activeElement.role ?? ""`))
	if !plain && focused != "status" {
		t.Errorf("after the form the focus is on %s, want what the act was worth", focused)
	}
}
