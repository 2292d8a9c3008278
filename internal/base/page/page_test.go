package page_test

import (
	"fmt"
	"math"
	"testing"

	"siida.id/internal/base/page"
)

func TestPages(t *testing.T) {
	for number, offset := range map[int]int{math.MinInt: 0, 0: 0, 1: 0, 2: 50, 3: 100, math.MaxInt: 999_999 * 50} {
		if got := page.Of(number, 50).Offset(); got != offset {
			t.Errorf("page %d begins after %d rows, want %d", number, got, offset)
		}
	}
	for total, last := range map[int]int{0: 1, 1: 1, 50: 1, 51: 2} {
		if got := page.Of(1, 50).Last(total); got != last {
			t.Errorf("%d rows fill %d pages, want %d", total, got, last)
		}
	}
}

func TestCut(t *testing.T) {
	list := []int{1, 2, 3, 4, 5}
	for number, want := range map[int]string{
		math.MinInt: "{[1 2] 1 3 5}", 1: "{[1 2] 1 3 5}", 2: "{[3 4] 2 3 5}", 3: "{[5] 3 3 5}", 4: "{[5] 3 3 5}", math.MaxInt: "{[5] 3 3 5}",
	} {
		if got := fmt.Sprint(page.Cut(list, number, 2)); got != want {
			t.Errorf("page %d is %s, want %s", number, got, want)
		}
	}
	if got := fmt.Sprint(page.Cut(list[:0], 1, 2)); got != "{[] 1 1 0}" {
		t.Errorf("of nothing: %s", got)
	}
}
