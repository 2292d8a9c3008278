package scenarios

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"siida.id/internal/test/world"

	"siida.id/internal/infra/sqldb"
)

// numbers counts from 1 to the first parameter.
const numbers = `with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < $1)`

// fillTo adds rows to the first region, until it has n more of everything that
// lists show. Half of the innovations belong to the own agency, and one of them
// has n documents that prove an answer, n files and n decrees.
func fillTo(t *testing.T, w *world.Regions, from, n int) {
	t.Helper()
	own := w.IDs["own"]
	err := w.DB.InTx(t.Context(), func(ctx context.Context) error {
		for _, add := range []func() (int64, error){
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into agencies (region_id, id, name, name_key, sort_key, kind, parent_id)
					`+numbers+`
					select '18.01', 'many-' || (10000 + i), 'Dinas banyak ' || i, 'dinas banyak ' || i, 'dinas banyak ' || i, 'dinas', case when i % 2 = 0 then $3 end
					from numbers
					where i > $2`, n, from, own.Agency)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into agency_acts (region_id, act_id, n, from_id, to_id, move, on_day, decree_number, decree_day, from_name, to_name)
					`+numbers+`
					select '18.01', 'many-' || i, 1, 'many-' || (10000 + i), $3, 'gabung', '2025-01-02', 'SK/' || i, '2025-01-01', 'Dinas banyak ' || i, 'Dinas own'
					from numbers
					where i > $2`, n, from, own.Agency)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into people (region_id, id, name, sort_key, login, active)
					`+numbers+`
					select '18.01', 'many-' || i, 'Orang banyak ' || i, 'orang banyak ' || i, 'banyak' || i, true
					from numbers
					where i > $2`, n, from)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into assignments (region_id, id, person_id, role, agency, valid_from)
					`+numbers+`
					select '18.01', 'many-' || i, 'many-' || i, 'operator', case when i % 2 = 0 then $3 else 'many-' || (10000 + i) end, '2025-01-02T03:04:05.000Z'
					from numbers
					where i > $2`, n, from, own.Agency)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into sessions (region_id, token_hash, id, person_id, created_at, seen_at, address, agent)
					`+numbers+`
					select s.region_id, 'many-' || i, 'many-' || i, s.person_id, s.created_at, s.seen_at, '192.0.2.1', 'curl'
					from numbers
					join sessions s on s.region_id = '18.01' and s.person_id = (select id from people where region_id = '18.01' and login = 'operator')
						and s.id not like 'many-%'
					where i > $2`, n, from)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into innovations (region_id, id, agency_id, name, sort_key, affair, tried_on, applied_on, developed_on, design, created_at, changed_at, version)
					`+numbers+`
					select '18.01', 'many-' || (10000 + i), case when i % 2 = 0 then $3 else 'many-' || (10000 + i) end, 'Inovasi banyak ' || i, 'inovasi banyak ' || i, 'Kesehatan',
						'2025-02-01', '2025-06-01', '2025-06-01', 'Rancang', '2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05.000Z', 1
					from numbers
					where i > $2`, n, from, own.Agency)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into innovation_owners (region_id, innovation_id, step, agency_id)
					select region_id, id, 1, agency_id
					from innovations
					where id > 'many-' || (10000 + $1) and id like 'many-%'`, from)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into innovation_transfers (region_id, innovation_id, to_agency_id, note, asked_at)
					`+numbers+`
					select '18.01', 'many-' || (10000 + i), $3, 'Tugas pindah', '2026-01-02T03:04:05.000Z'
					from numbers
					where i > $2 and i % 4 = 1`, n, from, own.Agency)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into files (region_id, id, purpose, name, media, size, sha256, state, received_by, received_at, saved_at)
					`+numbers+`
					select '18.01', 'award-' || i, 'profile/' || $3, 'piagam.pdf', 'application/pdf', 1, 'aa', 'checked', 'x', '2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05.000Z'
					from numbers
					where i > $2`, n, from, own.Innovation)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into file_uses (region_id, file_id, kind, ref_id, used_at)
					`+numbers+`
					select '18.01', 'award-' || i, 'innovation/award', $3, '2026-01-02T03:04:05.000Z'
					from numbers
					where i > $2`, n, from, own.Innovation)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into answers (region_id, innovation_id, period_id, code, basis, level, finished, answered_by, answered_at, version)
					with recursive codes (i) as (select 16 union all select i + 1 from codes where i < 35)
					select v.region_id, v.id, '2026', 'SID-' || c.i, case when c.i = 33 then 'a' end, 1 + c.i % 3, false, 'x',
						'2026-01-02T03:04:05.000Z', 1
					from innovations v
					cross join codes c
					where v.id > 'many-' || (10000 + $1) and v.id like 'many-%'`, from)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into documents (region_id, id, innovation_id, kind, number, day, subject, issuer, address, added_by, added_at)
					select region_id, innovation_id || code, innovation_id, 'link', null, null, 'Tautan ' || code, null, 'https://contoh.example/' || code, 'x', answered_at
					from answers
					where innovation_id > 'many-' || (10000 + $1) and innovation_id like 'many-%'`, from)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into documents (region_id, id, innovation_id, kind, number, day, subject, issuer, address, added_by, added_at)
					`+numbers+`
					select '18.01', 'own-many-' || i, $3, 'link', null, null, 'Tautan ' || i, null, 'https://contoh.example/' || i, 'x', '2026-01-02T03:04:05.000Z'
					from numbers
					where i > $2`, n, from, own.Innovation)
			},
			func() (int64, error) { return 0, world.Analyse(ctx, w.DB) }, // else each use scans the region's documents
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into document_uses (region_id, document_id, period_id, code, used_at)
					select region_id, innovation_id || code, period_id, code, answered_at
					from answers
					where innovation_id > 'many-' || (10000 + $1) and innovation_id like 'many-%'`, from)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into document_uses (region_id, document_id, period_id, code, used_at)
					`+numbers+`
					select '18.01', 'own-many-' || i, '2026', 'SID-16', '2026-01-02T03:04:05.000Z'
					from numbers
					where i > $2`, n, from)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into answer_summaries (region_id, innovation_id, period_id, answered, finished, detail)
					select region_id, innovation_id, period_id, count(*), count(*),
						'{"proven":{' || string_agg('"' || code || '":' || cast(level as text), ',' order by code) || '}}'
					from answers
					where innovation_id > 'many-' || (10000 + $1) and innovation_id like 'many-%'
					group by region_id, innovation_id, period_id`, from)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into evidence_accesses (region_id, id, document_id, opened_by, name, opened_at, reason)
					`+numbers+`
					select '18.01', 'many-' || i, $3, 'many-' || i, 'Orang banyak ' || i, '2026-01-02T03:04:05.000Z', 'Rapat'
					from numbers
					where i > $2`, n, from, own.Document)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into decrees (region_id, id, number, day, subject, implementers, created_at, changed_at, version)
					`+numbers+`
					select '18.01', 'many-' || i, 'SK/' || i, '2025-01-02', 'Penetapan', '', '2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05.000Z', 1
					from numbers
					where i > $2`, n, from)
			},
			func() (int64, error) { // each names two, and that of the own agency all
				return w.DB.Exec(ctx, `
					insert into decree_innovations (region_id, decree_id, innovation_id)
					`+numbers+`
					select '18.01', 'many-' || i, 'many-' || (10000 + i) from numbers where i > $2
					union all
					select '18.01', 'many-' || i, $3 from numbers where i > $2
					union all
					select '18.01', $4, 'many-' || (10000 + i) from numbers where i > $2`, n, from, own.Innovation, own.Decree)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into data_requests (
						region_id, id, period_id, code, agency_id, person_id, due, note, state, reason, asked_by, asked_at,
						applied, version
					)
					`+numbers+`
					select '18.01', 'many-' || i, '2026', 'SPD-04', case when i % 2 = 0 then $3 else 'many-' || (10000 + i) end, null, '2099-01-02', 'Perlu',
						case when i % 4 < 2 then 'diminta' else 'dijawab' end, null, 'x', '2026-01-02T03:04:05.000Z', false, 1
					from numbers
					where i > $2`, n, from, own.Agency)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into regional_proofs (region_id, id, period_id, code, agency_id, subject, address, added_by, added_at)
					`+numbers+`
					select '18.01', 'many-' || i, '2026', 'SPD-04', null, 'Surat ' || i, 'https://satu.go.id', 'x', '2026-01-02T03:04:05.000Z'
					from numbers
					where i > $2`, n, from)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into files (region_id, id, purpose, name, media, size, sha256, state, received_by, received_at, saved_at)
					`+numbers+`
					select '18.01', 'many-' || i, 'report', 'laporan.pdf', 'application/pdf', 1, 'aa', 'checked', 'x', '2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05.000Z'
					from numbers
					where i > $2`, n, from)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into report_issued (
						region_id, id, year, n, number, code, period_id, issued_on, figures_on, figure, predicate, signer, issued_by, by_name, issued_at,
						pdf_id, workbook_id
					)
					`+numbers+`
					select '18.01', 'many-' || i, 2026, i, 'B/' || i, 'KODE' || i, '2026', '2026-01-02', '2026-01-02', '40', 'Inovatif', '{}', 'x', 'Orang',
						'2026-01-02T03:04:05.000Z', 'many-' || i, 'many-' || i
					from numbers
					where i > $2`, n, from)
			},
			func() (int64, error) { // snapshots of days in years that nothing else uses
				return w.DB.Exec(ctx, `
					insert into index_snapshots (region_id, period_id, day, kind, at, by_name, figure, innovations, source, facts)
					`+numbers+`
					select '18.01', '2026', cast(1900 + i / 336 as text) || '-' || substr(cast(101 + (i / 28) % 12 as text), 2) || '-' || substr(cast(101 + i % 28 as text), 2),
						'harian', '2026-01-02T03:04:05.000Z', null, '40', 1, null, null
					from numbers
					where i > $2`, n, from)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into periods (region_id, id, year, pack_id, pack_sha256, opened_at, state, moved_at)
					`+numbers+`
					select p.region_id, cast(500 + i as text), 500 + i, p.pack_id, p.pack_sha256, p.opened_at, p.state, p.moved_at
					from numbers
					join periods p on p.region_id = '18.01' and p.id = '2026'
					where i > $2`, n, from)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into period_deadlines (region_id, period_id, id, name, at)
					`+numbers+`
					select '18.01', '2026', 'many-' || i, 'Tenggat ' || i, '2099-01-02T03:04:05.000Z'
					from numbers
					where i > $2`, n, from)
			},
			func() (int64, error) {
				return w.DB.Exec(ctx, `
					insert into period_extensions (region_id, period_id, id, agency_id, agency_name, until_at, reason, by_id, by_name, granted_at)
					`+numbers+`
					select '18.01', '2026', 'many-' || i, 'many-' || (10000 + i), 'Dinas banyak ' || i, '2099-01-02T03:04:05.000Z', 'Listrik', 'x', 'Orang',
						'2026-01-02T03:04:05.000Z'
					from numbers
					where i > $2`, n, from)
			},
		} {
			if _, err := add(); err != nil {
				return err
			}
		}
		return nil
	})
	world.Must(t, err)
	world.Must(t, world.Analyse(t.Context(), w.DB))
}

// pagesThatGrow are the pages that list rows, by persona.
func pagesThatGrow(w *world.Regions) map[string][]string {
	own := w.IDs["own"]
	innovation, unit := "/inovasi/"+own.Innovation, "/perangkat-daerah/"+own.Agency
	all := []string{
		"/", "/tugas", "/inovasi", innovation, innovation + "/cetak", innovation + "/2026/SID-16", innovation + "/berkas", innovation + "/pindah",
		"/indeks", "/indeks/2026/inovasi", "/indeks/2026/inovasi/" + own.Innovation, "/indeks/2026/indikator/SID-16", "/indeks/2026/peringkat",
		"/indeks/2026/perangkat-daerah/" + own.Agency, "/indeks/2026/rakor", "/indeks/2026/riwayat",
		"/perangkat-daerah", unit, "/sk", "/sk/" + own.Decree, "/permintaan-data", "/daerah/2026", "/daerah/2026/SPD-04", "/laporan", "/periode", "/periode/2026", "/saya",
		"/inovasi/baru", innovation + "/ubah", "/dua-langkah", "/bukti-lemah",
	}
	lead := []string{
		"/", "/tugas", "/inovasi", "/indeks", "/indeks/2026/peringkat", "/indeks/2026/jawaban", "/orang", "/orang?hal=2", "/orang/" + own.Person, "/orang/" + own.Person + "/kode", "/sk/baru", "/sk/" + own.Decree + "/ubah",
		"/permintaan-data", "/permintaan-data/baru", "/bukti-lemah", "/bukti/" + own.Document + "/dibuka", "/panduan/2026/SID-16",
		"/laporan/kop", "/periode/2026/ubah", "/kemajuan", "/kemajuan?kelompok=berjalan", "/kemajuan?pengingat=terlambat",
	}
	return map[string][]string{
		"operator": all, "pendamping": {"/", "/inovasi", "/kemajuan", "/permintaan-data"}, "kepala": {"/", "/tugas", "/inovasi", innovation}, "parent": {"/", "/inovasi"},
		"pimpinan": {"/", "/inovasi", "/indeks", "/indeks/2026/peringkat", "/daerah/2026"}, "brida": lead,
		"admin": {"/", "/orang", "/orang/baru", "/perangkat-daerah", unit + "/ubah", unit + "/gabung", unit + "/pecah", unit + "/tutup", "/keadaan"},
	}
}

// A page sends as many statements for a thousand rows as for ten, on both
// engines.
func TestStatementsDoNotGrow(t *testing.T) {
	t.Parallel()
	world.Each(t, func(t *testing.T, w *world.Regions) {
		next, asked := world.Pages(t, w.Program), int64(0)
		handler := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			ctx, statements := sqldb.Counted(r.Context())
			next.ServeHTTP(rw, r.WithContext(ctx))
			asked = statements.Load()
		})
		_, err := w.DB.Exec(t.Context(), `update sessions set seen_at = $1`, sqldb.Time(w.Clock().Add(time.Hour))) // none is due to be recorded
		world.Must(t, err)
		const few, many = 10, 1000
		fillTo(t, w, 0, few)
		before := map[string]int64{}
		var answer *httptest.ResponseRecorder
		each := func(pages *strings.Replacer, check func(name string)) {
			for persona, paths := range pagesThatGrow(w) {
				for _, path := range paths {
					if answer = w.Ask(t, handler, persona, http.MethodGet, pages.Replace(path), ""); answer.Code != http.StatusOK {
						t.Errorf("%s of %s: %d", path, persona, answer.Code)
					}
					check(path + " of " + persona)
				}
			}
		}
		each(strings.NewReplacer("?hal=2", ""), func(name string) { before[name] = asked }) // there is no second page yet
		fillTo(t, w, few, many)
		each(strings.NewReplacer(), func(name string) {
			if asked != before[name] {
				t.Errorf("%s: %d statements with %d rows, %d with %d", name, before[name], few, asked, many)
			}
		})
		if list := w.Ask(t, handler, "operator", http.MethodGet, "/inovasi", "").Body.String(); strings.Count(list, "Inovasi banyak") < 20 {
			t.Errorf("the list of innovations has not grown: %s", list)
		}
	})
}
