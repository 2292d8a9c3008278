package world

import (
	"context"
	"testing"

	"siida.id/internal/app"
	"siida.id/internal/infra/sqldb"
)

// AddInnovations adds n innovations to the demo's region, each with twenty
// answers in 2027 and a document that proves them: as many as a large region
// has. They are spread over the existing agencies. It takes about a second.
func AddInnovations(tb testing.TB, p *app.Program, n int) {
	tb.Helper()
	statements := func(ctx context.Context) error {
		if _, err := p.DB.Exec(ctx, `
			insert into innovations (region_id, id, agency_id, name, sort_key, affair, tried_on, applied_on, developed_on, design, created_at, changed_at, version)
			with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < $1),
				ranked as (select region_id, id, row_number() over (order by id) - 1 as n, count(*) over () as of from agencies where valid_until is null)
			select a.region_id, 'crowd-' || (100000 + i), a.id, 'Inovasi buatan nomor ' || i, 'inovasi buatan nomor ' || i, 'Kesehatan', '2025-02-01', '2025-06-01', '2025-06-01',
				'Rancang bangun buatan: masalah, cara, dan hasil yang diukur setiap bulan.', '2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05.000Z', 1
			from numbers
			join ranked a on a.n = i % a.of`, n); err != nil {
			return err
		}
		if _, err := p.DB.Exec(ctx, `
			insert into innovation_owners (region_id, innovation_id, step, agency_id)
			select region_id, id, 1, agency_id
			from innovations
			where id like 'crowd-%'`); err != nil {
			return err
		}
		if _, err := p.DB.Exec(ctx, `
			insert into answers (region_id, innovation_id, period_id, code, basis, level, finished, answered_by, answered_at, version, finished_at)
			with recursive numbers (i) as (select 16 union all select i + 1 from numbers where i < 35)
			select region_id, id, '2027', 'SID-' || n.i, case when n.i = 33 then 'a' end, 1 + (n.i + length(name)) % 3, false, 'crowd',
				'2026-01-02T03:04:05.000Z', 1, '2026-01-02T03:04:05.000Z'
			from innovations
			cross join numbers n
			where innovations.id like 'crowd-%'`); err != nil {
			return err
		}
		if _, err := p.DB.Exec(ctx, `
			insert into documents (region_id, id, innovation_id, kind, number, day, subject, issuer, address, added_by, added_at)
			select region_id, innovation_id || code, innovation_id, 'link', null, null, 'Tautan buatan untuk ' || code, null, 'https://contoh.example/' || code, 'crowd', answered_at
			from answers
			where answered_by = 'crowd'`); err != nil {
			return err
		}
		if err := Analyse(ctx, p.DB); err != nil { // else each use scans the region's documents
			return err
		}
		if _, err := p.DB.Exec(ctx, `
			insert into document_uses (region_id, document_id, period_id, code, used_at)
			select region_id, innovation_id || code, period_id, code, answered_at
			from answers
			where answered_by = 'crowd'`); err != nil {
			return err
		}
		_, err := p.DB.Exec(ctx, `
			insert into answer_summaries (region_id, innovation_id, period_id, answered, finished, detail, proven, answers_sha256, changed_at)
			select region_id, innovation_id, period_id, count(*), count(*),
				'{"proven":{' || string_agg('"' || code || '":' || cast(level as text), ',' order by code) || '}}',
				count(*), 'crowd', max(answered_at)
			from answers
			where answered_by = 'crowd'
			group by region_id, innovation_id, period_id`)
		return err
	}
	if err := p.DB.InTx(tb.Context(), statements); err != nil {
		tb.Fatal(err)
	}
	if err := Analyse(tb.Context(), p.DB); err != nil {
		tb.Fatal(err)
	}
}

// Analyse updates PostgreSQL's statistics, as autovacuum does within a minute.
func Analyse(ctx context.Context, db *sqldb.DB) error {
	if db.Engine != sqldb.Postgres {
		return nil
	}
	_, err := db.Exec(ctx, `analyse`)
	return err
}
