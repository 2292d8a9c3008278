package decree_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/decree"
	"siida.id/internal/innovation"
)

func decreeForm(number string, innovations ...string) decree.Form {
	return decree.Form{
		Number: number, Day: "17/1/2024", Subject: "Penetapan inovasi", Implementers: "Ani\r\nBudi\n", Innovations: innovations,
	}
}

// enter adds a decree as BRIDA.
func (w *world) enter(f decree.Form) decree.Decree {
	w.t.Helper()
	made, err := w.Enter(servicetest.As(w.t, "brida"), f)
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

func TestDecreePermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		made := w.enter(decreeForm("B/1/2024"))
		numbers := 1
		servicetest.Permissions(t, `
			-             visitor  nobody     operator   other      brida  admin  away
			List          unknown  yes        yes        yes        yes    yes    yes
			ByID          unknown  yes        yes        yes        yes    yes    missing
			Enter         unknown  forbidden  forbidden  forbidden  yes    yes    yes
			Change        unknown  forbidden  forbidden  forbidden  yes    yes    missing`,
			servicetest.Call{Name: "List", Do: func(ctx context.Context) error { _, err := w.List(ctx); return err }},
			servicetest.Call{Name: "ByID", Do: func(ctx context.Context) error { _, err := w.ByID(ctx, made.ID); return err }},
			servicetest.Call{Name: "Enter", Do: func(ctx context.Context) error {
				numbers++
				_, err := w.Enter(ctx, decreeForm(strings.Repeat("x", numbers)))
				return err
			}},
			servicetest.Call{Name: "Change", Do: func(ctx context.Context) error {
				now, err := w.ByID(servicetest.As(t, "admin"), made.ID)
				if err != nil {
					return err
				}
				_, err = w.Change(ctx, made.ID, decree.FormOf(now.Decree))
				return err
			}},
		)
	})
}

func TestDecreeMistakes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.enter(decreeForm("B/1/2024"))
		far := w.register("away", "far", "Jauh")
		for _, tt := range []struct {
			edit func(f *decree.Form)
			want string
		}{
			{
				func(f *decree.Form) { *f = decree.Form{} },
				"number=decree.number_missing day=decree.day_missing subject=decree.subject_missing",
			},
			{func(f *decree.Form) { f.Day = "kemarin" }, "day=decree.day_unclear"},
			{func(f *decree.Form) { f.Day = "31-12-2099" }, "day=fault.day_future"},
			{func(f *decree.Form) { f.Day = "1-1-9999" }, "day=decree.day_unclear"},
			{func(f *decree.Form) { f.Number = " B/1/2024 " }, "number=decree.taken"},
			{func(f *decree.Form) { f.Innovations = []string{far.ID} }, "innovations=decree.list_choose"},
			{
				func(f *decree.Form) {
					f.Number, f.Subject, f.Implementers = strings.Repeat("é", 201), strings.Repeat("é", 501), strings.Repeat("é", 20_001)
				},
				"number=decree.text_long subject=decree.text_long implementers=decree.text_long",
			},
		} {
			f := decreeForm("B/2/2024")
			tt.edit(&f)
			got := ""
			if _, err := w.Enter(servicetest.As(t, "brida"), f); err != nil {
				got = strings.TrimPrefix(err.Error(), "fault.invalid ")
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		}
	})
}

func TestDecreeNamesInnovations(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator, brida := servicetest.As(t, "operator"), servicetest.As(t, "brida")
		own, other := w.register("operator", servicetest.Own, "Keliling"), w.register("other", servicetest.Other, "Adem")
		made := w.enter(decreeForm("B/1/2024", own.ID, other.ID, own.ID))
		want := decree.Decree{
			ID: made.ID, Number: "B/1/2024", Day: "2024-01-17", Subject: "Penetapan inovasi", Implementers: "Ani\nBudi",
			CreatedAt: w.now, ChangedAt: w.now, Version: 1, InnovationIDs: slices.Sorted(slices.Values([]string{own.ID, other.ID})),
		}
		if diff := cmp.Diff(want, made); diff != "" {
			t.Error(diff)
		}
		sheet, err := w.ByID(operator, made.ID)
		if diff := cmp.Diff(want, sheet.Decree); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if len(sheet.Named) != 1 || sheet.Named[0].ID != own.ID || sheet.Others != 1 {
			t.Errorf("the operator sees %v and %d others", sheet.Named, sheet.Others)
		}
		now, err := w.periods.Current(brida)
		if err != nil {
			t.Fatal(err)
		}
		named, err := w.innovations.ByID(operator, own.ID)
		v := named.Eligible(now.Pack.Eligibility, "")
		if err != nil || !v.Counts || !v.Named || v.NamedKey() != "innovation.named" || v.DecreeNumber != "B/1/2024" || v.DecreeDay != "2024-01-17" {
			t.Errorf("%+v, %v", v, err)
		}
		// The operator's form was opened before the decree named the innovation.
		if _, err := w.innovations.Change(operator, own.ID, innovation.FormOf(own)); fault.KindOf(err) != fault.Conflict {
			t.Errorf("an older form = %v, want Conflict", err)
		}
		f := innovation.FormOf(named)
		f.Decrees = nil
		if _, err := w.innovations.Change(operator, own.ID, f); err != nil {
			t.Fatal(err)
		}
		named, err = w.innovations.ByID(operator, own.ID)
		v = named.Eligible(now.Pack.Eligibility, "")
		if err != nil || !v.Counts || v.Named || v.NamedKey() != "innovation.unnamed" || v.Cohort != "2024" {
			t.Errorf("%+v, %v", v, err)
		}
		// BRIDA's form was opened before the operator removed the decree.
		if _, err := w.Change(brida, made.ID, decree.FormOf(sheet.Decree)); fault.KindOf(err) != fault.Conflict {
			t.Errorf("an older form = %v, want Conflict", err)
		}
		if sheet, err = w.ByID(brida, made.ID); err != nil || len(sheet.Named) != 1 || sheet.Named[0].ID != other.ID {
			t.Errorf("it names %v, %v", sheet.Named, err)
		}
		change := decree.FormOf(sheet.Decree)
		change.Day, change.Innovations = "2023-12-30", []string{own.ID}
		if _, err := w.Change(brida, made.ID, change); err != nil {
			t.Fatal(err)
		}
		named, err = w.innovations.ByID(operator, own.ID)
		if err != nil || len(named.DecreeIDs) != 1 || named.DecreeNumber != "" {
			t.Errorf("named in a decree of another year: %v %q, %v", named.DecreeIDs, named.DecreeNumber, err)
		}
	})
}

func TestDecreesNeedTheLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		own := w.register("operator", servicetest.Own, "Keliling")
		w.now, w.log.Err = w.now.Add(time.Hour), errors.New("the disk is full")
		if _, err := w.Enter(servicetest.As(t, "brida"), decreeForm("B/1/2024", own.ID)); !errors.Is(err, w.log.Err) {
			t.Errorf("Enter = %v, want the log's error", err)
		}
		w.log.Err = fault.New(fault.Busy, "fault.busy") // not a number that is taken
		if _, err := w.Enter(servicetest.As(t, "brida"), decreeForm("B/1/2024", own.ID)); fault.KeyOf(err) != "fault.busy" {
			t.Errorf("Enter = %v, want fault.busy", err)
		}
		if list, err := w.List(servicetest.As(t, "brida")); err != nil || len(list) > 0 {
			t.Errorf("there stays %v, %v", list, err)
		}
		if now, err := w.innovations.ByID(servicetest.As(t, "operator"), own.ID); err != nil || now.Version != 1 {
			t.Errorf("it was touched: %v, %v", now, err)
		}
	})
}
