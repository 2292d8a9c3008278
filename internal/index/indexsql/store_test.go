package indexsql_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/id"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/file"
	"siida.id/internal/file/filetest"
	"siida.id/internal/index"
	"siida.id/internal/index/indexsql"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/regional"
	"siida.id/internal/regional/regionalsql"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// each calls fn with a store and two regions, each with two periods and an
// agency.
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
	i.CreatedAt, i.ChangedAt = at, at
	must(t, (&innovationsql.Store{DB: s.DB}).Save(ctx, i))
}

// The agencies that exist or own something, and all innovations, by name.
func TestFacts(t *testing.T) {
	each(t, func(t *testing.T, s *indexsql.Store, home, away context.Context) {
		agencies := &agencysql.Store{DB: s.DB}
		for _, a := range []agency.Agency{
			{ID: "a0", Name: "Bagian Kosong", Kind: "bagian"}, // exists and owns nothing
			{ID: "a2", Name: "Badan Lama", Kind: "badan", Until: "2026-01-01"},
			{ID: "a3", Name: "Badan Lama", Kind: "badan", Until: "2026-01-02"}, // ended, and owns nothing
		} {
			must(t, agencies.Add(home, agency.Agency{ID: a.ID, Name: a.Name + a.ID, Kind: a.Kind}))
			must(t, agencies.Save(home, a))
		}
		list := []innovation.Innovation{
			{ID: "i2", AgencyID: "a1", Name: "Adem", State: innovation.Archived},
			{ID: "i1", AgencyID: "a1", Name: "Keliling", Affair: "Kesehatan", TriedOn: "2023-11-01", AppliedOn: "2024-02-01", DevelopedOn: "2025-01-01"},
			{ID: "i3", AgencyID: "a2", Name: "Keliling"},
		}
		for _, i := range list {
			i.Design = "Dasar hukum" // not part of the facts
			save(t, s, home, i)
		}
		save(t, s, away, innovation.Innovation{ID: "i1", AgencyID: "a1", Name: "Jauh"})
		for name, tt := range map[string]struct {
			ctx  context.Context
			want index.Facts
		}{
			"home": {home, index.Facts{
				Agencies: []index.Agency{{ID: "a2", Name: "Badan Lama", Kind: "badan"}, {ID: "a0", Name: "Bagian Kosong", Kind: "bagian"}, {ID: "a1", Name: "Dinas", Kind: "dinas"}},
				Innovations: []index.InnovationFacts{
					{ID: "i2", AgencyID: "a1", Name: "Adem", State: innovation.Archived},
					{ID: "i1", AgencyID: "a1", Name: "Keliling", Affair: "Kesehatan", TriedOn: "2023-11-01", AppliedOn: "2024-02-01", DevelopedOn: "2025-01-01"},
					{ID: "i3", AgencyID: "a2", Name: "Keliling"},
				},
			}},
			"away": {away, index.Facts{
				Agencies: []index.Agency{{ID: "a1", Name: "Dinas", Kind: "dinas"}}, Innovations: []index.InnovationFacts{{ID: "i1", AgencyID: "a1", Name: "Jauh"}},
			}},
			"no region": {t.Context(), index.Facts{}},
		} {
			ctx, statements := sqldb.Counted(tt.ctx)
			got, err := s.Facts(ctx, "2026")
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" || statements.Load() != 1 {
				t.Errorf("%s: %v, %d statements %s", name, err, statements.Load(), diff)
			}
		}
	})
}

func TestSnapshots(t *testing.T) {
	each(t, func(t *testing.T, s *indexsql.Store, home, away context.Context) {
		daily := index.Snapshot{PeriodID: "2026", Day: "2026-03-01", Kind: index.Daily, At: at, Figure: decimal.Must("12.34"), Innovations: 3, Facts: "{1}"}
		later := daily
		later.Day, later.Facts = "2026-03-05", "{5}"
		closing := index.Snapshot{PeriodID: "2026", Day: "2026-03-05", Kind: index.Closing, At: at.Add(time.Hour), Figure: decimal.Must("40.01"), Innovations: 4, Facts: "{close}"}
		national := index.Snapshot{PeriodID: "2026", Day: "2026-03-09", Kind: index.National, At: at, By: "Agus", Figure: decimal.Must("39"), Source: "Kepmendagri"}
		other := daily
		other.PeriodID = "2027"
		for _, m := range []index.Snapshot{later, daily, closing, national, other} {
			must(t, s.SaveSnapshot(home, m))
		}
		must(t, s.SaveSnapshot(away, other))
		daily.Figure, daily.At, daily.Facts = decimal.Must("13"), at.Add(time.Minute), "{1b}"
		must(t, s.SaveSnapshot(home, daily)) // replaced
		bare := func(list ...index.Snapshot) []index.Snapshot {
			for i := range list {
				list[i].Facts = ""
			}
			return list
		}
		got, err := s.Snapshots(home, "2026")
		if diff := cmp.Diff(bare(daily, later, closing, national), got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		last, err := s.LastSnapshots(home)
		if diff := cmp.Diff(bare(closing, national, other), last); err != nil || diff != "" {
			t.Errorf("the last ones: %v %s", err, diff)
		}
		if got, err := s.Snapshots(away, "2026"); err != nil || len(got) != 0 {
			t.Errorf("another region's: %v, %v", got, err)
		}
		for on, want := range map[day.Day]string{"2026-02-28": "", "2026-03-01": "{1b}", "2026-03-04": "{1b}", "2026-03-05": "{close}", "2026-12-31": "{close}"} {
			got, err := s.SnapshotOn(home, "2026", on)
			if got.Facts != want || (err == nil) != (want != "") || err != nil && fault.KindOf(err) != fault.NotFound {
				t.Errorf("kept on %s: %+v, %v", on, got, err)
			}
		}
		if got, err := s.Closing(home, "2026"); err != nil || cmp.Diff(closing, got) != "" {
			t.Errorf("closing: %+v, %v", got, err)
		}
		if _, err := s.Closing(home, "2027"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("2027 was not closed: %v", err)
		}
	})
}

func TestLastChanges(t *testing.T) {
	each(t, func(t *testing.T, s *indexsql.Store, home, away context.Context) {
		now := at
		log := &audit.Log{Store: &auditsql.Store{DB: s.DB}, Tx: s.DB, NewID: id.New, Now: func() time.Time { return now }, Random: strings.NewReader(strings.Repeat("x", 1000))}
		do := func(ctx context.Context, name, subject string, after time.Duration) {
			t.Helper()
			now = at.Add(after)
			who := actor.From(ctx)
			who.Name = name
			must(t, log.Append(actor.With(ctx, who), audit.Answer.Of(subject), "evidence.answered", nil))
		}
		do(home, "Ani", "1", 0) // too early
		do(home, "Budi", "2", time.Minute)
		do(home, "Cici", "1", 2*time.Minute)
		do(away, "Dodi", "1", 2*time.Minute)
		do(home, "Edi", "2", 3*time.Minute)
		do(home, "Fitri", "1", 4*time.Minute) // too late
		got, err := s.LastChanges(home, at, at.Add(3*time.Minute))
		want := []index.LastChange{{Subject: "answer/1", By: "Cici", At: at.Add(2 * time.Minute)}, {Subject: "answer/2", By: "Edi", At: at.Add(3 * time.Minute)}}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	})
}

// choices are written as "CODE=LEVEL".
func choices(text string) (list index.Choices) {
	for word := range strings.FieldsSeq(text) {
		code, level, _ := strings.Cut(word, "=")
		list = append(list, index.Choice{Code: code, Level: int(level[0] - '0')})
	}
	return list
}

// The claimed and the proven answers of a period.
func TestFactsOfAPeriod(t *testing.T) {
	each(t, func(t *testing.T, s *indexsql.Store, home, away context.Context) {
		answers := &evidencesql.Store{DB: s.DB}
		claim := func(ctx context.Context, innovation, period, code string, level int, documents ...string) {
			t.Helper()
			must(t, answers.SaveAnswer(ctx, evidence.Answer{InnovationID: innovation, PeriodID: period, Code: code, Level: level, At: at}))
			for _, d := range documents {
				must(t, answers.Use(ctx, d, period, code, at))
			}
			must(t, answers.RefreshSummary(ctx, innovation, period))
		}
		for _, id := range []string{"i1", "i2"} {
			for _, ctx := range []context.Context{home, away} {
				save(t, s, ctx, innovation.Innovation{ID: id, AgencyID: "a1", Name: id})
				for _, d := range []string{id + "d1", id + "d2"} {
					f := file.Record{ID: d, State: file.Checked, SHA256: "aa", ReceivedAt: at}
					filetest.Add(t, ctx, answers.DB, f)
					must(t, answers.AddDocument(ctx, evidence.Document{ID: d, InnovationID: id, File: f, At: at}))
				}
			}
		}
		claim(home, "i2", "2026", "SID-16", 1, "i2d1")
		claim(home, "i1", "2026", "SID-33", 3, "i1d1", "i1d2") // two documents, and once
		claim(home, "i1", "2026", "SID-16", 2, "i1d1")
		// These are not proven: no evidence, evidence of another innovation, removed
		// evidence.
		claim(home, "i1", "2026", "SID-17", 3)
		claim(home, "i2", "2026", "SID-33", 3)
		// These are missing: no answer, another year, another region.
		claim(home, "i1", "2026", "SID-18", 0, "i1d1")
		claim(home, "i2", "2027", "SID-16", 3)
		claim(home, "i1", "2027", "SID-17", 1, "i1d1")
		claim(away, "i1", "2026", "SID-17", 2, "i1d1")
		claim(home, "i2", "2026", "SID-20", 2, "i2d2")
		must(t, answers.EndUse(home, "i2d2", "2026", "SID-20", at))
		must(t, answers.RefreshSummary(home, "i2", "2026"))
		ofRegion := &regionalsql.Store{DB: s.DB}
		for _, a := range []regional.Answer{{Code: "SPD-09", Level: 2}, {Code: "SPD-10", Level: 1}, {Code: "SPD-11", Level: 0}, {Code: "SPD-12", Level: 3}} {
			a.PeriodID, a.At = "2026", at
			must(t, ofRegion.SaveAnswer(home, a))
		}
		for _, p := range []regional.Proof{{ID: "p1", Code: "SPD-09"}, {ID: "p2", Code: "SPD-09"}, {ID: "p3", Code: "SPD-12"}} { // two proofs, and once
			p.PeriodID, p.Subject, p.Address, p.At = "2026", "Surat", "https://satu.go.id", at
			must(t, ofRegion.AddProof(home, p))
		}
		must(t, ofRegion.EndProof(home, "p3", "2026", "SPD-12", at))
		for name, tt := range map[string]struct {
			ctx           context.Context
			period        string
			first, second index.Levels // of i1 and i2
			regional      index.Levels
		}{
			"this period": {
				home, "2026",
				index.Levels{Proven: choices("SID-16=2 SID-33=3"), Unproven: choices("SID-17=3")},
				index.Levels{Proven: choices("SID-16=1"), Unproven: choices("SID-20=2 SID-33=3")},
				index.Levels{Proven: choices("SPD-09=2"), Unproven: choices("SPD-10=1 SPD-12=3")},
			},
			"another period": {home, "2027", index.Levels{Proven: choices("SID-17=1")}, index.Levels{Unproven: choices("SID-16=3")}, index.Levels{}},
			"another region": {away, "2026", index.Levels{Proven: choices("SID-17=2")}, index.Levels{}, index.Levels{}},
			"no period":      {home, "2025", index.Levels{}, index.Levels{}, index.Levels{}},
		} {
			got, err := s.Facts(tt.ctx, tt.period)
			must(t, err)
			if len(got.Innovations) != 2 {
				t.Fatalf("%s: %v", name, got.Innovations)
			}
			if diff := cmp.Diff([]index.Levels{tt.first, tt.second, tt.regional}, []index.Levels{got.Innovations[0].Levels, got.Innovations[1].Levels, got.Region}); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	})
}
