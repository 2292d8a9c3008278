package archtest

import (
	"io/fs"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"siida.id/internal/infra/httpx"
)

const root = "../.."

// source calls fn with every file of our own below folder whose name ends so.
func source(t *testing.T, folder, suffix string, fn func(name, text string)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(root), folder, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, suffix) || strings.HasSuffix(p, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path.Join(root, p))
		fn(p, string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// owners names the one feature that may write a table.
var owners = map[string]string{
	"regions": "region",
	"files":   "file", "file_uses": "file",
	"creations":      "creation",
	"access_entries": "accesslog", "refusal_counts": "accesslog",
	"events": "audit", "event_heads": "audit", "event_details": "audit",
	"people": "account", "assignments": "account",
	"credentials": "auth", "sessions": "auth", "devices": "auth", "login_failures": "auth", "person_failures": "auth", "stranger_failures": "auth", "setup_links": "auth",
	"second_factors": "auth", "recovery_codes": "auth", "auth_settings": "auth",
	"agencies": "agency", "agency_acts": "agency", "agency_kinds": "agency", "agency_settings": "agency",
	"periods": "period", "period_deadlines": "period", "period_extensions": "period",
	"decrees": "decree", "decree_innovations": "decree",
	"innovations":       "innovation",
	"innovation_owners": "innovation", "innovation_transfers": "innovation", "closed_profiles": "innovation", "innovation_words": "innovation",
	"answers": "evidence", "documents": "evidence", "document_uses": "evidence", "answer_summaries": "evidence",
	"regional_answers": "regional", "regional_figures": "regional", "regional_proofs": "regional",
	"data_requests":     "regional",
	"evidence_accesses": "evidence", "endorsements": "evidence",
	"guidance": "guidance", "guidance_samples": "guidance",

	"index_snapshots": "index",
	"board_settings":  "board",

	"report_letterheads": "report", "report_numbers": "report", "report_issued": "report",
}

var writes = regexp.MustCompile(`(?i)\b(?:insert\s+into|update|delete\s+from)\s+([a-z_]+)\b`)

func TestTablesHaveOneWriter(t *testing.T) {
	source(t, "internal", ".go", func(name, text string) {
		if strings.HasPrefix(name, "internal/test/") { // tests change data without the services too
			return
		}
		for _, m := range writes.FindAllStringSubmatch(text, -1) {
			if owner, known := owners[strings.ToLower(m[1])]; known && owner != strings.Split(name, "/")[1] {
				t.Errorf("%s writes table %s, which belongs to %s", name, m[1], owner)
			}
		}
	})
}

var lends = regexp.MustCompile(`\.(WriterPool|ReaderPool|SQLTx|WithTx)\(`)

// The raw connections of sqldb are for the job library and for metrics only: they have neither limits nor
// fault translation. Its tables have no region_id, and nothing else reads them.
func TestOnlyJobsGoPastSqldb(t *testing.T) {
	source(t, "internal", ".go", func(name, text string) {
		for _, own := range []string{"internal/infra/job/", "internal/infra/metrics/", "internal/infra/sqldb/", "internal/test/"} {
			if strings.HasPrefix(name, own) {
				return
			}
		}
		if m := lends.FindString(text); m != "" || strings.Contains(text, "river_") || strings.Contains(text, "riverqueue/") {
			t.Errorf("%s uses connections, tables or packages of jobs: %s", name, m)
		}
	})
}

// tableReaders names the tables of other features that a feature reads in SQL: of
// lower rank, and each a decision. Its own needs no entry.
var tableReaders = map[string][]string{
	"backup":     {"event_heads", "files"},              // the rest it reads as tables, without a statement of its own
	"auth":       {"people", "assignments", "agencies"}, // session, person and assignments are read in one statement
	"accesslog":  {"events", "event_details", "people"}, // its pages show the audit log too
	"file":       {"regions"},                           // its quota, as a file is added
	"decree":     {"file_uses", "files"},                // its scan
	"guidance":   {"files"},
	"innovation": {"file_uses", "files", "agencies", "agency_settings", "decrees", "decree_innovations"},
	"evidence":   {"files", "agencies", "agency_settings", "closed_profiles", "guidance", "guidance_samples", "innovations", "periods"},
	"regional":   {"files", "agencies", "people", "assignments", "periods"}, // whom a request can be sent to
	"report":     {"files"},
	"board":      {"agencies", "agency_settings", "answer_summaries", "answers", "data_requests", "endorsements", "innovations"}, // added up
	"registry":   {"agencies", "answer_summaries", "innovation_words", "innovations"},
	"index": {
		"agencies", "answer_summaries", "event_details", "events", "innovations", "regional_answers", "regional_proofs",
	},
}

var readsTable = regexp.MustCompile(`(?i)\b(?:from|join)\s+([a-z_]+)\b`)

func TestTablesAreReadWhereListed(t *testing.T) {
	read := map[string]map[string]bool{}
	source(t, "internal", ".go", func(name, text string) {
		reader := strings.Split(name, "/")[1]
		if strings.HasPrefix(name, "internal/test/") || !strings.Contains(name, "sql/") {
			return
		}
		for _, m := range readsTable.FindAllStringSubmatch(text, -1) {
			table := strings.ToLower(m[1])
			owner, known := owners[table]
			if !known || owner == reader {
				continue
			}
			if read[reader] == nil {
				read[reader] = map[string]bool{}
			}
			read[reader][table] = true
			if !slices.Contains(tableReaders[reader], table) {
				t.Errorf("%s reads table %s, which belongs to %s; list it in tableReaders if it has to", name, table, owner)
			}
			if ranks[owner] >= ranks[reader] {
				t.Errorf("%s reads table %s of %s, whose rank is not lower", name, table, owner)
			}
		}
	})
	for reader, tables := range tableReaders {
		for _, table := range tables {
			if !read[reader][table] {
				t.Errorf("%s is listed to read %s and does not", reader, table)
			}
		}
	}
}

var rewrites = regexp.MustCompile(`(?i)\b(?:update|delete\s+from)\s+events\b`)

// The audit log only grows: no statement changes or deletes an entry.
func TestTheAuditLogOnlyGrows(t *testing.T) {
	source(t, "internal", ".go", func(name, text string) {
		if rewrites.MatchString(text) {
			t.Errorf("%s changes or deletes entries of the audit log", name)
		}
	})
}

var readsBody = regexp.MustCompile(`\.(ParseForm|ParseMultipartForm|FormFile|MultipartReader)\(|\br(eq)?\.Body\b`)

// Only httpx reads a request's body, so that its limits and cleaning apply
// everywhere.
func TestBodiesHaveOneReader(t *testing.T) {
	source(t, "internal", ".go", func(name, text string) {
		if m := readsBody.FindString(text); m != "" && !strings.HasPrefix(name, "internal/infra/httpx/") && name != "internal/test/world/forms.go" {
			t.Errorf("%s reads a request's body: %s", name, m)
		}
	})
}

var (
	creates = regexp.MustCompile(`create table (\w+)`)
	// Of a region, a host name is looked up too.
	keyed = regexp.MustCompile(`(?:create (?:unique )?index \w+ on (\w+)|\tunique) \((\w+)`)
)

func TestTablesHaveAnOwnerAndARegion(t *testing.T) {
	source(t, "migrations", ".sql", func(name, text string) {
		for _, m := range keyed.FindAllStringSubmatch(text, -1) {
			if m[2] != "region_id" && m[1] != "regions" {
				t.Errorf("%s: a key of %s begins with %s, not with region_id", name, m[1], m[2])
			}
		}
		for table := range strings.SplitSeq(text, ";") {
			m := creates.FindStringSubmatch(table)
			if m == nil {
				continue
			}
			if owners[m[1]] == "" {
				t.Errorf("%s: table %s has no owner", name, m[1])
			}
			if !strings.Contains(table, "primary key (region_id") {
				t.Errorf("%s: the key of %s does not begin with region_id", name, m[1])
			}
		}
	})
}

var (
	literal = regexp.MustCompile("`[^`]*`")
	bind    = regexp.MustCompile(`\$(\d+)`)
)

// Placeholders count up in order of first use, the one spelling that every
// SQLite driver and PostgreSQL bind the same way.
func TestPlaceholdersInOrder(t *testing.T) {
	source(t, "internal", ".go", func(name, text string) {
		if !strings.Contains(name, "sql/") {
			return
		}
		for statement := range strings.SplitSeq(text, ";\n") {
			next := 1
			for _, m := range bind.FindAllStringSubmatch(strings.Join(literal.FindAllString(statement, -1), ""), -1) {
				n, _ := strconv.Atoi(m[1])
				if n > next {
					t.Errorf("%s: $%d before $%d", name, n, next)
				}
				next = max(next, n+1)
			}
		}
	})
}

var (
	mounts    = regexp.MustCompile(`&(\w+web)\.Web\{`)
	registers = regexp.MustCompile(`\.(?:Handle|HandleFunc)\(\s*"`)
)

// Every page is registered in the Routes of its feature, which site mounts and
// the packages below internal/test list. Nothing else registers routes.
func TestFeaturesMountTheirRoutes(t *testing.T) {
	mounted := map[string]bool{}
	source(t, "internal/site", "site.go", func(_, text string) {
		for _, m := range mounts.FindAllStringSubmatch(text, -1) {
			mounted[m[1]] = true
		}
	})
	for _, p := range list(t) {
		if name := path.Base(p.ImportPath); layer(p.ImportPath) == "featureweb" && name != "questionweb" && !mounted[name] { // which has parts alone
			t.Errorf("site does not mount the routes of %s", name)
		}
	}
	source(t, "internal", ".go", func(name, text string) {
		if !strings.HasPrefix(name, "internal/site/") && registers.MatchString(text) {
			t.Errorf("%s registers a route by itself; name it in Routes", name)
		}
	})
}

var styled = regexp.MustCompile(`(?i)\b(class|style)\s*[?]?=`)

var passwordInput = regexp.MustCompile(`Name: "([a-z]+)"[^{}]*Type: "password"`)

// A password is stored as it was typed, so httpx must know its input.
func TestPasswordFieldsAreKnown(t *testing.T) {
	found := 0
	source(t, "internal", ".templ", func(name, text string) {
		for _, m := range passwordInput.FindAllStringSubmatch(text, -1) {
			found++
			if !slices.Contains(httpx.PasswordFields(), m[1]) {
				t.Errorf("%s: the input %q is not in httpx.PasswordFields", name, m[1])
			}
		}
	})
	if found < 6 {
		t.Errorf("found %d inputs", found)
	}
}

func TestPagesOnlyComposeComponents(t *testing.T) {
	check := func(name, text string) {
		if styled.MatchString(text) {
			t.Errorf("%s has a class or style; make or extend a component in web/ui", name)
		}
	}
	source(t, "internal", ".templ", check)
	source(t, "web/ui/gallery", ".templ", check)
}

func TestGeneratedFilesAreCurrent(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "go", "tool", "-modfile=tools/go.mod", "templ", "generate", "-check")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("a page's Go file is not current; run make generate\n%s", out)
	}
}

func TestDependenciesHaveAReason(t *testing.T) {
	module, table := regexp.MustCompile(`(?m)^\t(\S+) v\S+$`), regexp.MustCompile(`(?m)^\| (\S+\.\S+) \| .+ \|$`)
	names := func(file string, pattern *regexp.Regexp) (list []string) {
		text, err := os.ReadFile(path.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range pattern.FindAllStringSubmatch(string(text), -1) {
			list = append(list, m[1])
		}
		return list
	}
	if have, want := names("docs/dependencies.md", table), names("go.mod", module); !slices.Equal(have, want) {
		t.Errorf("docs/dependencies.md explains %v\ngo.mod requires %v", have, want)
	}
}
