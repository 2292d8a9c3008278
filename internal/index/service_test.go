package index_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/decimal"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/index"
	"siida.id/internal/infra/sqldb"
)

func TestPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		servicetest.Permissions(t, `
			-    visitor  nobody     operator  other  brida  admin  away
			Of   unknown  forbidden  yes       yes    yes    yes    yes`,
			servicetest.Call{Name: "Of", Do: func(ctx context.Context) error { _, err := w.Of(ctx, ""); return err }},
		)
		for id, want := range map[string]fault.Kind{"2023": fault.NotFound, "x": fault.NotFound} {
			if _, err := w.Of(servicetest.As(t, "admin"), id); fault.KindOf(err) != want {
				t.Errorf("the index of %s = %v", id, err)
			}
		}
	})
}

// some returns four innovations of two agencies, two of which count in the period,
// and one of another region.
func some() []sampleInnovation {
	return []sampleInnovation{
		{
			persona: "admin", agency: servicetest.Own, id: "Adem", affair: "Kesehatan", applied: "2024-01-01",
			proven: map[string]int{"SID-16": 2, "SID-33": 1}, claimed: map[string]int{"SID-17": 3},
		},
		{persona: "admin", agency: servicetest.Other, id: "Baru", affair: "Sosial", applied: "2025-12-31", proven: map[string]int{"SID-16": 3}},
		{persona: "admin", agency: servicetest.Own, id: "Cepat", affair: "Pendidikan", applied: "2023-12-31", proven: map[string]int{"SID-16": 3}},
		{persona: "admin", agency: servicetest.Other, id: "Dulu", affair: "Pangan", tried: "2024-01-01", proven: map[string]int{"SID-16": 3}},
		{persona: "away", agency: "far", id: "Jauh", affair: "Kesehatan", applied: "2024-01-01", proven: map[string]int{"SID-35": 3}},
	}
}

func TestOf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.make(some()...)
		for persona, want := range map[string]seen{
			"operator": {Counted: []string{"Adem 9"}, Left: []string{"Cepat innovation.eligible_early"}, Others: 1},
			"other":    {Counted: []string{"Baru 9"}, Left: []string{"Dulu innovation.eligible_stage"}, Others: 1},
			"brida":    {Counted: []string{"Adem 9", "Baru 9"}, Left: []string{"Cepat innovation.eligible_early", "Dulu innovation.eligible_stage"}},
			"admin":    {Counted: []string{"Adem 9", "Baru 9"}, Left: []string{"Cepat innovation.eligible_early", "Dulu innovation.eligible_stage"}},
			"away":     {Counted: []string{"Jauh 12"}},
		} {
			want.Figures = "2 innovations, 2 covered, mean 1.5000, index 0.60, Kurang Inovatif"
			if persona == "away" {
				want.Figures = "1 innovations, 1 covered, mean 1.0000, index 0.40, Kurang Inovatif"
			}
			if diff := cmp.Diff(want, seenOf(w.report(persona, "2026"))); diff != "" {
				t.Errorf("%s: %s", persona, diff)
			}
		}
	})
}

// seen is the main part of a report as text.
type seen struct {
	Counted, Left []string
	Others        int
	Figures       string
}

func seenOf(r index.Report) seen {
	s := seen{Others: r.Others}
	for _, e := range r.Counted {
		s.Counted = append(s.Counted, e.Name+" "+e.Maturity.String())
	}
	for _, o := range r.Omitted {
		s.Left = append(s.Left, o.Name+" "+o.Verdict.Key)
	}
	s.Figures = fmt.Sprintf("%d innovations, %d covered, mean %s, index %s, %s",
		r.Result.Count.N, r.Result.Count.Covered, r.Result.Mean.Round(4), r.Result.Index, r.Result.Predicate)
	return s
}

// The listed values add up to the printed ones.
func TestEntriesAddUpToTheMean(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for n := range 14 { // more than the divisor's minimum
			w.make(sampleInnovation{
				persona: "admin", agency: servicetest.Own, id: fmt.Sprintf("I%02d", n), affair: "Kesehatan", applied: "2024-05-06",
				proven: map[string]int{"SID-16": n%3 + 1, "SID-20": (n+1)%3 + 1},
			})
		}
		r := w.report("admin", "")
		var sum decimal.Decimal
		for _, e := range r.Counted {
			sum += e.Maturity
		}
		if r.Result.Divisor != 14 || decimal.Over(sum, 14).Round(4) != r.Result.Mean.Round(4) || sum == 0 {
			t.Errorf("%s over %d is not the mean %s", sum, r.Result.Divisor, r.Result.Mean.Round(4))
		}
		if len(r.Reasons) == 0 {
			t.Error("the index has no reasons")
		}
		ctx, statements := sqldb.Counted(servicetest.As(t, "admin"))
		if _, err := w.Of(ctx, ""); err != nil || statements.Load() != 3 {
			t.Errorf("%d statements, %v; want one each for period, facts and snapshots", statements.Load(), err)
		}
	})
}

// A later period has its own window, pack and answers; an innovation in an affair
// that its pack does not have counts but covers nothing.
func TestPeriodsApart(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.make(some()...)
		w.make(sampleInnovation{persona: "admin", agency: servicetest.Own, id: "Elok", affair: "Urusan yang sudah dihapus", applied: "2025-01-01"})
		w.open(servicetest.As(t, "admin"), "iid-2027")
		before, now := w.report("admin", "2026"), w.report("admin", "")
		if before.Period.ID != "2026" || len(before.Counted) != 3 || before.Result.Count.Covered != 2 {
			t.Errorf("2026: %+v", seenOf(before))
		}
		if now.Period.ID != "2027" {
			t.Errorf("the current period is %s", now.Period.ID)
		}
		for _, e := range now.Counted {
			if e.Maturity != 0 {
				t.Errorf("%s earns %s by the answers of another year", e.Name, e.Maturity)
			}
		}
	})
}
