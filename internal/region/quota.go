package region

import (
	"regexp"
	"strconv"
	"strings"
)

// NoQuota is the text of a quota without limit.
const NoQuota = "none"

// units are the units of a quota, the largest first.
var units = []struct {
	name string
	size int64
}{{"TB", 1 << 40}, {"GB", 1 << 30}, {"MB", 1 << 20}}

const maxQuota = 1 << 50 // bytes: a million gigabytes

var quotaForm = regexp.MustCompile(`^(\d{1,7}) ?([MGT]B)$`)

// ParseQuota parses a quota such as 50GB into bytes; zero for NoQuota.
func ParseQuota(text string) (bytes int64, ok bool) {
	if text = strings.TrimSpace(text); strings.EqualFold(text, NoQuota) {
		return 0, true
	}
	m := quotaForm.FindStringSubmatch(strings.ToUpper(text))
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(m[1], 10, 64)
	for _, u := range units {
		if u.name == m[2] {
			n *= u.size
		}
	}
	return n, err == nil && n > 0 && n <= maxQuota
}

// FormatQuota formats a quota so that ParseQuota reads it.
func FormatQuota(bytes int64) string {
	for _, u := range units {
		if bytes > 0 && bytes%u.size == 0 {
			return strconv.FormatInt(bytes/u.size, 10) + u.name
		}
	}
	return NoQuota
}
