package evidencesql_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/file"
	"siida.id/internal/file/filetest"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 123_000_000, time.UTC)

// each calls fn with a store and two regions that have the same innovations, i1 and
// i2, and the same periods.
func each(t *testing.T, fn func(t *testing.T, s *evidencesql.Store, home, away context.Context)) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		for _, ctx := range []context.Context{home, away} {
			must(t, (&agencysql.Store{DB: db}).Add(ctx, agency.Agency{ID: "a1", Name: "Dinas", Kind: "dinas"}))
			for _, id := range []string{"i1", "i2"} {
				must(t, (&innovationsql.Store{DB: db}).Save(ctx, innovation.Innovation{ID: id, AgencyID: "a1", Name: id, CreatedAt: at, ChangedAt: at}))
			}
			for _, year := range []int{2026, 2027} {
				must(t, (&periodsql.Store{DB: db}).Add(ctx, period.Period{ID: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006"), Year: year, OpenedAt: at}))
			}
		}
		fn(t, &evidencesql.Store{DB: db}, home, away)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, what string, err error, want fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != want {
		t.Errorf("%s = %v, want kind %d", what, err, want)
	}
}

func answer(innovation, period, code string, level int) evidence.Answer {
	return evidence.Answer{InnovationID: innovation, PeriodID: period, Code: code, Level: level, By: "p1", At: at}
}

// document returns a document with a file.
func document(id, innovation string) evidence.Document {
	return evidence.Document{
		ID: id, InnovationID: innovation, Number: "1/" + id, Day: "2025-01-02", Kind: "document", Subject: "Tentang " + id, Issuer: "Bupati", By: "p1", At: at,
		File: file.Record{
			ID: "f" + id, Purpose: "innovation/" + innovation, Name: id + ".pdf", Media: "application/pdf", Size: 1 << 40, SHA256: "aa",
			State: file.Checked, ReceivedBy: "p2", ReceivedAt: at,
		},
	}
}

// add stores documents with their files.
func add(t *testing.T, s *evidencesql.Store, ctx context.Context, list ...evidence.Document) {
	t.Helper()
	for _, d := range list {
		filetest.Add(t, ctx, s.DB, d.File)
		must(t, s.AddDocument(ctx, d))
	}
}

func TestTarget(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		periods, innovations := &periodsql.Store{DB: s.DB}, &innovationsql.Store{DB: s.DB}
		year := period.Period{
			ID: "2028", Year: 2028, PackID: "iid-2028", PackSHA256: "aa", OpenedAt: at, State: period.Open, MovedAt: at,
			Opens: at.Add(time.Hour), Closes: at.Add(2 * time.Hour), Note: "Catatan",
		}
		must(t, periods.Add(home, year))
		must(t, periods.Save(home, year))
		year.Version = 1
		must(t, innovations.Save(home, innovation.Innovation{ID: "i3", AgencyID: "a1", Name: "i3", State: innovation.Withdrawn, CreatedAt: at, ChangedAt: at}))
		for name, tt := range map[string]struct {
			ctx                context.Context
			innovation, period string
			want               innovation.Access
			wantPeriod         period.Period
		}{
			"an active one":         {home, "i1", "2028", innovation.Access{ID: "i1", AgencyID: "a1"}, year},
			"a withdrawn one":       {home, "i3", "2028", innovation.Access{ID: "i3", AgencyID: "a1", State: innovation.Withdrawn}, year},
			"a period of elsewhere": {away, "i1", "2028", innovation.Access{ID: "i1", AgencyID: "a1"}, period.Period{}},
		} {
			got, p, err := s.Target(tt.ctx, tt.innovation, tt.period)
			if err != nil || got != tt.want || p != tt.wantPeriod {
				t.Errorf("%s: %+v, %+v, %v", name, got, p, err)
			}
		}
		for id, ctx := range map[string]context.Context{"none": home, "i3": away} {
			_, _, err := s.Target(ctx, id, "2026")
			refused(t, "an innovation that the region does not have", err, fault.NotFound)
		}
	})
}

func TestAnswers(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		first := answer("i1", "2026", "SID-33", 2)
		first.Basis = "a"
		_, err := s.Answer(home, "i1", "2026", "SID-33")
		refused(t, "an answer that was never given", err, fault.NotFound)
		must(t, s.SaveAnswer(home, first))
		refused(t, "a second first save", s.SaveAnswer(home, first), fault.Conflict)
		first.Version = 1
		got, err := s.Answer(home, "i1", "2026", "SID-33")
		if diff := cmp.Diff(first, got); err != nil || diff != "" {
			t.Errorf("saved: %v %s", err, diff)
		}
		second := first
		second.Basis, second.Level, second.By, second.At = "", 0, "p2", at.Add(time.Hour)
		must(t, s.SaveAnswer(home, second))
		refused(t, "saving what has moved on", s.SaveAnswer(home, first), fault.Conflict)
		second.Version = 2
		got, err = s.Answer(home, "i1", "2026", "SID-33")
		if diff := cmp.Diff(second, got); err != nil || diff != "" {
			t.Errorf("saved again: %v %s", err, diff)
		}
		for name, find := range map[string]func() (evidence.Answer, error){
			"region":     func() (evidence.Answer, error) { return s.Answer(away, "i1", "2026", "SID-33") },
			"innovation": func() (evidence.Answer, error) { return s.Answer(home, "i2", "2026", "SID-33") },
			"period":     func() (evidence.Answer, error) { return s.Answer(home, "i1", "2027", "SID-33") },
			"code":       func() (evidence.Answer, error) { return s.Answer(home, "i1", "2026", "SID-34") },
		} {
			_, err := find()
			refused(t, "the answer of another "+name, err, fault.NotFound)
		}
		must(t, s.SaveAnswer(away, answer("i1", "2026", "SID-33", 3)))
		for name, a := range map[string]evidence.Answer{"innovation": answer("none", "2026", "SID-33", 1), "period": answer("i1", "none", "SID-33", 1)} {
			refused(t, "an answer without its "+name, s.SaveAnswer(home, a), fault.Internal)
		}
	})
}

func TestFilesAndDocuments(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		d := document("d1", "i1")
		refused(t, "a document without its file", s.AddDocument(home, d), fault.Internal)
		add(t, s, home, d)
		refused(t, "the same document again", s.AddDocument(home, d), fault.Conflict)
		got, err := s.DocumentByID(home, "d1")
		if diff := cmp.Diff(d, got); err != nil || diff != "" {
			t.Errorf("the document: %v %s", err, diff)
		}
		for _, id := range []string{"d1", "fd1", "none"} {
			_, err := s.DocumentByID(away, id)
			refused(t, "a document of another region", err, fault.NotFound)
		}
		refused(t, "a document with a file of another region", s.AddDocument(away, d), fault.Internal)
		add(t, s, away, d)
	})
}

func TestUses(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		older, newer, twin, other := document("d2", "i1"), document("d1", "i1"), document("d3", "i1"), document("d4", "i2")
		add(t, s, home, older, newer, twin, other)
		add(t, s, away, older)
		use := func(ctx context.Context, document, period, code string, at time.Time) {
			t.Helper()
			must(t, s.Use(ctx, document, period, code, at))
		}
		use(home, "d1", "2026", "SID-16", at.Add(time.Second))
		use(home, "d3", "2026", "SID-16", at) // at the same moment as d2: ordered by id
		use(home, "d2", "2026", "SID-16", at)
		use(home, "d2", "2026", "SID-17", at) // one document proves two indicators
		use(home, "d2", "2027", "SID-16", at)
		use(home, "d4", "2026", "SID-16", at)
		refused(t, "the same use again", s.Use(home, "d2", "2026", "SID-16", at), fault.Conflict)
		refused(t, "a use of no document", s.Use(home, "none", "2026", "SID-16", at), fault.Internal)
		refused(t, "a use of a document of another region", s.Use(away, "d1", "2026", "SID-16", at), fault.Internal)
		proofs := func(ctx context.Context, innovation, period, code string, want ...evidence.Document) {
			t.Helper()
			used, err := s.Documents(ctx, innovation, period)
			var got []evidence.Document
			for _, h := range used {
				if h.Code == code {
					got = append(got, h.Document)
				}
			}
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("Documents(%s, %s) of %s: %v %s", innovation, period, code, err, diff)
			}
		}
		proofs(home, "i1", "2026", "SID-16", older, twin, newer)
		proofs(home, "i1", "2026", "SID-17", older)
		proofs(home, "i1", "2027", "SID-16", older)
		proofs(home, "i1", "2027", "SID-17")
		proofs(home, "i2", "2026", "SID-16", other)
		proofs(away, "i1", "2026", "SID-16")
		refused(t, "resuming what has not ended", s.ResumeUse(home, "d2", "2026", "SID-16", at), fault.NotFound)
		must(t, s.EndUse(home, "d2", "2026", "SID-16", at))
		refused(t, "resuming too late", s.ResumeUse(home, "d2", "2026", "SID-16", at.Add(time.Millisecond)), fault.NotFound)
		refused(t, "resuming from another region", s.ResumeUse(away, "d2", "2026", "SID-16", at), fault.NotFound)
		must(t, s.ResumeUse(home, "d2", "2026", "SID-16", at))
		refused(t, "using what is used", s.Use(home, "d2", "2026", "SID-16", at), fault.Conflict)
		must(t, s.EndUse(home, "d2", "2026", "SID-16", at))
		proofs(home, "i1", "2026", "SID-16", twin, newer)
		proofs(home, "i1", "2026", "SID-17", older)
		proofs(home, "i1", "2027", "SID-16", older)
		refused(t, "ending it again", s.EndUse(home, "d2", "2026", "SID-16", at), fault.NotFound)
		refused(t, "ending a use of another region", s.EndUse(away, "d1", "2026", "SID-16", at), fault.NotFound)
		if _, err := s.DocumentByID(home, "d2"); err != nil {
			t.Errorf("the document goes with its use: %v", err)
		}
	})
}

func TestClaims(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		add(t, s, home, document("d1", "i1"), document("d2", "i1"), document("d3", "i2"))
		based := answer("i1", "2026", "SID-33", 2)
		based.Basis = "c"
		for _, a := range []evidence.Answer{
			based, answer("i1", "2026", "SID-16", 3), answer("i1", "2026", "SID-18", 1), answer("i1", "2027", "SID-16", 2), answer("i2", "2026", "SID-16", 1),
		} {
			must(t, s.SaveAnswer(home, a))
		}
		must(t, s.SaveAnswer(away, answer("i1", "2026", "SID-16", 1)))
		for _, use := range [][2]string{{"d1", "SID-16"}, {"d2", "SID-16"}, {"d1", "SID-33"}, {"d2", "SID-17"}, {"d3", "SID-16"}} {
			must(t, s.Use(home, use[0], "2026", use[1], at))
		}
		claim := func(period, code, basis string, level int, version int64, documents int) evidence.Claim {
			a := evidence.Answer{InnovationID: "i1", PeriodID: period, Code: code, Basis: basis, Level: level, Version: version}
			return evidence.Claim{Answer: a, Documents: documents}
		}
		for name, tt := range map[string]struct {
			ctx                context.Context
			innovation, period string
			want               []evidence.Claim
		}{
			"answers with two, with none and with one document, and a document without an answer": {home, "i1", "2026", []evidence.Claim{
				claim("2026", "SID-16", "", 3, 1, 2), claim("2026", "SID-17", "", 0, 0, 1),
				claim("2026", "SID-18", "", 1, 1, 0), claim("2026", "SID-33", "c", 2, 1, 1),
			}},
			"another period": {home, "i1", "2027", []evidence.Claim{claim("2027", "SID-16", "", 2, 1, 0)}},
			"another region": {away, "i1", "2026", []evidence.Claim{claim("2026", "SID-16", "", 1, 1, 0)}},
			"nothing":        {away, "i2", "2026", nil},
		} {
			ctx, statements := sqldb.Counted(tt.ctx)
			got, err := s.Claims(ctx, tt.innovation, tt.period)
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" || statements.Load() != 1 {
				t.Errorf("%s: %v, %d statements %s", name, err, statements.Load(), diff)
			}
		}
	})
}
