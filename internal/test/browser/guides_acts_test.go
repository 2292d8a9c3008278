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

// firstSign signs in somebody new by the slip, as far as the choice of a password.
func firstSign(g *guideWalk) {
	_, unit := world.PersonNamed(g.T, g.program, "dishub")
	slip := inviteFor(g.T, g.program, unit)
	chromium.SetCookie(g, g.ctx, g.address, "sesi", "")
	chromium.Do(g, g.ctx, chromedp.Navigate(g.address+"/masuk"))
	fill(g.T, g.ctx, map[string]string{"nama": slip.Person.Login, "sandi": slip.Text})
	send(g.T, g.ctx, `location.pathname == "/sandi-baru" && document.querySelector("main [name=ulang]") != null`)
}

// signedOut shows the page to whoever has not signed in.
func signedOut(g *guideWalk) {
	chromium.SetCookie(g, g.ctx, g.address, "sesi", "")
	chromium.Do(g, g.ctx, chromedp.Navigate(g.address+"/masuk"))
}

// proveTeknis fills in the form of an indicator with its file.
func proveTeknis(g *guideWalk) {
	content, err := samplefile.PDF("CONTOH", "Pedoman teknis", []string{"Isi"})
	world.Must(g.T, err)
	name := filepath.Join(g.TempDir(), "pedoman-teknis.pdf")
	world.Must(g.T, os.WriteFile(name, content, 0o600))
	chromium.Run(g, g.ctx, chromedp.Evaluate[any](`document.querySelector("main [name=pilihan][value='2']").click(); document.querySelector("main [name=jenis][value=document]").click(); document.querySelector("main [name=selesai][value=ya]").click(); 0`))
	fill(g.T, g.ctx, map[string]string{"nomor": "400.10/12/2026", "tanggal": "2026-11-30", "tentang": "Pedoman teknis S-TRAVIS"})
	chromium.Do(g, g.ctx, chromedp.SetUploadFiles("#berkas", []string{name}))
}

// save sends the form that is there.
func save(g *guideWalk) {
	send(g.T, g.ctx, `document.querySelector("[role=status]") != null && document.body.innerText.includes("pedoman-teknis.pdf")`)
}

// press presses a button or a link by its words, and waits for the next page.
func press(words, after string) func(g *guideWalk) {
	return func(g *guideWalk) {
		const click = `[...document.querySelectorAll("main a, main button")].find(e => e.textContent.trim().startsWith(WORDS)).click(); 0`
		chromium.Run(g, g.ctx, chromedp.Evaluate[any](strings.Replace(click, "WORDS", quoted(g.T, words), 1)))
		chromium.Until(g.T, g.ctx, after)
	}
}

// windowTyped fills in when the period ends.
func windowTyped(g *guideWalk) {
	fill(g.T, g.ctx, map[string]string{"tutup_tanggal": "30-6-2027", "tutup_jam": "23.59"})
}

// windowSaved saves it, so that there is something to extend.
func windowSaved(g *guideWalk) { send(g.T, g.ctx, `document.body.innerText.includes("30 Juni 2027")`) }

// someRows marks the rows that are asked for.
func someRows(g *guideWalk) {
	chromium.Run(g, g.ctx, chromedp.Evaluate[any](`document.querySelector("main [name=baris][value=SPD-04]").click(); document.querySelector("main [name=baris][value=SPD-08]").click(); 0`))
}

// unfold opens the reason of a figure.
func unfold(g *guideWalk) {
	chromium.Run(g, g.ctx, chromedp.Evaluate[any](`[...document.querySelectorAll("main summary")].find(e => e.textContent.includes("Rata-rata kematangan")).click(); 0`))
}

// newcomer fills in the form of a person and shows his slip.
func newcomer(g *guideWalk) {
	newcomerTyped(g)
	send(g.T, g.ctx, `document.body.innerText.includes("hanya tampil sekali")`)
}

// newcomerTyped only fills the form in.
func newcomerTyped(g *guideWalk) {
	_, dinas := world.PersonNamed(g.T, g.program, "dishub")
	fill(g.T, g.ctx, map[string]string{"lengkap": "Nur Aisyah", "nama": "nur.aisyah", "peran": "operator", "perangkat": dinas})
}
