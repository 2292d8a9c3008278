package i18n

import "context"

// Bytes formats a size: "64 MB". It rounds down, so that a limit is never
// overstated.
func Bytes(ctx context.Context, n int64) string {
	units := []string{"B", "KB", "MB", "GB"}
	unit := 0
	for n >= 1024 && unit < len(units)-1 {
		n /= 1024
		unit++
	}
	return Number(ctx, n) + "\u00a0" + units[unit]
}
