package stories

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/test/world"
)

const samplesPath = "/panduan/2026/SID-16/contoh"

// sampleStories are of the files with which BRIDA shows what proves an indicator.
var sampleStories = map[string][]request{
	"samples": {
		{"not by an operator", "operator", "POST", samplesPath, form("contoh", "benar", "keterangan", "Palsu"), "sk.pdf", "%PDF-1.7 isi", 403, nil, []string{"Palsu"}},
		{"all mistakes at once", "brida", "POST", samplesPath, nil, "", "", 422, []string{`href="#berkas"`, `href="#contoh"`, `href="#keterangan"`}, nil},
		{"a file that is none", "brida", "POST", samplesPath, form("contoh", "salah", "keterangan", "SK <b>"), "sk.exe", "MZ", 422, []string{`href="#berkas"`, "SK &lt;b&gt;", `value="salah" checked`}, []string{"<b>", `name="terkirim"`}},
		{"the file is kept while the rest is mended", "brida", "POST", samplesPath, form("keterangan", ""), "sk.pdf", "%PDF-1.7 isi", 422, []string{`name="terkirim"`, "sk.pdf sudah diterima"}, []string{`href="#berkas"`}},
		{"of what is no indicator", "brida", "POST", "/panduan/2026/SID-99/contoh", form("contoh", "benar"), "", "", 404, nil, nil},
		{"saving", "brida", "POST", samplesPath, form("contoh", "benar", "keterangan", "SK <b>lengkap"), "sk.pdf", "%PDF-1.7 contoh", 303, []string{"/panduan/2026/SID-16?tersimpan"}, nil},
		{"on the page of guidance", "brida", "GET", "/panduan/2026/SID-16", nil, "", "", 200, []string{"SK &lt;b&gt;lengkap", "/hapus-contoh", "sk.pdf"}, []string{"<b>"}},
		{"and of the indicator", "operator", "GET", "/inovasi/{innovation}/2026/SID-16", nil, "", "", 200, []string{"Contoh yang benar", "SK &lt;b&gt;lengkap", "/contoh/"}, []string{"/hapus-contoh"}},
		{"of no other", "operator", "GET", "/inovasi/{innovation}/2026/SID-17", nil, "", "", 200, nil, []string{"/contoh/"}},
		{"nor in another region", "outsider", "GET", "/panduan/2026/SID-16", nil, "", "", 200, nil, []string{"lengkap"}},
		{"a sample that is not there", "operator", "GET", "/contoh/tidak-ada", nil, "", "", 404, nil, nil},
		{"none to take off", "brida", "POST", "/panduan/2026/SID-16/hapus-contoh", form("contoh", "tidak-ada"), "", "", 404, nil, nil},
	},
}

// A file that came with a refused form is not sent twice, and a sample is opened
// by all who see the indicator, and by nobody else.
func TestSampleFiles(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	refused := request{"without a caption", "brida", "POST", samplesPath, form("contoh", "salah"), "sk.pdf", "%PDF-1.7 contoh", 422, nil, nil}
	page := send(t, w, handler, refused).Body.String()
	kept := regexp.MustCompile(`name="terkirim" value="([^"]+)"`).FindStringSubmatch(page)
	if kept == nil {
		t.Fatalf("the file is not kept: %s", page)
	}
	path := "/contoh/" + kept[1]
	mended := form("contoh", "salah", "keterangan", "Tanpa tanda tangan", "terkirim", kept[1])
	for _, r := range []request{
		{"nobody sees it yet", "operator", "GET", path, nil, "", "", 404, nil, []string{"%PDF"}},
		{"what somebody else has sent", "admin", "POST", samplesPath, mended, "", "", 422, []string{`href="#berkas"`}, nil},
		{"mended", "brida", "POST", samplesPath, mended, "", "", 303, nil, nil},
		{"an operator opens it", "operator", "GET", path, nil, "", "", 200, []string{"%PDF-1.7 contoh"}, nil},
		{"a head opens it", "kepala", "GET", path, nil, "", "", 200, []string{"%PDF-1.7 contoh"}, nil},
		{"pimpinan needs no reason", "pimpinan", "GET", path, nil, "", "", 200, []string{"%PDF-1.7 contoh"}, nil},
		{"who has no assignment does not", "ended", "GET", path, nil, "", "", 404, nil, []string{"%PDF"}},
		{"another region does not", "outsider", "GET", path, nil, "", "", 404, nil, []string{"%PDF"}},
		{"a visitor signs in first", "", "GET", path, nil, "", "", 303, []string{"/masuk"}, []string{"%PDF"}},
		{"taking it off", "brida", "POST", "/panduan/2026/SID-16/hapus-contoh", form("contoh", kept[1]), "", "", 303, nil, nil},
		{"it is gone", "operator", "GET", path, nil, "", "", 404, nil, []string{"%PDF"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
	for n := range 7 {
		r := request{"one more", "brida", "POST", samplesPath, form("contoh", "benar", "keterangan", "Contoh"), "sk.pdf", "%PDF-1.7 isi", http.StatusSeeOther, nil, nil}
		if n == 6 {
			r.status, r.want = http.StatusUnprocessableEntity, []string{"Hapus dulu satu contoh"}
		}
		r.check(t, send(t, w, handler, r))
	}
	if body := w.Ask(t, handler, "brida", http.MethodGet, "/panduan/2026/SID-16", "").Body.String(); strings.Count(body, `action="/panduan/2026/SID-16/hapus-contoh"`) != 6 {
		t.Errorf("not six samples: %s", body)
	}
}
