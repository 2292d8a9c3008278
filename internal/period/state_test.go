package period_test

import (
	"fmt"
	"strings"
	"testing"

	"siida.id/internal/period"
)

func TestMoves(t *testing.T) {
	want := strings.Fields(`
		buka+tutup=tutup  buka+buka-lagi=-      buka+arsipkan=-
		tutup+tutup=-     tutup+buka-lagi=buka  tutup+arsipkan=arsip
		arsip+tutup=-     arsip+buka-lagi=-     arsip+arsipkan=-`)
	var got []string
	for _, s := range period.States() {
		for _, m := range period.Moves() {
			to, ok := s.After(m)
			if !ok {
				to = "-"
			}
			got = append(got, fmt.Sprintf("%s+%s=%s", s, m, to))
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if to, ok := period.Open.After("lain"); ok {
		t.Errorf("a move that does not exist leads to %s", to)
	}
}
