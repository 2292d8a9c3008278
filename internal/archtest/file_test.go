package archtest

import (
	"go/constant"
	"go/types"
	"regexp"
	"strings"
	"testing"
)

// digests are those of what is no file, with what they are of.
var digests = map[string]string{
	"events.digest":               "of the details of an entry",
	"events.hash":                 "of an entry and those before it",
	"event_heads.hash":            "of the last entry",
	"credentials.password_hash":   "of a password",
	"sessions.token_hash":         "of the token of a session",
	"devices.token_hash":          "of the token of a device",
	"setup_links.token_hash":      "of the first administrator's link",
	"recovery_codes.hash":         "of a recovery code",
	"periods.pack_sha256":         "of an instrument pack",
	"endorsements.answers_sha256": "of answers in the database",
	"creations.sha256":            "of what a form has sent",
}

var (
	table  = regexp.MustCompile(`(?:create|alter) table (\w+)`)
	digest = regexp.MustCompile(`(?m)^\s*(?:add column )?(\w*(?:sum|sha\d*|md5|digest|hash))\s+(?:text|bytea|blob)`)
)

// The bytes of files are known to the table of files alone: those of another table
// would count against no quota, siida check would not read them, and a sweep would
// delete them.
func TestFilesHaveOneTable(t *testing.T) {
	found := map[string]bool{}
	source(t, "migrations", ".sql", func(name, text string) {
		for statement := range strings.SplitSeq(text, ";") {
			m := table.FindStringSubmatch(statement)
			if m == nil {
				continue
			}
			for _, column := range digest.FindAllStringSubmatch(statement, -1) {
				column := m[1] + "." + column[1]
				found[column] = true
				if column != "files.sha256" && digests[column] == "" {
					t.Errorf("%s: %s is a digest: of a file belongs into the room of files; of anything else into this list", name, column)
				}
			}
		}
	})
	if !found["files.sha256"] {
		t.Error("no table stands for files: has the layout changed?")
	}
	for column := range digests {
		if !found[column] {
			t.Errorf("%s is no column", column)
		}
	}
}

// What uses files is a declared constant of its room, whose name begins with Use: it
// stands in rows for ever. No two are the same.
func TestUsesOfFilesAreDeclared(t *testing.T) {
	declared := map[string]string{} // where
	for _, p := range checked(t) {
		where := strings.TrimPrefix(p.path, module)
		for name, o := range p.info.Defs {
			value, ok := o.(*types.Const)
			if !ok || value.Type().String() != module+"internal/file.UseKind" {
				continue
			}
			text := constant.StringVal(value.Val())
			if first, twice := declared[text]; twice {
				t.Errorf("%s: %s is %q, as in %s", where, name.Name, text, first)
			}
			declared[text] = where
			room, thing, _ := strings.Cut(text, "/")
			if room != feature(p.path) || !code.MatchString(thing) || !strings.HasPrefix(name.Name, "Use") {
				t.Errorf("%s: %s is %q; its name begins with Use, and it is %s/thing", where, name.Name, text, feature(p.path))
			}
		}
		for e, known := range p.info.Types {
			if known.Value == nil || known.Type == nil || known.Type.String() != module+"internal/file.UseKind" {
				continue
			}
			if text := types.ExprString(e); strings.HasPrefix(text, `"`) && declared[constant.StringVal(known.Value)] != where {
				t.Errorf("%s: %s is what uses a file, and no constant declares it", where, text)
			}
		}
	}
	if len(declared) == 0 {
		t.Error("nothing uses files: has the layout changed?")
	}
}
