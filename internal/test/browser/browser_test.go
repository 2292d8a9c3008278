package browser

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"siida.id/internal/app"
	"siida.id/internal/region"
	"siida.id/internal/report"
	"siida.id/internal/test/chromium"
	"siida.id/internal/test/world"
)

// served serves a program's pages for a browser.
func served(t *testing.T, p *app.Program) (address string) {
	t.Helper()
	server := httptest.NewServer(world.Pages(t, p))
	t.Cleanup(server.Close)
	return server.URL
}

// look opens a page at every width and scheme, and checks it with axe.
func look(t *testing.T, ctx context.Context, axe, folder, url, name string) {
	t.Helper()
	eachView(t, ctx, name, func(page string, width int64) {
		chromium.Do(t, ctx, chromedp.Navigate(url))
		checkPage(t, ctx, axe, folder, page, width)
	})
}

// checkViews is look for the current page, which has no address of its own.
func checkViews(t *testing.T, ctx context.Context, axe, folder, name string) {
	t.Helper()
	eachView(t, ctx, name, func(page string, width int64) { checkPage(t, ctx, axe, folder, page, width) })
}

// allViews selects all sizes, schemes and languages, and screenshots, as make
// look does. Without it each page is checked once, where most goes wrong: on a
// phone, in the language with the longer words.
var allViews = os.Getenv("LOOK") != ""

// languages are those in which pages are checked.
func languages() []string {
	if allViews {
		return []string{"id", "en"}
	}
	return []string{"id"}
}

// eachView sets the tab to the width of a phone and, with allViews, of a
// desktop, light and dark.
func eachView(t *testing.T, ctx context.Context, name string, fn func(page string, width int64)) {
	t.Helper()
	widths, schemes := []int64{360}, []string{"light"}
	if allViews {
		widths, schemes = []int64{360, 1280}, []string{"light", "dark"}
	}
	for _, width := range widths {
		for _, scheme := range schemes {
			media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
			if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media); err != nil {
				t.Fatal(err)
			}
			chromium.Do(t, ctx, chromedp.EmulateViewport(width, 800))
			fn(fmt.Sprintf("%s-%d-%s", name, width, scheme), width)
		}
	}
}

// smallTargets finds buttons, and links that look like one, that are too small
// or whose text touches the border.
const smallTargets = `[...document.querySelectorAll("main button, main a")].filter(e => {
	const s = getComputedStyle(e), box = e.getBoundingClientRect()
	return parseFloat(s.borderTopWidth) > 0 && box.width > 0 && (box.height < 44 || parseFloat(s.paddingTop) < 4)
}).map(e => e.outerHTML)`

// checkPage checks the current page with axe and for overflow, and takes a
// screenshot with allViews.
func checkPage(t *testing.T, ctx context.Context, axe, folder, page string, width int64) {
	t.Helper()
	if wide := chromium.Run(t, ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); wide > width {
		t.Errorf("%s is %d px wide", page, wide)
	}
	for _, button := range chromium.Run(t, ctx, chromedp.Evaluate[[]string](smallTargets)) {
		t.Errorf("%s: cramped: %s", page, button)
	}
	chromium.Run(t, ctx, chromedp.Evaluate[any](axe+";0"))
	found := chromium.Run(t, ctx, chromedp.Evaluate[[]string](
		`axe.run().then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html).join("\n\t")))`, chromedp.EvalAwaitPromise))
	for _, f := range found {
		t.Errorf("%s: %s", page, f)
	}
	if !allViews {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, page+".png"), chromium.Run(t, ctx, chromedp.FullScreenshot(100)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// tour lists what one person sees: pages by the name of their screenshot. A
// visitor sees some before signing in.
type tour struct {
	name, login, secret string
	program             *app.Program
	visitor, paths      map[string]string
}

// demoTours returns the tours of the demo, after its index was stored once and
// two reports were issued.
func demoTours(t *testing.T, full *app.Program) []tour {
	t.Helper()
	world.Must(t, full.Index.SnapshotToday(region.Within(t.Context(), world.OnlyRegion(t, full))))
	letter := revokedReport(t, full)
	id := world.InnovationNamed(t, full, "S-TRAVIS")
	person, unit := world.PersonNamed(t, full, "dishub")
	return []tour{
		{
			"penuh", "admin", world.DemoPassword(t), full,
			map[string]string{"masuk": "/masuk", "tidak-ada": "/tidak-ada", "periksa": "/v/" + letter.Code, "periksa-lain": "/v/BCDF"},
			map[string]string{
				"inovasi": "/inovasi", "inovasi-baru": "/inovasi/baru", "satu": "/inovasi/" + id, "ubah": "/inovasi/" + id + "/ubah",
				"indikator": "/inovasi/" + id + "/2027/SID-16", "kemanfaatan": "/inovasi/" + id + "/2027/SID-33?dasar=a", "dasar": "/inovasi/" + id + "/2027/SID-33?dasar=",
				"beranda": "/", "daerah": "/daerah", "daerah-satu": "/daerah/2027/SPD-04",
				"permintaan": "/permintaan-data", "permintaan-baru": "/permintaan-data/baru", "permintaan-satu": "/permintaan-data/" + world.RequestFor(t, full, "SPD-09"),
				"permintaan-kembali": "/permintaan-data/" + world.RequestFor(t, full, "SPD-07"), "indeks": "/indeks/2026", "indeks-kini": "/indeks/2027", "indeks-perangkat": "/indeks/2026/perangkat-daerah/" + unit,
				"indeks-inovasi": "/indeks/2026/inovasi/" + id, "indeks-indikator": "/indeks/2026/indikator/SID-16",
				"indeks-peringkat": "/indeks/2026/peringkat", "indeks-peringkat-inovasi": "/indeks/2026/peringkat?daftar=inovasi", "indeks-daftar": "/indeks/2026/inovasi?halaman=2", "indeks-belum": "/indeks/2026/inovasi?daftar=belum", "indeks-rakor": "/indeks/2026/rakor", "indeks-riwayat": "/indeks/2026/riwayat?dari=1-1-2099", "galeri": "/dev/komponen",
				"cetak": "/inovasi/" + id + "/cetak", "pindah": "/inovasi/" + id + "/pindah", "tautan": "/inovasi/" + id + "/2027/SID-35",
				"panduan": "/panduan/2027/SID-16", "sk": "/sk", "sk-baru": "/sk/baru", "berkas": "/inovasi/" + id + "/berkas",
				"perangkat": "/perangkat-daerah", "perangkat-baru": "/perangkat-daerah/baru", "perangkat-pengaturan": "/perangkat-daerah/pengaturan",
				"papan": "/kemajuan", "papan-pengingat": "/kemajuan?pengingat=terlambat", "papan-batas": "/kemajuan/pengaturan",
				"perangkat-satu": "/perangkat-daerah/" + unit, "perangkat-ubah": "/perangkat-daerah/" + unit + "/ubah",
				"perangkat-ganti": "/perangkat-daerah/" + unit + "/ganti-nama", "perangkat-gabung": "/perangkat-daerah/" + unit + "/gabung",
				"perangkat-pecah": "/perangkat-daerah/" + unit + "/pecah", "perangkat-tutup": "/perangkat-daerah/" + unit + "/tutup",
				"periode": "/periode", "periode-satu": "/periode/2027", "periode-ubah": "/periode/2027/ubah",
				"orang": "/orang", "orang-baru": "/orang/baru", "orang-satu": "/orang/" + person, "orang-kode": "/orang/" + person + "/kode",
				"saya": "/saya", "dua-langkah": "/dua-langkah", "keadaan": "/keadaan", "catatan": "/catatan", "catatan-akses": "/catatan/akses", "bukti-lemah": "/bukti-lemah", "laporan": "/laporan", "laporan-kop": "/laporan/kop",
				"laporan-terbitkan": "/laporan/indeks/2026/terbitkan", "laporan-satu": "/laporan/terbit/" + letter.ID,
			},
		},
		{
			"kepala", "kepala", world.DemoPassword(t), full, nil,
			map[string]string{"beranda": "/", "satu": "/inovasi/" + id, "indeks": "/indeks/2026"},
		},
		{
			"operator", "dishub", world.DemoPassword(t), full, nil,
			map[string]string{"beranda": "/", "permintaan": "/permintaan-data", "permintaan-satu": "/permintaan-data/" + world.RequestFor(t, full, "SPD-15")},
		},
		{
			"pimpinan", "pimpinan", world.DemoPassword(t), full, nil,
			map[string]string{"beranda": "/", "satu": "/inovasi/" + id, "berkas": "/inovasi/" + id + "/berkas", "indeks": "/indeks"},
		},
	}
}

// emptyTour returns the tour of an empty region.
func emptyTour(t *testing.T) tour {
	t.Helper()
	return tour{"kosong", "admin", world.Passphrase, world.Alone(t), nil, map[string]string{
		"beranda": "/", "inovasi": "/inovasi", "inovasi-baru": "/inovasi/baru", "indeks": "/indeks", "perangkat": "/perangkat-daerah",
		"periode": "/periode", "sk": "/sk", "orang": "/orang", "laporan": "/laporan", "laporan-kop": "/laporan/kop",
	}}
}

// Every page, with the demo's world and empty: no axe violation and nothing wider
// than the window.
func TestPagesInABrowser(t *testing.T) {
	axe, err := os.ReadFile("../../../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("%v: run make assets", err)
	}
	folder := t.ArtifactDir()
	full := world.Demo(t)
	t.Run("baru", func(t *testing.T) { // before anybody has an account
		p := world.Empty(t)
		here := region.Region{Code: "18.01", Name: "Kabupaten Lampung Selatan"}
		world.Must(t, p.Regions.Add(t.Context(), here))
		link, _, err := p.Auth.SetupLink(region.Within(t.Context(), here), here.Code)
		world.Must(t, err)
		ctx, address := chromium.Tab(t), served(t, p)
		for _, lang := range languages() {
			chromium.SetCookie(t, ctx, address, "bahasa", lang)
			look(t, ctx, string(axe), folder, address+"/mulai/"+link, "baru-mulai-"+lang)
		}
	})
	for _, of := range append(demoTours(t, full), emptyTour(t)) {
		t.Run(of.name, func(t *testing.T) {
			ctx, address := chromium.Tab(t), served(t, of.program)
			token := world.Session(t, of.program, of.login, of.secret)
			for _, lang := range languages() {
				chromium.SetCookie(t, ctx, address, "bahasa", lang)
				chromium.SetCookie(t, ctx, address, "sesi", "")
				for name, path := range of.visitor {
					look(t, ctx, string(axe), folder, address+path, strings.Join([]string{of.name, name, lang}, "-"))
				}
				chromium.SetCookie(t, ctx, address, "sesi", token)
				for name, path := range of.paths {
					look(t, ctx, string(axe), folder, address+path, strings.Join([]string{of.name, name, lang}, "-"))
				}
			}
		})
	}
	if allViews {
		t.Logf("pictures (kept with -artifacts): %s", folder)
	}
}

// revokedReport returns a revoked report of the demo; a valid one is also in the
// register.
func revokedReport(t *testing.T, p *app.Program) report.Issued {
	t.Helper()
	ctx := world.AsBridaIn(t, p, world.OnlyRegion(t, p))
	world.WithLetterhead(t, ctx, p)
	h, token := world.Pages(t, p), world.Session(t, p, "admin", world.DemoPassword(t))
	world.Issue(t, h, token, "2026")
	world.Must(t, p.Report.Revoke(ctx, world.LastIssuedIn(t, ctx, p).ID, "Angka satu perangkat daerah keliru"))
	revoked := world.LastIssuedIn(t, ctx, p)
	world.Issue(t, h, token, "2026")
	return revoked
}
