package text_test

import (
	"slices"
	"testing"

	"siida.id/internal/base/text"
)

func TestSortKey(t *testing.T) {
	for in, want := range map[string]string{
		"": "", " - ": "", "Sari Dewi": "sari dewi", "SARI  dewi.": "sari dewi", "É. Ångström": "e angstrom", "e\u0301": "e",
		"Ma'ruf": "maruf", "Ma’ruf": "maruf", "Jum`at": "jumat", "Sa-rana (Baru)": "sa rana baru",
		"SD 9": "sd 19", "SD 10": "sd 210", "SD 0009": "sd 19", "SD-9b": "sd 19b", "e-KTP2": "e ktp12", "0": "0", "00": "0",
		"2027": "42027", "1234567890123": "91234567890123", "ﬁlm": "film", "Ⅳ": "iv", "１２": "212", "第1": "第11",
	} {
		if got := text.SortKey(in); got != want {
			t.Errorf("SortKey(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSortByName(t *testing.T) {
	want := []string{"", "2 Hari", "10 Hari", "ana", "Ánda", "andi", "Andi", "ANDI 2", "Andi 10", "Zaki", "Øst"}
	list := slices.Clone(want)
	slices.Reverse(list)
	list[4], list[5] = list[5], list[4] // those that are alike keep their places
	text.SortByName(list, func(s string) (name, id string) { return s, "" })
	if !slices.Equal(list, want) {
		t.Errorf("sorted: %q", list)
	}
	type named struct{ name, id string }
	alike := []named{{"ana", "3"}, {"Ana", "1"}, {"ANA", "2"}}
	text.SortByName(alike, func(n named) (name, id string) { return n.name, n.id })
	if alike[0].id != "1" || alike[1].id != "2" || alike[2].id != "3" {
		t.Errorf("by id: %v", alike)
	}
}
