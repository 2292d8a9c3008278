package app

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
	"siida.id/internal/regional"
)

// places are where an object may lie, seen from the people of the first region.
var places = []string{"own", "other", "away"}

// policy says of one route who may use it, and on which objects. Whoever is
// not named is refused: a visitor is led to the sign-in page, anybody else
// hears that there is no such thing, or that it is not his to do.
type policy struct {
	path   string // with {innovation}, {document}, {agency}, {person} and {decree} for an object's
	form   string // of a POST
	may    grants
	public bool // visitors may as well
}

// grants are, by persona, the places of the objects, or anywhere without one.
type grants map[string][]string

// each grants the same places to several personas; the outsider's are his own.
func each(own []string, personas ...string) grants {
	g := grants{}
	for _, p := range personas {
		g[p] = own
	}
	return g
}

func (g grants) and(more grants) grants {
	all := grants{}
	maps.Copy(all, g)
	maps.Copy(all, more)
	return all
}

var (
	anywhere = []string{""}
	ownOnly  = []string{"own"}
	both     = []string{"own", "other"}
	away     = grants{"outsider": {"away"}}

	everybody  = each(anywhere, personas[1:]...)
	appointed  = each(anywhere, "operator", "pendamping", "kepala", "parent", "child", "brida", "pimpinan", "admin", "outsider")
	registrars = each(anywhere, "operator", "pendamping", "parent", "child", "admin", "outsider")
	leaders    = each(anywhere, "brida", "admin", "outsider")
	admins     = each(anywhere, "admin", "outsider")

	holders       = each(both, personas[:len(personas)-1]...).and(away) // whoever has it in hand
	neighbours    = each(both, personas[1:len(personas)-1]...).and(away)
	readers       = each(ownOnly, "operator", "pendamping", "kepala", "parent").and(each(both, "brida", "pimpinan", "admin")).and(away)
	editors       = each(ownOnly, "operator", "pendamping").and(each(both, "admin")).and(away)
	heads         = each(ownOnly, "kepala")
	overseers     = each(both, "brida", "pimpinan", "admin").and(away)
	askedReaders  = each(ownOnly, "operator", "pendamping", "kepala").and(each(both, "brida", "pimpinan", "admin")).and(away)
	movers        = each(ownOnly, "operator").and(each(both, "admin")).and(away)
	regionLeaders = each(both, "brida", "admin").and(away)
	regionAdmins  = each(both, "admin").and(away)
)

// policies has a row for every route; one without a row fails the test.
var policies = map[string]policy{
	"GET /{$}":            {path: "/", public: true, may: everybody},
	"POST /bahasa":        {path: "/bahasa", form: "bahasa=en&ke=/masuk", public: true, may: everybody},
	"GET /dev/komponen":   {path: "/dev/komponen", public: true, may: everybody},
	"GET /masuk":          {path: "/masuk", public: true, may: everybody},
	"POST /masuk":         {path: "/masuk", form: "nama=siapa&sandi=salah", public: true, may: everybody},
	"POST /keluar":        {path: "/keluar", public: true, may: everybody},
	"GET /mulai/{token}":  {path: "/mulai/bukan-tautan"},
	"POST /mulai/{token}": {path: "/mulai/bukan-tautan", form: "lengkap=Orang&nama=orang&sandi=kunci-pintu-rumah&ulang=kunci-pintu-rumah"},
	"GET /sandi-baru":     {path: "/sandi-baru", may: everybody},
	"POST /sandi-baru":    {path: "/sandi-baru"},
	"GET /masuk/kode":     {path: "/masuk/kode"},
	"POST /masuk/kode":    {path: "/masuk/kode", form: "kode=000000"},

	"GET /saya":                                  {path: "/saya", may: everybody},
	"POST /saya":                                 {path: "/saya", form: "lengkap=", may: everybody},
	"POST /saya/sandi":                           {path: "/saya/sandi", may: everybody},
	"POST /saya/sesi/{session}/akhiri":           {path: "/saya/sesi/tidak-ada/akhiri"},
	"POST /saya/sesi/akhiri-lain":                {path: "/saya/sesi/akhiri-lain", may: everybody},
	"GET /dua-langkah":                           {path: "/dua-langkah", may: everybody},
	"POST /dua-langkah":                          {path: "/dua-langkah", form: "kode=1", may: everybody},
	"POST /dua-langkah/mulai":                    {path: "/dua-langkah/mulai", may: everybody},
	"POST /dua-langkah/pemulihan":                {path: "/dua-langkah/pemulihan", may: everybody},
	"POST /dua-langkah/matikan":                  {path: "/dua-langkah/matikan", may: everybody},
	"GET /orang":                                 {path: "/orang", may: leaders},
	"GET /orang/baru":                            {path: "/orang/baru", may: admins},
	"POST /orang":                                {path: "/orang", may: admins},
	"POST /orang/dua-langkah":                    {path: "/orang/dua-langkah", may: admins},
	"GET /orang/{id}":                            {path: "/orang/{person}", may: regionLeaders},
	"POST /orang/{id}/tugas":                     {path: "/orang/{person}/tugas", may: regionAdmins},
	"GET /orang/{id}/kode":                       {path: "/orang/{person}/kode", may: regionLeaders},
	"POST /orang/{id}/kode":                      {path: "/orang/{person}/kode", may: regionLeaders},
	"POST /orang/{id}/nonaktif":                  {path: "/orang/{person}/nonaktif", may: regionAdmins},
	"POST /orang/{id}/aktif":                     {path: "/orang/{person}/aktif", may: regionAdmins},
	"POST /orang/{id}/dua-langkah/hapus":         {path: "/orang/{person}/dua-langkah/hapus", may: regionAdmins},
	"GET /orang/{id}/tugas/{assignment}/akhiri":  {path: "/orang/{person}/tugas/tidak-ada/akhiri"},
	"POST /orang/{id}/tugas/{assignment}/akhiri": {path: "/orang/{person}/tugas/tidak-ada/akhiri"},
	"GET /orang/{id}/ubah":                       {path: "/orang/{person}/ubah", may: regionAdmins},
	"POST /orang/{id}/ubah":                      {path: "/orang/{person}/ubah", may: regionAdmins},

	"GET /perangkat-daerah":                  {path: "/perangkat-daerah", may: everybody},
	"GET /perangkat-daerah/baru":             {path: "/perangkat-daerah/baru", may: admins},
	"POST /perangkat-daerah":                 {path: "/perangkat-daerah", form: "nama=Dinas+Baru&jenis=dinas", may: admins},
	"GET /perangkat-daerah/pengaturan":       {path: "/perangkat-daerah/pengaturan", may: admins},
	"POST /perangkat-daerah/pengaturan":      {path: "/perangkat-daerah/pengaturan", may: admins},
	"POST /perangkat-daerah/jenis":           {path: "/perangkat-daerah/jenis", may: admins},
	"GET /perangkat-daerah/{id}":             {path: "/perangkat-daerah/{agency}", may: neighbours},
	"GET /perangkat-daerah/{id}/ubah":        {path: "/perangkat-daerah/{agency}/ubah", may: regionAdmins},
	"POST /perangkat-daerah/{id}/ubah":       {path: "/perangkat-daerah/{agency}/ubah", may: regionAdmins},
	"GET /perangkat-daerah/{id}/ganti-nama":  {path: "/perangkat-daerah/{agency}/ganti-nama", may: regionAdmins},
	"POST /perangkat-daerah/{id}/ganti-nama": {path: "/perangkat-daerah/{agency}/ganti-nama", may: regionAdmins},
	"GET /perangkat-daerah/{id}/gabung":      {path: "/perangkat-daerah/{agency}/gabung", may: regionAdmins},
	"POST /perangkat-daerah/{id}/gabung":     {path: "/perangkat-daerah/{agency}/gabung", may: regionAdmins},
	"GET /perangkat-daerah/{id}/pecah":       {path: "/perangkat-daerah/{agency}/pecah", may: regionAdmins},
	"POST /perangkat-daerah/{id}/pecah":      {path: "/perangkat-daerah/{agency}/pecah", may: regionAdmins},
	"GET /perangkat-daerah/{id}/tutup":       {path: "/perangkat-daerah/{agency}/tutup", may: regionAdmins},
	"POST /perangkat-daerah/{id}/tutup":      {path: "/perangkat-daerah/{agency}/tutup", may: regionAdmins},

	"GET /periode":                          {path: "/periode", may: everybody},
	"POST /periode":                         {path: "/periode", form: "paket=iid-2027", may: leaders},
	"GET /periode/{id}":                     {path: "/periode/2026", may: everybody},
	"GET /periode/{id}/ubah":                {path: "/periode/2026/ubah", may: leaders},
	"POST /periode/{id}/ubah":               {path: "/periode/2026/ubah", may: leaders},
	"POST /periode/{id}/tenggat":            {path: "/periode/2026/tenggat", may: leaders},
	"POST /periode/{id}/hapus-tenggat":      {path: "/periode/2026/hapus-tenggat", form: "tenggat=tidak-ada"},
	"POST /periode/{id}/cabut-perpanjangan": {path: "/periode/2026/cabut-perpanjangan", form: "perpanjangan=tidak-ada"},
	"POST /periode/{id}/perpanjangan":       {path: "/periode/2026/perpanjangan", may: leaders},
	"POST /periode/{id}/{move}":             {path: "/periode/2026/tutup", may: leaders},

	"GET /inovasi":                       {path: "/inovasi", may: everybody},
	"GET /inovasi/baru":                  {path: "/inovasi/baru", may: registrars},
	"POST /inovasi":                      {path: "/inovasi", form: "nama=", may: registrars},
	"GET /inovasi/{id}":                  {path: "/inovasi/{innovation}", may: readers},
	"GET /inovasi/{id}/cetak":            {path: "/inovasi/{innovation}/cetak", may: readers},
	"POST /inovasi/{id}/sahkan":          {path: "/inovasi/{innovation}/sahkan", form: "periode=2026&perangkat={agency}", may: heads},
	"POST /inovasi/{id}/cabut":           {path: "/inovasi/{innovation}/cabut", form: "periode=2026&perangkat={agency}", may: heads},
	"GET /inovasi/{id}/ubah":             {path: "/inovasi/{innovation}/ubah", may: editors},
	"POST /inovasi/{id}/ubah":            {path: "/inovasi/{innovation}/ubah", form: "nama=Ganti&urusan=Kesehatan&rancang=x&versi=1", may: editors},
	"POST /inovasi/{id}/tarik":           {path: "/inovasi/{innovation}/tarik", form: "alasan=", may: editors},
	"POST /inovasi/{id}/arsipkan":        {path: "/inovasi/{innovation}/arsipkan", may: editors},
	"POST /inovasi/{id}/pulihkan":        {path: "/inovasi/{innovation}/pulihkan", may: editors},
	"GET /inovasi/{id}/pindah":           {path: "/inovasi/{innovation}/pindah", may: readers},
	"POST /inovasi/{id}/pindah":          {path: "/inovasi/{innovation}/pindah", may: movers},
	"POST /inovasi/{id}/pindah/{answer}": {path: "/inovasi/{innovation}/pindah/batal", may: movers},

	"GET /sk":            {path: "/sk", may: everybody},
	"GET /sk/baru":       {path: "/sk/baru", may: leaders},
	"POST /sk":           {path: "/sk", may: leaders},
	"GET /sk/{id}":       {path: "/sk/{decree}", may: neighbours},
	"GET /sk/{id}/ubah":  {path: "/sk/{decree}/ubah", may: regionLeaders},
	"POST /sk/{id}/ubah": {path: "/sk/{decree}/ubah", may: regionLeaders},

	"GET /inovasi/{id}/{period}/{code}":          {path: "/inovasi/{innovation}/2026/SID-16", may: readers},
	"POST /inovasi/{id}/{period}/{code}":         {path: "/inovasi/{innovation}/2026/SID-16", form: "pilihan=3&versi=1", may: editors},
	"POST /inovasi/{id}/{period}/{code}/lepas":   {path: "/inovasi/{innovation}/2026/SID-16/lepas", form: "bukti={document}", may: editors},
	"GET /bukti/{id}":                            {path: "/bukti/{document}", may: readers},
	"GET /bukti/{id}/alasan":                     {path: "/bukti/{document}/alasan", may: readers},
	"POST /bukti/{id}/alasan":                    {path: "/bukti/{document}/alasan", may: readers},
	"GET /bukti/{id}/dibuka":                     {path: "/bukti/{document}/dibuka", may: regionLeaders},
	"GET /panduan/{period}/{code}":               {path: "/panduan/2026/SID-16", may: leaders},
	"POST /panduan/{period}/{code}":              {path: "/panduan/2026/SID-16", may: leaders},
	"GET /daerah":                                {path: "/daerah", may: appointed},
	"GET /daerah/{period}":                       {path: "/daerah/2026", may: appointed},
	"GET /daerah/{period}/{code}":                {path: "/daerah/2026/SPD-04", may: appointed},
	"POST /daerah/{period}/{code}":               {path: "/daerah/2026/SPD-04", form: "pilihan=1&versi=0", may: leaders},
	"POST /daerah/{period}/{code}/lepas":         {path: "/daerah/2026/SPD-04/lepas", form: "bukti=tidak-ada"},
	"GET /daerah/bukti/{id}":                     {path: "/daerah/bukti/tidak-ada"},
	"GET /permintaan-data":                       {path: "/permintaan-data", may: appointed},
	"GET /permintaan-data/baru":                  {path: "/permintaan-data/baru", may: leaders},
	"POST /permintaan-data":                      {path: "/permintaan-data", form: "baris=SPD-04", may: leaders},
	"GET /permintaan-data/{id}":                  {path: "/permintaan-data/{request}", may: askedReaders},
	"GET /permintaan-data/{id}/berkas":           {path: "/permintaan-data/{request}/berkas", may: askedReaders},
	"POST /permintaan-data/{id}/jawab":           {path: "/permintaan-data/{request}/jawab", form: "angka=5,2&tahun=2025&sumber=BPS&versi=2", may: editors},
	"POST /permintaan-data/{id}/ambil":           {path: "/permintaan-data/{request}/ambil", may: regionLeaders},
	"POST /permintaan-data/{id}/{move}":          {path: "/permintaan-data/{request}/terima", form: "versi=2", may: regionLeaders},
	"POST /panduan/{period}/{code}/contoh":       {path: "/panduan/2026/SID-16/contoh", may: leaders},
	"POST /panduan/{period}/{code}/hapus-contoh": {path: "/panduan/2026/SID-16/hapus-contoh", form: "contoh=tidak-ada"},
	"GET /contoh/{id}":                           {path: "/contoh/tidak-ada"},
	"GET /keadaan":                               {path: "/keadaan", may: admins},

	"GET /laporan":                      {path: "/laporan", may: everybody},
	"GET /laporan/indeks/{period}/pdf":  {path: "/laporan/indeks/2026/pdf", may: appointed},
	"GET /laporan/indeks/{period}/xlsx": {path: "/laporan/indeks/2026/xlsx", may: appointed},
	"GET /laporan/kop":                  {path: "/laporan/kop", may: leaders},
	"POST /laporan/kop":                 {path: "/laporan/kop", may: leaders},
	"POST /laporan/kop/contoh":          {path: "/laporan/kop/contoh", may: leaders},
	"GET /laporan/kop/lambang":          {path: "/laporan/kop/lambang"},
	"GET /laporan/terbit/{id}":          {path: "/laporan/terbit/{issued}", may: overseers},
	"GET /laporan/terbit/{id}/pdf":      {path: "/laporan/terbit/{issued}/pdf", may: overseers},
	"GET /laporan/terbit/{id}/xlsx":     {path: "/laporan/terbit/{issued}/xlsx", may: overseers},

	"POST /laporan/terbit/{id}/cabut":         {path: "/laporan/terbit/{issued}/cabut", form: "alasan=", may: regionLeaders},
	"GET /v/{code}":                           {path: "/v/{checked}", may: holders},
	"GET /laporan/indeks/{period}/terbitkan":  {path: "/laporan/indeks/2026/terbitkan", may: leaders},
	"POST /laporan/indeks/{period}/terbitkan": {path: "/laporan/indeks/2026/terbitkan", form: "nomor=9&versi=9", may: leaders},

	"GET /indeks":          {path: "/indeks", may: appointed},
	"GET /indeks/{period}": {path: "/indeks/2026", may: appointed},
	"GET /indeks/{period}/perangkat-daerah/{agency}": {path: "/indeks/2026/perangkat-daerah/{agency}", may: readers},
	"GET /indeks/{period}/inovasi":                   {path: "/indeks/2026/inovasi", may: appointed},
	"GET /indeks/{period}/inovasi/{innovation}":      {path: "/indeks/2026/inovasi/{innovation}", may: readers},
	"GET /indeks/{period}/indikator/{code}":          {path: "/indeks/2026/indikator/SID-16", may: appointed},
	"GET /indeks/{period}/peringkat":                 {path: "/indeks/2026/peringkat", may: appointed},
	"GET /indeks/{period}/rakor":                     {path: "/indeks/2026/rakor", may: appointed},
	"GET /indeks/{period}/jawaban":                   {path: "/indeks/2026/jawaban", may: each(anywhere, "brida", "pimpinan", "admin", "outsider")},
	"GET /indeks/{period}/riwayat":                   {path: "/indeks/2026/riwayat", may: appointed},
	"POST /indeks/{period}/nasional":                 {path: "/indeks/2026/nasional", form: "nilai=62,06&tanggal=1/2/2026&sumber=Keputusan", may: leaders},

	"GET /inovasi/{id}/berkas":         {path: "/inovasi/{innovation}/berkas", may: readers},
	"GET /inovasi/{id}/berkas/{file}":  {path: "/inovasi/{innovation}/berkas/tidak-ada"},
	"POST /inovasi/{id}/berkas/{kind}": {path: "/inovasi/{innovation}/berkas/anggaran", may: editors},
	"POST /inovasi/{id}/berkas/lepas":  {path: "/inovasi/{innovation}/berkas/lepas", form: "berkas=tidak-ada"},
	"GET /sk/{id}/pindaian":            {path: "/sk/{decree}/pindaian"},
	"POST /sk/{id}/pindaian":           {path: "/sk/{decree}/pindaian", may: regionLeaders},
}

// TestAccessMatrix walks every route that is registered, as every persona, on
// an object of the own agency, of another agency and of another region.
func TestAccessMatrix(t *testing.T) {
	site, err := newProgram(t).Site(true)
	must(t, err)
	registered := map[string]bool{}
	site.Routes(func(pattern string, _ httpx.Handler, _ may.Who, _ ...httpx.Option) {
		registered[pattern] = true
		rule, known := policies[pattern]
		if !known {
			t.Errorf("%s has no policy: say here who may use it", pattern)
			return
		}
		method, _, _ := strings.Cut(pattern, " ")
		t.Run(pattern, func(t *testing.T) {
			t.Parallel()
			rule.walk(t, method)
		})
	})
	for pattern := range policies {
		if !registered[pattern] {
			t.Errorf("%s has a policy and is not registered", pattern)
		}
	}
}

// walk asks for one route in a world of its own. A form that is granted may
// change that world, so that the refusals come first.
func (p policy) walk(t *testing.T, method string) {
	w := newTwoRegions(t)
	handler := pages(t, w.Program)
	where := []string{""}
	if strings.Contains(p.path+p.form, "{") {
		where = places
	}
	for _, granted := range []bool{false, true} {
		for _, persona := range personas {
			for _, place := range where {
				if p.allows(persona, place) == granted {
					p.check(t, w, handler, persona, place, method, granted)
				}
			}
		}
	}
}

func (p policy) allows(persona, place string) bool {
	return p.public && persona == "visitor" || slices.Contains(p.may[persona], place)
}

func (p policy) check(t *testing.T, w *twoRegions, handler http.Handler, persona, place, method string, granted bool) {
	t.Helper()
	object := w.ids[place]
	document := object.document
	if method == http.MethodPost && granted && strings.HasSuffix(p.path, "/lepas") {
		document = w.prove(t, place)
	}
	fill := strings.NewReplacer("{innovation}", object.innovation, "{document}", document,
		"{agency}", object.agency, "{person}", object.person, "{decree}", object.decree)
	path := fill.Replace(p.path)
	if strings.Contains(path, "{request}") {
		path = strings.ReplaceAll(path, "{request}", w.requestOf(t, place))
	}
	if strings.Contains(path, "{issued}") {
		path = strings.ReplaceAll(path, "{issued}", w.issuedOf(t, place).ID)
	}
	if strings.Contains(path, "{checked}") {
		path = strings.ReplaceAll(path, "{checked}", w.issuedOf(t, place).Code)
	}
	rested(t, w.Program) // so that a page has all that it can have to do
	before := w.events(t)
	answer := w.ask(t, handler, persona, method, path, fill.Replace(p.form))
	name := persona + " on " + place
	body := answer.Body.String() + answer.Header().Get("Location")
	asked := strings.HasPrefix(answer.Header().Get("Location"), "/masuk?") // to sign in first
	refused := answer.Code == http.StatusForbidden || answer.Code == http.StatusNotFound || asked
	switch {
	case granted && refused:
		t.Errorf("%s is refused: %d %s", name, answer.Code, answer.Header().Get("Location"))
	case !granted && !refused:
		t.Errorf("%s: %d, want a refusal", name, answer.Code)
	case !granted && persona == "visitor" && answer.Code == http.StatusForbidden:
		t.Errorf("%s is forbidden, want to be led to the sign-in page", name)
	}
	for where, other := range w.ids {
		if strings.Contains(body, other.secret) && (!granted || !mayKnow(persona, where)) {
			t.Errorf("%s reads %q", name, other.secret)
		}
	}
	if !granted && w.events(t) != before {
		t.Errorf("%s was refused, and yet something was done", name)
	}
}

// mayKnow reports whether a persona may read of an object that lies there.
func mayKnow(persona, place string) bool { return slices.Contains(readers[persona], place) }

// events counts what the audit logs of both regions hold.
func (w *twoRegions) events(t *testing.T) (n int) {
	t.Helper()
	for _, r := range []context.Context{region.Within(t.Context(), w.home), region.Within(t.Context(), w.away)} {
		entries, err := w.Audit.Verify(r)
		must(t, err)
		n += entries
	}
	return n
}

// prove makes sure that the object's document proves its indicator.
func (w *twoRegions) prove(t *testing.T, place string) (document string) {
	t.Helper()
	_, err := w.DB.Exec(t.Context(), `
		insert into document_uses (region_id, document_id, period_id, code, used_at)
		select region_id, id, '2026', 'SID-16', added_at
		from documents
		where id = $1
		on conflict do nothing`,
		w.ids[place].document)
	must(t, err)
	return w.ids[place].document
}

// requestOf is a data request to the agency of a place, which it has answered
// with a file.
func (w *twoRegions) requestOf(t *testing.T, place string) string {
	t.Helper()
	if id := w.requests[place]; id != "" {
		return id
	}
	here := w.home
	if place == "away" {
		here = w.away
	}
	o, admin, operator := w.ids[place], w.acting(t, here, "admin"), w.acting(t, here, w.ids[place].secret)
	ids, err := w.Regional.Ask(admin, regional.AskEntry{Codes: []string{"SPD-04"}, To: o.agency, Due: "2099-01-01", Note: "Perlu " + o.secret})
	must(t, err)
	id := ids["SPD-04"]
	f, err := w.Regional.ReceiveReply(operator, id, o.secret+".pdf", strings.NewReader("%PDF-1.7 "+o.secret))
	must(t, err)
	must(t, w.Regional.Reply(operator, id, regional.ReplyEntry{Source: "BPS", FileID: f.ID, Version: 1}, nil))
	w.requests[place] = id
	return id
}

// A session of one region is nobody in another.
func TestSessionsStayInTheirRegion(t *testing.T) {
	w := newTwoRegions(t)
	handler := pages(t, w.Program)
	w.people["stranger"] = w.people["outsider"] // his token, on the other region's host
	answer := w.ask(t, handler, "stranger", http.MethodGet, "/inovasi", "")
	if to := answer.Header().Get("Location"); answer.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/masuk?") {
		t.Errorf("%d %s, want to be led to the sign-in page", answer.Code, to)
	}
}

// A session that has not been seen for a while is noted again, and its page is
// shown all the same.
func TestPagesOfAnOldSession(t *testing.T) {
	p := demoProgram(t)
	tours := demoTours(t, p)
	tours[0].paths["riwayat-dua-hari"] = "/indeks/2026/riwayat?dari=1-6-2026&sampai=1-8-2026"
	tours[0].paths["riwayat-sampai-kini"] = "/indeks/2027/riwayat?dari=1-1-2099"
	for _, tour := range append(tours, emptyTour(t)) {
		handler, token := pages(t, tour.program), session(t, tour.program, tour.login, tour.secret)
		for _, path := range tour.paths {
			rested(t, tour.program)
			if answer := answerTo(t, handler, token, http.MethodGet, path, ""); answer.Code != http.StatusOK {
				t.Errorf("%s of %s: %d", path, tour.name, answer.Code)
			}
		}
	}
}

// rested lets nobody have done anything for an hour.
func rested(t *testing.T, p *Program) {
	t.Helper()
	_, err := p.DB.Exec(t.Context(), `update sessions set seen_at = $1`, sqldb.Time(p.Clock().Add(-time.Hour)))
	must(t, err)
}

// A list shows what its reader may open, and nothing else.
func TestListsShowWhatMayBeOpened(t *testing.T) {
	w := newTwoRegions(t)
	handler := pages(t, w.Program)
	for _, persona := range personas[1:] {
		for _, path := range []string{"/inovasi", "/indeks/2026"} {
			body := w.ask(t, handler, persona, http.MethodGet, path, "").Body.String()
			for _, place := range places {
				if got, want := strings.Contains(body, w.ids[place].secret), mayKnow(persona, place); got != want {
					t.Errorf("%s as %s shows the innovation of %q: %v, want %v", path, persona, place, got, want)
				}
			}
		}
	}
}
