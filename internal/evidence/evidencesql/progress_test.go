package evidencesql_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/file"
	"siida.id/internal/file/filetest"
	"siida.id/internal/guidance"
	"siida.id/internal/guidance/guidancesql"
	"siida.id/internal/infra/sqldb"
)

func TestProgress(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		add(t, s, home, document("d1", "i1"), document("d2", "i1"), document("d3", "i2"))
		finished := func(code string, level int) evidence.Answer {
			a := answer("i1", "2026", code, level)
			a.Marked = true
			return a
		}
		for _, a := range []evidence.Answer{
			finished("SID-16", 2), finished("SID-17", 0), answer("i1", "2026", "SID-18", 1), answer("i1", "2026", "SID-19", 0), answer("i1", "2027", "SID-16", 1),
		} {
			must(t, s.SaveAnswer(home, a))
		}
		for _, use := range [][2]string{{"d1", "SID-16"}, {"d2", "SID-16"}, {"d1", "SID-19"}, {"d1", "SID-20"}, {"d3", "SID-18"}} {
			must(t, s.Use(home, use[0], "2026", use[1], at))
		}
		must(t, s.RefreshSummary(home, "i1", "2026"))
		must(t, s.RefreshSummary(home, "i1", "2027"))
		one := evidence.Progress{InnovationID: "i1", Completeness: evidence.Completeness{Answered: 2, Proven: 1, Finished: 2}}
		none := evidence.Progress{InnovationID: "i2"}
		for name, tt := range map[string]struct {
			ctx    context.Context
			period string
			scope  evidence.Scope
			want   []evidence.Progress
		}{
			"the region":     {home, "2026", evidence.Scope{Region: true}, []evidence.Progress{one, none}},
			"an agency":      {home, "2026", evidence.Scope{Agencies: []string{"x", "a1"}}, []evidence.Progress{one, none}},
			"another agency": {home, "2026", evidence.Scope{Agencies: []string{"x"}}, nil},
			"nothing":        {home, "2026", evidence.Scope{}, nil},
			"another period": {home, "2027", evidence.Scope{Region: true}, []evidence.Progress{
				{InnovationID: "i1", Completeness: evidence.Completeness{Answered: 1}}, none,
			}},
			"another region": {away, "2026", evidence.Scope{Region: true}, []evidence.Progress{{InnovationID: "i1"}, none}},
		} {
			ctx, statements := sqldb.Counted(tt.ctx)
			got, err := s.Progress(ctx, tt.period, tt.scope)
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" || statements.Load() != 1 {
				t.Errorf("%s: %v, %d statements %s", name, err, statements.Load(), diff)
			}
		}
		got, err := s.ProgressOf(home, "i1", "2026")
		got.Heads = nil // tested by TestEndorsements
		if diff := cmp.Diff(one, got); err != nil || diff != "" {
			t.Errorf("ProgressOf: %v %s", err, diff)
		}
		if got, err := s.ProgressOf(away, "i1", "2026"); err != nil || got.Answered != 0 {
			t.Errorf("of another region: %+v, %v", got, err)
		}
		_, err = s.ProgressOf(home, "none", "2026")
		refused(t, "the progress of none", err, fault.NotFound)
	})
}

func TestWork(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		add(t, s, home, document("d1", "i1"), document("d2", "i1"), document("d3", "i1"))
		marked := answer("i1", "2026", "SID-17", 1)
		marked.Marked = true
		for _, a := range []evidence.Answer{
			answer("i1", "2026", "SID-16", 2), marked, answer("i1", "2026", "SID-18", 3), answer("i1", "2026", "SID-19", 1), answer("i1", "2027", "SID-20", 1),
		} {
			must(t, s.SaveAnswer(home, a))
		}
		must(t, s.Use(home, "d1", "2026", "SID-16", at))
		must(t, s.Use(home, "d2", "2026", "SID-18", at))
		must(t, s.Use(home, "d3", "2026", "SID-19", at))
		must(t, s.EndUse(home, "d3", "2026", "SID-19", at))
		_, err := s.DB.Exec(home, `update document_uses set void = true where document_id in ('d2', 'd3')`)
		must(t, err)
		must(t, s.RefreshSummary(home, "i1", "2026"))
		list := func(ctx context.Context, scope evidence.Scope) (got []string) {
			t.Helper()
			ctx, statements := sqldb.Counted(ctx)
			all, err := s.Work(ctx, "2026", scope)
			if err != nil || statements.Load() != 1 {
				t.Fatalf("%v, %d statements", err, statements.Load())
			}
			for _, w := range all {
				got = append(got, fmt.Sprintf("%s of %s: %d answered, %d finished, proven %v, unproven %v, marked %v, void %v",
					w.ID, w.AgencyID, w.Answered, w.Finished, w.Proven, w.Unproven, w.Marked, w.Void))
			}
			return got
		}
		both := []string{
			"i1 of a1: 4 answered, 2 finished, proven map[SID-16:2], unproven map[SID-17:1 SID-18:3 SID-19:1], marked [SID-17], void [SID-18]",
			"i2 of a1: 0 answered, 0 finished, proven map[], unproven map[], marked [], void []",
		}
		for name, tt := range map[string]struct {
			scope evidence.Scope
			want  []string
		}{
			"the region":     {evidence.Scope{Region: true}, both},
			"an agency":      {evidence.Scope{Agencies: []string{"x", "a1"}}, both},
			"another agency": {evidence.Scope{Agencies: []string{"x"}}, nil},
			"nothing":        {evidence.Scope{}, nil},
		} {
			if diff := cmp.Diff(tt.want, list(home, tt.scope)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		if got := list(away, evidence.Scope{Region: true}); len(got) != 2 || got[0] == both[0] {
			t.Errorf("of another region: %v", got)
		}
		_, err = s.DB.Exec(home, `update innovations set state = 'ditarik' where id = 'i1'`)
		must(t, err)
		if got := list(home, evidence.Scope{Region: true}); len(got) != 1 {
			t.Errorf("a withdrawn one is listed: %v", got)
		}
	})
}

func TestAsked(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		texts := &guidancesql.Store{DB: s.DB}
		asked := func(ctx context.Context, code string, want evidence.Asked) {
			t.Helper()
			got, err := s.Asked(ctx, "i1", "2026", code)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%s: %v %s", code, err, diff)
			}
		}
		asked(home, "SID-16", evidence.Asked{})
		a := answer("i1", "2026", "SID-16", 2)
		a.Basis, a.Marked = "b", true
		must(t, s.SaveAnswer(home, a))
		a.Version = 1
		asked(home, "SID-16", evidence.Asked{Claim: evidence.Claim{Answer: a}})
		for _, g := range []guidance.Guidance{{PeriodID: "2026", Code: "SID-16", Words: "Lampirkan SK"}, {PeriodID: "2026", Code: "SID-17", Words: "Foto"}, {PeriodID: "2027", Code: "SID-18", Words: "Lain"}} {
			g.By, g.At = "p1", at
			must(t, texts.Save(home, g))
		}
		sample := func(id, code string, v guidance.Verdict, caption string) guidance.Sample {
			one := guidance.Sample{Record: file.Record{ID: id, Name: id + ".pdf", SHA256: "aa", State: file.Checked, ReceivedAt: at}, PeriodID: "2026", Code: code, Verdict: v, Caption: caption, By: "p1", At: at}
			filetest.Add(t, home, s.DB, one.Record)
			must(t, texts.AddSample(home, one))
			return guidance.Sample{Record: file.Record{ID: id}, Verdict: v, Caption: caption} // as on an indicator's page
		}
		wrong, right := sample("c1", "SID-16", guidance.Wrong, "Tanpa tanda tangan"), sample("c2", "SID-16", guidance.Right, "SK lengkap, halaman 1")
		other := sample("c4", "SID-18", guidance.Right, "Lain")
		asked(home, "SID-16", evidence.Asked{Claim: evidence.Claim{Answer: a}, Guidance: guidance.Shown{Words: "Lampirkan SK", Samples: []guidance.Sample{right, wrong}}})
		asked(home, "SID-17", evidence.Asked{Guidance: guidance.Shown{Words: "Foto"}})
		asked(home, "SID-18", evidence.Asked{Guidance: guidance.Shown{Samples: []guidance.Sample{other}}})
		asked(away, "SID-16", evidence.Asked{})
		_, err := s.Asked(home, "i1", "none", "SID-16")
		refused(t, "an answer of no period", err, fault.NotFound)
	})
}

func TestAccessLog(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		add(t, s, home, document("d1", "i1"), document("d2", "i1"))
		add(t, s, away, document("d1", "i1"))
		var want []evidence.AccessLogEntry // the latest first
		for n := range 3 {
			o := evidence.AccessLogEntry{ID: fmt.Sprint("o", n), DocumentID: "d1", By: "p1", Name: "Orang", At: at.Add(time.Duration(n/2) * time.Second), Reason: fmt.Sprint(n)}
			must(t, s.AddAccess(home, o))
			want = append([]evidence.AccessLogEntry{o}, want...)
		}
		must(t, s.AddAccess(home, evidence.AccessLogEntry{ID: "o3", DocumentID: "d2", By: "p1", At: at}))
		must(t, s.AddAccess(away, evidence.AccessLogEntry{ID: "o0", DocumentID: "d1", By: "p1", At: at}))
		refused(t, "the same opening again", s.AddAccess(home, want[0]), fault.Conflict)
		refused(t, "an opening of nothing", s.AddAccess(home, evidence.AccessLogEntry{ID: "o4", DocumentID: "none", At: at}), fault.Internal)
		got, err := s.OpenedBy(home, "d1", "p1", at)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("OpenedBy: %v %s", err, diff)
		}
		if got, err := s.OpenedBy(home, "d1", "p1", at.Add(time.Millisecond)); err != nil || len(got) != 1 || got[0] != want[0] {
			t.Errorf("since later: %+v, %v", got, err)
		}
		if got, err := s.OpenedBy(home, "d1", "p2", at); err != nil || len(got) > 0 {
			t.Errorf("by another person: %+v, %v", got, err)
		}
		for i := range want {
			want[i].All = 3
		}
		for _, tt := range []struct{ skip, limit, from, to int }{{0, 2, 0, 2}, {2, 2, 2, 3}, {0, 9, 0, 3}} {
			got, err := s.AccessLog(home, "d1", tt.skip, tt.limit)
			if diff := cmp.Diff(want[tt.from:tt.to], got); err != nil || diff != "" {
				t.Errorf("AccessLog(%d, %d): %v %s", tt.skip, tt.limit, err, diff)
			}
		}
		if got, err := s.AccessLog(home, "d1", 3, 2); err != nil || len(got) > 0 {
			t.Errorf("beyond the last: %+v, %v", got, err)
		}
		if got, err := s.AccessLog(away, "d1", 0, 9); err != nil || len(got) != 1 {
			t.Errorf("of another region: %+v, %v", got, err)
		}
	})
}

// A link has no file, and documents are listed once for each indicator that they
// prove.
func TestDocuments(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		link := evidence.Document{ID: "d2", InnovationID: "i1", Kind: "link", Subject: "Laman", Address: "https://satu.go.id", By: "p1", At: at.Add(time.Second)}
		letter := document("d1", "i1")
		add(t, s, home, letter, document("d3", "i2"))
		must(t, s.AddDocument(home, link))
		must(t, s.Use(home, "d1", "2026", "SID-17", at.Add(time.Minute)))
		must(t, s.Use(home, "d1", "2026", "SID-16", at.Add(time.Minute)))
		must(t, s.Use(home, "d1", "2027", "SID-18", at))
		got, err := s.Documents(home, "i1", "2026")
		want := []evidence.UsedDocument{{Document: link}, {Document: letter, Code: "SID-16"}, {Document: letter, Code: "SID-17"}}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("Documents: %v %s", err, diff)
		}
		if one, err := s.DocumentByID(home, "d2"); err != nil || one != link {
			t.Errorf("the link: %+v, %v", one, err)
		}
		if got, err := s.Documents(away, "i1", "2026"); err != nil || len(got) > 0 {
			t.Errorf("of another region: %+v, %v", got, err)
		}
	})
}
