package innovation_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/innovation"
)

// complete is a profile with all fields filled.
var complete = innovation.Profile{
	Initiator: "OPD", InitiatorName: "Dinas Kesehatan", Class: "Masyarakat", Kind: "Digital", Shape: "Pelayanan publik",
	OtherAffairs: []string{"Sosial", "Pendidikan"}, Themes: []string{"Asta Cita 4", "Kesehatan"}, Latitude: "-5,73010", Longitude: "+105.589",
	Law: "satu dua", Problem: "tiga", GlobalIssue: "empat", NationalIssue: "lima", LocalIssue: "enam", Method: "tujuh", Novelty: "delapan",
	Aim: "a", Benefit: "b", Result: "c", Rights: "d", Awards: "e", Programme: "f", Activity: "g", SubActivity: "h", Goals: "i", Development: "j",
}

func TestWholeProfileIsStored(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator, first := servicetest.As(t, "operator"), w.register("operator", servicetest.Own, "Keliling")
		f := form(servicetest.Own, "Keliling Lagi")
		f.Profile, f.EarlierID = complete, first.ID
		f.Law, f.Programme = "\r\n satu\r\ndua ", " f \t"
		f.OtherAffairs, f.Themes = []string{"Sosial", "", "Pendidikan", "Sosial"}, append(f.Themes, "Kesehatan")
		made, err := w.Register(operator, f)
		if err != nil {
			t.Fatal(err)
		}
		want := complete
		want.EarlierID, want.Law = first.ID, "satu\ndua"
		got, err := w.ByID(operator, made.ID)
		if diff := cmp.Diff(want, got.Profile); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if n := got.DesignWords(); n != 10 { // including the two of form
			t.Errorf("%d words, want 10", n)
		}
		facts := innovation.Facts(got)
		if len(facts) != 29 || facts[0].Key != "innovation.initiator" || facts[7].Value != "2023-11-01" || facts[7].Day != "2023-11-01" {
			t.Errorf("%d facts: %v", len(facts), facts)
		}
		if _, err := w.Change(operator, made.ID, innovation.FormOf(got)); err != nil {
			t.Errorf("the stored form = %v", err)
		}
	})
}

func TestProfileMistakes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		alien := w.register("other", servicetest.Other, "Milik lain")
		for n, tt := range []struct {
			edit func(f *innovation.Form)
			want string
		}{
			{
				func(f *innovation.Form) { f.Initiator, f.Class, f.Kind, f.Shape = "opd", "Desa", "Analog", "Lain" },
				"initiator=innovation.list_choose class=innovation.list_choose kind=innovation.list_choose shape=innovation.list_choose",
			},
			{func(f *innovation.Form) { f.OtherAffairs = []string{"Sosial", "Sihir"} }, "other_affairs=innovation.affair_choose"},
			{func(f *innovation.Form) { f.OtherAffairs = []string{"Kesehatan"} }, "other_affairs=innovation.affair_twice"},
			{func(f *innovation.Form) { f.Themes = []string{"Asta Cita 9"} }, "themes=innovation.list_choose"},
			{func(f *innovation.Form) { f.Latitude, f.Longitude = "90,0001", "-180.5" }, "latitude=innovation.latitude_unclear longitude=innovation.longitude_unclear"},
			{func(f *innovation.Form) { f.Latitude, f.Longitude = "-90", "180" }, ""},
			{func(f *innovation.Form) { f.Latitude, f.Longitude = "5°43'S", "1e2" }, "longitude=innovation.longitude_unclear"},
			{func(f *innovation.Form) { f.Latitude, f.Longitude = "1.234,5", "inf" }, "latitude=innovation.latitude_unclear longitude=innovation.longitude_unclear"},
			{func(f *innovation.Form) { f.Latitude = "-5.7" }, "longitude=innovation.longitude_unclear"}, // one coordinate of two
			{
				func(f *innovation.Form) {
					f.Programme, f.Goals = strings.Repeat("é", 501), strings.Repeat("é", 20_001)
				},
				"programme=innovation.text_long goals=innovation.text_long",
			},
			{func(f *innovation.Form) { f.Design, f.Law = "", "Perbup 36/2021" }, ""}, // one part of the design is enough
			{func(f *innovation.Form) { f.Design, f.Law = "-", "…" }, "design=innovation.design_missing"},
			{func(f *innovation.Form) { f.EarlierID = alien.ID }, "earlier=innovation.earlier_choose"},
			{func(f *innovation.Form) { f.EarlierID = "none" }, "earlier=innovation.earlier_choose"},
			{func(f *innovation.Form) { f.Decrees = []string{"none"} }, "decrees=innovation.list_choose"},
		} {
			f := form(servicetest.Own, "Keliling "+strconv.Itoa(n))
			tt.edit(&f)
			got := ""
			if _, err := w.Register(operator, f); err != nil {
				got = strings.TrimPrefix(err.Error(), "fault.invalid ")
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		}
	})
}

// Values that an earlier year's pack spelled differently are accepted until they are
// changed.
func TestUnchangedValuesOfAnotherPack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		old := w.register("admin", servicetest.Own, "Keliling")
		old.Themes, old.Initiator = []string{"Non tematik"}, "Wali Nagari"
		if err := w.Store.Save(admin, old); err != nil {
			t.Fatal(err)
		}
		f := innovation.FormOf(old)
		f.Version, f.Themes = 2, []string{"Asta Cita 1"}
		if _, err := w.Change(admin, old.ID, f); err != nil {
			t.Fatal(err)
		}
		got, err := w.ByID(admin, old.ID)
		if diff := cmp.Diff([]string{"Asta Cita 1", "Non tematik"}, got.Themes); err != nil || diff != "" || got.Initiator != "Wali Nagari" {
			t.Errorf("%v %s, initiator %s", err, diff, got.Initiator)
		}
	})
}

func TestLineage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		var ids []string
		for _, name := range []string{"Satu", "Dua", "Tiga"} {
			f := form(servicetest.Own, name)
			if len(ids) > 0 {
				f.EarlierID = ids[len(ids)-1]
			}
			made, err := w.Register(operator, f)
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, made.ID)
		}
		for n, id := range ids {
			i, err := w.ByID(operator, id)
			if err != nil || i.ThirdReport != (n == 2) {
				t.Errorf("%s: third report %v, %v", i.Name, i.ThirdReport, err)
			}
		}
		first, err := w.ByID(operator, ids[0])
		if err != nil {
			t.Fatal(err)
		}
		f := innovation.FormOf(first)
		for _, id := range ids { // the innovation itself, and its continuations
			f.EarlierID = id
			if _, err := w.Change(operator, first.ID, f); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Key != "innovation.earlier_circle" {
				t.Errorf("going on from %s = %v", id, err)
			}
		}
		earlier, err := w.Earlier(operator, ids[1])
		if diff := cmp.Diff([]string{"Satu", "Tiga"}, names(earlier, func(i innovation.Innovation) string { return i.Name })); err != nil || diff != "" {
			t.Errorf("Earlier: %v %s", err, diff)
		}
		if list, err := w.Earlier(servicetest.As(t, "brida"), ""); err != nil || len(list) > 0 {
			t.Errorf("BRIDA may go on from %v, %v", list, err)
		}
	})
}
