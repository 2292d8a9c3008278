package page_test

import (
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
