package browser

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"

	"siida.id/internal/infra/samplefile"
	"siida.id/internal/test/chromium"
	"siida.id/internal/test/world"
)

// firstSign signs in a new person with the invite code, up to the choice of a
// password.
func firstSign(g *guideTour) {
	_, unit := world.PersonNamed(g.T, g.program, "dishub")
	invite := inviteFor(g.T, g.program, unit)
	chromium.SetCookie(g, g.ctx, g.address, "sesi", "")
	chromium.Do(g, g.ctx, chromedp.Navigate(g.address+"/masuk"))
	fill(g.T, g.ctx, map[string]string{"nama": invite.Person.Login, "sandi": invite.Text})
	send(g.T, g.ctx, `location.pathname == "/sandi-baru" && document.querySelector("main [name=ulang]") != null`)
}

// signedOut opens the page without a session.
func signedOut(g *guideTour) {
	chromium.SetCookie(g, g.ctx, g.address, "sesi", "")
	chromium.Do(g, g.ctx, chromedp.Navigate(g.address+"/masuk"))
}

// proveTeknis fills in the form of an indicator with its file.
func proveTeknis(g *guideTour) {
	content, err := samplefile.PDF("CONTOH", "Pedoman teknis", []string{"Isi"})
	world.Must(g.T, err)
	name := filepath.Join(g.TempDir(), "pedoman-teknis.pdf")
	world.Must(g.T, os.WriteFile(name, content, 0o600))
	chromium.Run(g, g.ctx, chromedp.Evaluate[any](`document.querySelector("main [name=pilihan][value='2']").click(); document.querySelector("main [name=jenis][value=document]").click(); 0`))
	fill(g.T, g.ctx, map[string]string{"nomor": "400.10/12/2026", "tanggal": "2026-11-30", "tentang": "Pedoman teknis S-TRAVIS"})
	chromium.Do(g, g.ctx, chromedp.SetUploadFiles("#berkas", []string{name}))
}

// save submits the form of the page.
func save(g *guideTour) {
	send(g.T, g.ctx, `document.querySelector("main [role=status]") != null && document.body.innerText.includes("pedoman-teknis.pdf")`)
}

// press activates a button or a link by its text, and waits for the next page.
func press(words, after string) func(g *guideTour) {
	return func(g *guideTour) {
		const click = `[...document.querySelectorAll("main a, main button")].find(e => e.textContent.trim().startsWith(WORDS)).click(); 0`
		chromium.Run(g, g.ctx, chromedp.Evaluate[any](strings.Replace(click, "WORDS", quoted(g.T, words), 1)))
		chromium.Until(g.T, g.ctx, after)
	}
}

// windowTyped fills in when the period ends.
func windowTyped(g *guideTour) {
	fill(g.T, g.ctx, map[string]string{"tutup_tanggal": "2027-06-30", "tutup_jam": "23.59"})
}

// windowSaved saves it, so that it can be extended.
func windowSaved(g *guideTour) { send(g.T, g.ctx, `document.body.innerText.includes("30 Juni 2027")`) }

// someRows selects the requested rows.
func someRows(g *guideTour) {
	chromium.Run(g, g.ctx, chromedp.Evaluate[any](`document.querySelector("main [name=baris][value=SPD-04]").click(); document.querySelector("main [name=baris][value=SPD-08]").click(); 0`))
}

// unfold opens the reason of a figure.
func unfold(g *guideTour) {
	chromium.Run(g, g.ctx, chromedp.Evaluate[any](`[...document.querySelectorAll("main summary")].find(e => e.textContent.includes("Rata-rata kematangan")).click(); 0`))
}

// addPerson fills in the form of a person and shows their invite code.
func addPerson(g *guideTour) {
	fillPerson(g)
	send(g.T, g.ctx, `document.body.innerText.includes("hanya tampil sekali")`)
}

// fillPerson only fills in the form.
func fillPerson(g *guideTour) {
	_, dinas := world.PersonNamed(g.T, g.program, "dishub")
	fill(g.T, g.ctx, map[string]string{"lengkap": "Nur Aisyah", "nama": "nur.aisyah", "peran": "operator", "perangkat": dinas})
}
