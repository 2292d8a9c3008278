package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/samplefile"
	"siida.id/internal/instrument"
)

// furthestTab is how many times somebody may have to press Tab on a page.
const furthestTab = 150

// tabTo presses Tab until the focus is on what selector names.
func tabTo(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	for range furthestTab {
		if run(t, ctx, chromedp.Evaluate[bool](`document.activeElement?.matches("`+selector+`") ?? false`)) {
			return
		}
		do(t, ctx, chromedp.KeyEvent(kb.Tab))
	}
	t.Fatalf("no Tab leads to %s on %s", selector, run(t, ctx, chromedp.Location()))
}

// typeInto goes to a field and types.
func typeInto(t *testing.T, ctx context.Context, name, value string) {
	t.Helper()
	tabTo(t, ctx, `main [name='`+name+`']`)
	do(t, ctx, chromedp.KeyEvent(value))
}

// press goes to a link or button and presses Enter.
func press(t *testing.T, ctx context.Context, selector, after string) {
	t.Helper()
	tabTo(t, ctx, selector)
	do(t, ctx, chromedp.KeyEvent(kb.Enter))
	until(t, ctx, after)
}

// An operator comes in by his slip, registers an innovation, answers all
// twenty indicators and prints them: on a phone, without the script, and by
// the keyboard alone but for the choice of files, which is the system's own.
func TestOperatorByKeyboard(t *testing.T) {
	p := demoProgram(t)
	_, unit := personNamed(t, p, "dishub")
	slip := slipFor(t, p, unit)
	ctx, address := browser(t), served(t, p)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.EmulateViewport(360, 740), chromedp.Navigate(address+"/masuk"))
	typeInto(t, ctx, "nama", slip.Person.Login)
	typeInto(t, ctx, "sandi", slip.Code)
	press(t, ctx, submit, `location.pathname == "/sandi-baru"`)
	typeInto(t, ctx, "sandi", passphrase)
	typeInto(t, ctx, "ulang", passphrase)
	press(t, ctx, submit, `location.pathname == "/"`)
	do(t, ctx, chromedp.Navigate(address+"/inovasi/baru"))
	typeInto(t, ctx, "nama", "Bus Sekolah Kita")
	typeInto(t, ctx, "urusan", "Perhubungan")
	typeInto(t, ctx, "terap", "02052024")
	typeInto(t, ctx, "rancang", "Bus menjemput pelajar dari desa ke sekolah.")
	press(t, ctx, submit, `document.querySelector("h1")?.innerText == "Bus Sekolah Kita"`)
	home := run(t, ctx, chromedp.Evaluate[string](`location.pathname`))
	files := t.TempDir()
	packs, err := instrument.Embedded()
	must(t, err)
	pack, _ := packs.ByID("iid-2026")
	for _, row := range pack.Rows(instrument.PerInnovation) {
		prove(t, ctx, address+home+"/2026/"+row.Code, files)
	}
	do(t, ctx, chromedp.Navigate(address+home))
	if got := text(t, ctx, "main"); !strings.Contains(got, "20 dari 20 selesai") || !strings.Contains(got, "37,00 dari 111,00") {
		t.Errorf("after twenty answers: %s", got)
	}
	press(t, ctx, `main a[href*='/cetak']`, `location.pathname.endsWith("/cetak")`)
	if got := text(t, ctx, "main"); !strings.Contains(got, "Bus Sekolah Kita") || !strings.Contains(got, "Bukti nomor") {
		t.Errorf("on paper: %s", got)
	}
}

// slipFor makes an operator of an agency, as the admin does.
func slipFor(t *testing.T, p *program, unit string) account.Slip {
	t.Helper()
	regions, err := p.regions.All(t.Context())
	must(t, err)
	admin := actor.Actor{ID: "test", Region: regions[0].Code, Assignments: []actor.Assignment{{Role: actor.Admin}}}
	slip, err := p.accounts.Make(actor.With(t.Context(), admin),
		account.PersonForm{Name: "Operator Baru", Login: "operator.baru"}, account.TaskForm{Role: "operator", Agency: unit})
	must(t, err)
	return slip
}

// prove answers one indicator with evidence of the first kind that it takes.
func prove(t *testing.T, ctx context.Context, url, files string) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(url))
	tabTo(t, ctx, `main [name='pilihan']`)
	do(t, ctx, chromedp.KeyEvent(kb.ArrowDown)) // from "not answered", the last, around to the first
	takes := run(t, ctx, chromedp.Evaluate[string](`document.querySelector("#berkas")?.accept ?? ""`))
	name, content := "bukti.pdf", []byte(nil)
	var err error
	if strings.Contains(takes, "pdf") {
		content, err = samplefile.PDF("CONTOH", "Bukti", []string{"Isi"})
	} else {
		name = "bukti.jpg"
		content, err = samplefile.JPEG("CONTOH", "Bukti", 1)
	}
	must(t, err)
	must(t, os.WriteFile(filepath.Join(files, name), content, 0o600))
	typeInto(t, ctx, "tentang", "Bukti nomor satu")
	if run(t, ctx, chromedp.Evaluate[bool](`document.querySelector("main [name=nomor]") != null`)) {
		typeInto(t, ctx, "nomor", "1/2025")
	}
	if run(t, ctx, chromedp.Evaluate[bool](`document.querySelector("main [name=tanggal]") != null`)) {
		typeInto(t, ctx, "tanggal", "03142025")
	}
	do(t, ctx, chromedp.SetUploadFiles("#berkas", []string{filepath.Join(files, name)}))
	finish(t, ctx)
	press(t, ctx, submit, `location.search == "?tersimpan=1"`)
}

// finish says that the indicator is done.
func finish(t *testing.T, ctx context.Context) {
	t.Helper()
	tabTo(t, ctx, `main [name='selesai']`)
	if !run(t, ctx, chromedp.Evaluate[bool](`document.querySelector("main [name='selesai'][value='ya']").checked`)) {
		do(t, ctx, chromedp.KeyEvent(kb.ArrowUp))
	}
}
