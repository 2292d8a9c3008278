package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"siida.id/internal/app"
	"siida.id/internal/test/chromium"
	"siida.id/internal/test/world"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"siida.id/internal/account"
	"siida.id/internal/demo"
	"siida.id/internal/infra/samplefile"
	"siida.id/internal/instrument"
)

// furthestTab is the most presses of Tab that a page may need.
const furthestTab = 150

// keyboard operates a page by keyboard, and counts the fields that it fills in.
type keyboard struct {
	*testing.T
	ctx    context.Context
	fields int
}

// tabTo presses Tab until the focus is on selector.
func (h *keyboard) tabTo(selector string) {
	h.Helper()
	for range furthestTab {
		if chromium.Run(h.T, h.ctx, chromedp.Evaluate[bool](`document.activeElement?.matches("`+selector+`") ?? false`)) {
			return
		}
		chromium.Do(h.T, h.ctx, chromedp.KeyEvent(kb.Tab))
	}
	h.Fatalf("no Tab leads to %s on %s", selector, chromium.Run(h.T, h.ctx, chromedp.Location()))
}

// typeInto goes to a field and types.
func (h *keyboard) typeInto(name, value string) {
	h.Helper()
	h.tabTo(`main [name='` + name + `']`)
	chromium.Do(h.T, h.ctx, chromedp.KeyEvent(value))
	h.fields++
}

// typeDate goes to a date field and types month, day and year in digits, as an English
// browser has them, which goes from one to the next by itself.
func (h *keyboard) typeDate(name, digits string) {
	h.Helper()
	h.typeInto(name, digits)
}

// press goes to a link or button and presses Enter.
func (h *keyboard) press(selector, after string) {
	h.Helper()
	h.tabTo(selector)
	chromium.Do(h.T, h.ctx, chromedp.KeyEvent(kb.Enter))
	chromium.Until(h.T, h.ctx, after)
}

// has reports whether the page has an element for selector.
func (h *keyboard) has(selector string) bool {
	return chromium.Run(h.T, h.ctx, chromedp.Evaluate[bool](`document.querySelector("`+selector+`") != null`))
}

// An operator signs in with an invite code, registers an innovation, answers
// all twenty indicators and prints them: on a phone, without JavaScript, and by
// keyboard only except for the system's file dialog.
func TestOperatorByKeyboard(t *testing.T) {
	p := world.Demo(t)
	_, unit := world.PersonNamed(t, p, "dishub")
	invite := inviteFor(t, p, unit)
	ctx, address := chromium.Tab(t), served(t, p)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	h := &keyboard{T: t, ctx: ctx}
	chromium.Do(t, ctx, chromedp.EmulateViewport(360, 740), chromedp.Navigate(address+"/masuk"))
	h.signInWithCode(invite)
	home := h.register(address)
	h.answerAll(address + home)
	chromium.Do(t, ctx, chromedp.Navigate(address+home))
	if got := text(t, ctx, "main"); !strings.Contains(got, "20 dari 20 selesai") || !strings.Contains(got, "37,00\ndari 111") {
		t.Errorf("after twenty answers: %s", got)
	}
	h.press(`main a[href*='/cetak']`, `location.pathname.endsWith("/cetak")`)
	if got := text(t, ctx, "main"); !strings.Contains(got, "Bus Sekolah Kita") || !strings.Contains(got, "Bukti nomor") {
		t.Errorf("on paper: %s", got)
	}
}

// signInWithCode signs in with an invite code, and chooses a password.
func (h *keyboard) signInWithCode(invite account.InviteCode) {
	h.Helper()
	h.typeInto("nama", invite.Person.Login)
	h.typeInto("sandi", invite.Text)
	h.press(submit, `location.pathname == "/sandi-baru"`)
	h.typeInto("sandi", world.Passphrase)
	h.typeInto("ulang", world.Passphrase)
	h.press(submit, `location.pathname == "/"`)
}

// register registers an innovation, and returns the path of its page.
func (h *keyboard) register(address string) string {
	h.Helper()
	chromium.Do(h.T, h.ctx, chromedp.Navigate(address+"/inovasi/baru"))
	h.typeInto("nama", "Bus Sekolah Kita")
	h.typeInto("urusan", "Perhubungan")
	h.typeInto("terap", "02052024")
	h.typeInto("rancang", "Bus menjemput pelajar dari desa ke sekolah.")
	h.press(submit, `document.querySelector("h1")?.innerText == "Bus Sekolah Kita"`)
	return chromium.Run(h.T, h.ctx, chromedp.Evaluate[string](`location.pathname`))
}

// answerAll answers and proves every indicator of the innovation at url.
func (h *keyboard) answerAll(url string) {
	h.Helper()
	files := h.TempDir()
	packs, err := instrument.Embedded()
	world.Must(h.T, err)
	pack, _ := packs.ByID("iid-2027")
	for _, row := range pack.Rows(instrument.PerInnovation) {
		h.prove(url+"/2027/"+row.Code, files)
	}
}

// inviteFor adds an operator of an agency, as the admin.
func inviteFor(t *testing.T, p *app.Program, unit string) account.InviteCode {
	t.Helper()
	regions, err := p.Regions.All(t.Context())
	world.Must(t, err)
	invite, err := p.Accounts.Create(world.Acting(t, p, regions[0], "admin"),
		account.PersonForm{Name: "Operator Baru", Login: "operator.baru"}, account.TaskForm{Role: "operator", Agency: unit})
	world.Must(t, err)
	return invite
}

// prove answers one indicator with evidence of the first kind that it accepts.
func (h *keyboard) prove(url, files string) {
	h.Helper()
	chromium.Do(h.T, h.ctx, chromedp.Navigate(url))
	if h.has("main [name=dasar]") { // the basis comes first
		h.tabTo(`main [name='dasar']`)
		chromium.Do(h.T, h.ctx, chromedp.KeyEvent(" "))
		h.press(submit, `location.search == "?dasar=a"`)
		h.fields++
	}
	h.tabTo(`main [name='pilihan']`)
	chromium.Do(h.T, h.ctx, chromedp.KeyEvent(kb.ArrowDown)) // from "not answered", the last, around to the first
	takes := chromium.Run(h.T, h.ctx, chromedp.Evaluate[string](`document.querySelector("#berkas")?.accept ?? ""`))
	name, content := "bukti.pdf", []byte(nil)
	var err error
	if strings.Contains(takes, "pdf") {
		content, err = samplefile.PDF("CONTOH", "Bukti", []string{"Isi"})
	} else {
		name = "bukti.jpg"
		content, err = demo.Sample("activity-no-banner.jpg")
	}
	world.Must(h.T, err)
	world.Must(h.T, os.WriteFile(filepath.Join(files, name), content, 0o600))
	h.typeInto("tentang", "Bukti nomor satu")
	if h.has("main [name=nomor]") {
		h.typeInto("nomor", "1/2025")
	}
	if h.has("main [name=tanggal]") {
		h.typeInto("tanggal", "03142025")
	}
	chromium.Do(h.T, h.ctx, chromedp.SetUploadFiles("#berkas", []string{filepath.Join(files, name)}))
	h.press(submit, `location.search == "?tersimpan=1"`)
	h.fields += 2 // the option and the file
}
