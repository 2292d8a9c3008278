package benchtest_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The script always writes the table, and fails if a figure exceeds its bound, or if
// a benchmark failed or measured nothing.
func TestTable(t *testing.T) {
	script, err := filepath.Abs("../../../.ci/bench.awk")
	if err != nil {
		t.Fatal(err)
	}
	const (
		page  = "BenchmarkPage/demo_home-2  3  0.30 floor-ms  15.00 max-ms  2.82 ms  7.0 statements-ms\n"
		slow  = "BenchmarkPage/demo_list-2  3  0.30 floor-ms  15.00 max-ms  15.01 ms  6.0 statements-ms\n"
		large = "BenchmarkMemory/at_start-2  3  7.40 floor-MB  60.00 max-MB  60.50 MB\n"
		free  = "BenchmarkPut-2  3  9.55 floor-ms  27.50 ms\n"
	)
	for name, tt := range map[string]struct {
		output string
		fails  bool
		said   []string // expected rows and messages
	}{
		"within":        {page + free, false, []string{"| demo home", "| yes    |", "|          7 |", "| put"}},
		"a slow page":   {page + slow + free, true, []string{"| demo list", "| NO     |", "demo list: 15.0 ms exceeds 15.0 ms"}},
		"large":         {page + large, true, []string{"memory: at start: 60.5 MB exceeds 60.0 MB"}},
		"a failure":     {page + "--- FAIL: BenchmarkStart\n", true, []string{"--- FAIL: BenchmarkStart"}},
		"nothing":       {"PASS\n", true, nil},
		"without bound": {free, false, []string{"| put", "| -      |"}},
	} {
		folder := t.TempDir()
		if err := os.Mkdir(filepath.Join(folder, "docs"), 0o755); err != nil {
			t.Fatal(err)
		}
		awk := exec.CommandContext(t.Context(), "awk", "-f", script)
		awk.Dir, awk.Stdin = folder, strings.NewReader(tt.output)
		var said bytes.Buffer
		awk.Stdout, awk.Stderr = &said, &said
		if err := awk.Run(); (err != nil) != tt.fails {
			t.Errorf("%s: %v: %s", name, err, &said)
		}
		for _, want := range tt.said {
			if !strings.Contains(said.String(), want) {
				t.Errorf("%s: lacks %q: %s", name, want, &said)
			}
		}
	}
}
