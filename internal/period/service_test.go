package period_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

func TestPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if _, err := w.Open(servicetest.As(t, "admin"), "iid-2026"); err != nil {
			t.Fatal(err)
		}
		packs := []string{"iid-2023", "iid-2027", "iid-2023"}
		servicetest.Permissions(t, `
			-          visitor  nobody     operator   other      brida  admin  away
			All        unknown  yes        yes        yes        yes    yes    yes
			Current    yes      yes        yes        yes        yes    yes    missing
			ByID       yes      yes        yes        yes        yes    yes    missing
			CheckOpen  unknown  forbidden  forbidden  forbidden  yes    yes    yes
			Choices    unknown  forbidden  forbidden  forbidden  yes    yes    yes
			Open       unknown  forbidden  forbidden  forbidden  yes    yes    yes`,
			servicetest.Call{Name: "All", Do: func(ctx context.Context) error { _, err := w.All(ctx); return err }},
			servicetest.Call{Name: "Current", Do: func(ctx context.Context) error { _, err := w.Current(ctx); return err }},
			servicetest.Call{Name: "ByID", Do: func(ctx context.Context) error { _, err := w.ByID(ctx, "2026"); return err }},
			servicetest.Call{Name: "CheckOpen", Do: w.CheckOpen},
			servicetest.Call{Name: "Choices", Do: func(ctx context.Context) error { _, err := w.Choices(ctx); return err }},
			servicetest.Call{Name: "Open", Do: func(ctx context.Context) error {
				_, err := w.Open(ctx, packs[0])
				if err == nil {
					packs = packs[1:]
				}
				return err
			}},
		)
		if list, err := w.All(servicetest.As(t, "away")); err != nil || len(list) != 1 || list[0].ID != "2023" {
			t.Errorf("another region sees %v, %v", list, err)
		}
	})
}

func TestOpen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		if _, err := w.Current(brida); fault.KeyOf(err) != "period.none_open" || fault.KindOf(err) != fault.NotFound {
			t.Errorf("Current of none = %v", err)
		}
		twin := copied(w, "iid-2026")
		twin.ID = "iid-2026-perubahan"
		w.packs = append(w.packs, twin)
		opened, err := w.Open(brida, "iid-2026")
		if err != nil {
			t.Fatal(err)
		}
		pack, _ := w.packs.ByID("iid-2026")
		at := now.Truncate(time.Millisecond)
		want := period.Period{
			ID: "2026", Year: 2026, PackID: "iid-2026", PackSHA256: pack.SHA256, OpenedAt: at, State: period.Open, MovedAt: at,
		}
		got, err := w.Current(brida)
		if err != nil || got.Period != want || got.Pack != pack {
			t.Errorf("Current = %+v, %v; opened %+v", got.Period, err, opened)
		}
		for id, mistake := range map[string]string{
			"": "pack=period.pack_choose", "IID-2023": "pack=period.pack_choose",
			"iid-2026": "pack=period.year_open", "iid-2026-perubahan": "pack=period.year_open",
		} {
			if _, err := w.Open(brida, id); err == nil || err.Error() != "fault.invalid "+mistake {
				t.Errorf("Open(%q) = %v, want %s", id, err, mistake)
			}
		}
		var years []int
		choices, err := w.Choices(brida)
		for _, p := range choices {
			years = append(years, p.Year)
		}
		if !slices.Equal(years, []int{2023, 2027}) || err != nil {
			t.Errorf("Choices = %v, %v", years, err)
		}
		if n, err := w.trail.Verify(brida); n != 1 || err != nil {
			t.Errorf("the log has %d entries, %v; want one", n, err)
		}
	})
}

// copied returns a copy of a pack that can be changed.
func copied(w *world, id string) *instrument.Pack {
	p, _ := w.packs.ByID(id)
	c := *p
	return &c
}

func TestPeriodPinsItsPack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin, all := servicetest.As(t, "admin"), w.packs
		for _, id := range []string{"iid-2023", "iid-2026"} {
			if _, err := w.Open(admin, id); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Check(admin); err != nil {
			t.Errorf("Check of the packs as they were: %v", err)
		}
		changed := copied(w, "iid-2026")
		changed.SHA256 = strings.Repeat("0", 64)
		for key, packs := range map[string]fakePacks{"period.pack_changed": {all[0], changed}, "period.pack_missing": {all[0]}} {
			w.packs = packs
			_, current := w.Current(admin)
			_, byID := w.ByID(admin, "2026")
			for _, err := range []error{current, byID} {
				if fault.KindOf(err) != fault.Conflict || fault.KeyOf(err) != key || fault.ArgsOf(err)["Pack"] != "iid-2026" {
					t.Errorf("%v %v, want a Conflict, %s", err, fault.ArgsOf(err), key)
				}
			}
			if _, err := w.ByID(admin, "2023"); err != nil {
				t.Errorf("%s: a period whose pack is as it was: %v", key, err)
			}
			if list, err := w.All(admin); len(list) != 2 || err != nil {
				t.Errorf("%s: All = %v, %v", key, list, err)
			}
			if err := w.Check(servicetest.As(t, "away")); err != nil {
				t.Errorf("%s: Check of a region without it: %v", key, err)
			}
			err := w.Check(admin)
			if want := "period 2026, pack iid-2026: " + key; err == nil || err.Error() != want {
				t.Errorf("Check = %v, want %s", err, want)
			}
		}
	})
}

// A busy database is not reported as a year that is open.
func TestBusyDatabase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.log.Err = fault.New(fault.Busy, "fault.busy")
		if _, err := w.Open(servicetest.As(t, "brida"), "iid-2026"); fault.KeyOf(err) != "fault.busy" {
			t.Errorf("Open = %v, want fault.busy", err)
		}
	})
}

func TestOpenIsUndoneWithItsLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		w.log.Err = errors.New("the disk is full")
		if _, err := w.Open(admin, "iid-2026"); !errors.Is(err, w.log.Err) {
			t.Errorf("Open = %v, want the log's error", err)
		}
		list, err := w.All(admin)
		entries, broken := w.trail.Verify(admin)
		if len(list)+entries != 0 || errors.Join(err, broken) != nil {
			t.Errorf("there stay %v and %d entries, %v, %v", list, entries, err, broken)
		}
	})
}
