package innovation_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/innovation"
)

func TestBrowse(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		add := func(agency, name, affair, tried, applied string) innovation.Innovation {
			f := form(agency, name)
			f.Affair, f.TriedOn, f.AppliedOn = affair, tried, applied
			made, err := w.Register(admin, f)
			if err != nil {
				t.Fatal(err)
			}
			return made
		}
		add(servicetest.Own, "Adem", "Kesehatan", "", "2024-02-01")
		add(servicetest.Own, "Bunga", "Sosial", "2025-01-01", "")
		add(servicetest.Other, "Cepat", "Sosial", "", "2021-02-01")
		gone := add(servicetest.Other, "Dulu", "Sosial", "", "2024-02-01")
		if err := w.Do(admin, gone.ID, innovation.Archive, ""); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			persona string
			filter  innovation.Filter
			want    []string
			used    int
		}{
			{"brida", innovation.Filter{}, []string{"Adem", "Bunga", "Cepat"}, 0},
			{"other", innovation.Filter{}, []string{"Cepat"}, 0},
			{"nobody", innovation.Filter{}, nil, 0},
			{"other", innovation.Filter{Agency: servicetest.Own}, nil, 1}, // not readable for them
			{"brida", innovation.Filter{Agency: servicetest.Own}, []string{"Adem", "Bunga"}, 1},
			{"brida", innovation.Filter{Stage: innovation.Trial}, []string{"Bunga"}, 1},
			{"brida", innovation.Filter{Words: "BÚNGA"}, []string{"Bunga"}, 1},
			{"brida", innovation.Filter{Words: "un dinas"}, []string{"Bunga"}, 1},
			{"other", innovation.Filter{Words: "bunga"}, nil, 1},
			{"brida", innovation.Filter{Words: "' % _ \" OR 1=1"}, nil, 1},
			{"brida", innovation.Filter{Words: "…"}, []string{"Adem", "Bunga", "Cepat"}, 1},
			{"brida", innovation.Filter{Affair: "Sosial"}, []string{"Bunga", "Cepat"}, 1},
			{"brida", innovation.Filter{Cohort: "2024"}, []string{"Adem"}, 1},
			{"brida", innovation.Filter{Counts: innovation.Counting}, []string{"Adem"}, 1},
			{"brida", innovation.Filter{Counts: innovation.NotCounting}, []string{"Bunga", "Cepat"}, 1},
			{"brida", innovation.Filter{State: innovation.Archived, Cohort: "2024"}, []string{"Dulu"}, 2},
			{"brida", innovation.Filter{Affair: "Sosial", Cohort: "2024"}, nil, 2},
		} {
			l, err := w.Browse(servicetest.As(t, tt.persona), tt.filter, 1)
			got := names(l.Rows, func(r innovation.Row) string { return r.Name })
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil || l.Total != len(tt.want) || tt.filter.Used() != tt.used {
				t.Errorf("%s with %+v: %v %s", tt.persona, tt.filter, err, diff)
			}
		}
		l, err := w.Browse(servicetest.As(t, "brida"), innovation.Filter{Agency: "none"}, 1)
		if err != nil || !l.Any || l.Period.ID != "2026" || !cmp.Equal(l.Agencies, []innovation.Named{{ID: servicetest.Other, Name: "Dinas other"}, {ID: servicetest.Own, Name: "Dinas own"}}) ||
			!cmp.Equal(l.Affairs, []string{"Kesehatan", "Sosial"}) || !cmp.Equal(l.Cohorts, []string{"2024", "2021"}) {
			t.Errorf("what there is to filter by: %+v, %v", l, err)
		}
		if _, err := w.Browse(servicetest.As(t, "visitor"), innovation.Filter{}, 1); servicetest.Outcome(err) != "unknown" {
			t.Errorf("a visitor = %v", err)
		}
		elsewhere := actor.With(t.Context(), actor.Actor{ID: "admin", Region: "18.03", Assignments: []actor.Assignment{{Role: actor.Admin}}})
		if l, err := w.Browse(elsewhere, innovation.Filter{}, 1); err != nil || l.Period != nil || l.Any {
			t.Errorf("without a period: %+v, %v", l, err)
		}
	})
}

func TestBrowsePages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for n := range 101 {
			w.register("operator", servicetest.Own, fmt.Sprintf("Inovasi %03d", n))
		}
		for _, tt := range []struct {
			asked, number, rows int
			first               string
		}{
			{-1, 1, 50, "Inovasi 000"},
			{0, 1, 50, "Inovasi 000"},
			{2, 2, 50, "Inovasi 050"},
			{3, 3, 1, "Inovasi 100"},
			{99, 3, 1, "Inovasi 100"},
		} {
			l, err := w.Browse(servicetest.As(t, "operator"), innovation.Filter{}, tt.asked)
			if err != nil || l.Number != tt.number || l.Last != 3 || l.Total != 101 || len(l.Rows) != tt.rows || l.Rows[0].Name != tt.first {
				t.Errorf("page %d: %d of %d, %d rows, %v", tt.asked, l.Number, l.Last, len(l.Rows), err)
			}
		}
	})
}
