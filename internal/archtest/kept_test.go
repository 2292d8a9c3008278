package archtest

import (
	"regexp"
	"strings"
	"testing"
)

// otherSums are sums of what is no file on the shelf.
var otherSums = map[string]string{
	"periods.pack_sum":         "of an instrument pack",
	"endorsements.answers_sum": "of answers in the database",
}

var (
	sumColumn = regexp.MustCompile(`(?m)^\s*(?:add column )?(\w*sum)\s+text`)
	altered   = regexp.MustCompile(`(?:create|alter) table (\w+)`)
	listed    = regexp.MustCompile(`(?s)func \(\w+ \*Store\) Kept\(.*?\n}\n`)
)

// Whoever keeps bytes on the shelf lists them for siida check: a table with a
// sum that is forgotten would lose files unseen.
func TestFilesOfEveryTableAreChecked(t *testing.T) {
	kept, named := map[string]string{}, ""
	source(t, "internal", ".go", func(name, text string) {
		if strings.Contains(name, "sql/") {
			kept[strings.Split(name, "/")[1]] += strings.Join(listed.FindAllString(text, -1), "")
		}
		if strings.HasPrefix(name, "internal/app/") {
			_, list, _ := strings.Cut(text, "[]file.Lister{")
			list, _, _ = strings.Cut(list, "\n}\n")
			named += list
		}
	})
	found := 0
	source(t, "migrations", ".sql", func(name, text string) {
		for statement := range strings.SplitSeq(text, ";") {
			m := altered.FindStringSubmatch(statement)
			if m == nil {
				continue
			}
			for _, column := range sumColumn.FindAllStringSubmatch(statement, -1) {
				table, owner := m[1], owners[m[1]]
				if otherSums[table+"."+column[1]] != "" {
					continue
				}
				found++
				if !regexp.MustCompile(`from ` + table + `\b`).MatchString(kept[owner]) {
					t.Errorf("%s: %s.%s is the sum of a file; list its rows in Kept of %ssql, see evidencesql/kept.go", name, table, column[1], owner)
				}
				if !strings.Contains(named, owner+"sql.Store") {
					t.Errorf("%s: siida check does not ask %ssql; name it in listers (internal/app/status.go)", name, owner)
				}
			}
		}
	})
	if found == 0 {
		t.Error("no table stands for files: has the layout changed?")
	}
}
