package browser

import (
	"strings"
	"testing"

	"siida.id/internal/test/world"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"siida.id/internal/app"
	"siida.id/internal/test/chromium"
)

// phone returns a keyboard at a 360 px screen without JavaScript, on the
// sign-in page.
func phone(t *testing.T, p *app.Program) (h *keyboard, address string) {
	t.Helper()
	h, address = &keyboard{T: t, ctx: chromium.Tab(t)}, served(t, p)
	if _, err := chromedp.Call(h.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	chromium.Do(t, h.ctx, chromedp.EmulateViewport(360, 740), chromedp.Navigate(address+"/masuk"))
	return h, address
}

// signIn signs in by name and password.
func (h *keyboard) signIn(login, password string) {
	h.Helper()
	h.typeInto("nama", login)
	h.typeInto("sandi", password)
	h.press(submit, `location.pathname == "/"`)
}

// menu opens the menu and presses what selector names in it.
func (h *keyboard) menu(selector, after string) {
	h.Helper()
	h.press("header a[href='#menu']", `location.hash == "#menu"`)
	h.press("#menu "+selector, after)
}

// open uses the menu to go to a page.
func (h *keyboard) open(path string) {
	h.Helper()
	h.menu("a[href='"+path+"']", `location.pathname == "`+path+`"`)
}

func (h *keyboard) signOut() {
	h.Helper()
	h.menu("form[action='/keluar'] button", `location.pathname == "/masuk"`)
}

// shows fails if the page lacks one of the texts.
func (h *keyboard) shows(words ...string) {
	h.Helper()
	got := text(h.T, h.ctx, "main")
	for _, word := range words {
		if !strings.Contains(got, word) {
			h.Errorf("%s lacks %q: %s", chromium.Run(h.T, h.ctx, chromedp.Location()), word, got)
		}
	}
}

// The admin adds an agency and a person for BRIDA, who signs in with the invite
// code, sets the window of the year and a deadline, and enters a decree that
// names an innovation: on a phone, by keyboard only.
func TestBridaByKeyboard(t *testing.T) {
	p := world.Demo(t)
	id := world.InnovationNamed(t, p, "S-TRAVIS")
	h, _ := phone(t, p)
	h.signIn("admin", world.DemoPassword(t))
	h.open("/perangkat-daerah")
	h.press("main a[href='/perangkat-daerah/baru']", `location.pathname == "/perangkat-daerah/baru"`)
	h.typeInto("nama", "Dinas Pariwisata")
	h.typeInto("jenis", "Dinas")
	h.press(submit, `document.body.innerText.includes("Dinas Pariwisata")`)
	h.open("/orang")
	h.press("main a[href='/orang/baru']", `location.pathname == "/orang/baru"`)
	h.typeInto("lengkap", "Petugas Riset")
	h.typeInto("nama", "petugas.riset")
	h.typeInto("peran", "BRIDA")
	h.press(submit, `document.querySelector("h1") != null && location.pathname == "/orang"`)
	code := world.InviteCodePattern.FindString(text(t, h.ctx, "main"))
	if code == "" {
		t.Fatalf("no invite code: %s", text(t, h.ctx, "main"))
	}
	h.signOut()
	h.typeInto("nama", "petugas.riset")
	h.typeInto("sandi", code)
	h.press(submit, `location.pathname == "/sandi-baru"`)
	h.typeInto("sandi", world.Passphrase)
	h.typeInto("ulang", world.Passphrase)
	h.press(submit, `location.pathname == "/"`)
	h.calendar()
	h.decree(id)
}

// calendar sets the window of 2027 and a deadline inside it.
func (h *keyboard) calendar() {
	h.Helper()
	h.open("/periode")
	h.press("main a[href='/periode/2027']", `location.pathname == "/periode/2027"`)
	h.press("main a[href='/periode/2027/ubah']", `location.pathname == "/periode/2027/ubah"`)
	h.typeDate("tutup_tanggal", "08312090")
	h.typeInto("tutup_jam", "23.59")
	h.press(submit, `location.search == "?tersimpan=1"`)
	h.press("main details summary", `document.querySelector("main details").open`)
	h.typeInto("tenggat_nama", "Bukti lengkap")
	h.typeDate("tenggat_tanggal", "08012090")
	h.typeInto("tenggat_jam", "12.00")
	h.press(submit, `document.body.innerText.includes("Bukti lengkap")`)
	h.shows("31 Agustus 2090 pukul 23.59 WIB", "1 Agustus 2090 pukul 12.00 WIB")
}

// decree enters an SK that names an innovation.
func (h *keyboard) decree(id string) {
	h.Helper()
	h.open("/sk")
	h.press("main a[href='/sk/baru']", `location.pathname == "/sk/baru"`)
	h.typeInto("nomor", "B/77/2026")
	h.typeInto("tanggal", "01102026")
	h.typeInto("tentang", "Penetapan inovasi daerah")
	h.press("main details summary", `document.querySelector("main details").open`)
	h.tabTo("main [name='inovasi'][value='" + id + "']")
	chromium.Do(h.T, h.ctx, chromedp.KeyEvent(" "))
	h.press(submit, `location.search == "?tersimpan=1"`)
	h.shows("B/77/2026", "S-TRAVIS")
}

// The pimpinan opens evidence only after giving a reason, which is in the log
// that BRIDA reads.
func TestPimpinanGivesAReason(t *testing.T) {
	p := world.Demo(t)
	id := world.InnovationNamed(t, p, "S-TRAVIS")
	h, address := phone(t, p)
	h.signIn("pimpinan", world.DemoPassword(t))
	chromium.Do(t, h.ctx, chromedp.Navigate(address+"/inovasi/"+id+"/2027/SID-16"))
	bukti := chromium.Run(t, h.ctx, chromedp.Evaluate[string](`document.querySelector("main a[href^='/bukti/']")?.getAttribute("href") ?? ""`))
	if bukti == "" {
		t.Fatalf("no evidence: %s", text(t, h.ctx, "main"))
	}
	h.press("main a[href='"+bukti+"']", `location.pathname == "`+bukti+`/alasan"`)
	h.press(submit, `document.querySelector("[role=alert] a") != null`) // without a reason
	h.typeInto("alasan", "Bahan rapat koordinasi")
	h.tabTo(submit)
	chromium.Do(t, h.ctx, chromedp.KeyEvent(kb.Enter)) // a file is downloaded
	h, address = phone(t, p)
	h.signIn("brida", world.DemoPassword(t))
	chromium.Do(t, h.ctx, chromedp.Navigate(address+bukti+"/dibuka"))
	h.shows("Rudi Hartono", "Bahan rapat koordinasi")
}

// An operator transfers an innovation; the operator of the other agency accepts
// it, and its answers and decree are unchanged.
func TestAReceivingOperatorAccepts(t *testing.T) {
	p := world.Demo(t)
	id := world.InnovationNamed(t, p, "S-TRAVIS")
	h, address := phone(t, p)
	h.signIn("dishub", world.DemoPassword(t))
	sheet := address + "/inovasi/" + id
	chromium.Do(t, h.ctx, chromedp.Navigate(sheet))
	points := points(text(t, h.ctx, "main"))
	chromium.Do(t, h.ctx, chromedp.Navigate(sheet+"/pindah"))
	h.typeInto("tujuan-pindah", "Kecamatan Kalianda")
	h.typeInto("catatan", "Dikelola kecamatan")
	h.press(submit, `document.body.innerText.includes("Dikelola kecamatan")`)
	chromium.Do(t, h.ctx, chromedp.Navigate(address+"/"))
	h.signOut()
	h.signIn("kalianda", world.DemoPassword(t))
	chromium.Do(t, h.ctx, chromedp.Navigate(sheet+"/pindah"))
	h.shows("Dinas Perhubungan", "Dikelola kecamatan")
	h.press(submit, `!document.body.innerText.includes("Dikelola kecamatan")`)
	chromium.Do(t, h.ctx, chromedp.Navigate(sheet))
	h.shows("Kecamatan Kalianda", points)
	chromium.Do(t, h.ctx, chromedp.Navigate(sheet+"/ubah")) // the new agency may change it now
	if !h.has("main [name='rancang']") {
		t.Errorf("he may not change it: %s", text(t, h.ctx, "main"))
	}
}

// points returns the points shown on an innovation's page.
func points(page string) string {
	for line := range strings.Lines(page) {
		if strings.Contains(line, "dari 111") {
			return strings.TrimSpace(line)
		}
	}
	return "dari 111"
}
