package agency_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
)

func TestPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		made, err := w.Add(servicetest.As(t, "admin"), "Dinas Kesehatan", "dinas")
		if err != nil {
			t.Fatal(err)
		}
		servicetest.Permissions(t, `
			-         visitor  nobody     operator   other      brida      admin  away
			All       unknown  yes        yes        yes        yes        yes    yes
			ByID      unknown  yes        yes        yes        yes        yes    missing
			CheckAdd  unknown  forbidden  forbidden  forbidden  forbidden  yes    yes
			Add       unknown  forbidden  forbidden  forbidden  forbidden  yes    yes`,
			servicetest.Call{Name: "All", Do: func(ctx context.Context) error { _, err := w.All(ctx); return err }},
			servicetest.Call{Name: "ByID", Do: func(ctx context.Context) error { _, err := w.ByID(ctx, made.ID); return err }},
			servicetest.Call{Name: "CheckAdd", Do: w.CheckAdd},
			servicetest.Call{Name: "Add", Do: func(ctx context.Context) error {
				_, err := w.Add(ctx, "Dinas "+actor.From(ctx).ID, "dinas")
				return err
			}},
		)
		if list, err := w.All(servicetest.As(t, "away")); err != nil || len(list) != 1 || list[0].Name != "Dinas away" {
			t.Errorf("another region sees %v, %v", list, err)
		}
	})
}

// One who looks at a list sees names that differ (B8).
func TestCaseB8AgenciesAreToldApart(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		made, err := w.Add(admin, "Dinas Kese\u00adhatan ke\u0301", "dinas")
		if err != nil || made.Name != "Dinas Kesehatan ké" {
			t.Fatalf("%+q, %v", made.Name, err)
		}
		other, err := w.Add(admin, "Dinas Sosial", "dinas")
		if err != nil {
			t.Fatal(err)
		}
		if got := text(w.Rename(admin, other.ID, "DINAS kesehatan KE\u0301\u200b", decreeForm("2026-02-01"))); got != "name=agency.name_taken" {
			t.Errorf("renamed to a twin: %q", got)
		}
		if err := w.AddKind(admin, "UPTD Lab"); err != nil {
			t.Fatal(err)
		}
		if got := text(w.AddKind(admin, "uptd la\u200bb")); got != "name=agency.kind_taken" {
			t.Errorf("a kind's twin: %q", got)
		}
	})
}

func TestAddListsAllMistakes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		if _, err := w.Add(admin, "  Dinas\t Élan  Sosial ", "dinas"); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			name string
			kind agency.Kind
			want string
		}{
			{"", "", "name=agency.name_missing kind=agency.kind_missing"},
			{" \t\n", "Dinas", "name=agency.name_missing kind=agency.kind_missing"},
			{strings.Repeat("é", 201), "", "name=agency.name_long kind=agency.kind_missing"},
			{"Dinas Élan Sosial", "dinas", "name=agency.name_taken"},
			{"DINAS ÉLAN SOSIAL", "badan", "name=agency.name_taken"},
			{"Dinas E\u0301lan Sosial", "dinas", "name=agency.name_taken"},
			{"Dinas Élan Sosial\u200b", "dinas", "name=agency.name_taken"},
			{"Dinas\u00a0Élan So\u00adsial", "dinas", "name=agency.name_taken"},
			{"Dinas Elan, Sosial", "dinas", "name=agency.name_taken"},
			{"\u3164\u200b \u2800", "dinas", "name=agency.name_missing"},
			{"Dinas Elan Sosial 2", "dinas", ""},
			{strings.Repeat("é", 200), "dinas", ""},
		} {
			_, err := w.Add(admin, tt.name, tt.kind)
			if got := text(err); got != tt.want {
				t.Errorf("Add(%.20q, %q) = %s, want %s", tt.name, tt.kind, got, tt.want)
			}
		}
		for _, kind := range agency.Kinds() {
			if _, err := w.Add(admin, "Satu "+string(kind), kind); err != nil {
				t.Errorf("kind %s: %v", kind, err)
			}
		}
		list, err := w.All(admin)
		if err != nil || len(list) != len(agency.Kinds())+3 {
			t.Errorf("%d agencies, %v", len(list), err)
		}
		if n, err := w.trail.Verify(admin); err != nil || n != len(list) {
			t.Errorf("the log has %d entries for %d agencies, %v", n, len(list), err)
		}
	})
}

// text returns the mistakes of a fault, field by field.
func text(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimPrefix(err.Error(), "fault.invalid ")
}

// A busy database is not reported as a name that is taken.
func TestBusyDatabase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		w.log.Err = fault.New(fault.Busy, "fault.busy")
		_, made := w.Add(admin, "Dinas Kesehatan", "dinas")
		for name, err := range map[string]error{"Add": made, "AddKind": w.AddKind(admin, "Museum")} {
			if fault.KeyOf(err) != "fault.busy" {
				t.Errorf("%s = %v, want fault.busy", name, err)
			}
		}
	})
}

func TestAddNeedsTheLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		w.log.Err = errors.New("the disk is full")
		if _, err := w.Add(admin, "Dinas Kesehatan", "dinas"); !errors.Is(err, w.log.Err) {
			t.Errorf("Add = %v, want the log's error", err)
		}
		list, err := w.All(admin)
		entries, broken := w.trail.Verify(admin)
		if len(list)+entries != 0 || errors.Join(err, broken) != nil {
			t.Errorf("there stay %v and %d entries, %v, %v", list, entries, err, broken)
		}
		w.log.Err = nil
		if _, err := w.Add(admin, "Dinas Kesehatan", "dinas"); err != nil {
			t.Errorf("the same again: %v", err)
		}
	})
}

// Lists are in the order in which people read, the same on both engines (B14).
func TestCaseB14NamesInOrder(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		want := []string{"2 Puskesmas", "10 Puskesmas", "Balakar", "BUMDes", "Dinas Élan", "dinas Elang", "e-Kecamatan", "Ma'ruf Sentral", "Marufin", "Zona"}
		for i := range want {
			if _, err := w.Add(admin, want[(i*7)%len(want)], "dinas"); err != nil {
				t.Fatal(err)
			}
		}
		list, err := w.All(admin)
		var got []string
		for _, a := range list {
			got = append(got, a.Name)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q, %v", got, err)
		}
	})
}
