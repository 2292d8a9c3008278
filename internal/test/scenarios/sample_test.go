package scenarios

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/test/world"
)

const samplesPath = "/panduan/2026/SID-16/contoh"

// sampleScenarios are about BRIDA's sample files.
var sampleScenarios = []scenario{
	{name: "samples", requests: []request{
		{name: "not by an operator", as: "operator", method: "POST", path: samplesPath, form: form("contoh", "benar", "keterangan", "Palsu"), file: "sk.pdf", bytes: "%PDF-1.7 isi", status: 403, not: []string{"Palsu"}},
		{name: "all mistakes at once", as: "brida", method: "POST", path: samplesPath, status: 422, want: []string{`href="#berkas"`, `href="#contoh"`, `href="#keterangan"`}},
		{name: "a file that is none", as: "brida", method: "POST", path: samplesPath, form: form("contoh", "salah", "keterangan", "SK <b>"), file: "sk.exe", bytes: "MZ", status: 422, want: []string{`href="#berkas"`, "SK &lt;b&gt;", `value="salah" checked`}, not: []string{"<b>", `name="terkirim"`}},
		{name: "the file is kept while the rest is mended", as: "brida", method: "POST", path: samplesPath, form: form("keterangan", ""), file: "sk.pdf", bytes: "%PDF-1.7 isi", status: 422, want: []string{`name="terkirim"`, "sk.pdf sudah diterima"}, not: []string{`href="#berkas"`}},
		{name: "of what is no indicator", as: "brida", method: "POST", path: "/panduan/2026/SID-99/contoh", form: form("contoh", "benar"), status: 404},
		{name: "saving", as: "brida", method: "POST", path: samplesPath, form: form("contoh", "benar", "keterangan", "SK <b>lengkap"), file: "sk.pdf", bytes: "%PDF-1.7 contoh", status: 303, want: []string{"/panduan/2026/SID-16?tersimpan"}},
		{name: "on the page of guidance", as: "brida", method: "GET", path: "/panduan/2026/SID-16", status: 200, want: []string{"SK &lt;b&gt;lengkap", "/hapus-contoh", "sk.pdf"}, not: []string{"<b>"}},
		{name: "and of the indicator", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-16", status: 200, want: []string{"Contoh yang benar", "SK &lt;b&gt;lengkap", "/contoh/"}, not: []string{"/hapus-contoh"}},
		{name: "of no other", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-17", status: 200, not: []string{"/contoh/"}},
		{name: "nor in another region", as: "outsider", method: "GET", path: "/panduan/2026/SID-16", status: 200, not: []string{"lengkap"}},
		{name: "a sample that is not there", as: "operator", method: "GET", path: "/contoh/tidak-ada", status: 404},
		{name: "none to take off", as: "brida", method: "POST", path: "/panduan/2026/SID-16/hapus-contoh", form: form("contoh", "tidak-ada"), status: 404},
	}},
}

// A file of a refused form need not be sent again, and only those who see the
// indicator can open a sample.
func TestSampleFiles(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	refused := request{name: "without a caption", as: "brida", method: "POST", path: samplesPath, form: form("contoh", "salah"), file: "sk.pdf", bytes: "%PDF-1.7 contoh", status: 422}
	page := send(t, w, handler, refused).Body.String()
	kept := regexp.MustCompile(`name="terkirim" value="([^"]+)"`).FindStringSubmatch(page)
	if kept == nil {
		t.Fatalf("the file is not kept: %s", page)
	}
	path := "/contoh/" + kept[1]
	mended := form("contoh", "salah", "keterangan", "Tanpa tanda tangan", "terkirim", kept[1])
	for _, r := range []request{
		{name: "nobody sees it yet", as: "operator", method: "GET", path: path, status: 404, not: []string{"%PDF"}},
		{name: "what somebody else has sent", as: "admin", method: "POST", path: samplesPath, form: mended, status: 422, want: []string{`href="#berkas"`}},
		{name: "mended", as: "brida", method: "POST", path: samplesPath, form: mended, status: 303},
		{name: "an operator opens it", as: "operator", method: "GET", path: path, status: 200, want: []string{"%PDF-1.7 contoh"}},
		{name: "a head opens it", as: "kepala", method: "GET", path: path, status: 200, want: []string{"%PDF-1.7 contoh"}},
		{name: "pimpinan needs no reason", as: "pimpinan", method: "GET", path: path, status: 200, want: []string{"%PDF-1.7 contoh"}},
		{name: "who has no assignment does not", as: "ended", method: "GET", path: path, status: 404, not: []string{"%PDF"}},
		{name: "another region does not", as: "outsider", method: "GET", path: path, status: 404, not: []string{"%PDF"}},
		{name: "a visitor signs in first", method: "GET", path: path, status: 303, want: []string{"/masuk"}, not: []string{"%PDF"}},
		{name: "taking it off", as: "brida", method: "POST", path: "/panduan/2026/SID-16/hapus-contoh", form: form("contoh", kept[1]), status: 303},
		{name: "it is gone", as: "operator", method: "GET", path: path, status: 404, not: []string{"%PDF"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
	for n := range 7 {
		r := request{name: "one more", as: "brida", method: "POST", path: samplesPath, form: form("contoh", "benar", "keterangan", "Contoh"), file: "sk.pdf", bytes: "%PDF-1.7 isi", status: http.StatusSeeOther}
		if n == 6 {
			r.status, r.want = http.StatusUnprocessableEntity, []string{"Hapus dulu satu contoh"}
		}
		r.check(t, send(t, w, handler, r))
	}
	if body := w.Ask(t, handler, "brida", http.MethodGet, "/panduan/2026/SID-16", "").Body.String(); strings.Count(body, `action="/panduan/2026/SID-16/hapus-contoh"`) != 6 {
		t.Errorf("not six samples: %s", body)
	}
}
