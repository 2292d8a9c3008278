package app

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/region"
	"siida.id/internal/report"
)

// served is a program's pages at an address, for a browser.
func served(t *testing.T, p *Program) (address string) {
	t.Helper()
	server := httptest.NewServer(pages(t, p))
	t.Cleanup(server.Close)
	return server.URL
}

// browser starts Chromium with one tab. Anything the page complains about,
// such as a breach of the content security policy, fails the test.
func browser(t testing.TB) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("Chromium is not installed, and pages are tested in it; install it with:\n\tapt-get install --yes chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("accept-lang", "id"))
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Minute) // chromedp waits for ever
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			if !strings.Contains(m.String(), "status of 4") { // the browser remarks on a refused form
				t.Errorf("the page says: %v", m)
			}
		}
	}()
	return ctx
}

func do(t testing.TB, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func run[T any](t testing.TB, ctx context.Context, action chromedp.Action[T]) T {
	t.Helper()
	got, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// carry gives the browser a cookie of the site, as a form would have.
func carry(t testing.TB, ctx context.Context, address, name, value string) {
	t.Helper()
	cookie := network.SetCookieParams{Name: name, Value: value, URL: address}
	if _, err := chromedp.Call(ctx, network.SetCookie, cookie); err != nil {
		t.Fatal(err)
	}
}

// session signs in without a browser.
func session(t *testing.T, p *Program, login, secret string) string {
	t.Helper()
	regions, err := p.Regions.All(t.Context())
	must(t, err)
	tokens, err := p.Accounts.SignIn(region.Within(t.Context(), regions[0]), login, secret, account.Visit{Address: "192.0.2.9"})
	must(t, err)
	return tokens.Session
}

// look goes to a page at every width and scheme, and holds it against axe.
func look(t *testing.T, ctx context.Context, axe, folder, url, name string) {
	t.Helper()
	eachView(t, ctx, name, func(page string, width int64) {
		do(t, ctx, chromedp.Navigate(url))
		hold(t, ctx, axe, folder, page, width)
	})
}

// lookHere is look for the page that is there, which has no address of its own.
func lookHere(t *testing.T, ctx context.Context, axe, folder, name string) {
	t.Helper()
	eachView(t, ctx, name, func(page string, width int64) { hold(t, ctx, axe, folder, page, width) })
}

// eachView shows the tab at the width of a phone and of a desk, light and dark.
func eachView(t *testing.T, ctx context.Context, name string, fn func(page string, width int64)) {
	t.Helper()
	for _, width := range []int64{360, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
			if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media); err != nil {
				t.Fatal(err)
			}
			do(t, ctx, chromedp.EmulateViewport(width, 800))
			fn(fmt.Sprintf("%s-%d-%s", name, width, scheme), width)
		}
	}
}

// cramped are the buttons, and links that look like one, which a thumb misses
// or whose words touch their border.
const cramped = `[...document.querySelectorAll("main button, main a")].filter(e => {
	const s = getComputedStyle(e), box = e.getBoundingClientRect()
	return parseFloat(s.borderTopWidth) > 0 && box.width > 0 && (box.height < 44 || parseFloat(s.paddingTop) < 4)
}).map(e => e.outerHTML)`

// hold holds the page that is there against axe and its window, and takes a
// picture of it.
func hold(t *testing.T, ctx context.Context, axe, folder, page string, width int64) {
	t.Helper()
	if wide := run(t, ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); wide > width {
		t.Errorf("%s is %d px wide", page, wide)
	}
	for _, button := range run(t, ctx, chromedp.Evaluate[[]string](cramped)) {
		t.Errorf("%s: cramped: %s", page, button)
	}
	run(t, ctx, chromedp.Evaluate[any](axe+";0"))
	found := run(t, ctx, chromedp.Evaluate[[]string](
		`axe.run().then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html).join("\n\t")))`, chromedp.EvalAwaitPromise))
	for _, f := range found {
		t.Errorf("%s: %s", page, f)
	}
	if err := os.WriteFile(filepath.Join(folder, page+".png"), run(t, ctx, chromedp.FullScreenshot(100)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// tour is what one person sees of a program's world: pages by the name of their
// picture. A visitor sees some before he signs in.
type tour struct {
	name, login, secret string
	program             *Program
	visitor, paths      map[string]string
}

// demoTours are those of the demo's world, after its index was kept once and
// two reports were issued.
func demoTours(t *testing.T, full *Program) []tour {
	t.Helper()
	must(t, full.keepIndexOnce(t.Context()))
	letter := revokedReport(t, full)
	id := innovationNamed(t, full, "S-TRAVIS")
	person, unit := personNamed(t, full, "dishub")
	return []tour{
		{
			"penuh", "admin", demoLogin(t), full,
			map[string]string{"masuk": "/masuk", "tidak-ada": "/tidak-ada", "periksa": "/v/" + letter.Code, "periksa-lain": "/v/BCDF"},
			map[string]string{
				"inovasi": "/inovasi", "inovasi-baru": "/inovasi/baru", "satu": "/inovasi/" + id, "ubah": "/inovasi/" + id + "/ubah",
				"indikator": "/inovasi/" + id + "/2027/SID-16", "kemanfaatan": "/inovasi/" + id + "/2027/SID-33?dasar=a", "dasar": "/inovasi/" + id + "/2027/SID-33?dasar=",
				"beranda": "/", "daerah": "/daerah", "daerah-satu": "/daerah/2027/SPD-04",
				"permintaan": "/permintaan-data", "permintaan-baru": "/permintaan-data/baru", "permintaan-satu": "/permintaan-data/" + requestFor(t, full, "SPD-09"),
				"permintaan-kembali": "/permintaan-data/" + requestFor(t, full, "SPD-07"), "indeks": "/indeks/2026", "indeks-kini": "/indeks/2027", "indeks-perangkat": "/indeks/2026/perangkat-daerah/" + unit,
				"indeks-inovasi": "/indeks/2026/inovasi/" + id, "indeks-indikator": "/indeks/2026/indikator/SID-16",
				"indeks-peringkat": "/indeks/2026/peringkat", "indeks-peringkat-inovasi": "/indeks/2026/peringkat?daftar=inovasi", "indeks-daftar": "/indeks/2026/inovasi?halaman=2", "indeks-belum": "/indeks/2026/inovasi?daftar=belum", "indeks-rakor": "/indeks/2026/rakor", "indeks-riwayat": "/indeks/2026/riwayat?dari=1-1-2099", "galeri": "/dev/komponen",
				"cetak": "/inovasi/" + id + "/cetak", "pindah": "/inovasi/" + id + "/pindah", "tautan": "/inovasi/" + id + "/2027/SID-35",
				"panduan": "/panduan/2027/SID-16", "sk": "/sk", "sk-baru": "/sk/baru", "berkas": "/inovasi/" + id + "/berkas",
				"perangkat": "/perangkat-daerah", "perangkat-baru": "/perangkat-daerah/baru", "perangkat-pengaturan": "/perangkat-daerah/pengaturan",
				"perangkat-satu": "/perangkat-daerah/" + unit, "perangkat-ubah": "/perangkat-daerah/" + unit + "/ubah",
				"perangkat-ganti": "/perangkat-daerah/" + unit + "/ganti-nama", "perangkat-gabung": "/perangkat-daerah/" + unit + "/gabung",
				"perangkat-pecah": "/perangkat-daerah/" + unit + "/pecah", "perangkat-tutup": "/perangkat-daerah/" + unit + "/tutup",
				"periode": "/periode", "periode-satu": "/periode/2027", "periode-ubah": "/periode/2027/ubah",
				"orang": "/orang", "orang-baru": "/orang/baru", "orang-satu": "/orang/" + person, "orang-kode": "/orang/" + person + "/kode",
				"saya": "/saya", "dua-langkah": "/dua-langkah", "keadaan": "/keadaan", "laporan": "/laporan", "laporan-kop": "/laporan/kop",
				"laporan-terbitkan": "/laporan/indeks/2026/terbitkan", "laporan-satu": "/laporan/terbit/" + letter.ID,
			},
		},
		{
			"kepala", "kepala", demoLogin(t), full, nil,
			map[string]string{"beranda": "/", "satu": "/inovasi/" + id, "indeks": "/indeks/2026"},
		},
		{
			"operator", "dishub", demoLogin(t), full, nil,
			map[string]string{"beranda": "/", "permintaan": "/permintaan-data", "permintaan-satu": "/permintaan-data/" + requestFor(t, full, "SPD-15")},
		},
		{
			"pimpinan", "pimpinan", demoLogin(t), full, nil,
			map[string]string{"beranda": "/", "satu": "/inovasi/" + id, "berkas": "/inovasi/" + id + "/berkas", "indeks": "/indeks"},
		},
	}
}

// emptyTour is that of a region in which nobody has begun.
func emptyTour(t *testing.T) tour {
	t.Helper()
	return tour{"kosong", "admin", passphrase, emptyProgram(t), nil, map[string]string{
		"beranda": "/", "inovasi": "/inovasi", "inovasi-baru": "/inovasi/baru", "indeks": "/indeks", "perangkat": "/perangkat-daerah",
		"periode": "/periode", "sk": "/sk", "orang": "/orang", "laporan": "/laporan", "laporan-kop": "/laporan/kop",
	}}
}

// Every page at the width of a phone and of a desk, light and dark, in both
// languages, with the demo's world and empty: no axe violation, nothing wider
// than the window, and a picture to look at.
func TestPagesInABrowser(t *testing.T) {
	axe, err := os.ReadFile("../../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("%v: run make assets", err)
	}
	folder := t.ArtifactDir()
	full := demoProgram(t)
	t.Run("baru", func(t *testing.T) { // before there is anybody
		p := newProgram(t)
		here := region.Region{Code: "18.01", Name: "Kabupaten Lampung Selatan"}
		must(t, p.Regions.Add(t.Context(), here))
		link, _, err := p.Accounts.SetupLink(region.Within(t.Context(), here), here.Code)
		must(t, err)
		ctx, address := browser(t), served(t, p)
		for _, lang := range []string{"id", "en"} {
			carry(t, ctx, address, "bahasa", lang)
			look(t, ctx, string(axe), folder, address+"/mulai/"+link, "baru-mulai-"+lang)
		}
	})
	for _, world := range append(demoTours(t, full), emptyTour(t)) {
		t.Run(world.name, func(t *testing.T) {
			ctx, address := browser(t), served(t, world.program)
			token := session(t, world.program, world.login, world.secret)
			for _, lang := range []string{"id", "en"} {
				carry(t, ctx, address, "bahasa", lang)
				carry(t, ctx, address, "sesi", "")
				for name, path := range world.visitor {
					look(t, ctx, string(axe), folder, address+path, strings.Join([]string{world.name, name, lang}, "-"))
				}
				carry(t, ctx, address, "sesi", token)
				for name, path := range world.paths {
					look(t, ctx, string(axe), folder, address+path, strings.Join([]string{world.name, name, lang}, "-"))
				}
			}
		})
	}
	t.Logf("pictures (kept with -artifacts): %s", folder)
}

// revokedReport is a report of the demo that was issued and no longer holds; one
// that does stands beside it in the register.
func revokedReport(t *testing.T, p *Program) report.Issued {
	t.Helper()
	ctx := asBrida(t, p)
	lettered(t, ctx, p)
	h, token := pages(t, p), session(t, p, "admin", demoLogin(t))
	issue(t, h, token, "2026")
	must(t, p.Report.Revoke(ctx, p.lastIssuedOf(t, ctx).ID, "Angka satu perangkat daerah keliru"))
	revoked := p.lastIssuedOf(t, ctx)
	issue(t, h, token, "2026")
	return revoked
}

// requestFor is the demo's data request for a row of the region.
func requestFor(t *testing.T, p *Program, code string) string {
	t.Helper()
	l, err := p.Regional.Listing(asBrida(t, p), "2027")
	must(t, err)
	for _, r := range l.List {
		if r.Code == code {
			return r.ID
		}
	}
	t.Fatalf("no request for %s", code)
	return ""
}

// innovationNamed finds an innovation of the demo by the start of its name.
func innovationNamed(t *testing.T, p *Program, start string) string {
	t.Helper()
	regions, err := p.Regions.All(t.Context())
	must(t, err)
	who := actor.Actor{ID: "test", Region: regions[0].Code, Assignments: []actor.Assignment{{Role: actor.Admin}}}
	list, err := p.Innovations.List(actor.With(t.Context(), who))
	must(t, err)
	for _, i := range list {
		if strings.HasPrefix(i.Name, start) {
			return i.ID
		}
	}
	t.Fatalf("no innovation begins with %q", start)
	return ""
}

// personNamed finds a person of the demo by sign-in name, and his agency.
func personNamed(t *testing.T, p *Program, login string) (person, agency string) {
	t.Helper()
	regions, err := p.Regions.All(t.Context())
	must(t, err)
	who := actor.Actor{ID: "test", Region: regions[0].Code, Assignments: []actor.Assignment{{Role: actor.Admin}}}
	for number, last := 1, 1; number <= last; number++ {
		list, err := p.Accounts.List(actor.With(t.Context(), who), account.Filter{Number: number})
		must(t, err)
		for _, e := range list.People {
			if e.Login == login {
				return e.ID, e.Assignments[0].Agency
			}
		}
		last = list.Last
	}
	t.Fatalf("nobody signs in as %q", login)
	return "", ""
}
