package scenarios

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/report"
	"siida.id/internal/test/world"
)

// request is one whole request and the expected answer. The requests of a scenario
// run in order in one world.
type request struct {
	name   string
	as     string // persona; empty is a visitor
	method string
	path   string // with {innovation} and {document} for those of the own agency
	form   url.Values
	file   string // file name, for a form with a file
	bytes  string
	status int
	want   []string // each in the body or in Location
	not    []string // none in either
}

// scenario is a sequence of requests in one world. Its name is unique.
type scenario struct {
	name     string
	requests []request
}

func send(t *testing.T, w *world.Regions, handler http.Handler, r request) *httptest.ResponseRecorder {
	t.Helper()
	own := w.IDs["own"]
	fill := strings.NewReplacer("{innovation}", own.Innovation, "{document}", own.Document, "{agency}", own.Agency, "{other}", w.IDs["other"].Agency,
		"{person}", own.Person, "{otherperson}", w.IDs["other"].Person, "{decree}", own.Decree, "{request}", w.LastRequest(t),
		"{issued}", w.LastIssued(t).ID, "{checked}", report.GroupedCode(w.LastIssued(t).Code))
	form := url.Values{}
	for name, values := range r.form {
		form.Set(name, fill.Replace(values[0]))
	}
	if r.file == "" {
		return w.Ask(t, handler, r.as, r.method, fill.Replace(r.path), form.Encode())
	}
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name := range form {
		world.Must(t, parts.WriteField(name, form.Get(name)))
	}
	part, err := parts.CreateFormFile(world.FileField(r.path), r.file)
	world.Must(t, err)
	_, err = part.Write([]byte(r.bytes))
	world.Must(t, err)
	world.Must(t, parts.Close())
	q := httptest.NewRequestWithContext(t.Context(), r.method, fill.Replace(r.path), &body)
	q.Host = world.HomeHost
	q.Header.Set("Content-Type", parts.FormDataContentType())
	q.Header.Set("Accept-Language", "id")
	q.AddCookie(&http.Cookie{Name: "sesi", Value: w.People[r.as]})
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, q)
	return answer
}

func (r request) check(t *testing.T, answer *httptest.ResponseRecorder) {
	t.Helper()
	got := answer.Header().Get("Location") + "\n" + sentences.ReplaceAllString(answer.Body.String(), "")
	if answer.Code != r.status {
		t.Errorf("%s: status %d, want %d: %s", r.name, answer.Code, r.status, got)
		return
	}
	if list := misplaced(got); answer.Code == http.StatusUnprocessableEntity && len(list) > 0 {
		t.Errorf("%s: mistakes without an input: %q", r.name, list)
	}
	for _, want := range r.want {
		if !strings.Contains(got, want) {
			t.Errorf("%s: lacks %q: %s", r.name, want, got)
		}
	}
	for _, not := range r.not {
		if strings.Contains(got, not) {
			t.Errorf("%s: shows %q: %s", r.name, not, got)
		}
	}
}

// sentences matches those that the script may show: in the footer, which is the same on
// every page, and on inputs for files.
var sentences = regexp.MustCompile(`(?s)<footer.*?</footer>| data-(?:type|empty|large|several)="[^"]*"`)

var (
	mistakeList = regexp.MustCompile(`(?s)<div role="alert".*?</ul>`)
	mistakeRow  = regexp.MustCompile(`(?s)<li>(.*?)</li>`)
	mistakeLink = regexp.MustCompile(`^<a href="#([^"]+)"`)
)

// misplaced lists the mistakes above a form that lead to no input of it.
func misplaced(page string) (list []string) {
	for _, row := range mistakeRow.FindAllStringSubmatch(mistakeList.FindString(page), -1) {
		link := mistakeLink.FindStringSubmatch(row[1])
		if link == nil || !strings.Contains(page, ` id="`+link[1]+`"`) {
			list = append(list, row[1])
		}
	}
	return list
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

var (
	long    = strings.Repeat("panjang ", 9000)
	profile = form("perangkat", "{agency}", "nama", "Inovasi Baru", "urusan", "Sosial", "uji", "2024-01-02", "terap", "2024-05-06", "rancang", "Isi")
)

func with(v url.Values, pairs ...string) url.Values {
	made := url.Values{}
	for name := range v {
		made.Set(name, v.Get(name))
	}
	for i := 0; i < len(pairs); i += 2 {
		made.Set(pairs[i], pairs[i+1])
	}
	return made
}

// scenarios cover every route, together with those of the other files;
// TestScenariosAskForEveryRoute fails for a route that none requests.
var scenarios = []scenario{
	{name: "coming in", requests: []request{
		{name: "the front page leads a visitor to the sign-in page", method: "GET", path: "/", status: 303, want: []string{"/masuk"}, not: []string{"/inovasi"}},
		{name: "the sign-in page", method: "GET", path: "/masuk?ke=/indeks", status: 200, want: []string{`value="/indeks"`, "Kata sandi"}, not: []string{"rahasia", "Orang operator"}},
		{name: "a link to another site is not followed", method: "GET", path: "/masuk?ke=//jahat.example", status: 200, want: []string{`name="ke" value="/">`}, not: []string{`value="//jahat`, `href="//jahat`}},
		{name: "wrong password", method: "POST", path: "/masuk", form: form("nama", "operator", "sandi", "salah"), status: 422, want: []string{`value="operator"`, "Perlu diperbaiki"}, not: []string{"salah", "Orang operator"}},
		{name: "unknown name", method: "POST", path: "/masuk", form: form("nama", "tidak.ada", "sandi", "salah"), status: 422, want: []string{`value="tidak.ada"`}, not: []string{`value="salah"`}},
		{name: "nothing typed", method: "POST", path: "/masuk", status: 422, want: []string{"Perlu diperbaiki"}},
		{name: "signing in", method: "POST", path: "/masuk", form: form("nama", "operator", "sandi", world.Passphrase, "ke", "/indeks"), status: 303, want: []string{"/indeks"}},
		{name: "signed in already", as: "operator", method: "GET", path: "/masuk", status: 303, want: []string{"/"}},
		{name: "who has signed in", as: "operator", method: "GET", path: "/masuk/selesai", status: 200, want: []string{"data-signed-in=", "Anda sudah masuk"}},
		{name: "nobody has", method: "GET", path: "/masuk/selesai", status: 303, want: []string{"/masuk?ke=%2Fmasuk%2Fselesai"}},
		{name: "a used link for the first administrator", method: "GET", path: "/mulai/tidak-berlaku", status: 404, want: []string{"siida serve"}, not: []string{"Kata sandi"}},
		{name: "the same with a form", method: "POST", path: "/mulai/tidak-berlaku", form: form("nama", "siapa"), status: 404, not: []string{"siapa"}},
		{name: "another language", method: "POST", path: "/bahasa", form: form("bahasa", "en", "ke", "/masuk"), status: 303, want: []string{"/masuk"}},
		{name: "another language, and another site", method: "POST", path: "/bahasa", form: form("bahasa", "en", "ke", "https://jahat.example"), status: 303, want: []string{"/"}, not: []string{"jahat"}},
		{name: "a language that nobody speaks here", method: "POST", path: "/bahasa", form: form("bahasa", "xx"), status: 422, want: []string{"Bahasa itu tidak tersedia"}},
		{name: "the components", method: "GET", path: "/dev/komponen", status: 200, want: []string{"Komponen"}},
		{name: "a page that does not exist", method: "GET", path: "/tidak-ada", status: 404, want: []string{"tidak ditemukan"}},
		{name: "an address that is no text", as: "operator", method: "GET", path: "/inovasi/%00", status: 404, want: []string{"tidak ditemukan"}},
		{name: "an address that is no Unicode", as: "operator", method: "GET", path: "/inovasi/%ff%fe", status: 404, want: []string{"tidak ditemukan"}},
		{name: "a method that does not exist", as: "operator", method: "DELETE", path: "/inovasi/{innovation}", status: 405, not: []string{"rahasia-own"}},
		{name: "signing out", as: "operator", method: "POST", path: "/keluar", status: 303, want: []string{"/masuk"}},
		{name: "the session has ended", as: "operator", method: "GET", path: "/inovasi", status: 303, want: []string{"/masuk?ke=%2Finovasi"}},
		{name: "the session has ended in the middle of a form", as: "operator", method: "POST", path: "/inovasi/{innovation}/tarik", form: form("alasan", "Panjang <b>"), status: 401, want: []string{"Sesi Anda sudah berakhir", "belum tersimpan", "/masuk?ke=%2F"}, not: []string{"Panjang", "rahasia-own"}},
	}},
	{name: "agencies", requests: []request{
		{name: "the list", as: "operator", method: "GET", path: "/perangkat-daerah", status: 200, want: []string{"Dinas own", "Dinas other"}, not: []string{"Dinas away", "/perangkat-daerah/baru"}},
		{name: "an admin may add", as: "admin", method: "GET", path: "/perangkat-daerah", status: 200, want: []string{"/perangkat-daerah/baru"}},
		{name: "the form", as: "admin", method: "GET", path: "/perangkat-daerah/baru", status: 200, want: []string{"Kecamatan"}},
		{name: "all mistakes at once", as: "admin", method: "POST", path: "/perangkat-daerah", status: 422, want: []string{`href="#nama"`, `href="#jenis"`}},
		{name: "an unknown kind", as: "admin", method: "POST", path: "/perangkat-daerah", form: form("nama", "Dinas <b>", "jenis", "raja"), status: 422, want: []string{"Dinas &lt;b&gt;", `href="#jenis"`}, not: []string{`href="#nama"`, "<b>"}},
		{name: "a name that is taken", as: "admin", method: "POST", path: "/perangkat-daerah", form: form("nama", "  DINAS   own ", "jenis", "dinas"), status: 422, want: []string{"sudah terdaftar"}},
		{name: "a name that is too long", as: "admin", method: "POST", path: "/perangkat-daerah", form: form("nama", strings.Repeat("n", 201), "jenis", "dinas"), status: 422, want: []string{"200 huruf"}},
		{name: "a name that is no Unicode", as: "admin", method: "POST", path: "/perangkat-daerah", form: form("nama", "Dinas \xff\x00 Baru", "jenis", "dinas"), status: 303, want: []string{"tersimpan"}},
		{name: "it is there", as: "admin", method: "GET", path: "/perangkat-daerah?tersimpan=1", status: 200, want: []string{"Baru", "Tersimpan."}},
	}},
	{name: "periods", requests: []request{
		{name: "the list", as: "operator", method: "GET", path: "/periode", status: 200, want: []string{"iid-2026"}, not: []string{"Buka periode baru"}},
		{name: "who may open sees the packs that are left", as: "brida", method: "GET", path: "/periode", status: 200, want: []string{`value="iid-2027"`, `value="iid-2023"`}, not: []string{`value="iid-2026"`}},
		{name: "nothing chosen", as: "brida", method: "POST", path: "/periode", status: 422, want: []string{`href="#paket"`}},
		{name: "a year that is open", as: "brida", method: "POST", path: "/periode", form: form("paket", "iid-2026"), status: 422, want: []string{"2026 sudah dibuka"}},
		{name: "opening", as: "brida", method: "POST", path: "/periode", form: form("paket", "iid-2023"), status: 303, want: []string{"/periode"}},
		{name: "a year of which only a part is known is called an estimate", as: "brida", method: "GET", path: "/indeks/2023", status: 200, want: []string{"Perkiraan", "63,00", "tidak ada syarat", "Disimpulkan"}},
	}},
	{name: "innovations", requests: []request{
		{name: "the list", as: "operator", method: "GET", path: "/inovasi", status: 200, want: []string{"rahasia-own"}, not: []string{"rahasia-other", "rahasia-away"}},
		{name: "the form chooses the only agency", as: "operator", method: "GET", path: "/inovasi/baru", status: 200, want: []string{`value="{agency}" selected`, "<optgroup"}, not: []string{"Dinas other"}},
		{name: "all mistakes at once", as: "operator", method: "POST", path: "/inovasi", form: form("uji", "kemarin", "terap", "31/02/2024"), status: 422, want: []string{`href="#perangkat"`, `href="#nama"`, `href="#urusan"`, `href="#uji"`, `href="#terap"`, `href="#rancang"`}},
		{name: "for another agency", as: "operator", method: "POST", path: "/inovasi", form: with(profile, "perangkat", "{other}"), status: 422, want: []string{`href="#perangkat"`, "Inovasi Baru"}, not: []string{`href="#nama"`}},
		{name: "dates the wrong way round", as: "operator", method: "POST", path: "/inovasi", form: with(profile, "uji", "2025-01-01"), status: 422, want: []string{`href="#terap"`}, not: []string{`href="#uji"`}},
		{name: "an affair in other letters", as: "operator", method: "POST", path: "/inovasi", form: with(profile, "urusan", "sosial"), status: 422, want: []string{`href="#urusan"`}},
		{name: "everything typed is kept", as: "operator", method: "POST", path: "/inovasi", form: with(profile, "nama", "", "rancang", "<script>alert(1)</script>"), status: 422, want: []string{"2024-05-06", "&lt;script&gt;"}, not: []string{"<script>alert"}},
		{name: "too long", as: "operator", method: "POST", path: "/inovasi", form: with(profile, "rancang", long), status: 422, want: []string{"60.000 huruf"}},
		{name: "much too long", as: "operator", method: "POST", path: "/inovasi", form: with(profile, "rancang", strings.Repeat(long, 20)), status: 413, want: []string{"terlalu panjang"}},
		{name: "registering", as: "operator", method: "POST", path: "/inovasi", form: with(profile, "nama", "Inovasi Terdaftar"), status: 303, want: []string{"/inovasi/", "tersimpan"}},
		{name: "weights and owners from outside are nothing", as: "operator", method: "POST", path: "/inovasi/{innovation}/ubah", form: with(profile, "versi", "2", "perangkat", "{other}", "region", "18.02", "maturity", "111"), status: 303, want: []string{"/inovasi/"}},
		{name: "the owner has stayed", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"Dinas own", "Inovasi Baru", "Dihitung pada periode 2026", "1 kata"}, not: []string{"Dinas other"}},
		{name: "the form to change it", as: "operator", method: "GET", path: "/inovasi/{innovation}/ubah", status: 200, want: []string{`value="2024-05-06"`, `name="versi" value="3"`}},
		{name: "somebody else was faster", as: "admin", method: "POST", path: "/inovasi/{innovation}/ubah", form: with(profile, "versi", "1", "nama", "Nama Lain"), status: 409, want: []string{`value="Nama Lain"`, "yang sudah tersimpan: Inovasi Baru", `name="versi" value="3"`}},
		{name: "BRIDA may look", as: "brida", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"Inovasi Baru"}, not: []string{"Ubah profil"}},
		{name: "without the day of application", as: "operator", method: "POST", path: "/inovasi/{innovation}/ubah", form: with(profile, "versi", "3", "uji", "", "terap", ""), status: 303, want: []string{"/inovasi/"}},
		{name: "that is what is missing, with the way to it", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"Waktu penerapan belum diisi.", `/ubah#terap"`, "Isi waktunya", "Belum dihitung pada periode 2026"}},
		{name: "BRIDA reads it, without the way", as: "brida", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"Waktu penerapan belum diisi."}, not: []string{`/ubah#terap"`}},
		{name: "a period that is not open", as: "operator", method: "GET", path: "/inovasi/{innovation}?periode=2031", status: 404, want: []string{"belum dibuka"}},
	}},
	{name: "answers", requests: []request{
		{name: "an indicator", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-16", status: 200, want: []string{"Surat rahasia-own", "6 poin", `value="2" checked`}},
		{name: "one with alternatives asks for the basis first", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-33", status: 200, want: []string{`name="dasar"`, `value="f"`, "Penerima manfaat"}, not: []string{`name="pilihan"`, `value="f:3"`}},
		{name: "then for the option", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-33?dasar=f", status: 200, want: []string{`value="f:3"`, "?dasar=\""}, not: []string{`value="a:1"`}},
		{name: "a basis that there is not", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-33?dasar=z", status: 200, want: []string{`name="dasar"`}, not: []string{`name="pilihan"`}},
		{name: "BRIDA may look and not change", as: "brida", method: "GET", path: "/inovasi/{innovation}/2026/SID-16", status: 200, want: []string{"Surat rahasia-own", "Peraturan Kepala Daerah"}, not: []string{`name="pilihan"`, "Lepas bukti"}},
		{name: "an unknown indicator", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-99", status: 404},
		{name: "one of the region", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SPD-01", status: 404},
		{name: "nothing chosen", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", status: 422, want: []string{`href="#pilihan"`}},
		{name: "an option that is not there", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", form: form("pilihan", "4"), status: 422, want: []string{`href="#pilihan"`}},
		{name: "a basis is missing", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-33", form: form("pilihan", "2"), status: 422, want: []string{`href="#pilihan"`, `value="a:1"`, `value="f:3"`}},
		{name: "only an answer", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-33", form: form("pilihan", "b:2"), status: 303, want: []string{"tersimpan"}},
		{name: "answered, and not proven", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"Tanpa bukti", "Belum ada bukti: 0 poin", "1 dari 20 selesai", "2 dijawab, 1 ada buktinya", "Cakupan unit", "Mengapa 6,00?"}},
		{name: "evidence with all that is wrong", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", form: form("pilihan", "9", "tanggal", "kapan"), file: "sk.exe", bytes: "MZ....", status: 422, want: []string{`href="#pilihan"`, `href="#nomor"`, `href="#tanggal"`, `href="#tentang"`, `href="#berkas"`, "sk.exe"}, not: []string{`name="terkirim"`}},
		{name: "an empty file", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", form: form("pilihan", "1", "tentang", "SK", "nomor", "1", "tanggal", "2025-01-01"), file: "sk.pdf", status: 422, want: []string{"Berkas kosong"}},
		{name: "a page that calls itself a document", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", form: form("pilihan", "1", "tentang", "SK", "nomor", "1", "tanggal", "2025-01-01"), file: "sk.pdf", bytes: "<html><script>", status: 422, want: []string{`href="#berkas"`}},
		{name: "a picture where only documents count", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", form: form("pilihan", "1", "tentang", "SK"), file: "foto.png", bytes: "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", status: 422, want: []string{`href="#berkas"`, "PDF"}},
		{name: "a file that is too large", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", form: form("pilihan", "1", "tentang", "SK", "nomor", "1", "tanggal", "2025-01-01"), file: "besar.pdf", bytes: "%PDF-1.7" + strings.Repeat("x", 1<<20), status: 422, want: []string{`href="#berkas"`, "terlalu besar", `value="SK"`}},
		{name: "the file of a refused form is kept", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", form: form("pilihan", "1", "nomor", "7/2025"), file: "../../sk\r\nbaru.pdf", bytes: "%PDF-1.7 isi", status: 422, want: []string{`name="terkirim"`, `value="7/2025"`, `href="#tentang"`, `href="#tanggal"`}, not: []string{"../", `href="#berkas"`}},
		{name: "a file that was never sent", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", form: form("pilihan", "1", "tentang", "SK", "nomor", "1", "tanggal", "2025-01-01", "terkirim", "x"), status: 422, want: []string{`href="#berkas"`}},
		{name: "an answer with its evidence", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", form: form("pilihan", "3", "tentang", "SK tim", "nomor", "1/2025", "tanggal", "14/3/2025"), file: "sk.pdf", bytes: "%PDF-1.7 isi", status: 303, want: []string{"tersimpan"}},
		{name: "it says what it was worth, and what is next", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-17?tersimpan=1", status: 200, want: []string{"Bukti tersimpan, +6 poin.", "sekarang 12,00.", "Berikutnya: <span lang=\"id\">35 ", `class="fresh"`, "2 dari 20 selesai"}, not: []string{"Tersimpan."}},
		{name: "to nobody else", as: "admin", method: "GET", path: "/inovasi/{innovation}/2026/SID-17?tersimpan=1", status: 200, want: []string{"Tersimpan."}, not: []string{"+6 poin.", `class="fresh"`}},
		{name: "nor by another address", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-17?tersimpan=1&poin=99", status: 200, want: []string{"Bukti tersimpan, +6 poin."}, not: []string{"+99"}},
		{name: "it counts", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"Mengapa 12,00?", "/indeks/2026/inovasi/", "Belum selesai 18", "paling banyak +93 lagi", "Lanjut: <span lang=\"id\">35 ", "Selesai 2", "12 poin dari 15", "Perubahan terakhir", "Orang operator"}},
		{name: "who may not change it is not sent on", as: "brida", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"paling banyak +93 lagi"}, not: []string{"Lanjut: "}},
		{name: "somebody else was faster", as: "admin", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", form: form("pilihan", "1", "versi", "0"), status: 409, want: []string{" menyimpan “", `name="versi" value="1"`, `value="1" checked`}},
		{name: "the file", as: "operator", method: "GET", path: "/bukti/{document}", status: 200, want: []string{"%PDF-1.7 rahasia-own"}},
		{name: "the file as a download", as: "operator", method: "GET", path: "/bukti/{document}?unduh", status: 200, want: []string{"%PDF-1.7 rahasia-own"}},
		{name: "an unknown file", as: "operator", method: "GET", path: "/bukti/tidak-ada", status: 404},
		{name: "taking evidence off", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-16/lepas", form: form("bukti", "{document}"), status: 303, want: []string{"tersimpan"}},
		{name: "it counts no more", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"Mengapa 6,00?"}},
		{name: "it can be undone", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-16?tersimpan=bukti-dilepas&urungkan={document}", status: 200, want: []string{"Bukti dilepas.", `/2026/SID-16/urungkan"`, "Urungkan"}, not: []string{"Tersimpan."}},
		{name: "not by others", as: "child", method: "POST", path: "/inovasi/{innovation}/2026/SID-16/urungkan", form: form("bukti", "{document}"), status: 404},
		{name: "undone", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-16/urungkan", form: form("bukti", "{document}"), status: 303, want: []string{"tersimpan=bukti-dipasang-lagi"}},
		{name: "it counts again", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"Mengapa 12,00?"}},
		{name: "undone twice, it leads to the first", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-16/urungkan", form: form("bukti", "{document}"), status: 303, want: []string{"tersimpan=bukti-dipasang-lagi"}},
		{name: "taking it off again", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-16/lepas", form: form("bukti", "{document}"), status: 303, want: []string{"tersimpan=bukti-dilepas"}},
		{name: "taking it off twice", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-16/lepas", form: form("bukti", "{document}"), status: 404},
		{name: "the file is still there", as: "operator", method: "GET", path: "/bukti/{document}", status: 200, want: []string{"%PDF-1.7 rahasia-own"}},
	}},
	{name: "evidence of every kind", requests: []request{
		{name: "a form for letters alone asks for no kind", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-17", status: 200, want: []string{`name="nomor"`, `name="penerbit"`, `name="pakai"`, "Surat rahasia-own", `name="selesai"`}, not: []string{`value="ya" checked`, `name="jenis"`, `name="alamat"`}},
		{name: "one for pictures alone asks for no number", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-25", status: 200, want: []string{`name="tentang"`, `name="berkas"`}, not: []string{`name="jenis"`, `name="nomor"`, `name="alamat"`, `name="pakai"`}},
		{name: "one for several kinds lets choose", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-26", status: 200, want: []string{`value="document"`, `value="photo"`, `value="link"`, `name="alamat"`, `name="nomor"`}, not: []string{`value="video"`}},
		{name: "a link that a browser would run", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-35", form: form("pilihan", "1", "jenis", "link", "tentang", "Laman", "alamat", "javascript:alert(1)", "selesai", "ya"), status: 422, want: []string{`href="#alamat"`, `value="javascript:alert(1)"`, `value="link" checked`, `value="ya" checked`}, not: []string{`href="javascript`}},
		{name: "a link", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-35", form: form("pilihan", "1", "jenis", "link", "tentang", "Laman resmi", "alamat", "https://satu.go.id/inovasi", "selesai", "ya"), status: 303, want: []string{"tersimpan"}},
		{name: "it is shown as text", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-35", status: 200, want: []string{"Laman resmi", "https://satu.go.id/inovasi"}, not: []string{`href="https://satu`, `name="selesai"`}},
		{name: "a document that is not there", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", form: form("pilihan", "1", "pakai", "x"), status: 422, want: []string{`href="#pakai"`}},
		{name: "a document that is there already", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", form: form("pilihan", "1", "pakai", "{document}", "selesai", "ya"), status: 303, want: []string{"tersimpan"}},
		{name: "it proves both", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"3 dari 20 selesai", "3 dijawab, 3 ada buktinya"}},
		{name: "on paper", as: "operator", method: "GET", path: "/inovasi/{innovation}/cetak", status: 200, want: []string{"Dinas own", "Surat rahasia-own, nomor 1/rahasia-own, 2 Januari 2025", "Laman resmi, https://satu.go.id/inovasi", "WIB", "Tanda tangan", "NIP", "3 dari 20 selesai"}, not: []string{"rahasia-other"}},
		{name: "on paper of a period that is not open", as: "operator", method: "GET", path: "/inovasi/{innovation}/cetak?periode=2031", status: 404},
		{name: "a stranger prints nothing", as: "outsider", method: "GET", path: "/inovasi/{innovation}/cetak", status: 404, not: []string{"rahasia"}},
	}},
	{name: "a closed period", requests: []request{
		{name: "a window that is still open", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("buka_tanggal", "2026-01-01", "buka_jam", "08.00", "tutup_tanggal", "2099-01-01", "tutup_jam", "16.00", "catatan", ""), status: 303},
		{name: "answers are taken", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-17", status: 200, want: []string{`name="pilihan"`}, not: []string{"ditutup"}},
		{name: "a window that has ended", as: "brida", method: "POST", path: "/periode/2026/ubah", form: form("buka_tanggal", "2020-01-01", "buka_jam", "08.00", "tutup_tanggal", "2021-01-02", "tutup_jam", "16.00", "catatan", "", "versi", "1"), status: 303},
		{name: "the page says since when", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-17", status: 200, want: []string{"habis sejak 2 Januari 2021 pukul 16.00 WIB"}, not: []string{`name="pilihan"`, "Lepas bukti"}},
		{name: "who could not answer anyway is told nothing", as: "brida", method: "GET", path: "/inovasi/{innovation}/2026/SID-17", status: 200, not: []string{"habis sejak"}},
		{name: "an answer is refused, and what was typed comes back", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-17", form: form("pilihan", "1", "nomor", "77/2025", "tentang", "SK tim"), file: "sk.pdf", bytes: "%PDF-1.7 isi", status: 409, want: []string{"habis sejak", `value="77/2025"`, `value="1" checked`}, not: []string{`name="terkirim"`}},
		{name: "taking off is refused", as: "operator", method: "POST", path: "/inovasi/{innovation}/2026/SID-16/lepas", form: form("bukti", "{document}"), status: 409},
		{name: "nothing has changed", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"Mengapa 6,00?"}},
	}},
	{name: "the page of openings", requests: []request{
		{name: "nobody yet", as: "brida", method: "GET", path: "/bukti/{document}/dibuka", status: 200, want: []string{"Belum pernah dibuka"}},
		{name: "opening", as: "operator", method: "GET", path: "/bukti/{document}", status: 200, want: []string{"%PDF-1.7 rahasia-own"}},
		{name: "a page to give a reason", as: "operator", method: "GET", path: "/bukti/{document}/alasan", status: 200, want: []string{`name="alasan"`, "Surat rahasia-own"}},
		{name: "no reason", as: "operator", method: "POST", path: "/bukti/{document}/alasan", form: form("alasan", " "), status: 422, want: []string{`href="#alasan"`}},
		{name: "a reason", as: "operator", method: "POST", path: "/bukti/{document}/alasan", form: form("alasan", "Rapat <anggaran>"), status: 303, want: []string{"/bukti/{document}"}},
		{name: "BRIDA reads who and why", as: "brida", method: "GET", path: "/bukti/{document}/dibuka", status: 200, want: []string{"Orang operator", "Rapat &lt;anggaran&gt;", "WIB"}},
		{name: "the operator does not", as: "operator", method: "GET", path: "/bukti/{document}/dibuka", status: 403, not: []string{"anggaran"}},
		{name: "a page that is not there", as: "brida", method: "GET", path: "/bukti/{document}/dibuka?halaman=2", status: 404},
		{name: "a page that is no number", as: "brida", method: "GET", path: "/bukti/{document}/dibuka?halaman=x", status: 404},
	}},
	{name: "the form of guidance", requests: []request{
		{name: "none yet", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-16", status: 200, not: []string{"Panduan BRIDA", "Ubah panduan"}},
		{name: "BRIDA finds where to write it", as: "brida", method: "GET", path: "/inovasi/{innovation}/2026/SID-16", status: 200, want: []string{"/panduan/2026/SID-16", "/bukti/{document}/dibuka"}},
		{name: "the form", as: "brida", method: "GET", path: "/panduan/2026/SID-16", status: 200, want: []string{`name="versi" value="0"`, "Regulasi Inovasi Daerah"}},
		{name: "too long", as: "brida", method: "POST", path: "/panduan/2026/SID-16", form: form("panduan", strings.Repeat("x", 4001), "versi", "0"), status: 422, want: []string{`href="#panduan"`}},
		{name: "saving", as: "brida", method: "POST", path: "/panduan/2026/SID-16", form: form("panduan", "Lampirkan <SK>", "versi", "0"), status: 303, want: []string{"/panduan/2026/SID-16?tersimpan"}},
		{name: "all read it", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-16", status: 200, want: []string{"Panduan BRIDA", "Lampirkan &lt;SK&gt;"}, not: []string{"Ubah panduan", "Lampirkan <SK>"}},
		{name: "somebody else was faster", as: "admin", method: "POST", path: "/panduan/2026/SID-16", form: form("panduan", "Teks saya", "versi", "0"), status: 409, want: []string{" menyimpan “", "Teks saya", "Lampirkan &lt;SK&gt;", `name="versi" value="1"`}},
		{name: "the operator does not write it", as: "operator", method: "POST", path: "/panduan/2026/SID-16", form: form("panduan", "Lain", "versi", "1"), status: 403},
		{name: "of an indicator that is not there", as: "brida", method: "GET", path: "/panduan/2026/SID-99", status: 404},
		{name: "of a period that is not open", as: "brida", method: "GET", path: "/panduan/2031/SID-16", status: 404},
	}},
	{name: "how the system is", requests: []request{
		{name: "for the admin", as: "admin", method: "GET", path: "/keadaan", status: 200, want: []string{"Keadaan sistem", "{engine}", "Menjawab", "2 berkas di cakram, ", "Tanpa kuota; terpakai", "program mengenal sampai", "Terakhir dijalankan", "WIB", `href="/keadaan"`}, not: []string{"rahasia"}},
		{name: "for nobody else", as: "brida", method: "GET", path: "/keadaan", status: 403, not: []string{"SQLite", `href="/keadaan"`}},
		{name: "nor a visitor", method: "GET", path: "/keadaan", status: 303, want: []string{"/masuk"}},
		{name: "a job that is not there", as: "admin", method: "POST", path: "/keadaan/pekerjaan/99/coba-lagi", status: 404},
		{name: "a job that is none", as: "admin", method: "POST", path: "/keadaan/pekerjaan/x/coba-lagi", status: 404},
		{name: "jobs are the admin's", as: "brida", method: "POST", path: "/keadaan/pekerjaan/99/coba-lagi", status: 403},
	}},
}

func allScenarios() []scenario {
	return slices.Concat(scenarios, peopleScenarios, agencyScenarios, periodScenarios, innovationScenarios, evidenceScenarios, endorsementScenarios, regionalScenarios, dataRequestScenarios,
		homeScenarios, boardScenarios, sampleScenarios, indexScenarios, fileScenarios, reportScenarios, logScenarios)
}

// Every route is requested, and scenario names are unique, so that a failure names
// one.
func TestScenariosAskForEveryRoute(t *testing.T) {
	unasked := map[string]bool{}
	site, err := world.Empty(t).Site(true)
	world.Must(t, err)
	mux := http.NewServeMux()
	site.Routes(func(pattern string, _ httpx.Handler, _ may.Who, _ ...httpx.Option) {
		unasked[pattern] = true
		mux.Handle(pattern, http.NotFoundHandler())
	})
	seen := map[string]bool{}
	for _, s := range allScenarios() {
		if s.name == "" || seen[s.name] || len(s.requests) == 0 {
			t.Errorf("scenario %q has no name of its own, or no requests", s.name)
		}
		seen[s.name] = true
		for _, r := range s.requests {
			path := strings.NewReplacer("{", "", "}", "").Replace(r.path)
			_, pattern := mux.Handler(httptest.NewRequestWithContext(t.Context(), r.method, path, nil))
			delete(unasked, pattern)
		}
	}
	for pattern := range unasked {
		t.Errorf("no scenario asks for %s", pattern)
	}
}

// Every scenario runs in its own world, on both engines.
func TestScenarios(t *testing.T) {
	rows := 0
	for _, s := range allScenarios() {
		rows += len(s.requests)
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			world.Each(t, func(t *testing.T, w *world.Regions) {
				handler := world.Pages(t, w.Program)
				about, err := w.DB.About(t.Context())
				world.Must(t, err)
				for _, r := range s.requests {
					r.want = slices.Clone(r.want)
					for i, want := range r.want {
						r.want[i] = strings.NewReplacer("{agency}", w.IDs["own"].Agency, "{document}", w.IDs["own"].Document, "{request}", w.LastRequest(t), "{issued}", w.LastIssued(t).ID, "{engine}", about.Name).Replace(want)
					}
					r.check(t, send(t, w, handler, r))
				}
			})
		})
	}
	t.Logf("%d scenarios of %d requests, on each engine", len(allScenarios()), rows)
}

// A form that comes from a page of another site is refused, with or without a session.
func TestOtherSitesSendNothing(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/perangkat-daerah", strings.NewReader("nama=Dinas+Palsu&jenis=dinas"))
	r.Host = world.HomeHost
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.AddCookie(&http.Cookie{Name: "sesi", Value: w.People["admin"]})
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, r)
	if answer.Code != http.StatusForbidden || !strings.Contains(answer.Body.String(), "situs lain") {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	if list := w.Ask(t, handler, "admin", http.MethodGet, "/perangkat-daerah", "").Body.String(); strings.Contains(list, "Palsu") {
		t.Error("the agency was added all the same")
	}
}

// A host name without a region gets a message and nothing else.
func TestUnknownHost(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/masuk", nil)
	r.Host = "lain.example"
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, r)
	if answer.Code != http.StatusNotFound || strings.Contains(answer.Body.String(), "Kabupaten") {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
}
