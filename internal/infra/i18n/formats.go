package i18n

import (
	"context"
	"strings"
)

// Formats writes file name extensions, any of which is accepted: "PDF, JPG, atau PNG".
// JPEG is another spelling of JPG, and not written where that is.
func Formats(ctx context.Context, extensions []string) string {
	var list []string
	seen := map[string]bool{}
	for _, e := range extensions {
		name := strings.ToUpper(e)
		if name == "JPEG" {
			name = "JPG"
		}
		if !seen[name] {
			list = append(list, name)
		}
		seen[name] = true
	}
	last := len(list) - 1
	switch {
	case last < 1:
		return strings.Join(list, "")
	case last == 1:
		return T(ctx, "ui.or", Args{"First": list[0], "Last": list[1]})
	}
	return T(ctx, "ui.or_last", Args{"First": strings.Join(list[:last], ", "), "Last": list[last]})
}
