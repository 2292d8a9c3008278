package index_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/index"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/period"
)

// The last of the region's own figures counts, never one of the ministry, which is of
// another scale.
func TestLastUpTo(t *testing.T) {
	history := []index.Snapshot{
		{Day: "2026-03-01", Kind: index.Daily, Figure: decimal.Must("1")},
		{Day: "2026-03-05", Kind: index.Daily, Figure: decimal.Must("2")},
		{Day: "2026-03-07", Kind: index.National, Figure: decimal.Must("3")},
		{Day: "2026-03-09", Kind: index.Closing, Figure: decimal.Must("4")},
	}
	for on, want := range map[day.Day]string{
		"2026-02-28": "", "2026-03-01": "1", "2026-03-04": "1", "2026-03-05": "2", "2026-03-08": "2", "2026-03-09": "4", "2027-01-01": "4",
	} {
		got, found := index.LastUpTo(history, on)
		if figure := got.Figure.String(); found != (want != "") || found && figure != want {
			t.Errorf("on %s: %s, %v; want %q", on, figure, found, want)
		}
	}
	if _, found := index.LastUpTo(nil, "2026-03-01"); found {
		t.Error("no history has a figure")
	}
}

func TestMarkOf(t *testing.T) {
	own := index.Snapshot{Day: "2026-08-31", Kind: index.Closing, Figure: decimal.Must("40")}
	national := index.Snapshot{Day: "2026-08-01", Kind: index.National, Figure: decimal.Must("41")}
	later := index.Snapshot{Day: "2026-08-15", Kind: index.National, Figure: decimal.Must("42")}
	for name, tt := range map[string]struct {
		history []index.Snapshot
		want    string
	}{
		"nothing stored":              {nil, "0"},
		"own figures alone":           {[]index.Snapshot{{Day: "2026-05-01", Figure: decimal.Must("1")}, own}, "40"},
		"what the ministry published": {[]index.Snapshot{national, own}, "41"},
		"and what it corrected":       {[]index.Snapshot{national, later, own}, "42"},
	} {
		if got, found := index.MarkOf(tt.history); got.Figure.String() != tt.want || found != (len(tt.history) > 0) {
			t.Errorf("%s: %s, %v; want %s", name, got.Figure, found, tt.want)
		}
	}
}

// figuresOf returns the figures of an Overview as text.
func figuresOf(o index.Overview) string {
	band, lacks, further := o.Distance()
	return fmt.Sprintf("%s, %v %s %s, if proven %s, week %s %s %s, last year %s %s, this day %s %s",
		o.Result.Index, further, lacks, band.Label, o.IfProven.Index, o.Week.Day, o.Week.Figure, o.Change(o.Week),
		o.LastYear.Day, o.LastYear.Figure, o.ThisDay.Day, o.ThisDay.Figure)
}

func TestOverview(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin, nobody := servicetest.As(t, "admin"), servicetest.As(t, "visitor")
		w.make(some()...)
		w.answer("admin", "SPD-01", 2, false)
		p, err := w.Periods.Current(admin)
		w.must(err)
		const fresh = "0.60, true 39.41 Inovatif, if proven 1.60, week  0 0.6, last year  0, this day  0"
		check := func(when, want string) {
			t.Helper()
			for _, persona := range []string{"brida", "admin"} {
				o, err := w.Overview(servicetest.As(t, persona), p)
				if got := figuresOf(o); err != nil || got != want {
					t.Errorf("%s, %s: %v\ngot  %s\nwant %s", when, persona, err, got, want)
				}
			}
		}
		check("without a history", fresh)
		w.must(w.SnapshotToday(nobody)) // 2 March, 0.60
		w.must(w.periods.Add(admin, period.Period{ID: "2025", Year: 2025, PackID: p.PackID, PackSHA256: p.PackSHA256, OpenedAt: at.AddDate(-1, 0, -3)}))
		for n, figure := range map[day.Day]string{"2025-02-28": "12.34", "2025-03-09": "13.5", "2025-03-10": "14.25", "2025-08-31": "40"} {
			w.must(w.Store.SaveSnapshot(admin, index.Snapshot{PeriodID: "2025", Day: n, Kind: index.Daily, At: at, Figure: decimal.Must(figure)}))
		}
		w.now = at.AddDate(0, 0, 6) // 8 March
		w.answer2("admin", "Baru", "SID-16", 1)
		check("six days later", "0.40, true 39.61 Inovatif, if proven 1.40, week  0 0.4, last year 2025-08-31 40, this day 2025-02-28 12.34")
		w.now = at.AddDate(0, 0, 7) // 9 March
		check("a week later", "0.40, true 39.61 Inovatif, if proven 1.40, week 2026-03-02 0.6 -0.2, last year 2025-08-31 40, this day 2025-03-09 13.5")
		w.must(w.Store.SaveSnapshot(admin, index.Snapshot{PeriodID: "2025", Day: "2025-12-01", Kind: index.National, At: at, Figure: decimal.Must("41.36")}))
		check("once the ministry has published", "0.40, true 39.61 Inovatif, if proven 1.40, week 2026-03-02 0.6 -0.2, last year 2025-12-01 41.36, this day 2025-03-09 13.5")

		ctx, statements := sqldb.Counted(admin)
		if _, err := w.Overview(ctx, p); err != nil || statements.Load() != 3 {
			t.Errorf("%d statements, %v; want one each for facts and the snapshots of two years", statements.Load(), err)
		}
		servicetest.Permissions(t, `
			-         visitor  nobody     operator   other      brida  admin  away
			Overview  unknown  forbidden  forbidden  forbidden  yes    yes    yes`,
			servicetest.Call{Name: "Overview", Do: func(ctx context.Context) error { _, err := w.Overview(ctx, p); return err }},
		)
		w.must(w.Periods.Do(admin, "2026", period.Close))
		closed, err := w.Periods.ByID(admin, "2026")
		w.must(err)
		if o, err := w.Overview(admin, closed); err != nil || len(o.Bundles) != 0 || o.Result.Index.String() != "0.40" {
			t.Errorf("closed: %d bundles, %s, %v", len(o.Bundles), o.Result.Index, err)
		}
	})
}

func TestYears(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		p, err := w.Periods.Current(admin)
		w.must(err)
		for _, year := range []int{2024, 2025} {
			w.must(w.periods.Add(admin, period.Period{ID: fmt.Sprint(year), Year: year, PackID: p.PackID, PackSHA256: p.PackSHA256, OpenedAt: at}))
		}
		w.must(w.periods.Add(admin, period.Period{ID: "2023", Year: 2023, PackID: "gone", PackSHA256: "aa", OpenedAt: at}))
		for _, m := range []index.Snapshot{
			{PeriodID: "2024", Day: "2024-08-01", Kind: index.Daily, Figure: decimal.Must("30")},
			{PeriodID: "2024", Day: "2024-08-31", Kind: index.Closing, Figure: decimal.Must("31")},
			{PeriodID: "2026", Day: "2026-03-01", Kind: index.National, Figure: decimal.Must("9")},
			{PeriodID: "2026", Day: "2026-03-02", Kind: index.Daily, Figure: decimal.Must("1")},
		} {
			m.At = at
			w.must(w.Store.SaveSnapshot(admin, m))
		}
		for _, persona := range []string{"operator", "brida"} {
			ctx, statements := sqldb.Counted(servicetest.As(t, persona))
			list, err := w.Years(ctx)
			w.must(err)
			got := ""
			for _, y := range list {
				got += fmt.Sprintf("%s %v %s %s, ", y.ID, y.Known, y.Mark.Kind, y.Mark.Figure)
			}
			if want := "2024 true tutup 31, 2025 false  0, 2026 true nasional 9, "; got != want || statements.Load() != 2 {
				t.Errorf("%s, %d statements: %s; want %s", persona, statements.Load(), got, want)
			}
		}
		if list, err := w.Years(servicetest.As(t, "away")); err != nil || len(list) != 1 || list[0].Known {
			t.Errorf("of another region: %+v, %v", list, err)
		}
		if _, err := w.Years(servicetest.As(t, "nobody")); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("without an assignment: %v", err)
		}
	})
}

// What adds most comes first, and each figure is what the scoring says.
func TestBundles(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.make(some()...)
		w.answer("admin", "SPD-01", 2, false)
		p, err := w.Periods.Current(servicetest.As(t, "admin"))
		w.must(err)
		o, err := w.Overview(servicetest.As(t, "brida"), p)
		w.must(err)
		var got []string
		for i, b := range o.Bundles {
			code := ""
			if b.Step.Indicator != nil {
				code = " " + b.Step.Indicator.Code
			}
			if i < 3 || b.Kind != index.OneOfMany {
				got = append(got, fmt.Sprintf("%s%s %s: %d innovations, %d agencies, %d answers", b.Kind, code, b.Gain.Round(2), b.Innovations, b.Agencies, b.Answers))
			}
			if i > 0 && b.Gain.Compare(o.Bundles[i-1].Gain) > 0 {
				t.Errorf("%d adds more than the one before", i)
			}
		}
		want := []string{
			"rendah 1.40: 2 innovations, 2 agencies, 0 answers",
			"langkah SPD-01 0.80: 0 innovations, 0 agencies, 0 answers",
			"langkah SPD-12 0.80: 0 innovations, 0 agencies, 0 answers",
			"bukti 0.20: 1 innovations, 1 agencies, 1 answers",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWeekAgo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.make(some()...)
		operator := servicetest.As(t, "operator")
		p, err := w.Periods.Current(operator)
		w.must(err)
		agencies := []string{servicetest.Own, servicetest.Other}
		if past, err := w.WeekAgo(operator, p, agencies); err != nil || past.Day != "" || len(past.Maturity) != 0 {
			t.Errorf("without a history: %+v, %v", past, err)
		}
		w.must(w.SnapshotToday(servicetest.As(t, "visitor")))
		w.answer2("admin", "Adem", "SID-16", 3)
		w.now = at.AddDate(0, 0, 9)
		past, err := w.WeekAgo(operator, p, agencies)
		if err != nil || past.Day != "2026-03-02" || len(past.Maturity) != 2 || past.Maturity["Adem"].String() != "9" {
			t.Errorf("of the own agency: %+v, %v", past, err)
		}
		if past, err := w.WeekAgo(servicetest.As(t, "brida"), p, agencies); err != nil || len(past.Maturity) != 4 {
			t.Errorf("of all: %+v, %v", past, err)
		}
		if _, err := w.WeekAgo(servicetest.As(t, "nobody"), p, agencies); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("without an assignment: %v", err)
		}
	})
}
