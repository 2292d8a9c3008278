package browser

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"siida.id/internal/app"
	"siida.id/internal/test/chromium"
	"siida.id/internal/test/world"
)

// Pages that are reached only by submitting a form: an invite code, the choice
// of a password, the second step, and the reason for opening evidence.
func TestStandalonePagesInABrowser(t *testing.T) {
	axe, err := os.ReadFile("../../../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("%v: run make assets", err)
	}
	folder := t.ArtifactDir()
	p := world.Demo(t)
	person, unit := world.PersonNamed(t, p, "dishub")
	made := inviteFor(t, p, unit)
	ctx, address := chromium.Tab(t), served(t, p)
	task := "/orang/" + person + "/tugas/" + taskOf(t, p, person) + "/akhiri"
	choosing, second := world.Session(t, p, made.Person.Login, made.Text), secondStep(t, p)
	admin, pimpinan := world.Session(t, p, "admin", world.DemoPassword(t)), world.Session(t, p, "pimpinan", world.DemoPassword(t))
	chromium.SetCookie(t, ctx, address, "sesi", pimpinan)
	chromium.Do(t, ctx, chromedp.Navigate(address+"/inovasi/"+world.InnovationNamed(t, p, "S-TRAVIS")+"/2027/SID-16"))
	bukti := chromium.Run(t, ctx, chromedp.Evaluate[string](`document.querySelector("main a[href^='/bukti/']").getAttribute("href")`))
	for _, lang := range languages() {
		chromium.SetCookie(t, ctx, address, "bahasa", lang)
		for _, page := range []struct{ name, token, path string }{
			{"sandi-baru", choosing, "/sandi-baru"},
			{"masuk-kode", second, "/masuk/kode"},
			{"bukti-alasan", pimpinan, bukti + "/alasan"},
			{"bukti-dibuka", admin, bukti + "/dibuka"},
			{"orang-ubah", admin, "/orang/" + person + "/ubah"},
			{"tugas-akhiri", admin, task},
		} {
			chromium.SetCookie(t, ctx, address, "sesi", page.token)
			chromium.Do(t, ctx, chromedp.Navigate(address+page.path))
			if at := chromium.Run(t, ctx, chromedp.Evaluate[string](`location.pathname`)); at != page.path {
				t.Errorf("%s leads to %s", page.path, at)
			}
			look(t, ctx, string(axe), folder, address+page.path, "pintu-"+page.name+"-"+lang)
		}
		chromium.SetCookie(t, ctx, address, "sesi", admin)
		chromium.Do(t, ctx, chromedp.Navigate(address+"/perangkat-daerah/"+unit+"/pecah"))
		chromium.Run(t, ctx, chromedp.Evaluate[any](`document.querySelector("main button[formaction]").click(); 0`))
		chromium.Until(t, ctx, `document.querySelector("[name=tujuan3-nama]") != null`)
		checkViews(t, ctx, string(axe), folder, "pintu-pecah-tiga-"+lang)
		chromium.Do(t, ctx, chromedp.Navigate(address+"/orang/"+person+"/kode"))
		send(t, ctx, `document.querySelector("main form") == null`)
		checkViews(t, ctx, string(axe), folder, "pintu-lembar-"+lang)
	}
}

// secondStep returns the session of a person who has given their password but
// not yet the code of their second factor.
func secondStep(t *testing.T, p *app.Program) string {
	t.Helper()
	ctx := world.AsAdmin(t, p)
	person, _ := world.PersonNamed(t, p, "sidomulyo")
	world.Must(t, p.Auth.Store.OfferFactor(ctx, person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"))
	world.Must(t, p.Auth.Store.ConfirmFactor(ctx, person))
	return world.Session(t, p, "sidomulyo", world.DemoPassword(t))
}

// taskOf returns the assignment of a person.
func taskOf(t *testing.T, p *app.Program, person string) string {
	t.Helper()
	e, err := p.Accounts.ByID(world.AsAdmin(t, p), person)
	world.Must(t, err)
	return e.Assignments[0].ID
}
