package i18n

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"siida.id/internal/base/day"
	"siida.id/internal/base/zone"
)

type format struct {
	months  [12]string
	short   [12]string
	decimal string
}

var formats = map[string]format{
	"id": {
		[12]string{
			"Januari", "Februari", "Maret", "April", "Mei", "Juni",
			"Juli", "Agustus", "September", "Oktober", "November", "Desember",
		},
		[12]string{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"},
		",",
	},
	"en": {
		[12]string{
			"January", "February", "March", "April", "May", "June",
			"July", "August", "September", "October", "November", "December",
		},
		[12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		".",
	},
}

// Date formats the day of t in the region as "17 Agustus 2026".
func Date(ctx context.Context, t time.Time) string { return Day(ctx, zone.Day(ctx, t)) }

// Day formats d as "17 Agustus 2026", and the zero Day as "".
func Day(ctx context.Context, d day.Day) string {
	y, m, n := d.Date()
	if y == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s %d", n, formats[Lang(ctx)].months[m-1], y)
}

// ShortDay formats d as "17 Agu", for a narrow column of dates of one year.
func ShortDay(ctx context.Context, d day.Day) string {
	_, m, n := d.Date()
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", n, formats[Lang(ctx)].short[m-1])
}

// Number formats n with thousands separators: "1.250".
func Number(ctx context.Context, n int64) string {
	if 0 <= n && n < 1000 {
		return strconv.FormatInt(n, 10) // the common case, without separators
	}
	return message.NewPrinter(language.Make(Lang(ctx))).Sprint(n)
}
