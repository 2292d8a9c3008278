package app

import (
	"context"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// The pages that one comes to by a step alone, as every other page: a slip, the
// choice of a password, the second step, and the reason for opening evidence.
func TestDoorsInABrowser(t *testing.T) {
	axe, err := os.ReadFile("../../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("%v: run make assets", err)
	}
	folder := t.ArtifactDir()
	p := demoProgram(t)
	person, unit := personNamed(t, p, "dishub")
	made := slipFor(t, p, unit)
	ctx, address := browser(t), served(t, p)
	task := "/orang/" + person + "/tugas/" + taskOf(t, p, person) + "/akhiri"
	choosing, second := session(t, p, made.Person.Login, made.Code), secondStep(t, p)
	admin, pimpinan := session(t, p, "admin", demoLogin(t)), session(t, p, "pimpinan", demoLogin(t))
	carry(t, ctx, address, "sesi", pimpinan)
	do(t, ctx, chromedp.Navigate(address+"/inovasi/"+innovationNamed(t, p, "S-TRAVIS")+"/2027/SID-16"))
	bukti := run(t, ctx, chromedp.Evaluate[string](`document.querySelector("main a[href^='/bukti/']").getAttribute("href")`))
	for _, lang := range []string{"id", "en"} {
		carry(t, ctx, address, "bahasa", lang)
		for _, page := range []struct{ name, token, path string }{
			{"sandi-baru", choosing, "/sandi-baru"},
			{"masuk-kode", second, "/masuk/kode"},
			{"bukti-alasan", pimpinan, bukti + "/alasan"},
			{"bukti-dibuka", admin, bukti + "/dibuka"},
			{"orang-ubah", admin, "/orang/" + person + "/ubah"},
			{"tugas-akhiri", admin, task},
		} {
			carry(t, ctx, address, "sesi", page.token)
			do(t, ctx, chromedp.Navigate(address+page.path))
			if at := run(t, ctx, chromedp.Evaluate[string](`location.pathname`)); at != page.path {
				t.Errorf("%s leads to %s", page.path, at)
			}
			look(t, ctx, string(axe), folder, address+page.path, "pintu-"+page.name+"-"+lang)
		}
		carry(t, ctx, address, "sesi", admin)
		do(t, ctx, chromedp.Navigate(address+"/perangkat-daerah/"+unit+"/pecah"))
		run(t, ctx, chromedp.Evaluate[any](`document.querySelector("main button[formaction]").click(); 0`))
		until(t, ctx, `document.querySelector("[name=tujuan3-nama]") != null`)
		lookHere(t, ctx, string(axe), folder, "pintu-pecah-tiga-"+lang)
		do(t, ctx, chromedp.Navigate(address+"/orang/"+person+"/kode"))
		send(t, ctx, `document.querySelector("main form") == null`)
		lookHere(t, ctx, string(axe), folder, "pintu-lembar-"+lang)
	}
	t.Logf("pictures (kept with -artifacts): %s", folder)
}

// asAdmin is an admin of the demo's region.
func asAdmin(t *testing.T, p *Program) context.Context {
	t.Helper()
	regions, err := p.Regions.All(t.Context())
	must(t, err)
	return p.acting(t, regions[0], "admin")
}

// secondStep is the session of somebody who has shown his password, and is to
// show the code of his second factor.
func secondStep(t *testing.T, p *Program) string {
	t.Helper()
	ctx := asAdmin(t, p)
	person, _ := personNamed(t, p, "sidomulyo")
	must(t, p.Accounts.Store.OfferFactor(ctx, person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"))
	must(t, p.Accounts.Store.ConfirmFactor(ctx, person))
	return session(t, p, "sidomulyo", demoLogin(t))
}

// taskOf is the assignment of a person.
func taskOf(t *testing.T, p *Program, person string) string {
	t.Helper()
	e, err := p.Accounts.ByID(asAdmin(t, p), person)
	must(t, err)
	return e.Assignments[0].ID
}
