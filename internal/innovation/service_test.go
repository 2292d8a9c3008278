package innovation_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/innovation"
)

func TestPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		own := w.register("admin", servicetest.Own, "Puskesmas Keliling")
		servicetest.Permissions(t, `
			-               visitor  nobody     operator  other    brida      admin    away
			List            unknown  yes        yes       yes      yes        yes      yes
			ByID            unknown  missing    yes       missing  yes        yes      missing
			Editable        unknown  missing    yes       missing  forbidden  yes      missing
			Owners          unknown  forbidden  yes       yes      forbidden  yes      yes
			Register(own)   unknown  forbidden  yes       invalid  forbidden  yes      invalid
			Register(far)   unknown  forbidden  invalid   invalid  forbidden  invalid  yes
			Change          unknown  missing    yes       missing  forbidden  yes      missing`,
			servicetest.Call{Name: "List", Do: func(ctx context.Context) error { _, err := w.List(ctx); return err }},
			servicetest.Call{Name: "ByID", Do: func(ctx context.Context) error { _, err := w.ByID(ctx, own.ID); return err }},
			servicetest.Call{Name: "Editable", Do: func(ctx context.Context) error { _, err := w.Editable(ctx, own.ID); return err }},
			servicetest.Call{Name: "Owners", Do: func(ctx context.Context) error { _, err := w.Owners(ctx); return err }},
			servicetest.Call{Name: "Register(own)", Do: func(ctx context.Context) error {
				_, err := w.Register(ctx, form(servicetest.Own, "Baru oleh "+actor.From(ctx).ID))
				return err
			}},
			servicetest.Call{Name: "Register(far)", Do: func(ctx context.Context) error {
				_, err := w.Register(ctx, form("far", "Baru"))
				return err
			}},
			servicetest.Call{Name: "Change", Do: func(ctx context.Context) error {
				now, err := w.ByID(servicetest.As(t, "admin"), own.ID)
				if err != nil {
					return err
				}
				_, err = w.Change(ctx, own.ID, innovation.FormOf(now))
				return err
			}},
		)
	})
}

func TestListAndOwners(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.register("operator", servicetest.Own, "Keliling")
		w.register("other", servicetest.Other, "Adem")
		w.register("away", "far", "Jauh")
		for persona, want := range map[string][]string{
			"nobody": nil, "operator": {"Keliling"}, "other": {"Adem"}, "brida": {"Adem", "Keliling"}, "admin": {"Adem", "Keliling"}, "away": {"Jauh"},
		} {
			list, err := w.List(servicetest.As(t, persona))
			if diff := cmp.Diff(want, names(list, func(i innovation.Innovation) string { return i.Name })); diff != "" || err != nil {
				t.Errorf("%s lists: %v %s", persona, err, diff)
			}
		}
		for persona, want := range map[string][]string{"operator": {servicetest.Own}, "admin": {servicetest.Other, servicetest.Own}, "away": {"far"}} {
			list, err := w.Owners(servicetest.As(t, persona))
			if diff := cmp.Diff(want, names(list, func(a agency.Agency) string { return a.ID })); diff != "" || err != nil {
				t.Errorf("%s owns: %v %s", persona, err, diff)
			}
		}
	})
}

func names[T any](list []T, name func(T) string) (all []string) {
	for _, one := range list {
		all = append(all, name(one))
	}
	return all
}

func TestRegisterAndChange(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		typed := form(servicetest.Own, " Puskesmas \t Keliling ")
		typed.Design = "\r\n Dasar hukum\r\nCara kerja\n\n"
		made, err := w.Register(operator, typed)
		if err != nil {
			t.Fatal(err)
		}
		want := innovation.Innovation{
			ID: made.ID, AgencyID: servicetest.Own, AgencyName: "Dinas own", Name: "Puskesmas Keliling", Affair: "Kesehatan",
			TriedOn: "2023-11-01", AppliedOn: "2024-02-01", Design: "Dasar hukum\nCara kerja", CreatedAt: w.now, ChangedAt: w.now, Version: 1,
		}
		got, err := w.ByID(operator, made.ID)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("registered: %v %s", err, diff)
		}
		w.now = w.now.Add(time.Hour)
		changed := innovation.FormOf(got)
		changed.Agency, changed.Name, changed.AppliedOn = servicetest.Other, "Keliling", ""
		if _, err := w.Change(operator, made.ID, changed); err != nil {
			t.Fatal(err)
		}
		want.Name, want.AppliedOn, want.ChangedAt, want.Version = "Keliling", "", w.now, 2 // its owner is unchanged
		got, err = w.ByID(operator, made.ID)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("changed: %v %s", err, diff)
		}
		logged := w.entries()
		for _, version := range []int64{-1, 0, 1, 3, 1 << 31, 1<<63 - 1} {
			changed.Version, changed.Agency = version, ""
			if _, err := w.Change(operator, made.ID, changed); fault.KindOf(err) != fault.Conflict || fault.KeyOf(err) != "innovation.moved_on" {
				t.Errorf("a form of version %d = %v, want that it has moved on", version, err)
			}
		}
		if n := w.entries(); n != logged {
			t.Errorf("the log has %d entries more", n-logged)
		}
	})
}

func TestRegisterListsAllMistakes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		good := form(servicetest.Own, "Keliling")
		for n, tt := range []struct {
			edit func(f *innovation.Form)
			want string
		}{
			{func(f *innovation.Form) { *f = innovation.Form{} }, "agency=innovation.agency_choose name=innovation.name_missing " +
				"affair=innovation.affair_choose design=innovation.design_missing"},
			{
				func(f *innovation.Form) {
					*f = innovation.Form{Name: " \t", TriedOn: "kemarin", AppliedOn: "31-2-2024", Design: "\r\n"}
				},
				"agency=innovation.agency_choose name=innovation.name_missing affair=innovation.affair_choose " +
					"tried_on=innovation.day_unclear applied_on=innovation.day_unclear design=innovation.design_missing",
			},
			{
				func(f *innovation.Form) { f.Name, f.Design = strings.Repeat("é", 201), strings.Repeat("é", 60_001) },
				"name=innovation.name_long design=innovation.design_long",
			},
			{func(f *innovation.Form) { f.Name, f.Design = strings.Repeat("é", 200), strings.Repeat("é", 60_000) }, ""},
			{func(f *innovation.Form) { f.Agency = "none" }, "agency=innovation.agency_choose"},
			{func(f *innovation.Form) { f.Agency = servicetest.Other }, "agency=innovation.agency_choose"},
			{func(f *innovation.Form) { f.Affair = "kesehatan" }, "affair=innovation.affair_choose"},
			{func(f *innovation.Form) { f.Affair = "Kesehatan " }, "affair=innovation.affair_choose"},
			{func(f *innovation.Form) { f.Affair = "Urusan wajib pelayanan dasar" }, "affair=innovation.affair_choose"}, // the heading of a group
			{func(f *innovation.Form) { f.TriedOn, f.AppliedOn = "2024-02-02", "1/2/2024" }, "applied_on=innovation.days_reversed"},
			{func(f *innovation.Form) { f.TriedOn, f.AppliedOn = "1.2.2024", "2024-02-01" }, ""},
			{func(f *innovation.Form) { f.TriedOn, f.AppliedOn = "kemarin", "2024-02-01" }, "tried_on=innovation.day_unclear"},
			{func(f *innovation.Form) { f.TriedOn, f.AppliedOn = "2024-02-01", "" }, ""},
			{ // the future (B3); today is 2 March 2026
				func(f *innovation.Form) { f.TriedOn, f.AppliedOn, f.DevelopedOn = "3-3-2026", "4-3-2026", "31-12-2026" },
				"tried_on=fault.day_future applied_on=fault.day_future developed_on=fault.day_future",
			},
			{func(f *innovation.Form) { f.AppliedOn, f.DevelopedOn = "2-3-2026", "2 Maret 2026" }, ""},
			{func(f *innovation.Form) { f.AppliedOn = "1-1-9999" }, "applied_on=innovation.day_unclear"},
			{func(f *innovation.Form) { f.Name = "\u3164\u200b\u2800\u00ad" }, "name=innovation.name_missing"},
			{func(f *innovation.Form) { f.TriedOn, f.AppliedOn = "", "2024-02-01" }, ""},
		} {
			f := good
			f.Name += " " + strconv.Itoa(n)
			tt.edit(&f)
			got := ""
			if _, err := w.Register(servicetest.As(t, "operator"), f); err != nil {
				got = strings.TrimPrefix(err.Error(), "fault.invalid ")
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		}
	})
}

// Before the first period, a profile chooses from the newest pack on offer.
func TestCaseB1RegisterBeforeTheFirstPeriod(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		elsewhere := actor.With(t.Context(), actor.Actor{ID: "admin", Region: "18.03", Assignments: []actor.Assignment{{Role: actor.Admin}}})
		if _, err := w.Register(elsewhere, form("", "Keliling")); err == nil || err.Error() != "fault.invalid agency=innovation.agency_choose" {
			t.Errorf("Register = %v, want nothing but an agency", err)
		}
	})
}

// A busy database is not reported as a conflict of versions.
func TestBusyDatabase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		there := w.register("admin", servicetest.Own, "Ada")
		changed := form(servicetest.Own, "Lain")
		changed.Version = there.Version
		w.log.Err = fault.New(fault.Busy, "fault.busy")
		_, registered := w.Register(admin, form(servicetest.Own, "Baru"))
		_, saved := w.Change(admin, there.ID, changed)
		for name, err := range map[string]error{
			"Register": registered, "Change": saved, "Ask": w.AskTransfer(admin, there.ID, servicetest.Other, ""),
		} {
			if fault.KeyOf(err) != "fault.busy" {
				t.Errorf("%s = %v, want fault.busy", name, err)
			}
		}
	})
}

func TestSavesNeedTheLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin, before := servicetest.As(t, "admin"), w.register("admin", servicetest.Own, "Keliling")
		logged := w.entries()
		w.log.Err = errors.New("the disk is full")
		if _, err := w.Register(admin, form(servicetest.Own, "Baru")); !errors.Is(err, w.log.Err) {
			t.Errorf("Register = %v, want the log's error", err)
		}
		changed := innovation.FormOf(before)
		changed.Name = "Lain"
		if _, err := w.Change(admin, before.ID, changed); !errors.Is(err, w.log.Err) {
			t.Errorf("Change = %v, want the log's error", err)
		}
		list, err := w.List(admin)
		if err != nil || len(list) != 1 || list[0].Name != "Keliling" || list[0].Version != 1 {
			t.Errorf("there stays %v, %v", list, err)
		}
		if n := w.entries(); n != logged {
			t.Errorf("the log has %d entries more", n-logged)
		}
	})
}

// A kecamatan enters the innovations of its villages and communities as its own.
func TestKecamatanEntersVillageInnovations(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		agencies, ok := w.Agencies.(*agency.Service)
		if !ok {
			t.Fatal("the world has other agencies")
		}
		if err := agencies.Store.Save(servicetest.As(t, "admin"), agency.Agency{ID: servicetest.Own, Name: "Kecamatan Kalianda", Kind: "kecamatan"}); err != nil {
			t.Fatal(err)
		}
		for _, class := range []string{"Desa/Kelurahan", "Masyarakat"} {
			f := form(servicetest.Own, "Lumbung "+class)
			f.Class = class
			made, err := w.Register(servicetest.As(t, "operator"), f)
			if err != nil {
				t.Fatal(err)
			}
			got, err := w.ByID(servicetest.As(t, "brida"), made.ID)
			if err != nil || got.Class != class || got.AgencyName != "Kecamatan Kalianda" {
				t.Errorf("%s: %+v, %v", class, got, err)
			}
			if _, err := w.ByID(servicetest.As(t, "other"), made.ID); fault.KindOf(err) != fault.NotFound {
				t.Errorf("another agency finds it: %v", err)
			}
		}
	})
}
