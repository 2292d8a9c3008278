package instrument_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"siida.id/internal/base/decimal"
	"siida.id/internal/instrument"
)

func library(t testing.TB) *instrument.Library {
	t.Helper()
	lib, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func pack(t testing.TB, id string) *instrument.Pack {
	t.Helper()
	p, ok := library(t).ByID(id)
	if !ok {
		t.Fatalf("no %s", id)
	}
	return p
}

func TestEmbedded(t *testing.T) {
	var ids []string
	for _, p := range library(t).All() {
		ids = append(ids, p.ID+" "+string(p.Status))
		if len(p.SHA256) != 64 {
			t.Errorf("%s has digest %q", p.ID, p.SHA256)
		}
	}
	if got := strings.Join(ids, ", "); got != "iid-2023 partial, iid-2026 complete, iid-2027 prognosis" {
		t.Errorf("got %s", got)
	}
}

// Values of 2026 from the sources, read as pages do.
func TestPack2026(t *testing.T) {
	p := pack(t, "iid-2026")
	if n := len(p.Rows(instrument.PerRegion)); n != 20 {
		t.Errorf("%d rows of SPD", n)
	}
	if n := len(p.Rows(instrument.PerInnovation)); n != 20 {
		t.Errorf("%d rows of SID", n)
	}
	mandatory := map[int]bool{}
	for _, row := range p.Rows(instrument.PerRegion) {
		if *row.Mandatory {
			mandatory[row.Number] = true
		}
	}
	if len(mandatory) != 10 {
		t.Errorf("%d mandatory indicators of SPD", len(mandatory))
	}
	benefit, ok := p.Indicator("SID-33")
	if !ok || len(benefit.Alternatives) != 6 || benefit.Max() != decimal.FromInt(9) || benefit.Alternatives[5].Options[2].Text != "3 periode" {
		t.Errorf("SID-33 is %+v", benefit)
	}
	if v, ok := p.Variable(benefit.Variable.Value); !ok || v.Name != "Jumlah Inovasi dan Hasil Kreatif" {
		t.Errorf("its variable is %+v", v)
	}
	if _, ok := p.Indicator("SID-36"); ok || p.Count.Code != "SID-36" {
		t.Error("the count is answered")
	}
	if n := len(p.AffairNames()); n != 38 || !p.IsBasic("Kesehatan") || p.IsBasic("Pangan") || p.HasAffair("kesehatan") {
		t.Errorf("%d affairs", n)
	}
	if e := p.Eligibility; *e.AppliedFrom.Value != "2024-01-01" || *e.AppliedTo.Value != "2025-12-31" || !*e.Developed.Value || e.Counting.Certainty != instrument.Inferred {
		t.Errorf("eligibility is %+v", e)
	}
}

func TestPack2023(t *testing.T) {
	p := pack(t, "iid-2023")
	if len(p.Rows(instrument.PerRegion)) != 0 || p.Aspect(instrument.PerRegion).Max.Value != decimal.FromInt(63) || p.Gate.Value != nil {
		t.Errorf("SPD %+v, gate %v", p.Aspect(instrument.PerRegion), p.Gate)
	}
	for name, b := range map[string]instrument.Basis{"weight": p.Count.Weight.Basis, "cap": p.Count.Cap.Basis, "total": p.Total.Basis} {
		if b.Certainty != instrument.Inferred {
			t.Errorf("%s is %s", name, b.Certainty)
		}
	}
	for _, row := range p.Rows(instrument.PerInnovation) {
		if row.Mandatory != nil {
			t.Errorf("%s: mandatory is known", row.Code)
		}
	}
}

func TestDiffOfThePrognosis(t *testing.T) {
	var got []string
	for _, c := range instrument.Diff(pack(t, "iid-2026"), pack(t, "iid-2027")) {
		got = append(got, c.Part+": "+*c.Before+" → "+*c.After)
	}
	want := []string{
		"status: complete → prognosis", "divisor_minimum: 12 → 14", "gate: 5 → 6",
		"eligibility.applied_from: 2024-01-01 → 2025-01-01", "eligibility.applied_to: 2025-12-31 → 2026-12-31",
		"SID-16.evidence.years: Perda/Perkada masih berlaku dan ditetapkan sebelum 2026; SK sesuai tahun penerapan (null…null) → Perda/Perkada masih berlaku dan ditetapkan sebelum 2027; SK sesuai tahun penerapan (null…null)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestOneIdOneContent(t *testing.T) {
	same := text(t, "iid-2026")
	lib := library(t)
	files := fstest.MapFS{"a.json": {Data: []byte(same)}, "b.json": {Data: []byte(same + "\n")}}
	if err := lib.Load(files, "a.json"); err != nil || len(lib.All()) != 3 {
		t.Errorf("the same again: %v, %d packs", err, len(lib.All()))
	}
	err := lib.Load(files, "*.json")
	if err == nil || err.Error() != "b.json: other content under a known id: iid-2026 is packs/iid-2026.json" {
		t.Errorf("got %v", err)
	}
}

func TestJoin(t *testing.T) {
	got := instrument.Join(
		instrument.Basis{Sources: []string{"a", "b"}, Certainty: instrument.Inferred},
		instrument.Basis{Sources: []string{"b", "c"}, Certainty: instrument.Confirmed},
	)
	if strings.Join(got.Sources, "") != "abc" || got.Certainty != instrument.Inferred {
		t.Errorf("got %+v", got)
	}
}
