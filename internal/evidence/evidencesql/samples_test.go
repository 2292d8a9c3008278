package evidencesql_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
)

func TestSamples(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		sample := func(id, code string) evidence.Sample {
			return evidence.Sample{ID: id, PeriodID: "2026", Code: code, Name: id + ".pdf", Media: "application/pdf", Size: 9, Sum: "aa", By: "p1", At: at}
		}
		for _, v := range []evidence.Sample{sample("c1", "SID-16"), sample("c2", "SID-16"), sample("c3", "SID-17"), sample("c4", "SID-16")} {
			must(t, s.AddSample(home, v))
		}
		refused(t, "the same again", s.AddSample(home, sample("c1", "SID-16")), fault.Conflict)
		if got, err := s.SampleByID(home, "c1"); err != nil || got != sample("c1", "SID-16") {
			t.Errorf("it is %+v, %v", got, err)
		}
		_, err := s.SampleByID(away, "c1")
		refused(t, "one of another region", err, fault.NotFound)
		shown := func(id, code string, v evidence.Verdict, caption string) evidence.Sample {
			t.Helper()
			one := sample(id, code)
			one.Verdict, one.Caption = v, caption
			refused(t, "showing it elsewhere", s.ShowSample(away, one), fault.NotFound)
			must(t, s.ShowSample(home, one))
			refused(t, "showing it again", s.ShowSample(home, one), fault.NotFound)
			return one
		}
		wrong, right := shown("c1", "SID-16", evidence.Wrong, "Tanpa tanda tangan"), shown("c2", "SID-16", evidence.Right, "SK lengkap, halaman 1")
		shown("c3", "SID-17", evidence.Right, "Lain")
		check := func(what string, ctx context.Context, want ...evidence.Sample) {
			t.Helper()
			got, err := s.Samples(ctx, "2026", "SID-16")
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%s: %v %s", what, err, diff)
			}
			var short []evidence.Sample // as an indicator's page shows them
			for _, v := range want {
				short = append(short, evidence.Sample{ID: v.ID, Verdict: v.Verdict, Caption: v.Caption})
			}
			asked, err := s.Asked(ctx, "i1", "2026", "SID-16")
			if diff := cmp.Diff(short, asked.Samples); err != nil || diff != "" {
				t.Errorf("%s, asked: %v %s", what, err, diff)
			}
		}
		check("what is right first, and what waits not at all", home, right, wrong)
		check("of another region", away)
		if kept, err := s.Kept(home); err != nil || len(kept) != 4 || kept[0].Table != "guidance_samples" {
			t.Errorf("files that are kept: %+v, %v", kept, err)
		}
		refused(t, "taking off one of another region", s.DropSample(away, "c2"), fault.NotFound)
		must(t, s.DropSample(home, "c2"))
		check("one is taken off", home, wrong)
	})
}
