package i18n

import (
	"context"
	"strconv"
	"strings"
	"time"

	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
)

// Decimal writes r with the language's own signs: "1.234,05".
func Decimal(ctx context.Context, r decimal.Rounded) string {
	whole, fraction, point := strings.Cut(r.String(), ".")
	n, _ := strconv.ParseInt(whole, 10, 64) // what String wrote are digits
	if !point {
		return Number(ctx, n)
	}
	return Number(ctx, n) + formats[Lang(ctx)].decimal + fraction
}

// local is a moment where people read it.
type local interface{ Local() time.Time }

// Say is T for a sentence whose parameters are still numbers, days and moments, as a
// domain package hands them over.
func Say(ctx context.Context, key string, args map[string]any) string {
	written := make(Args, len(args))
	for name, value := range args {
		switch v := value.(type) {
		case decimal.Rounded:
			value = Decimal(ctx, v)
		case int:
			value = Number(ctx, int64(v))
		case day.Day:
			value = Day(ctx, v)
		case local:
			t := v.Local()
			value = Moment(ctx, t, t.Location())
		}
		written[name] = value
	}
	return T(ctx, key, written)
}
