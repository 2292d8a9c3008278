package period_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/period"
)

func TestCalendarPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if _, err := w.Open(servicetest.As(t, "admin"), "iid-2026"); err != nil {
			t.Fatal(err)
		}
		servicetest.Permissions(t, `
			-             visitor  nobody     operator   other      brida    admin    away
			Calendar      unknown  yes        yes        yes        yes      yes      missing
			Editable      unknown  forbidden  forbidden  forbidden  yes      yes      missing
			Running       unknown  yes        yes        yes        yes      yes      yes
			SetWindow     unknown  forbidden  forbidden  forbidden  invalid  invalid  missing
			AddDeadline   unknown  forbidden  forbidden  forbidden  invalid  invalid  missing
			DropDeadline  unknown  forbidden  forbidden  forbidden  missing  missing  missing
			Extend        unknown  forbidden  forbidden  forbidden  invalid  invalid  missing
			Unextend      unknown  forbidden  forbidden  forbidden  missing  missing  missing
			Unknown       unknown  forbidden  forbidden  forbidden  missing  missing  missing
			Reopen        unknown  forbidden  forbidden  forbidden  conflict conflict missing`,
			servicetest.Call{Name: "Calendar", Do: func(ctx context.Context) error { _, err := w.Calendar(ctx, "2026"); return err }},
			servicetest.Call{Name: "Editable", Do: func(ctx context.Context) error { _, err := w.Editable(ctx, "2026"); return err }},
			servicetest.Call{Name: "Running", Do: func(ctx context.Context) error { _, err := w.Running(ctx); return err }},
			servicetest.Call{Name: "SetWindow", Do: func(ctx context.Context) error {
				return w.SetWindow(ctx, "2026", period.WindowEntry{Opens: period.When{Day: "x"}})
			}},
			servicetest.Call{Name: "AddDeadline", Do: func(ctx context.Context) error { return w.AddDeadline(ctx, "2026", "", period.When{}) }},
			servicetest.Call{Name: "DropDeadline", Do: func(ctx context.Context) error { return w.DropDeadline(ctx, "2026", "none") }},
			servicetest.Call{Name: "Extend", Do: func(ctx context.Context) error { return w.Extend(ctx, "2026", period.ExtensionEntry{}) }},
			servicetest.Call{Name: "Unextend", Do: func(ctx context.Context) error { return w.Unextend(ctx, "2026", "none") }},
			servicetest.Call{Name: "Unknown", Do: func(ctx context.Context) error { return w.Do(ctx, "2026", "lain") }},
			servicetest.Call{Name: "Reopen", Do: func(ctx context.Context) error { return w.Do(ctx, "2026", period.Reopen) }},
		)
	})
}

func TestTwoYears(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		for _, pack := range []string{"iid-2027", "iid-2026"} {
			if _, err := w.Open(brida, pack); err != nil {
				t.Fatal(err)
			}
		}
		check := func(current string, running ...string) {
			t.Helper()
			now, err := w.Current(brida)
			if now.ID != current || current != "" && err != nil {
				t.Errorf("Current = %s, %v; want %s", now.ID, err, current)
			}
			var ids []string
			list, err := w.Running(brida)
			for _, p := range list {
				ids = append(ids, p.ID)
			}
			if !slices.Equal(ids, running) || err != nil {
				t.Errorf("Running = %v, %v; want %v", ids, err, running)
			}
		}
		do := func(id string, m period.Move) {
			t.Helper()
			if err := w.Do(brida, id, m); err != nil {
				t.Error(err)
			}
		}
		check("2027", "2027", "2026")
		do("2027", period.Close)
		check("2026", "2026")
		if err := w.writable(brida, "2027", "own"); fault.KeyOf(err) != "period.closed" || fault.KindOf(err) != fault.Conflict {
			t.Errorf("Writable of a closed one = %v", err)
		}
		do("2027", period.Reopen)
		check("2027", "2027", "2026")
		do("2027", period.Close)
		do("2027", period.Archive)
		do("2026", period.Close)
		check("")
		if p, err := w.ByID(brida, "2027"); err != nil || p.State != period.Archived {
			t.Errorf("an archived period: %v, %v", p.State, err)
		}
		for name, err := range map[string]error{
			"SetWindow":    w.SetWindow(brida, "2026", period.WindowEntry{}),
			"AddDeadline":  w.AddDeadline(brida, "2026", "Bukti", period.When{Day: "1-9-2026", Hour: "8.00"}),
			"DropDeadline": w.DropDeadline(brida, "2026", "none"),
			"Extend":       w.Extend(brida, "2026", period.ExtensionEntry{}),
			"Unextend":     w.Unextend(brida, "2026", "none"),
		} {
			if fault.KeyOf(err) != "period.closed" {
				t.Errorf("%s of a closed period = %v", name, err)
			}
		}
		if n, err := w.trail.Verify(brida); n != 7 || err != nil {
			t.Errorf("the log has %d entries, %v", n, err)
		}
	})
}

// Of two concurrent changes of a window the second is a conflict.
func TestTwoWritersOfAWindow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida, admin := servicetest.As(t, "brida"), servicetest.As(t, "admin")
		if _, err := w.Open(brida, "iid-2026"); err != nil {
			t.Fatal(err)
		}
		if err := w.SetWindow(brida, "2026", period.WindowEntry{Note: "dari BRIDA"}); err != nil {
			t.Fatal(err)
		}
		if err := w.SetWindow(admin, "2026", period.WindowEntry{Note: "dari admin"}); fault.KeyOf(err) != "period.moved_on" {
			t.Errorf("an overtaken change = %v, want Conflict", err)
		}
		if p, err := w.ByID(admin, "2026"); err != nil || p.Note != "dari BRIDA" || p.Version != 1 {
			t.Errorf("the period is %+v, %v", p.Period, err)
		}
	})
}

func TestWindowAndDeadlines(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		if _, err := w.Open(brida, "iid-2026"); err != nil {
			t.Fatal(err)
		}
		whens := func(day, hour string) period.When { return period.When{Day: day, Hour: hour} }
		for _, tt := range []struct {
			e    period.WindowEntry
			want string
		}{
			{period.WindowEntry{Opens: whens("kemarin", ""), Closes: whens("", "25.00")}, "opens.day=period.day_unread opens.hour=period.hour_missing closes.day=period.day_missing closes.hour=period.hour_unread"},
			{period.WindowEntry{Opens: whens("2-3-2026", "8.00"), Closes: whens("2-3-2026", "08:00")}, "closes.day=period.closes_early"},
			{period.WindowEntry{Note: " Isi lebih awal. "}, ""},
			{period.WindowEntry{Opens: whens("2-3-2026", "00.00"), Closes: whens("31/8/2026", "23:59"), Note: "Isi lebih awal.", Version: 1}, ""},
		} {
			if got := mistakes(w.SetWindow(brida, "2026", tt.e)); got != tt.want {
				t.Errorf("%+v: %s, want %s", tt.e, got, tt.want)
			}
		}
		if got := mistakes(w.AddDeadline(brida, "2026", " ", whens("", "x"))); got != "name=period.deadline_name at.day=period.day_missing at.hour=period.hour_unread" {
			t.Error(got)
		}
		for _, day := range []string{"1-7-2026", "1-6-2026"} {
			if err := w.AddDeadline(brida, "2026", "Sampai "+day, whens(day, "12.00")); err != nil {
				t.Fatal(err)
			}
		}
		c, err := w.Calendar(brida, "2026")
		if err != nil || len(c.Deadlines) != 2 || c.Deadlines[0].Name != "Sampai 1-6-2026" || c.Note != "Isi lebih awal." {
			t.Fatalf("%+v, %v", c, err)
		}
		if want := time.Date(2026, 8, 31, 16, 59, 0, 0, time.UTC); !c.Closes.Equal(want) || period.FormatMoment(brida, c.Closes) != whens("2026-08-31", "23.59") {
			t.Errorf("closes %v, want %v", c.Closes, want)
		}
		if err := w.DropDeadline(brida, "2026", c.Deadlines[0].ID); err != nil {
			t.Error(err)
		}
		if c, err = w.Calendar(brida, "2026"); err != nil || len(c.Deadlines) != 1 {
			t.Errorf("%v, %v", c.Deadlines, err)
		}
	})
}

func mistakes(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()[len("fault.invalid "):]
}

func TestExtend(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		if _, err := w.Open(brida, "iid-2026"); err != nil {
			t.Fatal(err)
		}
		e := period.ExtensionEntry{Agency: "own", Until: period.When{Day: "2-3-2026", Hour: "20.00"}, Reason: "Listrik padam"}
		if got := mistakes(w.Extend(brida, "2026", e)); got != "until.day=period.extension_endless" {
			t.Error(got)
		}
		window := period.WindowEntry{Closes: period.When{Day: "2-3-2026", Hour: "15.00"}}
		if err := w.SetWindow(brida, "2026", window); err != nil {
			t.Fatal(err)
		}
		if err := w.writable(brida, "2026", "own"); fault.KeyOf(err) != "period.over" { // the clock is at 15.30
			t.Errorf("past the window: %v", err)
		}
		for want, bad := range map[string]period.ExtensionEntry{
			"agency=period.agency_choose until.day=period.day_missing until.hour=period.hour_missing reason=period.reason_missing": {},
			"until.day=period.extension_early until.day=period.extension_past":                                                     {Agency: period.Everyone, Until: period.When{Day: "2-3-2026", Hour: "15.00"}, Reason: "x"},
			"until.day=period.extension_past": {Agency: period.Everyone, Until: period.When{Day: "2-3-2026", Hour: "15.30"}, Reason: "x"},
		} {
			if got := mistakes(w.Extend(brida, "2026", bad)); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
		w.log.Err = errors.New("the disk is full")
		if err := w.Extend(brida, "2026", e); !errors.Is(err, w.log.Err) {
			t.Errorf("Extend = %v", err)
		}
		if err := w.writable(brida, "2026", "own"); fault.KeyOf(err) != "period.over" {
			t.Errorf("after an extension that failed: %v", err)
		}
		w.log.Err = nil
		if err := w.Extend(brida, "2026", e); err != nil {
			t.Fatal(err)
		}
		if own, other := w.writable(brida, "2026", "own"), w.writable(brida, "2026", "other"); own != nil || fault.KeyOf(other) != "period.over" {
			t.Errorf("own %v, other %v", own, other)
		}
		e.Agency = period.Everyone
		if err := w.Extend(brida, "2026", e); err != nil {
			t.Fatal(err)
		}
		if err := w.writable(brida, "2026", "other"); err != nil {
			t.Error(err)
		}
		c, err := w.Calendar(brida, "2026")
		if err != nil || len(c.Extensions) != 2 {
			t.Fatalf("%+v, %v", c.Extensions, err)
		}
		got := c.Extensions[slices.IndexFunc(c.Extensions, func(x period.Extension) bool { return x.Agency == "own" })]
		want := period.Extension{
			ID: got.ID, PeriodID: "2026", Agency: "own", AgencyName: "Dinas own", Until: time.Date(2026, 3, 2, 13, 0, 0, 0, time.UTC),
			Reason: "Listrik padam", ByID: "brida", ByName: "Orang brida", GrantedAt: now.Truncate(time.Millisecond),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		withdrawn(t, w, c.Extensions, got.ID)
	})
}

// withdrawn revokes an agency's own extension, which then has no effect; the
// extension for all agencies still has.
func withdrawn(t *testing.T, w *world, all []period.Extension, own string) {
	t.Helper()
	admin := servicetest.As(t, "admin")
	w.log.Err = errors.New("the disk is full")
	if err := w.Unextend(admin, "2026", own); !errors.Is(err, w.log.Err) {
		t.Errorf("Unextend = %v", err)
	}
	w.log.Err = nil
	for _, x := range all {
		if err := w.writable(admin, "2026", "own"); err != nil {
			t.Errorf("with one left: %v", err)
		}
		if err := w.Unextend(admin, "2026", x.ID); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.writable(admin, "2026", "own"); fault.KeyOf(err) != "period.over" {
		t.Errorf("without any: %v", err)
	}
	if err := w.Unextend(admin, "2026", own); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a second time: %v", err)
	}
	c, err := w.Calendar(admin, "2026")
	if err != nil || len(c.Extensions) != 2 || c.Extensions[0].EndedName != "Orang admin" || !c.Extensions[1].Ended.Equal(now.Truncate(time.Millisecond)) {
		t.Errorf("it stays to be read: %+v, %v", c.Extensions, err)
	}
}
