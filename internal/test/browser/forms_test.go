package browser

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/pquerna/otp/totp"

	"siida.id/internal/app"
	"siida.id/internal/infra/samplefile"
	"siida.id/internal/region"
	"siida.id/internal/test/chromium"
	"siida.id/internal/test/world"
)

// line is the network between a browser and a program, under the control of a test.
type line struct {
	next http.Handler

	mu    sync.Mutex
	posts int
	cut   func(w http.ResponseWriter, r *http.Request) // answers a POST; nil passes it on
}

func (l *line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	cut := l.cut
	if r.Method == http.MethodPost {
		l.posts++
	} else {
		cut = nil
	}
	l.mu.Unlock()
	if cut != nil {
		cut(w, r)
		return
	}
	l.next.ServeHTTP(w, r)
}

// set sets what happens to the next POSTs, and counts them from zero.
func (l *line) set(cut func(w http.ResponseWriter, r *http.Request)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut, l.posts = cut, 0
}

func (l *line) sent() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.posts
}

// reset ends the connection of a request as a network does that fails.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// formPage is a form with a file, in a browser.
type formPage struct {
	*testing.T
	ctx     context.Context
	p       *app.Program
	line    *line
	address string
	url     string
	files   string
}

// maxFile is the size of the largest file, in bytes: large enough for the buffers of a
// connection not to swallow a file whole.
const maxFile = 32 << 20

// openForm opens the form of an indicator as the admin of the demo.
func openForm(t *testing.T) *formPage {
	t.Helper()
	p := world.Demo(t)
	p.Files.MaxSize = maxFile
	s, err := p.Site(true)
	world.Must(t, err)
	s.MaxFile = maxFile
	f := &formPage{T: t, p: p, line: &line{next: world.Checked(t, s.Handler())}, ctx: chromium.Tab(t, "net::ERR_", "htmx:", "status of 502"), files: t.TempDir()}
	server := httptest.NewServer(f.line)
	t.Cleanup(server.Close)
	f.address = server.URL
	f.url = f.address + "/inovasi/" + world.InnovationNamed(t, p, "S-TRAVIS") + "/2027/SID-16"
	chromium.SetCookie(t, f.ctx, f.address, "bahasa", "id")
	f.signIn("admin")
	chromium.Do(t, f.ctx, chromedp.EmulateViewport(360, 800))
	return f
}

// signIn replaces the session of the browser by one of that person.
func (f *formPage) signIn(login string) {
	f.Helper()
	chromium.SetCookie(f.T, f.ctx, f.address, "sesi", world.Session(f.T, f.p, login, world.DemoPassword(f.T)))
}

// endSession ends the session of the browser on the server.
func (f *formPage) endSession() {
	f.Helper()
	cookies, err := chromedp.Call(f.ctx, network.GetCookies, network.GetCookiesParams{URLs: []string{f.address}})
	world.Must(f.T, err)
	for _, c := range cookies.Cookies {
		if c.Name == "sesi" {
			world.Must(f.T, f.p.Auth.SignOut(region.Within(f.Context(), world.OnlyRegion(f.T, f.p)), c.Value))
		}
	}
}

// file writes a PDF of at least size bytes, and returns its path.
func (f *formPage) file(name string, size int) string {
	f.Helper()
	content, err := samplefile.PDF("CONTOH", "Bukti", []string{name})
	world.Must(f.T, err)
	if missing := size - len(content); missing > 0 {
		content = append(content, bytes.Repeat([]byte("%"), missing)...)
	}
	path := filepath.Join(f.files, name)
	world.Must(f.T, os.WriteFile(path, content, 0o600))
	return path
}

func (f *formPage) run(script string) {
	f.Helper()
	chromium.Run(f.T, f.ctx, chromedp.Evaluate[any](script+"; 0"))
}

func (f *formPage) until(condition string) {
	f.Helper()
	chromium.Until(f.T, f.ctx, condition)
}

func (f *formPage) ask(expression string) string {
	f.Helper()
	return chromium.Run(f.T, f.ctx, chromedp.Evaluate[string](expression))
}

// fill opens the form, fills it in, and chooses a file.
func (f *formPage) fill(subject, path string) {
	f.Helper()
	chromium.Do(f.T, f.ctx, chromedp.Navigate(f.url))
	f.run(`document.querySelector("main [name=pilihan]").checked = true;
		for (const [name, value] of [["tentang", ` + quoted(f.T, subject) + `], ["nomor", "7/2025"], ["tanggal", "2025-03-14"]]) document.querySelector("main [name=" + name + "]").value = value`)
	if path != "" {
		chromium.Do(f.T, f.ctx, chromedp.SetUploadFiles("#berkas", []string{path}))
	}
}

const pressSend = saveButton + `.click()`

// says waits until the place of sentences contains text.
func (f *formPage) says(text string) {
	f.Helper()
	f.until(`document.querySelector("[data-sentence]").innerText.includes(` + quoted(f.T, text) + `)`)
}

// stays fails the test unless the form has what was typed and chosen, and can be sent.
func (f *formPage) stays(when, subject, file string) {
	f.Helper()
	got := f.ask(`[document.querySelector("main [name=tentang]").value, document.querySelector("#berkas").files[0]?.name ?? "",
		document.querySelectorAll("main [aria-disabled]").length].join("|")`)
	if want := subject + "|" + file + "|0"; got != want {
		f.Errorf("%s: the form has %q, want %q", when, got, want)
	}
}

// picture checks the page with axe and, with allViews, takes pictures of it.
func (f *formPage) picture(name string) {
	f.Helper()
	axe, err := os.ReadFile("../../../node_modules/axe-core/axe.min.js")
	world.Must(f.T, err)
	checkViews(f.T, f.ctx, string(axe), f.ArtifactDir(), "formulir-"+name)
	chromium.Do(f.T, f.ctx, chromedp.EmulateViewport(360, 800))
}

// Wherever the line breaks while a form is sent, a sentence says that it is not saved,
// what was typed and chosen stays, and it can be sent again.
func TestCaseA6FormsWithoutALine(t *testing.T) {
	f := openForm(t)
	const subject = "Seribu huruf tentang bukti"
	path := f.file("bukti.pdf", 3<<20)
	afterBytes := func(n int64) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.CopyN(io.Discard, r.Body, n)
			reset(w)
		}
	}
	whole := func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body); reset(w) }
	answering := func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Length", "5000")
		_, _ = io.WriteString(w, `<html><main id="main">`)
		_ = http.NewResponseController(w).Flush()
		reset(w)
	}
	proxy := func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		http.Error(w, "<h1>Bad Gateway</h1>", http.StatusBadGateway)
	}
	silent := func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}
	for _, tt := range []struct {
		name string
		cut  func(http.ResponseWriter, *http.Request)
	}{
		{"before the body", afterBytes(0)},
		{"after its first bytes", afterBytes(100)},
		{"in the middle of the file", afterBytes(1 << 20)},
		{"before the answer", whole},
		{"in the answer", answering},
		{"an answer of a proxy", proxy},
		{"no answer", silent},
	} {
		for _, file := range []string{"", path} {
			f.line.set(tt.cut)
			f.fill(subject, file)
			if tt.name == "no answer" {
				f.run(`document.querySelector("[data-sending]").dataset.timeout = "0.3"`)
			}
			f.run(pressSend)
			f.says("anggap belum tersimpan")
			f.stays(tt.name, subject, strings.TrimPrefix(file, f.files+"/"))
		}
	}
	f.picture("terputus")
	f.line.set(nil)
	f.run(`document.querySelector("[data-again]").click()`)
	f.until(`location.search == "?tersimpan=1"`)
	if got := text(t, f.ctx, "main"); !strings.Contains(got, subject) || f.line.sent() != 1 {
		t.Errorf("sent again %d times: %s", f.line.sent(), got)
	}

	f.fill(subject, path)
	f.offline(true)
	f.run(pressSend)
	f.says("tidak tersambung ke internet")
	f.stays("offline", subject, "bukti.pdf")
	f.offline(false)

	for _, spoil := range []func() error{
		func() error { return os.WriteFile(path, []byte("%PDF-1.7 lain"), 0o600) },
		func() error { return os.Remove(path) },
	} {
		f.file("bukti.pdf", 1000)
		f.fill(subject, path)
		world.Must(t, spoil())
		f.run(pressSend)
		f.says("bukti.pdf tidak dapat dibaca lagi")
		f.stays("the file is gone", subject, "bukti.pdf")
	}
	f.picture("berkas-hilang")
	f.run(`document.querySelector("[data-close]").click()`)
	if got := f.ask(`document.querySelector("[data-sentence]").innerText`); got != "" {
		t.Errorf("closed, and still says %q", got)
	}
}

func (f *formPage) offline(off bool) {
	f.Helper()
	rules := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{
		{Offline: off, DownloadThroughput: -1, UploadThroughput: -1},
	}}
	_, err := chromedp.Call(f.ctx, network.Enable, network.EnableParams{})
	world.Must(f.T, err)
	_, err = chromedp.Call(f.ctx, network.EmulateNetworkConditionsByRule, rules)
	world.Must(f.T, err)
	_, err = chromedp.Call(f.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1})
	world.Must(f.T, err)
}

// The other kinds of forms do the same: one with another frame, a button in a row, the
// language and signing out. A refusal leaves what was typed too.
func TestCaseA6OtherForms(t *testing.T) {
	f := openForm(t)
	for path, selector := range map[string]string{
		"/saya": `main form[action="/saya"]`, "/masuk": `form[action="/masuk"]`, "/saya?a": `form[action="/saya/sesi/akhiri-lain"]`,
		"/inovasi": `form[action="/bahasa"]`, "/": `form[action="/keluar"]`,
	} {
		f.offline(false)
		session := path != "/masuk"
		if !session {
			chromium.SetCookie(t, f.ctx, f.address, "sesi", "")
		} else {
			f.signIn("admin")
		}
		chromium.Do(t, f.ctx, chromedp.Navigate(f.address+path))
		if got := f.ask(`String(document.querySelector(` + quoted(t, selector) + `) != null)`); got != "true" {
			continue
		}
		f.offline(true)
		f.run(`const form = document.querySelector(` + quoted(t, selector) + `); const field = form.querySelector("input:not([type=hidden])"); if (field) field.value = "diketik"; form.querySelector("button").click()`)
		f.says("tidak tersambung ke internet")
		if got := f.ask(`location.pathname + (document.querySelector(` + quoted(t, selector) + `).querySelector("input:not([type=hidden])")?.value ?? "diketik")`); got != strings.TrimSuffix(path, "?a")+"diketik" {
			t.Errorf("%s of %s: %q", selector, path, got)
		}
	}
	f.offline(false)
	f.signIn("admin")
	f.line.set(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Sec-Fetch-Site", "cross-site") // is refused
		f.line.next.ServeHTTP(w, r)
	})
	f.fill("Tetap ada", "")
	f.run(pressSend)
	f.says("Kiriman ini datang dari situs lain. Buka halamannya di sini, lalu kirim lagi. Yang Anda isi masih ada di sini.")
	f.stays("a refusal", "Tetap ada", "")
	f.picture("ditolak")
}

// A file that is sent shows how far it is, can be cancelled, and is sent once. One that
// the server would refuse is not sent at all.
func TestCaseA7Upload(t *testing.T) {
	f := openForm(t)
	const size = 24 << 20
	path := f.file("besar.pdf", size)
	var gate chan struct{}
	gone := make(chan error, 1)
	slow := func(w http.ResponseWriter, r *http.Request) {
		var first bytes.Buffer
		if _, err := io.CopyN(&first, r.Body, size/4); err != nil {
			gone <- err
			return
		}
		<-gate
		if _, err := io.Copy(&first, r.Body); err != nil {
			gone <- err
			return
		}
		r.Body = io.NopCloser(&first)
		f.line.next.ServeHTTP(w, r)
	}
	percent := `parseInt(document.querySelector("[data-percent]").innerText)`

	gate = make(chan struct{})
	f.line.set(slow)
	f.fill("Bukti besar", path)
	f.run(pressSend)
	f.says("Mengirim besar.pdf")
	f.until(percent + ` > 0 && ` + percent + ` < 100`)
	f.picture("mengirim")
	f.run(pressSend)
	f.run(pressSend)
	f.run(`document.querySelector("[data-sign-out] button").click()`)
	f.says("Tunggu sebentar, atau batalkan dahulu")
	if got := f.ask(`document.querySelector("main form [aria-disabled=true]").innerText`); !strings.HasPrefix(got, "Simpan") {
		t.Errorf("the button %q is off", got)
	}
	f.run(`document.querySelector("[data-cancel]").click()`)
	f.says("Pengiriman dibatalkan")
	f.stays("cancelled", "Bukti besar", "besar.pdf")
	close(gate)
	if err := <-gone; err == nil {
		t.Error("cancelled, and the server has the file")
	}

	gate = make(chan struct{})
	f.line.set(slow)
	f.run(`document.querySelector("[data-again]").click()`)
	f.until(percent + ` > 0 && ` + percent + ` < 100`)
	f.run(pressSend)
	close(gate)
	f.until(`location.search == "?tersimpan=1"`)
	if got := text(t, f.ctx, "main"); !strings.Contains(got, "besar.pdf") || f.line.sent() != 1 {
		t.Errorf("sent %d times: %s", f.line.sent(), got)
	}
}

// What the server would refuse is not sent: the input says why, as soon as a file is
// chosen and when the form is sent.
func TestCaseA7FilesAreCheckedBeforeTheyAreSent(t *testing.T) {
	f := openForm(t)
	problem := `document.querySelector("#berkas-problem").innerText`
	f.fill("Bukti", "")
	chromium.Do(t, f.ctx, chromedp.EmulateViewport(360, 800))
	empty := filepath.Join(f.files, "kosong.pdf")
	world.Must(t, os.WriteFile(empty, nil, 0o600))
	large, err := strconv.ParseInt(f.ask(`document.querySelector("#berkas").dataset.max`), 10, 64)
	world.Must(t, err)
	if large != maxFile {
		t.Errorf("files of up to %d bytes are sent", large)
	}
	tooLarge := f.file("terlalu-besar.pdf", 1000)
	world.Must(t, os.Truncate(tooLarge, large+1))
	limit := f.file("batas.pdf", 1000)
	world.Must(t, os.Truncate(limit, large))
	program := f.file("program.pdf.exe", 1000)
	f.line.set(nil)
	for _, tt := range []struct{ path, want string }{
		{program, "program.pdf.exe bukan PDF. Kirim berkas PDF"},
		{empty, "Berkas kosong"},
		{tooLarge, "Berkas terlalu besar. Batasnya 32\u00a0MB."},
		{limit, ""},
		{f.file("BUKTI.PDF", 1000), ""},
	} {
		chromium.Do(t, f.ctx, chromedp.SetUploadFiles("#berkas", []string{tt.path}))
		got := f.ask(problem)
		if !strings.HasPrefix(got, tt.want) || tt.want == "" && got != "" {
			t.Errorf("%s: %q, want %q", tt.path, got, tt.want)
		}
		if tt.want == "" {
			continue
		}
		f.run(pressSend)
		if at := f.ask(`document.activeElement.id + document.activeElement.getAttribute("aria-invalid")`); at != "berkastrue" || f.line.sent() != 0 {
			t.Errorf("%s: the focus is on %q, %d forms were sent", tt.path, at, f.line.sent())
		}
		if tt.path == tooLarge {
			f.picture("terlalu-besar")
		}
	}
	f.run(`const two = new DataTransfer(); for (const name of ["a.pdf", "b.pdf"]) two.items.add(new File(["%PDF-1.7"], name));
		document.querySelector("#berkas").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: two }))`)
	if got := f.ask(problem); !strings.HasPrefix(got, "Pilih satu berkas saja") {
		t.Errorf("two files: %q", got)
	}
}

// In the middle of a form the session ends: a sign-in opens beside it, with the second
// factor too, and the form is sent with its file once the same person has signed in.
// Another person gets the page without it.
func TestCaseA5SessionEndedInTheMiddleOfAForm(t *testing.T) {
	f := openForm(t)
	const subject = "Ditulis selama satu jam"
	const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
	admin := world.AsAdmin(t, f.p)
	person, _ := world.PersonNamed(t, f.p, "admin")
	now := f.p.Clock()
	path := f.file("bukti.pdf", 1<<20)
	world.Must(t, f.p.Auth.Store.OfferFactor(admin, person, secret))
	world.Must(t, f.p.Auth.Store.ConfirmFactor(admin, person))

	f.fill(subject, path)
	f.endSession()
	f.run(pressSend)
	f.until(`document.activeElement.matches("[data-sign-in][open] input[name=nama]")`)
	f.stays("at the sign-in", subject, "bukti.pdf")
	f.picture("sesi-berakhir")
	chromium.Do(t, f.ctx, chromedp.KeyEvent("admin"), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent("salah"), chromedp.KeyEvent(kb.Enter))
	f.until(`document.activeElement.matches("[data-sign-in] [role=alert] [data-focus]")`)
	f.picture("sesi-berakhir-salah")
	f.typeBeside("sandi", world.DemoPassword(t))
	f.until(`document.activeElement.matches("[data-sign-in] input[name=kode]")`)
	code, err := totp.GenerateCode(secret, now)
	world.Must(t, err)
	f.typeBeside("kode", code)
	f.until(`location.search == "?tersimpan=1"`)
	if got := text(t, f.ctx, "main"); !strings.Contains(got, subject) || !strings.Contains(got, "bukti.pdf") {
		t.Errorf("sent after signing in: %s", got)
	}

	f.fill("Milik orang pertama", path)
	f.endSession()
	f.run(pressSend)
	f.until(`document.querySelector("[data-sign-in][open] input[name=nama]") != null`)
	chromium.Do(t, f.ctx, chromedp.KeyEvent(kb.Escape))
	f.says("sesi Anda sudah berakhir")
	f.stays("after Escape", "Milik orang pertama", "bukti.pdf")
	f.run(`document.querySelector("[data-again]").click()`)
	f.until(`document.querySelector("[data-sign-in][open] input[name=nama]") != null`)
	f.run(`window.before = true`)
	f.run(`document.querySelector("[data-sign-in] [name=nama]").value = "dishub"`)
	f.line.set(nil)
	f.typeBeside("sandi", world.DemoPassword(t))
	f.until(`!window.before && document.querySelector("main [name=tentang]") != null`)
	if got := f.ask(`document.documentElement.outerHTML + JSON.stringify([{...localStorage}, {...sessionStorage}, document.querySelector("main [name=tentang]").value])`); strings.Contains(got, "Milik orang pertama") || strings.Contains(text(t, f.ctx, "main"), "Milik orang pertama") {
		t.Error("another person sees what the first has typed")
	}
	if f.line.sent() != 1 { // the sign-in
		t.Errorf("%d forms were sent", f.line.sent())
	}

	// Somebody has signed in in another tab of the browser meanwhile.
	f.fill("Ditulis oleh operator", "")
	f.signIn("brida")
	f.run(pressSend)
	f.until(`document.querySelector("[data-sign-in][open] [data-problem]")?.innerText.includes("sekarang")`)
	f.stays("another tab", "Ditulis oleh operator", "")
	f.picture("orang-lain")
}

// typeBeside types into a field of the sign-in beside the form, and sends it.
func (f *formPage) typeBeside(name, value string) {
	f.Helper()
	f.run(`document.querySelector("[data-sign-in] [name=` + name + `]").focus()`)
	chromium.Do(f.T, f.ctx, chromedp.KeyEvent(value), chromedp.KeyEvent(kb.Enter))
}

// Without the script the answer says why, and Back brings what was typed.
func TestCaseA5SessionEndedWithoutTheScript(t *testing.T) {
	f := openForm(t)
	if _, err := chromedp.Call(f.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	path := f.file("bukti.pdf", 1000)
	f.fill("Ditulis tanpa skrip", path)
	f.endSession()
	f.run(pressSend)
	f.until(`document.querySelector("main h1")?.innerText == "Belum tersimpan"`)
	if got := text(t, f.ctx, "main"); !strings.Contains(got, "Sesi Anda sudah berakhir") || !strings.Contains(got, "tekan tombol Kembali") {
		t.Errorf("the answer says %s", got)
	}
	f.signIn("admin") // in another tab
	chromium.Do(t, f.ctx, chromedp.NavigateBack())
	f.until(`document.querySelector("main [name=tentang]")?.value == "Ditulis tanpa skrip"`)
	f.stays("after Back", "Ditulis tanpa skrip", "bukti.pdf")
	f.run(pressSend)
	f.until(`location.search == "?tersimpan=1"`)
	if got := text(t, f.ctx, "main"); !strings.Contains(got, "Ditulis tanpa skrip") || !strings.Contains(got, "bukti.pdf") {
		t.Errorf("sent after Back: %s", got)
	}

	if _, err := chromedp.Call(f.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{}); err != nil {
		t.Fatal(err)
	}
	f.fill("Dikirim tanpa skrip", "")
	f.endSession()
	f.run(`document.querySelector("main [name=tentang]").form.submit()`) // which scripts do not see
	f.until(`document.querySelector("main h1")?.innerText == "Belum tersimpan"`)
	f.picture("sesi-berakhir-tanpa-skrip")
}

// Every form of every page is sent by the script.
func TestCaseA6EveryFormIsSentByTheScript(t *testing.T) {
	full := world.Demo(t)
	forms := 0
	for _, tour := range append(demoTours(t, full), emptyTour(t)) {
		handler, token := world.Pages(t, tour.program), world.Session(t, tour.program, tour.login, tour.secret)
		for _, paths := range []map[string]string{tour.visitor, tour.paths} {
			for _, path := range paths {
				body := world.AnswerTo(t, handler, token, http.MethodGet, path, "").Body.String()
				for form := range strings.SplitSeq(body, "<form ") {
					tag, _, _ := strings.Cut(form, ">")
					_, action, is := strings.Cut(tag, `method="post" action="`)
					if !is {
						continue
					}
					forms++
					action, _, _ = strings.Cut(action, `"`)
					if !strings.Contains(tag, fmt.Sprintf("hx-post=%q", action)) {
						t.Errorf("%s of %s: <form %s>", path, tour.name, tag)
					}
				}
			}
		}
	}
	if forms < 200 {
		t.Errorf("only %d forms: the test looks for the wrong things", forms)
	}
}
