package index_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"siida.id/internal/agency"
	"siida.id/internal/audit"
	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/base/uow"
	"siida.id/internal/base/zone"
	"siida.id/internal/evidence"
	"siida.id/internal/index"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
)

// A closed year does not change, whatever happens to names, owners, affairs and
// answers.
func TestClosedYearsDoNotChange(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		w.make(some()...)
		w.answer("admin", "SPD-01", 3, true)
		before := w.report("admin", "2026")
		w.must(w.Periods.Do(admin, "2026", period.Close))
		w.must(w.agencies.Save(admin, agency.Agency{ID: servicetest.Own, Name: "Dinas Baru", Kind: "dinas"}))
		archived, err := w.innovations.ByID(admin, "Adem")
		w.must(err)
		archived.State, archived.AgencyID, archived.Affair = innovation.Archived, servicetest.Other, "Pangan"
		w.must(w.innovations.Save(admin, archived))
		w.answer2("admin", "Baru", "SID-16", 1)
		after := w.report("admin", "2026")
		if diff := cmp.Diff(seenOf(before), seenOf(after)); diff != "" || after.SnapshotAt.IsZero() {
			t.Errorf("kept at %s %s", after.SnapshotAt, diff)
		}
		if got := after.Counted[0].AgencyName + after.Agencies[0].Name; got != "Dinas ownDinas own" && got != "Dinas ownDinas other" {
			t.Errorf("the agency was called otherwise: %s", got)
		}
		if len(after.Steps) != 0 {
			t.Error("nothing moves a closed year")
		}
		// The operator of the time still reads their innovation; the new owner does
		// not.
		if got := seenOf(w.report("operator", "2026")).Counted; len(got) != 1 || got[0] != "Adem 9" {
			t.Errorf("the former owner sees %v", got)
		}
		w.must(w.Periods.Do(admin, "2026", period.Reopen))
		if now := w.report("admin", "2026"); !now.SnapshotAt.IsZero() || len(now.Counted) != 1 {
			t.Errorf("an open year is as it stands: %+v", seenOf(now))
		}
	})
}

func (w *world) answer2(persona, id, code string, level int) {
	w.t.Helper()
	ctx := servicetest.As(w.t, persona)
	a, err := w.answers.Answer(ctx, id, "2026", code)
	if fault.KindOf(err) == fault.NotFound {
		a, err = evidence.Answer{InnovationID: id, PeriodID: "2026", Code: code}, nil
	}
	w.must(err)
	a.Level, a.At = level, w.now
	w.must(w.answers.SaveAnswer(ctx, a))
	w.must(w.answers.RefreshSummary(ctx, id, "2026"))
}

// An error of one period does not affect the snapshots of others, and nothing is
// stored for a closed period with its snapshot.
func TestSnapshotsOfSeveralPeriods(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		nobody, admin := servicetest.As(t, "visitor"), servicetest.As(t, "admin")
		w.make(some()...)
		w.open(admin, "iid-2027")
		unpack := func(id string) {
			_, err := w.periods.DB.Exec(admin, `update periods set pack_sha256 = 'another' where id = $1`, id)
			w.must(err)
		}
		unpack("2027") // the newest comes first
		if err := w.SnapshotToday(nobody); fault.KeyOf(err) != "period.pack_changed" || !strings.Contains(err.Error(), "2027") {
			t.Errorf("a period whose pack has changed: %v", err)
		}
		if snapshots := w.report("admin", "2026").Snapshots; len(snapshots) != 1 || snapshots[0].Kind != index.Daily {
			t.Errorf("the other period has the snapshots %+v", snapshots)
		}
		w.must(w.Periods.Do(admin, "2026", period.Close))
		unpack("2026")
		_, err := w.periods.DB.Exec(admin, `delete from periods where id = '2027'`)
		w.must(err)
		begun := counted{Transactor: w.Tx}
		w.Tx = &begun
		if err := w.SnapshotToday(nobody); err != nil || begun.n != 0 {
			t.Errorf("a closed period with its snapshot: %v, in %d transactions", err, begun.n)
		}
	})
}

// counted counts transactions.
type counted struct {
	uow.Transactor
	n int
}

func (c *counted) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	c.n++
	return c.Transactor.InTx(ctx, fn)
}

// Same compares what the files of reports contain.
func TestSameReports(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		w.make(some()...)
		for _, tt := range []struct {
			name string
			act  func()
			want bool
		}{
			{"nothing", func() {}, true},
			{"the snapshot of the day", func() { w.must(w.SnapshotToday(admin)) }, true},
			{"an answer without evidence", func() { w.answer2("admin", "Baru", "SID-17", 2) }, true},
			{"the period's note", func() {
				w.must(w.Periods.SetWindow(admin, "2026", period.WindowEntry{Note: "Segera"}))
			}, true},
			{"an answer with evidence", func() { w.answer2("admin", "Baru", "SID-16", 1) }, false},
			{"an agency's name", func() {
				w.must(w.agencies.Save(admin, agency.Agency{ID: servicetest.Own, Name: "Dinas Baru", Kind: "dinas"}))
			}, false},
			{"what the ministry published", func() {
				w.must(w.Publish(admin, "2026", index.NationalEntry{Figure: "62,06", Day: "1/3/2026", Source: "SK"}))
			}, false},
			{"the close", func() { w.must(w.Periods.Do(admin, "2026", period.Close)) }, false},
		} {
			before := w.report("admin", "2026")
			tt.act()
			if got := w.report("admin", "2026").Same(before); got != tt.want {
				t.Errorf("after %s the same: %v, want %v", tt.name, got, tt.want)
			}
		}
	})
}

// A close fails if its snapshot cannot be stored.
func TestCloseNeedsItsSnapshot(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.make(some()...)
		w.log.Err = errors.New("no")
		if err := w.Periods.Do(servicetest.As(t, "admin"), "2026", period.Close); err == nil {
			t.Fatal("closed without a log")
		}
		w.log.Err = nil
		if r := w.report("admin", "2026"); r.Period.State != period.Open || len(r.Snapshots) != 0 {
			t.Errorf("%s with %d snapshots", r.Period.State, len(r.Snapshots))
		}
	})
}

func TestAsOfAndCompare(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		nobody := servicetest.As(t, "visitor")
		w.make(some()...)
		w.must(w.SnapshotToday(nobody))
		w.now = at.AddDate(0, 0, 3)
		w.make(sampleInnovation{persona: "admin", agency: servicetest.Own, id: "Elok", affair: "Sosial", applied: "2024-05-05", proven: map[string]int{"SID-20": 1}})
		w.answer2("admin", "Baru", "SID-16", 1)
		w.answer("admin", "SPD-01", 2, true)
		admin := servicetest.As(t, "admin")
		w.must(w.log.Append(admin, audit.Answer.Of("Baru", "2026", "SID-16"), "evidence.answered", nil))
		w.must(w.log.Append(admin, audit.RegionalAnswer.Of("2026", "SPD-01"), "regional.answered", nil))
		w.must(w.SnapshotToday(nobody))
		w.must(w.SnapshotToday(nobody)) // replaced by the later state of the day
		if snapshots := w.report("admin", "").Snapshots; len(snapshots) != 2 || snapshots[0].Day != "2026-03-02" || snapshots[1].Day != "2026-03-05" || snapshots[0].Innovations != 2 {
			t.Errorf("snapshots: %+v", snapshots)
		}
		old, err := w.AsOf(admin, "2026", "2026-03-04") // taken two days before
		if err != nil || old.Day != "2026-03-02" || old.Result.Count.N != 2 || old.Result.Index.String() != "0.60" {
			t.Errorf("as of the 4th: %s, %+v, %v", old.Day, seenOf(old), err)
		}
		if _, err := w.AsOf(admin, "2026", "2026-03-01"); fault.KindOf(err) != fault.NotFound || fault.KeyOf(err) != "index.nothing_kept" {
			t.Errorf("before anything was kept: %v", err)
		}
		for persona, want := range map[string][]string{
			"brida":    {" berubah SPD-01 0 2 Orang admin", "Baru berubah SID-16 3 1 Orang admin", "Elok masuk  0 0 "},
			"operator": {" berubah SPD-01 0 2 Orang admin", "Elok masuk  0 0 "},
		} {
			for _, until := range []day.Day{"", "2026-03-31"} {
				c, err := w.Compare(servicetest.As(t, persona), "2026", "2026-03-02", until)
				w.must(err)
				var got []string
				for _, ch := range c.Changes {
					code := ""
					if ch.Indicator != nil {
						code = ch.Indicator.Code
					}
					got = append(got, fmt.Sprintf("%s %s %s %d %d %s", ch.Name, ch.ChangeKind, code, ch.Before, ch.After, ch.Last.By))
				}
				if diff := cmp.Diff(want, got); diff != "" || c.Others != 3-len(want) {
					t.Errorf("%s until %q, %d others %s", persona, until, c.Others, diff)
				}
			}
		}
		back, err := w.Compare(admin, "2026", "2026-03-05", "2026-03-02")
		if err != nil || len(back.Changes) != 3 || back.Changes[2].ChangeKind != index.Dropped {
			t.Errorf("backwards: %+v, %v", back.Changes, err)
		}
	})
}

func TestPublish(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		entry := index.NationalEntry{Figure: "62,06", Day: "1/3/2026", Source: " Kepmendagri  1/2026 "}
		publish := func(e index.NationalEntry) func(ctx context.Context) error {
			return func(ctx context.Context) error { return w.Publish(ctx, "2026", e) }
		}
		servicetest.Permissions(t, `
			-        visitor  nobody     operator   other      brida    admin    away
			Publish  unknown  forbidden  forbidden  forbidden  yes      yes      yes
			Wrong    unknown  forbidden  forbidden  forbidden  invalid  invalid  invalid`,
			servicetest.Call{Name: "Publish", Do: publish(entry)},
			servicetest.Call{Name: "Wrong", Do: publish(index.NationalEntry{Figure: "100,01", Day: "3/3/2026"})},
		)
		err := w.Publish(servicetest.As(t, "brida"), "2026", index.NationalEntry{Figure: "6,123", Day: "kemarin"})
		var fields []string
		for _, f := range fault.FieldsOf(err) {
			fields = append(fields, string(f.Name))
		}
		if diff := cmp.Diff([]string{"figure", "day", "source"}, fields); diff != "" {
			t.Error(diff)
		}
		got := w.report("operator", "").Published()
		if got == nil || got.Figure != decimal.Must("62.06") || got.Source != "Kepmendagri 1/2026" || got.By == "" {
			t.Errorf("published %+v", got)
		}
	})
}

// The agencies' gains and the region's own points add up to the index exactly; the
// parts add up to their aspects; a step has the gain that it states.
func TestFiguresAddUp(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			if n++; n > 12 { // each run adds to the same world
				return
			}
			affair := rapid.SampledFrom([]string{"Kesehatan", "Pendidikan", "Sosial", "Pangan"}).Draw(rt, "affair")
			w.make(sampleInnovation{
				persona: "admin", agency: rapid.SampledFrom([]string{servicetest.Own, servicetest.Other}).Draw(rt, "agency"),
				id: fmt.Sprintf("I%02d", n), affair: affair, applied: "2025-01-01",
				proven:  map[string]int{"SID-16": rapid.IntRange(1, 3).Draw(rt, "level")},
				claimed: map[string]int{"SID-35": rapid.IntRange(1, 3).Draw(rt, "claimed")},
			})
			r := w.report("brida", "")
			sum := r.Result.SPD.Points.Ratio().PercentOf(r.Result.Max)
			for _, a := range r.Agencies {
				sum = sum.Plus(a.Gain)
			}
			if !sum.Equal(r.Result.Exact) {
				rt.Fatalf("agencies add up to %s, the index is %s", sum, r.Result.Exact)
			}
			var parts decimal.Ratio
			for _, p := range r.Parts {
				parts = parts.Plus(p.Points)
			}
			if !parts.Equal(r.Result.Mean.Add(r.Result.SPD.Points)) {
				rt.Fatalf("parts add up to %s", parts)
			}
			bins := 0
			for _, b := range r.Distribution() {
				bins += b.Innovations
			}
			if bins != r.Result.Count.N {
				rt.Fatalf("%d in bins of %d", bins, r.Result.Count.N)
			}
		})
	})
}

func TestContributions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.make(some()...)
		w.make(sampleInnovation{persona: "admin", agency: servicetest.Own, id: "Elok", affair: "Sosial", applied: "2024-05-05", proven: map[string]int{"SID-20": 1}})
		w.must(w.agencies.Add(servicetest.As(t, "admin"), agency.Agency{ID: "sepi", Name: "Dinas Sepi", Kind: "dinas"}))
		r := w.report("brida", "")
		if len(r.Agencies) != 2 || r.Agencies[0].ID != servicetest.Own || len(r.Silent) != 1 || r.Silent[0].ID != "sepi" {
			t.Errorf("standings %+v, silent %+v", r.Agencies, r.Silent)
		}
		for by, want := range map[index.Order]string{
			index.ByHighest: "1 Dinas other 9, 1 Dinas own 9, ", index.ByReports: "1 Dinas own 9, 2 Dinas other 9, ", index.ByTotal: "1 Dinas own 9, 2 Dinas other 9, ",
		} {
			got := ""
			for _, a := range index.RankAgencies(r, by) {
				got += fmt.Sprintf("%d %s %s, ", a.Place, a.Name, a.Highest)
			}
			if got != want {
				t.Errorf("by %s: %s", by, got)
			}
		}
		var places []int
		for _, e := range index.RankInnovations(r) {
			places = append(places, e.Place)
		}
		if diff := cmp.Diff([]int{1, 1, 3}, places); diff != "" {
			t.Error(diff)
		}
		// An agency reads its own contribution, and not those of others.
		own := w.report("operator", "")
		if len(own.Agencies) != 1 || len(own.Silent) != 0 {
			t.Errorf("the operator sees %+v and %+v", own.Agencies, own.Silent)
		}
		for _, s := range own.Steps {
			if s.Entry == nil || s.Entry.AgencyID != servicetest.Own {
				t.Errorf("a step that is not his: %+v", s)
			}
		}
	})
}

func TestExcerpts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.make(some()...)
		servicetest.Permissions(t, `
			-             visitor  nobody     operator  other    brida    admin    away
			OfAgency      unknown  forbidden  yes       missing  yes      yes      missing
			OfInnovation  unknown  forbidden  yes       missing  yes      yes      missing
			Left          unknown  forbidden  yes       missing  yes      yes      missing
			Nothing       unknown  forbidden  missing   missing  missing  missing  missing
			OfIndicator   unknown  forbidden  yes       yes      yes      yes      yes
			NoIndicator   unknown  forbidden  missing   missing  missing  missing  missing`,
			servicetest.Call{Name: "OfAgency", Do: func(ctx context.Context) error { _, err := w.OfAgency(ctx, "2026", servicetest.Own); return err }},
			servicetest.Call{Name: "OfInnovation", Do: func(ctx context.Context) error { _, err := w.OfInnovation(ctx, "2026", "Adem"); return err }},
			servicetest.Call{Name: "Left", Do: func(ctx context.Context) error { _, err := w.OfInnovation(ctx, "2026", "Cepat"); return err }},
			servicetest.Call{Name: "Nothing", Do: func(ctx context.Context) error { _, err := w.OfInnovation(ctx, "2026", "x"); return err }},
			servicetest.Call{Name: "OfIndicator", Do: func(ctx context.Context) error { _, err := w.OfIndicator(ctx, "2026", "SID-16"); return err }},
			servicetest.Call{Name: "NoIndicator", Do: func(ctx context.Context) error { _, err := w.OfIndicator(ctx, "2026", "SID-99"); return err }},
		)
		ctx := servicetest.As(t, "operator")
		own, err := w.OfAgency(ctx, "2026", servicetest.Own)
		if err != nil || len(own.Counted) != 1 || len(own.Omitted) != 1 || own.Total != decimal.FromInt(9) || own.Gain.Round(2).String() != "0.30" || len(own.Parts) != 5 {
			t.Errorf("own agency: %d counted, %d left, total %s, gain %s, %d parts, %v", len(own.Counted), len(own.Omitted), own.Total, own.Gain, len(own.Parts), err)
		}
		one, err := w.OfInnovation(ctx, "2026", "Cepat")
		if err != nil || one.Only != nil || one.Verdict.Verdict.Key != "innovation.eligible_early" {
			t.Errorf("one that does not count: %+v, %v", one.Verdict, err)
		}
		row, err := w.OfIndicator(ctx, "2026", "SID-17")
		if err != nil || len(row.Entries) != 1 || row.Entries[0].Unproven != 3 || row.Others != 1 {
			t.Errorf("an indicator: %+v, %v", row.Entries, err)
		}
	})
}

// An answer of the region counts only with a proof.
func TestRegionsOwnRows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.answer("admin", "SPD-01", 3, true)
		w.answer("admin", "SPD-06", 3, false)
		r := w.report("brida", "")
		if r.Result.SPD.Points != decimal.FromInt(3) {
			t.Errorf("SPD is %s", r.Result.SPD.Points)
		}
		row, err := w.OfIndicator(servicetest.As(t, "brida"), "2026", "SPD-01")
		if err != nil || row.Level != 3 || row.Reason == nil {
			t.Errorf("%+v, %v", row, err)
		}
		if r.Steps[0].Indicator.Code != "SPD-06" || r.Steps[0].Gain.Round(2).String() != "1.80" { // 4.5 of 250
			t.Errorf("first step %+v", r.Steps[0])
		}
	})
}

// What is stored with a day to come counts from that day on (B3); a year closed by a
// version that counted it before stays as it was.
func TestCaseB3CountsFromItsDay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		w.make(sampleInnovation{persona: "admin", agency: servicetest.Own, id: "Kelak", affair: "Kesehatan", applied: "2025-12-31", proven: map[string]int{"SID-16": 1}})
		count := func() int { return len(w.report("admin", "2026").Counted) }
		w.now = zone.At(admin, "2025-12-30", 23, 59)
		if n := count(); n != 0 {
			t.Errorf("the day before it counts %d", n)
		}
		w.now = zone.Start(admin, "2025-12-31")
		if n := count(); n != 1 {
			t.Errorf("on its day it counts %d", n)
		}
		w.now = zone.At(admin, "2025-12-30", 12, 0)
		w.must(w.Periods.Do(admin, "2026", period.Close))
		w.now = zone.Start(admin, "2026-02-01")
		if n := count(); n != 0 {
			t.Errorf("closed before its day it counts %d", n)
		}
		if _, err := w.answers.DB.Exec(admin, `update index_snapshots set facts = replace(facts, ',"on":"2025-12-30"', '')`); err != nil {
			t.Fatal(err)
		}
		if n := count(); n != 1 {
			t.Errorf("closed by version 0.1 it counts %d", n)
		}
	})
}
