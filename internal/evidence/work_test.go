package evidence_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"siida.id/internal/base/servicetest"
	"siida.id/internal/evidence"
	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
)

// What is not finished is a gap, worth what it can add; the points and the gaps of an
// innovation without marks are together the most that its options can earn.
func TestGaps(t *testing.T) {
	lib, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	pack, _ := lib.ByID("iid-2026")
	w := evidence.Work{
		AnswerSummary: evidence.AnswerSummary{Proven: map[string]int{"SID-16": 2}, Unproven: map[string]int{"SID-17": 1, "SID-18": 2, "SID-19": 3}},
		Marked:        []string{"SID-17", "SID-20"}, Void: []string{"SID-16", "SID-18"},
	}
	var got []string
	for _, g := range w.Gaps(pack)[:3] {
		got = append(got, fmt.Sprintf("%s %s %s %v", g.Kind, g.Indicator.Code, g.Worth, g.UpTo()))
	}
	const want = "perbaiki SID-18 4 false, bukti SID-19 6 false, isi SID-21 6 true"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if n := len(w.Gaps(pack)); n != 17 {
		t.Errorf("%d gaps, want all 20 but the proven one and the two that are marked", n)
	}
	scorer := scoring.Compile(pack)
	if points := w.Points(scorer); points.String() != "6" {
		t.Errorf("%s points", points)
	}
	sum := evidence.Work{}.Points(scorer)
	for _, g := range (evidence.Work{}).Gaps(pack) {
		sum += g.Worth
	}
	if most := pack.Aspect(instrument.PerInnovation).Max.Value; sum != most {
		t.Errorf("an innovation without answers can earn %s, want %s", sum, most)
	}
}

// Own innovations are those of the agencies that somebody works for or heads, not of
// those that they may read.
func TestOwnWork(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, err := w.Periods.Current(servicetest.As(t, "admin"))
		if err != nil {
			t.Fatal(err)
		}
		for persona, want := range map[string]int{"operator": 2, "other": 1, "brida": 0, "admin": 0, "nobody": 0} {
			list, err := w.OwnWork(servicetest.As(t, persona), p)
			if err != nil || len(list) != want {
				t.Errorf("%s: %d, %v; want %d", persona, len(list), err, want)
			}
		}
		servicetest.Permissions(t, `
			-        visitor  nobody  operator  other  brida  admin  away
			OwnWork  unknown  yes     yes       yes    yes    yes    yes`,
			servicetest.Call{Name: "OwnWork", Do: func(ctx context.Context) error { _, err := w.OwnWork(ctx, p); return err }},
		)
	})
}
