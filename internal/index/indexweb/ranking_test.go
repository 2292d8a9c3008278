package indexweb

import (
	"fmt"
	"strings"
	"testing"

	"siida.id/internal/index"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
	"siida.id/locales"
)

// Agencies are shown in pages, whose links have order and day.
func TestPagesOfARanking(t *testing.T) {
	packs, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	report := index.Report{Day: "2026-08-31", All: true}
	report.Period.ID = "2026"
	report.Period.Pack, _ = packs.ByID("iid-2026")
	for i := range 2*pageSize + 1 {
		report.Agencies = append(report.Agencies, index.Contribution{
			Agency: index.Agency{ID: fmt.Sprint(i), Name: fmt.Sprintf("Dinas %03d", i+1)}, Reports: 1, Total: scoring.Points(100 * (200 - i)),
		})
	}
	for number, row := range map[int]struct{ has, lacks []string }{
		1: {[]string{">1. Dinas 001<", ">50. Dinas 050<", "halaman=2"}, []string{"51. Dinas 051"}},
		2: {[]string{">51. Dinas 051<", ">100. Dinas 100<", "halaman=1", "halaman=3"}, []string{"50. Dinas 050", "101. Dinas 101"}},
		3: {[]string{">101. Dinas 101<", "menurut=jumlah&amp;hari=2026-08-31&amp;halaman=2"}, []string{"100. Dinas 100", "halaman=4"}},
	} {
		var page strings.Builder
		shown := rankingPage{reportPage: reportPage{Report: report}, of: agenciesRanked, by: index.ByTotal, number: number}
		if err := agenciesBy(shown).Render(catalog.With(t.Context(), "id"), &page); err != nil {
			t.Fatal(err)
		}
		for _, text := range row.has {
			if !strings.Contains(page.String(), text) {
				t.Errorf("page %d lacks %q", number, text)
			}
		}
		for _, text := range row.lacks {
			if strings.Contains(page.String(), text) {
				t.Errorf("page %d has %q", number, text)
			}
		}
	}
}
