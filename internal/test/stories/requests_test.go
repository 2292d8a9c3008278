package stories

import (
	"bytes"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/report"
	"siida.id/internal/test/world"
)

// request is one whole request and what must be true of its answer. Those of a
// story follow one another in one world.
type request struct {
	name   string
	as     string // persona; empty is a visitor
	method string
	path   string // with {innovation} and {document} for those of the own agency
	form   url.Values
	file   string // its name, for a form with a file
	bytes  string
	status int
	want   []string // each in the body or in Location
	not    []string // none in either
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
	part, err := parts.CreateFormFile("berkas", r.file)
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
	told := answer.Header().Get("Location") + "\n" + answer.Body.String()
	if answer.Code != r.status {
		t.Errorf("%s: status %d, want %d: %s", r.name, answer.Code, r.status, told)
		return
	}
	for _, want := range r.want {
		if !strings.Contains(told, want) {
			t.Errorf("%s: lacks %q: %s", r.name, want, told)
		}
	}
	for _, not := range r.not {
		if strings.Contains(told, not) {
			t.Errorf("%s: shows %q: %s", r.name, not, told)
		}
	}
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

// stories go over every route, with those of the files beside this one;
// TestRequests fails for a route that none asks for.
var stories = map[string][]request{
	"coming in": {
		{"the front page leads a visitor to the sign-in page", "", "GET", "/", nil, "", "", 303, []string{"/masuk"}, []string{"/inovasi"}},
		{"the sign-in page", "", "GET", "/masuk?ke=/indeks", nil, "", "", 200, []string{`value="/indeks"`, "Kata sandi"}, []string{"rahasia", "Orang operator"}},
		{"a link to another site is not followed", "", "GET", "/masuk?ke=//jahat.example", nil, "", "", 200, []string{`name="ke" value="/">`}, []string{`value="//jahat`, `href="//jahat`}},
		{"wrong password", "", "POST", "/masuk", form("nama", "operator", "sandi", "salah"), "", "", 422, []string{`value="operator"`, "Perlu diperbaiki"}, []string{"salah", "Orang operator"}},
		{"unknown name", "", "POST", "/masuk", form("nama", "tidak.ada", "sandi", "salah"), "", "", 422, []string{`value="tidak.ada"`}, []string{`value="salah"`}},
		{"nothing typed", "", "POST", "/masuk", nil, "", "", 422, []string{"Perlu diperbaiki"}, nil},
		{"signing in", "", "POST", "/masuk", form("nama", "operator", "sandi", world.Passphrase, "ke", "/indeks"), "", "", 303, []string{"/indeks"}, nil},
		{"signed in already", "operator", "GET", "/masuk", nil, "", "", 303, []string{"/"}, nil},
		{"a used link for the first administrator", "", "GET", "/mulai/tidak-berlaku", nil, "", "", 404, []string{"siida serve"}, []string{"Kata sandi"}},
		{"the same with a form", "", "POST", "/mulai/tidak-berlaku", form("nama", "siapa"), "", "", 404, nil, []string{"siapa"}},
		{"another language", "", "POST", "/bahasa", form("bahasa", "en", "ke", "/masuk"), "", "", 303, []string{"/masuk"}, nil},
		{"another language, and another site", "", "POST", "/bahasa", form("bahasa", "en", "ke", "https://jahat.example"), "", "", 303, []string{"/"}, []string{"jahat"}},
		{"a language that nobody speaks here", "", "POST", "/bahasa", form("bahasa", "xx"), "", "", 404, nil, nil},
		{"the components", "", "GET", "/dev/komponen", nil, "", "", 200, []string{"Komponen"}, nil},
		{"a page that does not exist", "", "GET", "/tidak-ada", nil, "", "", 404, []string{"tidak ditemukan"}, nil},
		{"an address that is no text", "operator", "GET", "/inovasi/%00", nil, "", "", 404, []string{"tidak ditemukan"}, nil},
		{"an address that is no Unicode", "operator", "GET", "/inovasi/%ff%fe", nil, "", "", 404, []string{"tidak ditemukan"}, nil},
		{"a method that does not exist", "operator", "DELETE", "/inovasi/{innovation}", nil, "", "", 404, nil, []string{"rahasia-own"}},
		{"signing out", "operator", "POST", "/keluar", nil, "", "", 303, []string{"/masuk"}, nil},
		{"the session has ended", "operator", "GET", "/inovasi", nil, "", "", 303, []string{"/masuk?ke=%2Finovasi"}, nil},
	},
	"agencies": {
		{"the list", "operator", "GET", "/perangkat-daerah", nil, "", "", 200, []string{"Dinas own", "Dinas other"}, []string{"Dinas away", "/perangkat-daerah/baru"}},
		{"an admin may add", "admin", "GET", "/perangkat-daerah", nil, "", "", 200, []string{"/perangkat-daerah/baru"}, nil},
		{"the form", "admin", "GET", "/perangkat-daerah/baru", nil, "", "", 200, []string{"Kecamatan"}, nil},
		{"all mistakes at once", "admin", "POST", "/perangkat-daerah", nil, "", "", 422, []string{`href="#nama"`, `href="#jenis"`}, nil},
		{"an unknown kind", "admin", "POST", "/perangkat-daerah", form("nama", "Dinas <b>", "jenis", "raja"), "", "", 422, []string{"Dinas &lt;b&gt;", `href="#jenis"`}, []string{`href="#nama"`, "<b>"}},
		{"a name that is taken", "admin", "POST", "/perangkat-daerah", form("nama", "  DINAS   own ", "jenis", "dinas"), "", "", 422, []string{"sudah terdaftar"}, nil},
		{"a name that is too long", "admin", "POST", "/perangkat-daerah", form("nama", strings.Repeat("n", 201), "jenis", "dinas"), "", "", 422, []string{"200 huruf"}, nil},
		{"a name that is no Unicode", "admin", "POST", "/perangkat-daerah", form("nama", "Dinas \xff\x00 Baru", "jenis", "dinas"), "", "", 303, []string{"tersimpan"}, nil},
		{"it is there", "admin", "GET", "/perangkat-daerah?tersimpan=1", nil, "", "", 200, []string{"Baru", "Tersimpan."}, nil},
	},
	"periods": {
		{"the list", "operator", "GET", "/periode", nil, "", "", 200, []string{"iid-2026"}, []string{"Buka periode baru"}},
		{"who may open sees the packs that are left", "brida", "GET", "/periode", nil, "", "", 200, []string{`value="iid-2027"`, `value="iid-2023"`}, []string{`value="iid-2026"`}},
		{"nothing chosen", "brida", "POST", "/periode", nil, "", "", 422, []string{`href="#paket"`}, nil},
		{"a year that is open", "brida", "POST", "/periode", form("paket", "iid-2026"), "", "", 422, []string{"2026 sudah dibuka"}, nil},
		{"opening", "brida", "POST", "/periode", form("paket", "iid-2023"), "", "", 303, []string{"/periode"}, nil},
		{"a year of which only a part is known is called an estimate", "brida", "GET", "/indeks/2023", nil, "", "", 200, []string{"Perkiraan", "63,00", "tidak ada syarat", "Disimpulkan"}, nil},
	},
	"innovations": {
		{"the list", "operator", "GET", "/inovasi", nil, "", "", 200, []string{"rahasia-own"}, []string{"rahasia-other", "rahasia-away"}},
		{"the form chooses the only agency", "operator", "GET", "/inovasi/baru", nil, "", "", 200, []string{`value="{agency}" selected`, "<optgroup"}, []string{"Dinas other"}},
		{"all mistakes at once", "operator", "POST", "/inovasi", form("uji", "kemarin", "terap", "31/02/2024"), "", "", 422, []string{`href="#perangkat"`, `href="#nama"`, `href="#urusan"`, `href="#uji"`, `href="#terap"`, `href="#rancang"`}, nil},
		{"for another agency", "operator", "POST", "/inovasi", with(profile, "perangkat", "{other}"), "", "", 422, []string{`href="#perangkat"`, "Inovasi Baru"}, []string{`href="#nama"`}},
		{"dates the wrong way round", "operator", "POST", "/inovasi", with(profile, "uji", "2025-01-01"), "", "", 422, []string{`href="#terap"`}, []string{`href="#uji"`}},
		{"an affair in other letters", "operator", "POST", "/inovasi", with(profile, "urusan", "sosial"), "", "", 422, []string{`href="#urusan"`}, nil},
		{"everything typed is kept", "operator", "POST", "/inovasi", with(profile, "nama", "", "rancang", "<script>alert(1)</script>"), "", "", 422, []string{"2024-05-06", "&lt;script&gt;"}, []string{"<script>alert"}},
		{"too long", "operator", "POST", "/inovasi", with(profile, "rancang", long), "", "", 422, []string{"60.000 huruf"}, nil},
		{"much too long", "operator", "POST", "/inovasi", with(profile, "rancang", strings.Repeat(long, 20)), "", "", 413, []string{"terlalu panjang"}, nil},
		{"registering", "operator", "POST", "/inovasi", profile, "", "", 303, []string{"/inovasi/", "tersimpan"}, nil},
		{"weights and owners from outside are nothing", "operator", "POST", "/inovasi/{innovation}/ubah", with(profile, "versi", "2", "perangkat", "{other}", "region", "18.02", "maturity", "111"), "", "", 303, []string{"/inovasi/"}, nil},
		{"the owner has stayed", "operator", "GET", "/inovasi/{innovation}", nil, "", "", 200, []string{"Dinas own", "Inovasi Baru", "Dihitung pada periode 2026", "1 kata"}, []string{"Dinas other"}},
		{"the form to change it", "operator", "GET", "/inovasi/{innovation}/ubah", nil, "", "", 200, []string{`value="2024-05-06"`, `name="versi" value="3"`}, nil},
		{"somebody else was faster", "admin", "POST", "/inovasi/{innovation}/ubah", with(profile, "versi", "1", "nama", "Nama Lain"), "", "", 409, []string{`value="Nama Lain"`, "yang sudah tersimpan: Inovasi Baru", `name="versi" value="3"`}, nil},
		{"BRIDA may look", "brida", "GET", "/inovasi/{innovation}", nil, "", "", 200, []string{"Inovasi Baru"}, []string{"Ubah profil"}},
		{"a period that is not open", "operator", "GET", "/inovasi/{innovation}?periode=2031", nil, "", "", 404, []string{"belum dibuka"}, nil},
	},
	"answers": {
		{"an indicator", "operator", "GET", "/inovasi/{innovation}/2026/SID-16", nil, "", "", 200, []string{"Surat rahasia-own", "6 poin", `value="2" checked`}, nil},
		{"one with alternatives asks for the basis first", "operator", "GET", "/inovasi/{innovation}/2026/SID-33", nil, "", "", 200, []string{`name="dasar"`, `value="f"`, "Penerima manfaat"}, []string{`name="pilihan"`, `value="f:3"`}},
		{"then for the option", "operator", "GET", "/inovasi/{innovation}/2026/SID-33?dasar=f", nil, "", "", 200, []string{`value="f:3"`, "?dasar=\""}, []string{`value="a:1"`}},
		{"a basis that there is not", "operator", "GET", "/inovasi/{innovation}/2026/SID-33?dasar=z", nil, "", "", 200, []string{`name="dasar"`}, []string{`name="pilihan"`}},
		{"BRIDA may look and not change", "brida", "GET", "/inovasi/{innovation}/2026/SID-16", nil, "", "", 200, []string{"Surat rahasia-own", "Peraturan Kepala Daerah"}, []string{`name="pilihan"`, "Lepas bukti"}},
		{"an unknown indicator", "operator", "GET", "/inovasi/{innovation}/2026/SID-99", nil, "", "", 404, nil, nil},
		{"one of the region", "operator", "GET", "/inovasi/{innovation}/2026/SPD-01", nil, "", "", 404, nil, nil},
		{"nothing chosen", "operator", "POST", "/inovasi/{innovation}/2026/SID-17", nil, "", "", 422, []string{`href="#pilihan"`}, nil},
		{"an option that is not there", "operator", "POST", "/inovasi/{innovation}/2026/SID-17", form("pilihan", "4"), "", "", 422, []string{`href="#pilihan"`}, nil},
		{"a basis is missing", "operator", "POST", "/inovasi/{innovation}/2026/SID-33", form("pilihan", "2"), "", "", 422, []string{`href="#pilihan"`, `value="a:1"`, `value="f:3"`}, nil},
		{"only an answer", "operator", "POST", "/inovasi/{innovation}/2026/SID-33", form("pilihan", "b:2"), "", "", 303, []string{"tersimpan"}, nil},
		{"answered, and not proven", "operator", "GET", "/inovasi/{innovation}", nil, "", "", 200, []string{"Sebagian", "Tanpa bukti: 0 poin", "0 dari 20 selesai", "bukti 1 dari 2", "Cakupan unit", "6,00 dari 111,00"}, nil},
		{"evidence with all that is wrong", "operator", "POST", "/inovasi/{innovation}/2026/SID-17", form("pilihan", "9", "tanggal", "kapan"), "sk.exe", "MZ....", 422, []string{`href="#pilihan"`, `href="#nomor"`, `href="#tanggal"`, `href="#tentang"`, `href="#berkas"`, "sk.exe"}, []string{`name="terkirim"`}},
		{"an empty file", "operator", "POST", "/inovasi/{innovation}/2026/SID-17", form("pilihan", "1", "tentang", "SK", "nomor", "1", "tanggal", "2025-01-01"), "sk.pdf", "", 422, []string{"Berkas kosong"}, nil},
		{"a page that calls itself a document", "operator", "POST", "/inovasi/{innovation}/2026/SID-17", form("pilihan", "1", "tentang", "SK", "nomor", "1", "tanggal", "2025-01-01"), "sk.pdf", "<html><script>", 422, []string{`href="#berkas"`}, nil},
		{"a picture where only documents count", "operator", "POST", "/inovasi/{innovation}/2026/SID-17", form("pilihan", "1", "tentang", "SK"), "foto.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 422, []string{`href="#berkas"`, "PDF"}, nil},
		{"a file that is too large", "operator", "POST", "/inovasi/{innovation}/2026/SID-17", form("pilihan", "1", "tentang", "SK", "nomor", "1", "tanggal", "2025-01-01"), "besar.pdf", "%PDF-1.7" + strings.Repeat("x", 1<<20), 422, []string{`href="#berkas"`, "terlalu besar", `value="SK"`}, nil},
		{"the file of a refused form is kept", "operator", "POST", "/inovasi/{innovation}/2026/SID-17", form("pilihan", "1", "nomor", "7/2025"), "../../sk\r\nbaru.pdf", "%PDF-1.7 isi", 422, []string{`name="terkirim"`, `value="7/2025"`, `href="#tentang"`, `href="#tanggal"`}, []string{"../", `href="#berkas"`}},
		{"a file that was never sent", "operator", "POST", "/inovasi/{innovation}/2026/SID-17", form("pilihan", "1", "tentang", "SK", "nomor", "1", "tanggal", "2025-01-01", "terkirim", "x"), "", "", 422, []string{`href="#berkas"`}, nil},
		{"an answer with its evidence", "operator", "POST", "/inovasi/{innovation}/2026/SID-17", form("pilihan", "3", "tentang", "SK tim", "nomor", "1/2025", "tanggal", "14/3/2025"), "sk.pdf", "%PDF-1.7 isi", 303, []string{"tersimpan"}, nil},
		{"it counts", "operator", "GET", "/inovasi/{innovation}", nil, "", "", 200, []string{"12,00 dari 111,00"}, nil},
		{"somebody else was faster", "admin", "POST", "/inovasi/{innovation}/2026/SID-17", form("pilihan", "1", "versi", "0"), "", "", 409, []string{"baru saja menjawab", `name="versi" value="1"`, `value="1" checked`}, nil},
		{"the file", "operator", "GET", "/bukti/{document}", nil, "", "", 200, []string{"%PDF-1.7 rahasia-own"}, nil},
		{"an unknown file", "operator", "GET", "/bukti/tidak-ada", nil, "", "", 404, nil, nil},
		{"taking evidence off", "operator", "POST", "/inovasi/{innovation}/2026/SID-16/lepas", form("bukti", "{document}"), "", "", 303, []string{"tersimpan"}, nil},
		{"it counts no more", "operator", "GET", "/inovasi/{innovation}", nil, "", "", 200, []string{"6,00 dari 111,00"}, nil},
		{"taking it off twice", "operator", "POST", "/inovasi/{innovation}/2026/SID-16/lepas", form("bukti", "{document}"), "", "", 404, nil, nil},
		{"the file is still there", "operator", "GET", "/bukti/{document}", nil, "", "", 200, []string{"%PDF-1.7 rahasia-own"}, nil},
	},
	"evidence of every kind": {
		{"a form for letters alone asks for no kind", "operator", "GET", "/inovasi/{innovation}/2026/SID-17", nil, "", "", 200, []string{`name="nomor"`, `name="penerbit"`, `name="pakai"`, "Surat rahasia-own", `value="nanti" checked`}, []string{`name="jenis"`, `name="alamat"`}},
		{"one for pictures alone asks for no number", "operator", "GET", "/inovasi/{innovation}/2026/SID-25", nil, "", "", 200, []string{`name="tentang"`, `name="berkas"`}, []string{`name="jenis"`, `name="nomor"`, `name="alamat"`, `name="pakai"`}},
		{"one for several kinds lets choose", "operator", "GET", "/inovasi/{innovation}/2026/SID-26", nil, "", "", 200, []string{`value="document"`, `value="photo"`, `value="link"`, `name="alamat"`, `name="nomor"`}, []string{`value="video"`}},
		{"a link that a browser would run", "operator", "POST", "/inovasi/{innovation}/2026/SID-35", form("pilihan", "1", "jenis", "link", "tentang", "Laman", "alamat", "javascript:alert(1)", "selesai", "ya"), "", "", 422, []string{`href="#alamat"`, `value="javascript:alert(1)"`, `value="link" checked`, `value="ya" checked`}, []string{`href="javascript`}},
		{"a link", "operator", "POST", "/inovasi/{innovation}/2026/SID-35", form("pilihan", "1", "jenis", "link", "tentang", "Laman resmi", "alamat", "https://satu.go.id/inovasi", "selesai", "ya"), "", "", 303, []string{"tersimpan"}, nil},
		{"it is shown as text", "operator", "GET", "/inovasi/{innovation}/2026/SID-35", nil, "", "", 200, []string{"Laman resmi", "https://satu.go.id/inovasi", `value="ya" checked`}, []string{`href="https://satu`}},
		{"a document that is not there", "operator", "POST", "/inovasi/{innovation}/2026/SID-17", form("pilihan", "1", "pakai", "x"), "", "", 422, []string{`href="#pakai"`}, nil},
		{"a document that is there already", "operator", "POST", "/inovasi/{innovation}/2026/SID-17", form("pilihan", "1", "pakai", "{document}", "selesai", "ya"), "", "", 303, []string{"tersimpan"}, nil},
		{"it proves both", "operator", "GET", "/inovasi/{innovation}", nil, "", "", 200, []string{"2 dari 20 selesai", "bukti 3 dari 3"}, nil},
		{"on paper", "operator", "GET", "/inovasi/{innovation}/cetak", nil, "", "", 200, []string{"Dinas own", "Surat rahasia-own, nomor 1/rahasia-own, 2 Januari 2025", "Laman resmi, https://satu.go.id/inovasi", "WIB", "Tanda tangan", "NIP", "2 dari 20 selesai"}, []string{"rahasia-other"}},
		{"on paper of a period that is not open", "operator", "GET", "/inovasi/{innovation}/cetak?periode=2031", nil, "", "", 404, nil, nil},
		{"a stranger prints nothing", "outsider", "GET", "/inovasi/{innovation}/cetak", nil, "", "", 404, nil, []string{"rahasia"}},
	},
	"a closed period": {
		{"a window that is still open", "brida", "POST", "/periode/2026/ubah", form("buka_tanggal", "2026-01-01", "buka_jam", "08.00", "tutup_tanggal", "2099-01-01", "tutup_jam", "16.00", "catatan", ""), "", "", 303, nil, nil},
		{"answers are taken", "operator", "GET", "/inovasi/{innovation}/2026/SID-17", nil, "", "", 200, []string{`name="pilihan"`}, []string{"ditutup"}},
		{"a window that has ended", "brida", "POST", "/periode/2026/ubah", form("buka_tanggal", "2020-01-01", "buka_jam", "08.00", "tutup_tanggal", "2021-01-02", "tutup_jam", "16.00", "catatan", "", "versi", "1"), "", "", 303, nil, nil},
		{"the page says since when", "operator", "GET", "/inovasi/{innovation}/2026/SID-17", nil, "", "", 200, []string{"habis sejak 2 Januari 2021 pukul 16.00 WIB"}, []string{`name="pilihan"`, "Lepas bukti"}},
		{"who could not answer anyway is told nothing", "brida", "GET", "/inovasi/{innovation}/2026/SID-17", nil, "", "", 200, nil, []string{"habis sejak"}},
		{"an answer is refused, and what was typed comes back", "operator", "POST", "/inovasi/{innovation}/2026/SID-17", form("pilihan", "1", "nomor", "77/2025", "tentang", "SK tim"), "sk.pdf", "%PDF-1.7 isi", 409, []string{"habis sejak", `value="77/2025"`, `value="1" checked`}, []string{`name="terkirim"`}},
		{"taking off is refused", "operator", "POST", "/inovasi/{innovation}/2026/SID-16/lepas", form("bukti", "{document}"), "", "", 409, nil, nil},
		{"nothing has changed", "operator", "GET", "/inovasi/{innovation}", nil, "", "", 200, []string{"6,00 dari 111,00"}, nil},
	},
	"openings": {
		{"nobody yet", "brida", "GET", "/bukti/{document}/dibuka", nil, "", "", 200, []string{"Belum pernah dibuka"}, nil},
		{"opening", "operator", "GET", "/bukti/{document}", nil, "", "", 200, []string{"%PDF-1.7 rahasia-own"}, nil},
		{"a page to give a reason", "operator", "GET", "/bukti/{document}/alasan", nil, "", "", 200, []string{`name="alasan"`, "Surat rahasia-own"}, nil},
		{"no reason", "operator", "POST", "/bukti/{document}/alasan", form("alasan", " "), "", "", 422, []string{`href="#alasan"`}, nil},
		{"a reason", "operator", "POST", "/bukti/{document}/alasan", form("alasan", "Rapat <anggaran>"), "", "", 303, []string{"/bukti/{document}"}, nil},
		{"BRIDA reads who and why", "brida", "GET", "/bukti/{document}/dibuka", nil, "", "", 200, []string{"Orang operator", "Rapat &lt;anggaran&gt;", "WIB"}, nil},
		{"the operator does not", "operator", "GET", "/bukti/{document}/dibuka", nil, "", "", 403, nil, []string{"anggaran"}},
		{"a page that is not there", "brida", "GET", "/bukti/{document}/dibuka?halaman=2", nil, "", "", 404, nil, nil},
		{"a page that is no number", "brida", "GET", "/bukti/{document}/dibuka?halaman=x", nil, "", "", 404, nil, nil},
	},
	"guidance": {
		{"none yet", "operator", "GET", "/inovasi/{innovation}/2026/SID-16", nil, "", "", 200, nil, []string{"Panduan BRIDA", "Ubah panduan"}},
		{"BRIDA finds where to write it", "brida", "GET", "/inovasi/{innovation}/2026/SID-16", nil, "", "", 200, []string{"/panduan/2026/SID-16", "/bukti/{document}/dibuka"}, nil},
		{"the form", "brida", "GET", "/panduan/2026/SID-16", nil, "", "", 200, []string{`name="versi" value="0"`, "Regulasi Inovasi Daerah"}, nil},
		{"too long", "brida", "POST", "/panduan/2026/SID-16", form("panduan", strings.Repeat("x", 4001), "versi", "0"), "", "", 422, []string{`href="#panduan"`}, nil},
		{"saving", "brida", "POST", "/panduan/2026/SID-16", form("panduan", "Lampirkan <SK>", "versi", "0"), "", "", 303, []string{"/panduan/2026/SID-16?tersimpan"}, nil},
		{"all read it", "operator", "GET", "/inovasi/{innovation}/2026/SID-16", nil, "", "", 200, []string{"Panduan BRIDA", "Lampirkan &lt;SK&gt;"}, []string{"Ubah panduan", "Lampirkan <SK>"}},
		{"somebody else was faster", "admin", "POST", "/panduan/2026/SID-16", form("panduan", "Teks saya", "versi", "0"), "", "", 409, []string{"baru saja mengubah", "Teks saya", "Lampirkan &lt;SK&gt;", `name="versi" value="1"`}, nil},
		{"the operator does not write it", "operator", "POST", "/panduan/2026/SID-16", form("panduan", "Lain", "versi", "1"), "", "", 403, nil, nil},
		{"of an indicator that is not there", "brida", "GET", "/panduan/2026/SID-99", nil, "", "", 404, nil, nil},
		{"of a period that is not open", "brida", "GET", "/panduan/2031/SID-16", nil, "", "", 404, nil, nil},
	},
	"how the system is": {
		{"for the admin", "admin", "GET", "/keadaan", nil, "", "", 200, []string{"Keadaan sistem", "SQLite 3.", "Menjawab", "2 berkas, ", "program mengenal sampai", "Terakhir dijalankan", "WIB", `href="/keadaan"`}, []string{"rahasia"}},
		{"for nobody else", "brida", "GET", "/keadaan", nil, "", "", 403, nil, []string{"SQLite", `href="/keadaan"`}},
		{"nor a visitor", "", "GET", "/keadaan", nil, "", "", 303, []string{"/masuk"}, nil},
	},
}

func allStories() map[string][]request {
	all := maps.Clone(stories)
	for _, more := range []map[string][]request{peopleStories, agencyStories, periodStories, innovationStories, evidenceStories, endorsementStories, regionalStories, dataRequestStories, homeStories, sampleStories, indexStories, fileStories, reportStories} {
		maps.Copy(all, more)
	}
	return all
}

func TestRequests(t *testing.T) {
	unasked := map[string]bool{}
	site, err := world.Empty(t).Site(true)
	world.Must(t, err)
	mux := http.NewServeMux()
	site.Routes(func(pattern string, _ httpx.Handler, _ may.Who, _ ...httpx.Option) {
		unasked[pattern] = true
		mux.Handle(pattern, http.NotFoundHandler())
	})
	for _, story := range allStories() {
		for _, r := range story {
			path := strings.NewReplacer("{", "", "}", "").Replace(r.path)
			_, pattern := mux.Handler(httptest.NewRequestWithContext(t.Context(), r.method, path, nil))
			delete(unasked, pattern)
		}
	}
	for pattern := range unasked {
		t.Errorf("no story asks for %s", pattern)
	}
	for name, story := range allStories() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world.New(t)
			handler := world.Pages(t, w.Program)
			for _, r := range story {
				r.want = slices.Clone(r.want)
				for i, want := range r.want {
					r.want[i] = strings.NewReplacer("{agency}", w.IDs["own"].Agency, "{document}", w.IDs["own"].Document, "{request}", w.LastRequest(t), "{issued}", w.LastIssued(t).ID).Replace(want)
				}
				r.check(t, send(t, w, handler, r))
			}
		})
	}
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

// An address that stands for no region is told so, and shows nothing.
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
