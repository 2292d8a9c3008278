package indexsql_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/actor"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/index"
	"siida.id/internal/index/indexsql"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// each gives fn a store, and two regions with two periods and their agency.
func each(t *testing.T, fn func(t *testing.T, s *indexsql.Store, home, away context.Context)) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		for _, ctx := range []context.Context{home, away} {
			must(t, (&agencysql.Store{DB: db}).Add(ctx, agency.Agency{ID: "a1", Name: "Dinas", Kind: "dinas"}))
			must(t, (&periodsql.Store{DB: db}).Add(ctx, period.Period{ID: "2026", Year: 2026, OpenedAt: at}))
			must(t, (&periodsql.Store{DB: db}).Add(ctx, period.Period{ID: "2027", Year: 2027, OpenedAt: at}))
		}
		fn(t, &indexsql.Store{DB: db}, home, away)
	})
}

func save(t *testing.T, s *indexsql.Store, ctx context.Context, i innovation.Innovation) {
	t.Helper()
	i.MadeAt, i.ChangedAt = at, at
	must(t, (&innovationsql.Store{DB: s.DB}).Save(ctx, i))
}

func TestInnovations(t *testing.T) {
	each(t, func(t *testing.T, s *indexsql.Store, home, away context.Context) {
		list := []innovation.Innovation{
			{ID: "i2", AgencyID: "a1", AgencyName: "Dinas", Name: "Adem"},
			{ID: "i1", AgencyID: "a1", AgencyName: "Dinas", Name: "Keliling", Affair: "Kesehatan", TriedOn: "2023-11-01", AppliedOn: "2024-02-01"},
			{ID: "i3", AgencyID: "a1", AgencyName: "Dinas", Name: "Keliling"},
		}
		far := innovation.Innovation{ID: "i1", AgencyID: "a1", AgencyName: "Dinas", Name: "Jauh"}
		for _, i := range list {
			i.Design = "Dasar hukum" // is not read
			save(t, s, home, i)
		}
		save(t, s, away, far)
		for _, tt := range []struct {
			ctx  context.Context
			want []innovation.Innovation
		}{{home, list}, {away, []innovation.Innovation{far}}, {t.Context(), nil}} {
			ctx, statements := sqldb.Counted(tt.ctx)
			got, err := s.Innovations(ctx)
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" || statements.Load() != 1 {
				t.Errorf("%v, %d statements %s", err, statements.Load(), diff)
			}
		}
	})
}

func TestProven(t *testing.T) {
	each(t, func(t *testing.T, s *indexsql.Store, home, away context.Context) {
		kept := &evidencesql.Store{DB: s.DB}
		claim := func(ctx context.Context, innovation, period, code string, level int, documents ...string) {
			t.Helper()
			must(t, kept.SaveAnswer(ctx, evidence.Answer{InnovationID: innovation, PeriodID: period, Code: code, Level: level, At: at}))
			for _, d := range documents {
				must(t, kept.Use(ctx, d, period, code, at))
			}
		}
		for _, id := range []string{"i1", "i2"} {
			for _, ctx := range []context.Context{home, away} {
				save(t, s, ctx, innovation.Innovation{ID: id, AgencyID: "a1", Name: id})
				for _, d := range []string{id + "d1", id + "d2"} {
					file := evidence.File{ID: d, InnovationID: id, At: at}
					must(t, kept.AddFile(ctx, file))
					must(t, kept.AddDocument(ctx, evidence.Document{ID: d, InnovationID: id, File: file, At: at}))
				}
			}
		}
		claim(home, "i2", "2026", "SID-16", 1, "i2d1")
		claim(home, "i1", "2026", "SID-33", 3, "i1d1", "i1d2") // two documents, and once
		claim(home, "i1", "2026", "SID-16", 2, "i1d1")
		// These do not count: no evidence, no answer, evidence of another innovation,
		claim(home, "i1", "2026", "SID-17", 3)
		claim(home, "i1", "2026", "SID-18", 0, "i1d1")
		claim(home, "i2", "2026", "SID-33", 3)
		// of another year, of another region, and evidence that was taken off.
		claim(home, "i2", "2027", "SID-16", 3)
		claim(home, "i1", "2027", "SID-17", 1, "i1d1")
		claim(away, "i1", "2026", "SID-17", 2, "i1d1")
		claim(home, "i2", "2026", "SID-20", 2, "i2d2")
		must(t, kept.EndUse(home, "i2d2", "2026", "SID-20"))
		for name, tt := range map[string]struct {
			ctx    context.Context
			period string
			want   []index.Claim
		}{
			"this period": {home, "2026", []index.Claim{
				{InnovationID: "i1", Code: "SID-16", Level: 2}, {InnovationID: "i1", Code: "SID-33", Level: 3}, {InnovationID: "i2", Code: "SID-16", Level: 1},
			}},
			"another period": {home, "2027", []index.Claim{{InnovationID: "i1", Code: "SID-17", Level: 1}}},
			"another region": {away, "2026", []index.Claim{{InnovationID: "i1", Code: "SID-17", Level: 2}}},
			"no period":      {home, "2025", nil},
		} {
			ctx, statements := sqldb.Counted(tt.ctx)
			got, err := s.Proven(ctx, tt.period)
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" || statements.Load() != 1 {
				t.Errorf("%s: %v, %d statements %s", name, err, statements.Load(), diff)
			}
		}
	})
}
