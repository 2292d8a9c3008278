package migrations_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"siida.id/migrations"
)

var (
	file       = regexp.MustCompile(`^(\d{4})_([a-z]+(?:_[a-z]+)*)\.sql$`)
	creates    = regexp.MustCompile(`create table (\w+)`)
	references = regexp.MustCompile(`references (\w+)`)
)

// A file has a number and the name of what is in it, neither of them twice, and its
// foreign keys point to tables of itself or of an earlier file.
func TestFilesAreInOrder(t *testing.T) {
	names, err := fs.Glob(migrations.Files, "*")
	if err != nil {
		t.Fatal(err)
	}
	used, tables := map[string]bool{}, map[string]bool{}
	for _, name := range names {
		m := file.FindStringSubmatch(name)
		if m == nil || used[m[1]] || used[m[2]] || m[1] <= "0240" {
			t.Errorf("%s is not NNNN_room.sql with a number above 0240 and a name of its own", name)
			continue
		}
		used[m[1]], used[m[2]] = true, true
		text, err := migrations.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for statement := range strings.SplitSeq(string(text), ";\n") {
			for _, made := range creates.FindAllStringSubmatch(statement, -1) {
				tables[made[1]] = true
			}
			for _, other := range references.FindAllStringSubmatch(statement, -1) {
				if !tables[other[1]] {
					t.Errorf("%s refers to %s, which is made later", name, other[1])
				}
			}
		}
	}
	if len(tables) == 0 {
		t.Error("no file makes a table")
	}
}
