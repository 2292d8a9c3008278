package archtest

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// machineClock are the tests that look at the machine's own clock, and why.
var machineClock = map[string]string{
	"internal/app/clock_test.go":        "holds the program's clock against it",
	"internal/app/fault_backup_test.go": "measures writes, and a restore, to kill one midway",

	"internal/infra/blob/blob_test.go":         "the file system dates files by it",
	"internal/infra/httpx/bodytime_test.go":    "a sender that is too slow is cut off",
	"internal/infra/password/password_test.go": "a hash is to take time, and waits for its turn",
	"internal/infra/sqldb/wait_test.go":        "waiting for a lock ends",
	"internal/test/access/bodies_test.go":      "deadlines of a connection go by it",
	"internal/test/browser/journey_test.go":    "measures, and dates its report",
	"internal/test/chromium/chromium.go":       "gives up when a page never shows what it waits for",
	"internal/test/upgrade/kill_test.go":       "measures an upgrade, to kill one midway",
}

var machineNow = regexp.MustCompile(`\btime\.(Now|Since|Until)\b`)

// Tests take the current time from testclock, so that one variable moves them
// all to another day, and no suite fails on a particular date.
func TestTestsGoByOneClock(t *testing.T) {
	err := fs.WalkDir(os.DirFS(root), "internal", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, "_test.go") && !strings.HasPrefix(name, "internal/test/") || strings.HasPrefix(name, "internal/archtest/") {
			return err
		}
		text, err := os.ReadFile(path.Join(root, name))
		if err == nil && machineNow.Match(text) && machineClock[name] == "" {
			t.Errorf("%s looks at the machine's clock; take testclock.Now, or say why not in machineClock", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range machineClock {
		if text, err := os.ReadFile(path.Join(root, name)); err != nil || !machineNow.Match(text) {
			t.Errorf("%s is listed and does not look at the machine's clock: %v", name, err)
		}
	}
}
