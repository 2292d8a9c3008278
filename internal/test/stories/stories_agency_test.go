package stories

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"siida.id/internal/test/world"
)

// paper is the decree of an act on agencies, with what else is typed.
func paper(pairs ...string) url.Values {
	return with(form("nomor", "800/17/2026", "tanggal", "2-1-2026", "berlaku", "2-1-2026"), pairs...)
}

// agencyStories are of an agency's page and of what may befall it.
var agencyStories = map[string][]request{
	"an agency": {
		{"the page", "operator", "GET", "/perangkat-daerah/{agency}", nil, "", "", 200, []string{"Dinas own", "Dinas Induk", "UPTD Anak"}, []string{"/ubah", "/gabung", "rahasia"}},
		{"an admin may change it", "admin", "GET", "/perangkat-daerah/{agency}", nil, "", "", 200, []string{"/ubah", "/ganti-nama", "/gabung", "/pecah", "/tutup"}, nil},
		{"another region does not know it", "outsider", "GET", "/perangkat-daerah/{agency}", nil, "", "", 404, nil, []string{"Dinas own"}},
		{"a visitor signs in first", "", "GET", "/perangkat-daerah/{agency}", nil, "", "", 303, []string{"/masuk"}, []string{"Dinas own"}},
		{"the form", "admin", "GET", "/perangkat-daerah/{agency}/ubah", nil, "", "", 200, []string{"Dinas own"}, nil},
		{"not for BRIDA", "brida", "GET", "/perangkat-daerah/{agency}/ubah", nil, "", "", 403, nil, []string{"Dinas own"}},
		{"all mistakes at once", "admin", "POST", "/perangkat-daerah/{agency}/ubah", form("jenis", "raja", "mulai", "besok"), "", "", 422, []string{`href="#jenis"`, `href="#mulai"`, `value="besok"`}, nil},
		{"below itself", "admin", "POST", "/perangkat-daerah/{agency}/ubah", form("jenis", "dinas", "induk", "{agency}"), "", "", 422, []string{`href="#induk"`}, nil},
		{"saving", "admin", "POST", "/perangkat-daerah/{agency}/ubah", form("jenis", "badan", "mulai", "1/2/2020", "versi", "2"), "", "", 303, []string{"/perangkat-daerah/{agency}"}, nil},
		{"saved, and its name stays", "operator", "GET", "/perangkat-daerah/{agency}", nil, "", "", 200, []string{"Dinas own", "1 Februari 2020", "UPTD Anak"}, []string{"Dinas Induk"}},
		{"the form for another name", "admin", "GET", "/perangkat-daerah/{agency}/ganti-nama", nil, "", "", 200, []string{"Dinas own", `name="nomor"`}, nil},
		{"another name with all mistakes", "admin", "POST", "/perangkat-daerah/{agency}/ganti-nama", form("tanggal", "x", "berlaku", "besok"), "", "", 422, []string{`href="#nama"`, `href="#nomor"`, `href="#tanggal"`, `href="#berlaku"`, `value="besok"`}, nil},
		{"a name that is taken", "admin", "POST", "/perangkat-daerah/{agency}/ganti-nama", paper("nama", "dinas  OTHER"), "", "", 422, []string{`href="#nama"`, "sudah terdaftar"}, nil},
		{"not by BRIDA", "brida", "POST", "/perangkat-daerah/{agency}/ganti-nama", paper("nama", "Dinas Alfa"), "", "", 403, nil, []string{"Alfa"}},
		{"another name", "admin", "POST", "/perangkat-daerah/{agency}/ganti-nama", paper("nama", "Dinas <i>Alfa"), "", "", 303, []string{"/perangkat-daerah/{agency}"}, nil},
		{"both names, and the decree", "operator", "GET", "/perangkat-daerah/{agency}", nil, "", "", 200, []string{"Dinas &lt;i&gt;Alfa", "Dinas own", "800/17/2026"}, []string{"<i>"}},
	},
	"an agency that ends": {
		{"the form to close", "admin", "GET", "/perangkat-daerah/{other}/tutup", nil, "", "", 200, []string{"Dinas other", "1 inovasi"}, nil},
		{"what holds an innovation is not closed", "admin", "POST", "/perangkat-daerah/{other}/tutup", paper(), "", "", 409, []string{`role="alert"`, `value="800/17/2026"`}, nil},
		{"the form to merge", "admin", "GET", "/perangkat-daerah/{other}/gabung", nil, "", "", 200, []string{`name="ke"`, "rahasia-other"}, []string{"rahasia-own"}},
		{"not for an operator", "operator", "GET", "/perangkat-daerah/{other}/gabung", nil, "", "", 403, nil, []string{"rahasia-other"}},
		{"all mistakes at once", "admin", "POST", "/perangkat-daerah/{other}/gabung", nil, "", "", 422, []string{`href="#nama"`, `href="#jenis"`, `href="#nomor"`, `href="#tanggal"`, `href="#berlaku"`}, nil},
		{"not by BRIDA", "brida", "POST", "/perangkat-daerah/{other}/gabung", paper("ke", "{agency}"), "", "", 403, nil, nil},
		{"merging", "admin", "POST", "/perangkat-daerah/{other}/gabung", paper("ke", "{agency}"), "", "", 303, []string{"/perangkat-daerah/"}, nil},
		{"it has ended, and tells its successor", "operator", "GET", "/perangkat-daerah/{other}", nil, "", "", 200, []string{"Penerus", "Dinas own", "berakhir pada"}, nil},
		{"the successor tells of it", "operator", "GET", "/perangkat-daerah/{agency}", nil, "", "", 200, []string{"Pendahulu", "Dinas other", "800/17/2026"}, nil},
		{"the innovation has moved to its people", "operator", "GET", "/inovasi", nil, "", "", 200, []string{"rahasia-own", "rahasia-other"}, []string{"rahasia-away"}},
		{"nothing befalls it again", "admin", "GET", "/perangkat-daerah/{other}/gabung", nil, "", "", 409, nil, nil},
		{"nor is it closed", "admin", "POST", "/perangkat-daerah/{other}/tutup", paper(), "", "", 409, nil, nil},
		{"nor split", "admin", "POST", "/perangkat-daerah/{other}/pecah", paper(), "", "", 409, nil, nil},
	},
	"an agency that splits": {
		{"the form", "admin", "GET", "/perangkat-daerah/{agency}/pecah", nil, "", "", 200, []string{`name="inovasi-`, `name="unit-`, `name="orang"`}, []string{"rahasia-other"}},
		{"not for BRIDA", "brida", "GET", "/perangkat-daerah/{agency}/pecah", nil, "", "", 403, nil, []string{"rahasia-own"}},
		{"all mistakes at once", "admin", "POST", "/perangkat-daerah/{agency}/pecah", form("nomor", "800/&1"), "", "", 422, []string{`href="#tujuan1-nama"`, `href="#tujuan2-nama"`, `href="#inovasi-`, `href="#unit-`, `href="#orang"`, `href="#tanggal"`, "800/&amp;1"}, nil},
		{"nothing has happened", "operator", "GET", "/perangkat-daerah/{agency}", nil, "", "", 200, []string{"Dinas own"}, []string{"berakhir pada"}},
	},
	"what holds for all agencies": {
		{"the page", "admin", "GET", "/perangkat-daerah/pengaturan", nil, "", "", 200, []string{`value="tidak" checked`}, nil},
		{"not for BRIDA", "brida", "GET", "/perangkat-daerah/pengaturan", nil, "", "", 403, nil, nil},
		{"nor its form", "operator", "POST", "/perangkat-daerah/pengaturan", form("induk_menyetujui", "ya"), "", "", 403, nil, nil},
		{"parents endorse", "admin", "POST", "/perangkat-daerah/pengaturan", form("induk_menyetujui", "ya"), "", "", 303, []string{"/perangkat-daerah/pengaturan"}, nil},
		{"it stays so", "admin", "GET", "/perangkat-daerah/pengaturan", nil, "", "", 200, []string{`value="ya" checked`}, nil},
		{"not in another region", "outsider", "GET", "/perangkat-daerah/pengaturan", nil, "", "", 200, []string{`value="tidak" checked`}, nil},
		{"a kind without a name", "admin", "POST", "/perangkat-daerah/jenis", nil, "", "", 422, []string{`href="#nama"`}, nil},
		{"a kind", "admin", "POST", "/perangkat-daerah/jenis", form("nama", "Museum"), "", "", 303, []string{"/perangkat-daerah/pengaturan"}, nil},
		{"the same kind again", "admin", "POST", "/perangkat-daerah/jenis", form("nama", "museum"), "", "", 422, []string{"Jenis ini sudah ada", `value="museum"`}, nil},
		{"no kind from BRIDA", "brida", "POST", "/perangkat-daerah/jenis", form("nama", "Gedung"), "", "", 403, nil, nil},
		{"it can be chosen", "admin", "GET", "/perangkat-daerah/baru", nil, "", "", 200, []string{"Museum"}, []string{"Gedung"}},
		{"not in another region either", "outsider", "GET", "/perangkat-daerah/baru", nil, "", "", 200, nil, []string{"Museum"}},
	},
}

// A split takes each innovation and the people where they are sent.
func TestAnAgencySplits(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	share := paper("tujuan1-nama", "Dinas Baru", "tujuan1-jenis", "dinas", "tujuan2-ke", "{agency}", "orang", "1", "inovasi-"+w.IDs["other"].Innovation, "2")
	wide := paper("banyak", "3", "tujuan1-nama", "Dinas Satu", "tujuan1-jenis", "dinas", "tujuan2-ke", "{other}", "orang", "3", "inovasi-"+w.IDs["other"].Innovation, "1")
	for _, r := range []request{
		{
			"one more target, and nothing typed is lost", "admin", "POST", "/perangkat-daerah/{other}/pecah?tambah=1", paper("tujuan1-nama", "Dinas <1>", "tujuan2-ke", "{agency}", "orang", "2"), "", "", 200,
			[]string{`name="tujuan3-nama"`, `name="banyak" value="3"`, `value="Dinas &lt;1&gt;"`, `selected>└ Dinas own`, `value="2" selected`, `value="800/17/2026"`},
			[]string{"Perlu diperbaiki", `name="tujuan4-nama"`, "<1>"},
		},
		{"a fourth", "admin", "POST", "/perangkat-daerah/{other}/pecah?tambah=1", form("banyak", "3"), "", "", 200, []string{`name="tujuan4-nama"`}, []string{`name="tujuan5-nama"`}},
		{"no end of them", "admin", "POST", "/perangkat-daerah/{other}/pecah?tambah=1", form("banyak", "999999"), "", "", 200, []string{`name="tujuan9-nama"`}, []string{`name="tujuan10-nama"`, "tambah=1"}},
		{"no target for BRIDA", "brida", "POST", "/perangkat-daerah/{other}/pecah?tambah=1", form("banyak", "3"), "", "", 403, nil, []string{"rahasia-other"}},
		{"people to one that is blank", "admin", "POST", "/perangkat-daerah/{other}/pecah", wide, "", "", 422, []string{`href="#orang"`, `name="tujuan3-nama"`, `value="Dinas Satu"`}, nil},
		{"not by BRIDA", "brida", "POST", "/perangkat-daerah/{other}/pecah", share, "", "", 403, nil, nil},
		{"splitting", "admin", "POST", "/perangkat-daerah/{other}/pecah", share, "", "", 303, []string{"/perangkat-daerah/"}, nil},
		{"it tells both successors", "operator", "GET", "/perangkat-daerah/{other}", nil, "", "", 200, []string{"Penerus", "Dinas Baru", "Dinas own", "berakhir pada"}, nil},
		{"the innovation is where it was sent", "operator", "GET", "/inovasi", nil, "", "", 200, []string{"rahasia-own", "rahasia-other"}, nil},
		{"and so are the people", "admin", "GET", "/orang/{otherperson}", nil, "", "", 200, []string{"Dinas Baru"}, nil},
	} {
		r.check(t, send(t, w, handler, r))
	}
}

// What holds nothing can be closed, and stays to be read.
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
		{"without a decree", "admin", "POST", empty + "/tutup", form("tanggal", "x"), "", "", 422, []string{`href="#nomor"`, `href="#tanggal"`, `href="#berlaku"`}, nil},
		{"not by BRIDA", "brida", "POST", empty + "/tutup", paper(), "", "", 403, nil, nil},
		{"closing", "admin", "POST", empty + "/tutup", paper(), "", "", 303, []string{empty}, nil},
		{"it has ended", "operator", "GET", empty, nil, "", "", 200, []string{"Dinas Kosong", "berakhir pada", "800/17/2026"}, nil},
		{"it takes no innovation", "admin", "POST", "/inovasi", with(profile, "perangkat", empty[len("/perangkat-daerah/"):]), "", "", 422, []string{`href="#perangkat"`}, nil},
	} {
		r.check(t, send(t, w, handler, r))
	}
}
