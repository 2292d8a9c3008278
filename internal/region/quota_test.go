package region_test

import (
	"testing"

	"siida.id/internal/region"
)

func TestQuota(t *testing.T) {
	for text, want := range map[string]int64{
		"50GB": 50 << 30, " 50 gb ": 50 << 30, "1024MB": 1 << 30, "2TB": 2 << 40, "1MB": 1 << 20, "none": 0, "None": 0, "1024TB": 1 << 50,
	} {
		got, ok := region.ParseQuota(text)
		if !ok || got != want {
			t.Errorf("%q = %d, %v; want %d", text, got, ok, want)
		}
		if again, ok := region.ParseQuota(region.FormatQuota(got)); !ok || again != want {
			t.Errorf("%q is written %s", text, region.FormatQuota(got))
		}
	}
	for _, text := range []string{"", "50", "GB", "0GB", "-1GB", "1.5GB", "50GiB", "50KB", "50  GB", "1025TB", "9999999TB", "99999999MB"} {
		if got, ok := region.ParseQuota(text); ok {
			t.Errorf("%q is taken as %d", text, got)
		}
	}
}
