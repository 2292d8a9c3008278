package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"siida.id/internal/infra/samplefile"
	"siida.id/internal/region"
)

// until waits for a condition of the page that is there or is being loaded.
func until(t testing.TB, ctx context.Context, condition string) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](condition)); err == nil && ok {
			return
		}
	}
	page, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText`))
	t.Fatalf("waited in vain for %s on %s", condition, page)
}

// fill puts values into the fields of those names.
func fill(t *testing.T, ctx context.Context, fields map[string]string) {
	t.Helper()
	for name, value := range fields {
		run(t, ctx, chromedp.Evaluate[any](`document.querySelector("main [name='`+name+`']").value = "`+value+`"; 0`))
	}
}

const submit = `main form button[type=submit]:not([name])`

// send submits the last form of the page and waits for what must come after.
func send(t *testing.T, ctx context.Context, after string) {
	t.Helper()
	run(t, ctx, chromedp.Evaluate[any](`[...document.querySelectorAll("`+submit+`")].at(-1).click(); 0`))
	until(t, ctx, after)
}

func text(t *testing.T, ctx context.Context, selector string) string {
	t.Helper()
	return run(t, ctx, chromedp.Evaluate[string](`document.querySelector("`+selector+`")?.innerText ?? ""`))
}

// The first walk of all: from the one-time link to an index that has moved,
// on a phone, with the script and without.
func TestWalk(t *testing.T) {
	for name, plain := range map[string]bool{"with the script": false, "without": true} {
		t.Run(name, func(t *testing.T) {
			p := newProgram(t)
			must(t, p.Regions.Add(t.Context(), region.Region{Code: "18.01", Name: "Kabupaten Lampung Selatan"}))
			var console strings.Builder
			ctx, address := browser(t), served(t, p)
			must(t, p.printSetup(t.Context(), Streams{Out: &console}, address))
			_, link, _ := strings.Cut(console.String(), "\t")
			link, _, _ = strings.Cut(link, "\n")
			if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: plain}); err != nil {
				t.Fatal(err)
			}
			do(t, ctx, chromedp.EmulateViewport(360, 740), chromedp.Navigate(link))
			begin(t, ctx)
			register(t, ctx, address)
			answer(t, ctx, plain)
			do(t, ctx, chromedp.Navigate(address+"/indeks"))
			if got := text(t, ctx, "main"); !strings.Contains(got, "0,20") || !strings.Contains(got, "Kurang Inovatif") {
				t.Errorf("the index has not moved to 0,20: %s", got)
			}
		})
	}
}

// begin makes the first administrator, a period and an agency.
func begin(t *testing.T, ctx context.Context) {
	t.Helper()
	fill(t, ctx, map[string]string{"lengkap": "Siti Rahmawati", "nama": "siti", "sandi": "pendek", "ulang": "pendek"})
	send(t, ctx, `document.querySelector("[role=alert] a") != null`)
	if got := run(t, ctx, chromedp.Evaluate[string](`document.querySelector("main [name=lengkap]").value`)); got != "Siti Rahmawati" {
		t.Errorf("the refused form has lost the name: %q", got)
	}
	fill(t, ctx, map[string]string{"lengkap": "Siti Rahmawati", "nama": "siti", "sandi": passphrase, "ulang": passphrase})
	send(t, ctx, `location.pathname == "/" && document.querySelector("h1") != null`)
	here := run(t, ctx, chromedp.Evaluate[string](`location.origin`))
	do(t, ctx, chromedp.Navigate(here+"/periode"))
	fill(t, ctx, map[string]string{"paket": "iid-2026"})
	send(t, ctx, `location.search == "?tersimpan=1" && document.querySelector("#periode-2026") != null`)
	do(t, ctx, chromedp.Navigate(here+"/perangkat-daerah/baru"))
	fill(t, ctx, map[string]string{"nama": "Dinas Perhubungan", "jenis": "dinas"})
	send(t, ctx, `location.pathname == "/perangkat-daerah" && document.body.innerText.includes("Dinas Perhubungan")`)
}

// register makes an innovation, after a form that lacks everything.
func register(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(address+"/inovasi/baru"))
	fill(t, ctx, map[string]string{"terap": "2024-02-05"})
	send(t, ctx, `document.querySelectorAll("[role=alert] li").length >= 3`)
	fill(t, ctx, map[string]string{"nama": "S-TRAVIS", "urusan": "Perhubungan", "rancang": "Angkutan pelajar."})
	if got := run(t, ctx, chromedp.Evaluate[string](`document.querySelector("main [name=terap]").value`)); got != "2024-02-05" {
		t.Errorf("the refused form has lost the date: %q", got)
	}
	send(t, ctx, `document.querySelector("h1").innerText == "S-TRAVIS"`)
}

// answer chooses an option and proves it, first with a file that is none.
func answer(t *testing.T, ctx context.Context, plain bool) {
	t.Helper()
	run(t, ctx, chromedp.Evaluate[any](`document.querySelector("#SID-16 a").click(); 0`))
	until(t, ctx, `document.querySelector("main [name=berkas]") != null`)
	folder := t.TempDir()
	wrong, right := filepath.Join(folder, "sk.pdf"), filepath.Join(folder, "SK Bupati.pdf")
	must(t, os.WriteFile(wrong, []byte("<html>bukan pdf"), 0o600))
	sample, err := samplefile.PDF("CONTOH", "SK", []string{"Isi"})
	must(t, err)
	must(t, os.WriteFile(right, sample, 0o600))
	run(t, ctx, chromedp.Evaluate[any](`document.querySelector("main [name=pilihan][value='2']").click(); 0`))
	fill(t, ctx, map[string]string{"tentang": "Penetapan inovasi", "tanggal": "2024-01-10"})
	do(t, ctx, chromedp.SetUploadFiles("#berkas", []string{wrong}))
	send(t, ctx, `document.querySelectorAll("[role=alert] li").length == 2`) // the number too
	if got := run(t, ctx, chromedp.Evaluate[bool](`document.querySelector("main [name=pilihan][value='2']").checked`)); !got {
		t.Error("the refused form has lost the choice")
	}
	do(t, ctx, chromedp.SetUploadFiles("#berkas", []string{right}))
	fill(t, ctx, map[string]string{"tentang": ""})
	send(t, ctx, `document.querySelector("main [name=terkirim]") != null`) // kept while the rest is mended
	fill(t, ctx, map[string]string{"tentang": "Penetapan inovasi", "nomor": "B/184/2022"})
	send(t, ctx, `document.body.innerText.includes("SK Bupati.pdf") && document.querySelector("[role=status]") != null`)
	focused := run(t, ctx, chromedp.Evaluate[string](`document.activeElement.tagName`))
	if !plain && focused != "H1" {
		t.Errorf("after the form the focus is on %s, want the heading", focused)
	}
}
