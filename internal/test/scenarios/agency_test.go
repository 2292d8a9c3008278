package scenarios

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"siida.id/internal/test/world"
)

// decreeFields returns the decree fields of an act on agencies, with other fields.
func decreeFields(pairs ...string) url.Values {
	return with(form("nomor", "800/17/2026", "tanggal", "2-1-2026", "berlaku", "2-1-2026"), pairs...)
}

// agencyScenarios are about an agency's page and the acts on it.
var agencyScenarios = []scenario{
	{name: "an agency", requests: []request{
		{name: "the page", as: "operator", method: "GET", path: "/perangkat-daerah/{agency}", status: 200, want: []string{"Dinas own", "Dinas Induk", "UPTD Anak"}, not: []string{"/ubah", "/gabung", "rahasia"}},
		{name: "an admin may change it", as: "admin", method: "GET", path: "/perangkat-daerah/{agency}", status: 200, want: []string{"/ubah", "/ganti-nama", "/gabung", "/pecah", "/tutup"}},
		{name: "another region does not know it", as: "outsider", method: "GET", path: "/perangkat-daerah/{agency}", status: 404, not: []string{"Dinas own"}},
		{name: "a visitor signs in first", method: "GET", path: "/perangkat-daerah/{agency}", status: 303, want: []string{"/masuk"}, not: []string{"Dinas own"}},
		{name: "the form", as: "admin", method: "GET", path: "/perangkat-daerah/{agency}/ubah", status: 200, want: []string{"Dinas own"}},
		{name: "not for BRIDA", as: "brida", method: "GET", path: "/perangkat-daerah/{agency}/ubah", status: 403, not: []string{"Dinas own"}},
		{name: "all mistakes at once", as: "admin", method: "POST", path: "/perangkat-daerah/{agency}/ubah", form: form("jenis", "raja", "mulai", "besok"), status: 422, want: []string{`href="#jenis"`, `href="#mulai"`, `value="besok"`}},
		{name: "below itself", as: "admin", method: "POST", path: "/perangkat-daerah/{agency}/ubah", form: form("jenis", "dinas", "induk", "{agency}"), status: 422, want: []string{`href="#induk"`}},
		{name: "saving", as: "admin", method: "POST", path: "/perangkat-daerah/{agency}/ubah", form: form("jenis", "badan", "mulai", "1/2/2020", "versi", "2"), status: 303, want: []string{"/perangkat-daerah/{agency}"}},
		{name: "saved, and its name stays", as: "operator", method: "GET", path: "/perangkat-daerah/{agency}", status: 200, want: []string{"Dinas own", "1 Februari 2020", "UPTD Anak"}, not: []string{"Dinas Induk"}},
		{name: "the form for another name", as: "admin", method: "GET", path: "/perangkat-daerah/{agency}/ganti-nama", status: 200, want: []string{"Dinas own", `name="nomor"`}},
		{name: "another name with all mistakes", as: "admin", method: "POST", path: "/perangkat-daerah/{agency}/ganti-nama", form: form("tanggal", "x", "berlaku", "besok"), status: 422, want: []string{`href="#nama"`, `href="#nomor"`, `href="#tanggal"`, `href="#berlaku"`, `value="besok"`}},
		{name: "a name that is taken", as: "admin", method: "POST", path: "/perangkat-daerah/{agency}/ganti-nama", form: decreeFields("nama", "dinas  OTHER"), status: 422, want: []string{`href="#nama"`, "sudah terdaftar"}},
		{name: "not by BRIDA", as: "brida", method: "POST", path: "/perangkat-daerah/{agency}/ganti-nama", form: decreeFields("nama", "Dinas Alfa"), status: 403, not: []string{"Alfa"}},
		{name: "another name", as: "admin", method: "POST", path: "/perangkat-daerah/{agency}/ganti-nama", form: decreeFields("nama", "Dinas <i>Alfa"), status: 303, want: []string{"/perangkat-daerah/{agency}"}},
		{name: "both names, and the decree", as: "operator", method: "GET", path: "/perangkat-daerah/{agency}", status: 200, want: []string{"Dinas &lt;i&gt;Alfa", "Dinas own", "800/17/2026"}, not: []string{"<i>"}},
	}},
	{name: "an agency that ends", requests: []request{
		{name: "the form to close", as: "admin", method: "GET", path: "/perangkat-daerah/{other}/tutup", status: 200, want: []string{"Dinas other", "1 inovasi"}},
		{name: "what holds an innovation is not closed", as: "admin", method: "POST", path: "/perangkat-daerah/{other}/tutup", form: decreeFields(), status: 409, want: []string{`role="alert"`, `value="800/17/2026"`}},
		{name: "the form to merge", as: "admin", method: "GET", path: "/perangkat-daerah/{other}/gabung", status: 200, want: []string{`name="ke"`, "rahasia-other"}, not: []string{"rahasia-own"}},
		{name: "not for an operator", as: "operator", method: "GET", path: "/perangkat-daerah/{other}/gabung", status: 403, not: []string{"rahasia-other"}},
		{name: "all mistakes at once", as: "admin", method: "POST", path: "/perangkat-daerah/{other}/gabung", status: 422, want: []string{`href="#nama"`, `href="#jenis"`, `href="#nomor"`, `href="#tanggal"`, `href="#berlaku"`}},
		{name: "not by BRIDA", as: "brida", method: "POST", path: "/perangkat-daerah/{other}/gabung", form: decreeFields("ke", "{agency}"), status: 403},
		{name: "what another agency has is shown first", as: "admin", method: "POST", path: "/perangkat-daerah/{other}/gabung", form: decreeFields("nama", "Dinas Baru", "jenis", "dinas", "bersama", "{agency}"), status: 200, want: []string{"Dinas own ikut digabung", "rahasia-own", "Orang kepala", `name="dilihat"`, `value="800/17/2026"`}},
		{name: "what becomes of it", as: "admin", method: "GET", path: "/perangkat-daerah/{other}/gabung", status: 200, want: []string{"1 inovasi pindah ke tujuan", "1 penugasan pindah ke tujuan", "Orang rahasia-other"}},
		{name: "merging", as: "admin", method: "POST", path: "/perangkat-daerah/{other}/gabung", form: decreeFields("ke", "{agency}"), status: 303, want: []string{"/perangkat-daerah/"}},
		{name: "it has ended, and tells its successor", as: "operator", method: "GET", path: "/perangkat-daerah/{other}", status: 200, want: []string{"Penerus", "Dinas own", "berakhir pada"}},
		{name: "the successor tells of it", as: "operator", method: "GET", path: "/perangkat-daerah/{agency}", status: 200, want: []string{"Pendahulu", "Dinas other", "800/17/2026"}},
		{name: "the innovation has moved to its people", as: "operator", method: "GET", path: "/inovasi", status: 200, want: []string{"rahasia-own", "rahasia-other"}, not: []string{"rahasia-away"}},
		{name: "nothing befalls it again", as: "admin", method: "GET", path: "/perangkat-daerah/{other}/gabung", status: 409},
		{name: "nor is it closed", as: "admin", method: "POST", path: "/perangkat-daerah/{other}/tutup", form: decreeFields(), status: 409},
		{name: "nor split", as: "admin", method: "POST", path: "/perangkat-daerah/{other}/pecah", form: decreeFields(), status: 409},
	}},
	{name: "an agency that splits", requests: []request{
		{name: "the form", as: "admin", method: "GET", path: "/perangkat-daerah/{agency}/pecah", status: 200, want: []string{`name="inovasi-`, `name="unit-`, `name="orang"`}, not: []string{"rahasia-other"}},
		{name: "not for BRIDA", as: "brida", method: "GET", path: "/perangkat-daerah/{agency}/pecah", status: 403, not: []string{"rahasia-own"}},
		{name: "all mistakes at once", as: "admin", method: "POST", path: "/perangkat-daerah/{agency}/pecah", form: form("nomor", "800/&1"), status: 422, want: []string{`href="#tujuan1-nama"`, `href="#tujuan2-nama"`, `href="#inovasi-`, `href="#unit-`, `href="#orang"`, `href="#tanggal"`, "800/&amp;1"}},
		{name: "nothing has happened", as: "operator", method: "GET", path: "/perangkat-daerah/{agency}", status: 200, want: []string{"Dinas own"}, not: []string{"berakhir pada"}},
	}},
	{name: "what holds for all agencies", requests: []request{
		{name: "the page", as: "admin", method: "GET", path: "/perangkat-daerah/pengaturan", status: 200, want: []string{`value="tidak" checked`}},
		{name: "not for BRIDA", as: "brida", method: "GET", path: "/perangkat-daerah/pengaturan", status: 403},
		{name: "nor its form", as: "operator", method: "POST", path: "/perangkat-daerah/pengaturan", form: form("induk_menyetujui", "ya"), status: 403},
		{name: "parents endorse", as: "admin", method: "POST", path: "/perangkat-daerah/pengaturan", form: form("induk_menyetujui", "ya"), status: 303, want: []string{"/perangkat-daerah/pengaturan"}},
		{name: "it stays so", as: "admin", method: "GET", path: "/perangkat-daerah/pengaturan", status: 200, want: []string{`value="ya" checked`}},
		{name: "not in another region", as: "outsider", method: "GET", path: "/perangkat-daerah/pengaturan", status: 200, want: []string{`value="tidak" checked`}},
		{name: "a kind without a name", as: "admin", method: "POST", path: "/perangkat-daerah/jenis", status: 422, want: []string{`href="#nama"`}},
		{name: "a kind", as: "admin", method: "POST", path: "/perangkat-daerah/jenis", form: form("nama", "Museum"), status: 303, want: []string{"/perangkat-daerah/pengaturan"}},
		{name: "the same kind again", as: "admin", method: "POST", path: "/perangkat-daerah/jenis", form: form("nama", "museum"), status: 422, want: []string{"Jenis ini sudah ada", `value="museum"`}},
		{name: "no kind from BRIDA", as: "brida", method: "POST", path: "/perangkat-daerah/jenis", form: form("nama", "Gedung"), status: 403},
		{name: "it can be chosen", as: "admin", method: "GET", path: "/perangkat-daerah/baru", status: 200, want: []string{"Museum"}, not: []string{"Gedung"}},
		{name: "not in another region either", as: "outsider", method: "GET", path: "/perangkat-daerah/baru", status: 200, not: []string{"Museum"}},
	}},
}

// A split moves each innovation and person to the chosen agency.
func TestAnAgencySplits(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	share := decreeFields("tujuan1-nama", "Dinas Baru", "tujuan1-jenis", "dinas", "tujuan2-ke", "{agency}", "orang", "1", "inovasi-"+w.IDs["other"].Innovation, "2")
	wide := decreeFields("banyak", "3", "tujuan1-nama", "Dinas Satu", "tujuan1-jenis", "dinas", "tujuan2-ke", "{other}", "orang", "3", "inovasi-"+w.IDs["other"].Innovation, "1")
	for _, r := range []request{
		{
			name:   "one more target, and nothing typed is lost",
			as:     "admin",
			method: "POST",
			path:   "/perangkat-daerah/{other}/pecah?tambah=1",
			form:   decreeFields("tujuan1-nama", "Dinas <1>", "tujuan2-ke", "{agency}", "orang", "2"),
			status: 200,
			want:   []string{`name="tujuan3-nama"`, `name="banyak" value="3"`, `value="Dinas &lt;1&gt;"`, `selected>└ Dinas own`, `value="2" selected`, `value="800/17/2026"`},
			not:    []string{"Perlu diperbaiki", `name="tujuan4-nama"`, "<1>"},
		},
		{name: "a fourth", as: "admin", method: "POST", path: "/perangkat-daerah/{other}/pecah?tambah=1", form: form("banyak", "3"), status: 200, want: []string{`name="tujuan4-nama"`}, not: []string{`name="tujuan5-nama"`}},
		{name: "no end of them", as: "admin", method: "POST", path: "/perangkat-daerah/{other}/pecah?tambah=1", form: form("banyak", "999999"), status: 200, want: []string{`name="tujuan9-nama"`}, not: []string{`name="tujuan10-nama"`, "tambah=1"}},
		{name: "no target for BRIDA", as: "brida", method: "POST", path: "/perangkat-daerah/{other}/pecah?tambah=1", form: form("banyak", "3"), status: 403, not: []string{"rahasia-other"}},
		{name: "people to one that is blank", as: "admin", method: "POST", path: "/perangkat-daerah/{other}/pecah", form: wide, status: 422, want: []string{`href="#orang"`, `name="tujuan3-nama"`, `value="Dinas Satu"`}},
		{name: "not by BRIDA", as: "brida", method: "POST", path: "/perangkat-daerah/{other}/pecah", form: share, status: 403},
		{name: "splitting", as: "admin", method: "POST", path: "/perangkat-daerah/{other}/pecah", form: share, status: 303, want: []string{"/perangkat-daerah/"}},
		{name: "it tells both successors", as: "operator", method: "GET", path: "/perangkat-daerah/{other}", status: 200, want: []string{"Penerus", "Dinas Baru", "Dinas own", "berakhir pada"}},
		{name: "the innovation is where it was sent", as: "operator", method: "GET", path: "/inovasi", status: 200, want: []string{"rahasia-own", "rahasia-other"}},
		{name: "and so are the people", as: "admin", method: "GET", path: "/orang/{otherperson}", status: 200, want: []string{"Dinas Baru"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}

// An empty agency can be closed and still be read.
func TestAnAgencyCloses(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	w.Ask(t, handler, "admin", http.MethodPost, "/perangkat-daerah", "nama=Dinas+Kosong&jenis=dinas")
	list := w.Ask(t, handler, "admin", http.MethodGet, "/perangkat-daerah", "").Body.String()
	found := regexp.MustCompile(`href="(/perangkat-daerah/[0-9a-f-]{36})"[^>]*>Dinas Kosong`).FindStringSubmatch(list)
	if found == nil {
		t.Fatalf("it is not in the list: %s", list)
	}
	empty := found[1]
	for _, r := range []request{
		{name: "without a decree", as: "admin", method: "POST", path: empty + "/tutup", form: form("tanggal", "x"), status: 422, want: []string{`href="#nomor"`, `href="#tanggal"`, `href="#berlaku"`}},
		{name: "not by BRIDA", as: "brida", method: "POST", path: empty + "/tutup", form: decreeFields(), status: 403},
		{name: "closing", as: "admin", method: "POST", path: empty + "/tutup", form: decreeFields(), status: 303, want: []string{empty}},
		{name: "it has ended", as: "operator", method: "GET", path: empty, status: 200, want: []string{"Dinas Kosong", "berakhir pada", "800/17/2026"}},
		{name: "it takes no innovation", as: "admin", method: "POST", path: "/inovasi", form: with(profile, "perangkat", empty[len("/perangkat-daerah/"):]), status: 422, want: []string{`href="#perangkat"`}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}
