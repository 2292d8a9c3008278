package index_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/scoring/scoringcli"
	"siida.id/locales"
)

func TestDocumentPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		servicetest.Permissions(t, `
			-         visitor  nobody     operator   other      brida  admin  away
			Document  unknown  forbidden  forbidden  forbidden  yes    yes    yes`,
			servicetest.Call{Name: "Document", Do: func(ctx context.Context) error { _, err := w.Document(ctx, "2026", ""); return err }},
		)
	})
}

type matured struct{ ID, Maturity string }

// figures are the figures that both the index and `siida score` have.
type figures struct {
	SPD         struct{ Points, Max string }
	Innovations []matured
	Divisor     int
	Mean        string
	Count       struct {
		N, Covered int
		Points     string
		Required   *int
	}
	Total, Max, Index, Predicate string
}

// For any answers, `siida score` computes the figures of the index from its document,
// also after a close.
func TestScoreComputesTheSameFigures(t *testing.T) {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(t *testing.T, w *world) {
		pack, _ := w.packs.ByID("iid-2026")
		compare := func(rt rapid.TB) {
			d, err := w.Document(servicetest.As(t, "brida"), "2026", "")
			if err != nil {
				rt.Fatal(err)
			}
			text, err := json.Marshal(d)
			if err != nil {
				rt.Fatal(err)
			}
			var out, faults strings.Builder
			if code := scoringcli.Run(t.Context(), catalog, w.packs, scoringcli.Options{Lang: "en", MaxBytes: 1 << 20}, bytes.NewReader(text), &out, &faults); code != 0 {
				rt.Fatalf("%s\n%s", faults.String(), text)
			}
			var scored figures
			if err := json.Unmarshal([]byte(out.String()), &scored); err != nil {
				rt.Fatal(err)
			}
			if diff := cmp.Diff(w.figures(), scored); diff != "" {
				rt.Fatalf("%s\nof %s", diff, text)
			}
		}
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			if n++; n > 12 { // each run adds to the same world
				return
			}
			answers := func(name string, scope instrument.Scope) map[string]int {
				levels := map[string]int{}
				for _, row := range pack.Rows(scope) {
					if level := rapid.IntRange(0, len(row.Options)).Draw(rt, name+" "+row.Code); level > 0 {
						levels[row.Code] = level
					}
				}
				return levels
			}
			m := sampleInnovation{
				persona: "admin", agency: rapid.SampledFrom([]string{servicetest.Own, servicetest.Other}).Draw(rt, "agency"), id: fmt.Sprintf("I%02d", n),
				affair:  rapid.SampledFrom([]string{"Kesehatan", "Pendidikan", "Sosial", "Pangan", "Perumahan Rakyat dan Kawasan Permukiman"}).Draw(rt, "affair"),
				applied: rapid.SampledFrom([]day.Day{"2023-06-01", "2024-01-01", "2025-12-31", ""}).Draw(rt, "applied"), // the first and the last do not count
				claimed: answers("claimed", instrument.PerInnovation), proven: answers("proven", instrument.PerInnovation),
			}
			for code := range m.proven {
				delete(m.claimed, code)
			}
			w.make(m)
			for code, level := range answers("region", instrument.PerRegion) {
				if n == 1 {
					w.answer("admin", code, level, level > 1)
				}
			}
			compare(rt)
		})
		w.must(w.Periods.Do(servicetest.As(t, "brida"), "2026", period.Close))
		w.make(sampleInnovation{persona: "admin", agency: servicetest.Own, id: "Late", affair: "Sosial", applied: "2024-01-01", proven: map[string]int{"SID-16": 3}})
		compare(t)
	})
}

// figures returns those of the index, rounded.
func (w *world) figures() (f figures) {
	w.t.Helper()
	r := w.report("brida", "2026")
	rounding := r.Period.Pack.Rounding
	points := func(d decimal.Decimal) string { return d.Round(rounding.Places).String() }
	f.SPD.Points, f.SPD.Max = points(r.Result.SPD.Points), points(r.Result.SPD.Max)
	f.Innovations = []matured{}
	for _, e := range r.Counted {
		f.Innovations = append(f.Innovations, matured{e.ID, points(e.Maturity)})
	}
	f.Divisor, f.Mean = r.Result.Divisor, r.Result.Mean.Round(rounding.MeanPlaces).String()
	f.Count.N, f.Count.Covered, f.Count.Points, f.Count.Required = r.Result.Count.N, r.Result.Count.Covered, points(r.Result.Count.Points), r.Result.Count.Required
	f.Total, f.Max = r.Result.Total.Round(rounding.Places).String(), points(r.Result.Max)
	f.Index, f.Predicate = r.Result.Index.String(), r.Result.Predicate
	return f
}
