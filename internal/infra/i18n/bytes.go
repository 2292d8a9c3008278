package i18n

import "context"

// Bytes writes a size as people know it: "64 MB". It rounds down, so that what
// is said to fit does fit.
func Bytes(ctx context.Context, n int64) string {
	units := []string{"B", "KB", "MB", "GB"}
	unit := 0
	for n >= 1024 && unit < len(units)-1 {
		n /= 1024
		unit++
	}
	return Number(ctx, n) + "\u00a0" + units[unit]
}
