package i18n

import (
	"context"
	"strconv"
	"strings"
	"time"

	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/fault"
)

// Decimal formats r with the language's separators: "1.234,05".
func Decimal(ctx context.Context, r decimal.Rounded) string {
	whole, fraction, point := strings.Cut(r.String(), ".")
	n, _ := strconv.ParseInt(whole, 10, 64) // String writes digits
	if !point {
		return Number(ctx, n)
	}
	return Number(ctx, n) + formats[Lang(ctx)].decimal + fraction
}

// Format is T for arguments that are still numbers, sizes, days and times, as domain
// packages return them.
func Format(ctx context.Context, key string, args map[string]any) string {
	written := make(Args, len(args))
	for name, value := range args {
		switch v := value.(type) {
		case decimal.Rounded:
			value = Decimal(ctx, v)
		case int:
			if name != "Count" { // T chooses the plural by it
				value = Number(ctx, int64(v))
			}
		case fault.Bytes:
			value = Bytes(ctx, int64(v))
		case fault.Formats:
			value = Formats(ctx, v)
		case day.Day:
			value = Day(ctx, v)
		case time.Time:
			value = Moment(ctx, v)
		}
		written[name] = value
	}
	return T(ctx, key, written)
}
