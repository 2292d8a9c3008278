package agency_test

import (
	"context"
	"errors"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
)

func decreeForm(on string) agency.DecreeForm {
	return agency.DecreeForm{Number: "800/1/2026", Signed: "2026-01-02", On: on}
}

func TestActPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.make(t, "Dinas A", "")
		no := agency.DecreeForm{}
		servicetest.Permissions(t, `
			-             visitor  nobody     operator   other      brida      admin    away
			Profile       unknown  yes        yes        yes        yes        yes      missing
			Living        unknown  yes        yes        yes        yes        yes      missing
			NameOn        unknown  yes        yes        yes        yes        yes      missing
			Kinds         unknown  yes        yes        yes        yes        yes      yes
			Settings      unknown  yes        yes        yes        yes        yes      yes
			Sharing       unknown  forbidden  forbidden  forbidden  forbidden  yes      yes
			Edit          unknown  forbidden  forbidden  forbidden  forbidden  yes      missing
			Rename        unknown  forbidden  forbidden  forbidden  forbidden  invalid  missing
			Merge         unknown  forbidden  forbidden  forbidden  forbidden  invalid  missing
			Split         unknown  forbidden  forbidden  forbidden  forbidden  invalid  missing
			Close         unknown  forbidden  forbidden  forbidden  forbidden  invalid  missing
			AddKind       unknown  forbidden  forbidden  forbidden  forbidden  invalid  invalid
			SaveSettings  unknown  forbidden  forbidden  forbidden  forbidden  yes      yes`,
			servicetest.Call{Name: "Profile", Do: func(ctx context.Context) error { _, err := w.Profile(ctx, a); return err }},
			servicetest.Call{Name: "Living", Do: func(ctx context.Context) error { _, err := w.Living(ctx, a); return err }},
			servicetest.Call{Name: "NameOn", Do: func(ctx context.Context) error { _, err := w.NameOn(ctx, a, "2026-01-01"); return err }},
			servicetest.Call{Name: "Kinds", Do: func(ctx context.Context) error { _, err := w.Kinds(ctx); return err }},
			servicetest.Call{Name: "Settings", Do: func(ctx context.Context) error { _, err := w.Settings(ctx); return err }},
			servicetest.Call{Name: "Sharing", Do: func(ctx context.Context) error { _, err := w.Sharing(ctx, agency.Profile{}); return err }},
			servicetest.Call{Name: "Edit", Do: func(ctx context.Context) error { return w.Edit(ctx, a, agency.Entry{Kind: "badan", Version: 1}) }},
			servicetest.Call{Name: "Rename", Do: func(ctx context.Context) error { return w.Rename(ctx, a, "", no) }},
			servicetest.Call{Name: "Merge", Do: func(ctx context.Context) error { return w.Merge(ctx, a, agency.MergeEntry{}) }},
			servicetest.Call{Name: "Split", Do: func(ctx context.Context) error { return w.Split(ctx, a, agency.SplitEntry{}) }},
			servicetest.Call{Name: "Close", Do: func(ctx context.Context) error { return w.Close(ctx, a, no) }},
			servicetest.Call{Name: "AddKind", Do: func(ctx context.Context) error { return w.AddKind(ctx, " ") }},
			servicetest.Call{Name: "SaveSettings", Do: func(ctx context.Context) error {
				return w.SaveSettings(ctx, agency.Settings{ParentEndorses: true})
			}},
		)
	})
}

func TestTreeHasNoCircle(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		top := w.make(t, "Dinas", "")
		unit := w.make(t, "Puskesmas", top)
		below := w.make(t, "Pustu", unit)
		for _, tt := range []struct{ id, parent, from, want string }{
			{top, top, "", "parent=agency.parent_cycle"},
			{top, unit, "", "parent=agency.parent_cycle"},
			{top, below, "", "parent=agency.parent_cycle"},
			{unit, "none", "kemarin", "parent=agency.parent_choose from=agency.day_unread"},
			{unit, "", "2027-01-01", "from=agency.day_future"},
			{below, top, "1/2/2020", ""},
			{unit, below, "", ""},
		} {
			seen, err := w.ByID(admin, tt.id)
			if err != nil {
				t.Fatal(err)
			}
			if got := text(w.Edit(admin, tt.id, agency.Entry{Kind: "uptd", Parent: tt.parent, From: tt.from, Version: seen.Version})); got != tt.want {
				t.Errorf("%s below %s: %s, want %s", tt.id, tt.parent, got, tt.want)
			}
		}
		all, err := w.All(admin)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range agency.Tree(all) {
			got = append(got, string(rune('0'+n.Depth))+n.Name)
		}
		if diff := cmp.Diff([]string{"0Dinas", "1Pustu", "2Puskesmas"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRename(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		a := w.make(t, "Bappeda", "")
		w.make(t, "Dinas Lain", "")
		for _, tt := range []struct {
			name  string
			paper agency.DecreeForm
			want  string
		}{
			{"", agency.DecreeForm{}, "name=agency.name_missing decree.number=agency.decree_number_missing decree.signed=agency.decree_day_missing on=agency.on_missing"},
			{"Bappeda", agency.DecreeForm{Number: "1", Signed: "x", On: "2026-08-18"}, "name=agency.name_same decree.signed=agency.day_unread on=agency.day_future"},
			{"DINAS lain", decreeForm("2026-02-01"), "name=agency.name_taken"},
			{"Bapperida", decreeForm("2026-02-01"), ""},
			{"Brida", decreeForm("2026-02-01"), "on=agency.act_early"},
			{"BRIDA", decreeForm("2026-05-01"), ""},
		} {
			if got := text(w.Rename(admin, a, tt.name, tt.paper)); got != tt.want {
				t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
			}
		}
		for on, want := range map[day.Day]string{
			"2025-01-01": "Bappeda", "2026-01-31": "Bappeda", "2026-02-01": "Bapperida", "2026-04-30": "Bapperida", "2026-05-01": "BRIDA",
		} {
			if got, err := w.NameOn(admin, a, on); got != want || err != nil {
				t.Errorf("on %s: %s, %v; want %s", on, got, err, want)
			}
		}
		if got := text(w.Edit(admin, a, agency.Entry{Kind: "badan", From: "2026-02-01"})); got != "from=agency.from_late" {
			t.Errorf("a first day after a rename: %s", got)
		}
	})
}

func TestMergeAndSplit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		a, b := w.make(t, "Dinas A", ""), w.make(t, "Dinas B", "")
		unit := w.make(t, "UPTD", b)
		w.holdings.owners = map[string][]string{"1": {a}, "22": {b}, "333": {unit}}
		w.staff.at = map[string]string{"ani": a, "budi": b, "cici": unit}
		err := w.Merge(admin, a, agency.MergeEntry{DecreeForm: agency.DecreeForm{}, With: a, Into: agency.Target{ID: b, Name: "Baru"}})
		if want := "with=agency.with_choose into.name=agency.target_both decree.number=agency.decree_number_missing decree.signed=agency.decree_day_missing on=agency.on_missing"; text(err) != want {
			t.Errorf("mistakes of a merger: %s", text(err))
		}
		err = w.Merge(admin, a, agency.MergeEntry{DecreeForm: decreeForm("2026-03-01"), With: b, Into: agency.Target{Name: "Dinas A", Kind: "dinas"}})
		if err != nil {
			t.Fatal(err)
		}
		old, err := w.Profile(admin, a)
		if err != nil || old.Until != "2026-03-01" || len(old.Acts) != 1 {
			t.Fatalf("%+v, %v", old, err)
		}
		c := old.Acts[0].To
		want := agency.Act{
			ID: old.Acts[0].ID, Move: agency.Merge, On: "2026-03-01", Decree: agency.Decree{Number: "800/1/2026", Signed: "2026-01-02"},
			From: a, To: c, FromName: "Dinas A", ToName: "Dinas A",
		}
		if diff := cmp.Diff(want, old.Acts[0]); diff != "" {
			t.Error(diff)
		}
		if p, err := w.Profile(admin, unit); err != nil || p.Parent != c {
			t.Errorf("the unit of what ended: %+v, %v", p, err)
		}
		err = w.Split(admin, c, agency.SplitEntry{Into: []agency.Target{{ID: c}, {ID: c}}, People: -1, DecreeForm: decreeForm("2026-03-01")})
		if want := "into.1.id=agency.target_twice people=agency.split_choose on=agency.act_early innovations.1=agency.split_choose_of innovations.22=agency.split_choose_of units." + unit + "=agency.split_choose_of"; text(err) != want {
			t.Errorf("mistakes of a split: %s", text(err))
		}
		err = w.Split(admin, c, agency.SplitEntry{
			Into: []agency.Target{{Name: "Dinas D", Kind: "dinas"}, {ID: unit}}, People: 1, DecreeForm: decreeForm("2026-04-01"),
			Things: map[string]int{"1": 0, "22": 1}, Units: map[string]int{unit: 1},
		})
		if err != nil {
			t.Fatal(err)
		}
		split, err := w.Profile(admin, c)
		if err != nil || len(split.Acts) != 4 || len(split.Units) != 0 {
			t.Fatalf("%+v, %v", split, err)
		}
		d := split.Acts[0].To
		if diff := cmp.Diff(map[string][]string{"1": {a, c, d}, "22": {b, c, unit}, "333": {unit}}, w.holdings.owners); diff != "" {
			t.Error(diff)
		}
		if want := map[string]string{"ani": unit, "budi": unit, "cici": unit}; !maps.Equal(w.staff.at, want) {
			t.Errorf("people are at %v", w.staff.at)
		}
		if u, err := w.Living(admin, unit); err != nil || u.Parent != "" {
			t.Errorf("a unit that follows its agency stands below %q, %v", u.Parent, err)
		}
	})
}

func TestCloseNeedsAnEmptyAgency(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		a := w.make(t, "Dinas A", "")
		w.holdings.owners["1"] = []string{a}
		w.staff.at["ani"] = a
		if err := w.Close(admin, a, decreeForm("2026-03-01")); fault.KeyOf(err) != "agency.close_holds" || fault.KindOf(err) != fault.Conflict {
			t.Errorf("with an innovation: %v", err)
		}
		w.holdings.owners["1"] = []string{"elsewhere"}
		w.log.Err = errors.New("the disk is full")
		if err := w.Close(admin, a, decreeForm("2026-03-01")); !errors.Is(err, w.log.Err) {
			t.Errorf("Close = %v", err)
		}
		if p, err := w.Profile(admin, a); err != nil || !p.Lives() || len(p.Acts) != 0 {
			t.Errorf("after a log that failed: %+v, %v", p, err)
		}
		w.log.Err = nil
		if err := w.Close(admin, a, decreeForm("2026-03-01")); err != nil || w.staff.at["ani"] != "" {
			t.Errorf("Close = %v, people at %v", err, w.staff.at)
		}
		for name, err := range map[string]error{
			"Close": w.Close(admin, a, decreeForm("2026-04-01")), "Rename": w.Rename(admin, a, "B", decreeForm("2026-04-01")),
			"Edit": w.Edit(admin, a, agency.Entry{Kind: "dinas", Version: 1}),
		} {
			if fault.KindOf(err) != fault.Conflict || fault.KeyOf(err) != "agency.ended" {
				t.Errorf("%s of an agency that has ended: %v", name, err)
			}
		}
		w.make(t, "Dinas A", "") // the name is free again
	})
}

func TestRegionsOwnKinds(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		if err := w.AddKind(admin, " UPTD  Laboratorium "); err != nil {
			t.Fatal(err)
		}
		for label, want := range map[string]string{
			"uptd laboratorium": "name=agency.kind_taken", "Dinas": "name=agency.kind_taken", "...": "name=agency.kind_name_missing",
		} {
			if got := text(w.AddKind(admin, label)); got != want {
				t.Errorf("%s: %s, want %s", label, got, want)
			}
		}
		if _, err := w.Add(admin, "Labkesda", "uptd-laboratorium"); err != nil {
			t.Error(err)
		}
		if _, err := w.Add(servicetest.As(t, "away"), "Labkesda", "uptd-laboratorium"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("another region's kind: %v", err)
		}
		list, err := w.Kinds(admin)
		if last := list[len(list)-1]; err != nil || last.In("en") != "UPTD Laboratorium" || list[0].In("en") != "Secretariat" {
			t.Errorf("%v, %v", list, err)
		}
		if s, err := w.Settings(admin); err != nil || s.ParentEndorses {
			t.Errorf("settings of nobody: %v, %v", s, err)
		}
	})
}
