package indexweb

import (
	"fmt"
	"strings"
	"testing"

	"siida.id/internal/index"
	"siida.id/internal/infra/i18n"
	"siida.id/locales"
)

// Changes are shown in pages, whose links have both days.
func TestPagesOfChanges(t *testing.T) {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	p := historyPage{from: "1-6-2026", until: "1-8-2026"}
	p.Period.ID = "2026"
	for i := range pageSize + 1 {
		p.Changes = append(p.Changes, index.Change{ChangeKind: index.Joined, Innovation: fmt.Sprint(i), Name: fmt.Sprintf("Inovasi %02d", i+1)})
	}
	for number, row := range map[int]struct{ has, lacks string }{
		1: {"Inovasi 50", "Inovasi 51"},
		2: {"Inovasi 51", "Inovasi 50"},
	} {
		var text strings.Builder
		p.number = number
		if err := changes(p).Render(catalog.With(t.Context(), "id"), &text); err != nil {
			t.Fatal(err)
		}
		on := fmt.Sprintf(`href="/indeks/2026/riwayat?dari=1-6-2026&amp;sampai=1-8-2026&amp;halaman=%d#perubahan"`, 3-number)
		if !strings.Contains(text.String(), row.has) || strings.Contains(text.String(), row.lacks) || !strings.Contains(text.String(), on) {
			t.Errorf("page %d has not %q and %s, or has %q", number, row.has, on, row.lacks)
		}
	}
}
