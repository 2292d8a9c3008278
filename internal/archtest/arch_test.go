package archtest

import (
	"encoding/json"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "siida.id/"

// ranks orders the features: one may import those of a lower rank. Two of the
// same rank do not import each other. A change here is a decision.
var ranks = map[string]int{
	"audit":     0,
	"region":    1,
	"accesslog": 3, "creation": 1,
	"account": 2, "agency": 2, "file": 2, "instrument": 2,
	"auth": 3, "decree": 3, "period": 3,
	"innovation": 4, "scoring": 4,
	"guidance": 5, "planner": 5, "question": 5,
	"evidence": 6, "regional": 6,
	"registry": 7,
	"board":    8, "index": 8,
	"backup": 9, "notify": 9, "report": 9, "status": 9,
}

type pkg struct {
	ImportPath string
	Doc        string
	Imports    []string
}

// layer returns the kind of a package, from its path.
func layer(p string) string {
	parts := strings.Split(strings.TrimPrefix(p, module), "/")
	if parts[0] != "internal" {
		if parts[0] == "web" && len(parts) > 1 {
			return "ui"
		}
		return parts[0]
	}
	switch parts[1] {
	case "base", "infra", "site", "app", "archtest", "demo", "test":
		return parts[1]
	}
	for _, adapter := range []string{"sql", "web", "cli", "bench", "test"} {
		if len(parts) > 2 && strings.HasSuffix(parts[2], adapter) {
			return "feature" + adapter
		}
	}
	return "feature"
}

// feature is the folder a package of a feature lives in.
func feature(p string) string { return strings.Split(strings.TrimPrefix(p, module), "/")[1] }

// mayImport lists layers and, where only part of infra is allowed, packages.
var mayImport = map[string][]string{
	"base":         {"base"},
	"feature":      {"base", "feature"},
	"featuresql":   {"base", "feature", "infra/sqldb"},
	"featureweb":   {"base", "feature", "ui", "infra/httpx", "infra/httpx/may", "infra/render", "infra/i18n", "infra/pdf", "infra/sheet", "question/questionweb", "innovation/innovationweb"},
	"featurecli":   {"base", "feature", "infra/i18n", "infra/input"},
	"featurebench": {"base", "feature"},
	"featuretest":  {"base", "feature", "featuresql", "infra"},
	"infra":        {"base", "infra", "migrations", "locales", "web"},
	"ui":           {"ui", "base", "infra/i18n"},
	"demo":         {"base", "feature"},
	"app":          {"base", "feature", "featuresql", "featureweb", "featurecli", "infra", "site", "demo", "migrations", "locales"},
	"site":         {"base", "feature", "featureweb", "infra", "ui", "locales", "web"},
	"cmd":          {"app"},
	"test":         {"base", "feature", "featuresql", "infra", "app", "demo", "test", "migrations", "locales", "web"},
}

var noStd = map[string][]string{
	"base":       {"net/http", "database/sql", "html/template"},
	"feature":    {"net/http", "database/sql", "html/template", "text/template"},
	"featuresql": {"net/http", "html/template", "text/template"},
	"featureweb": {"database/sql", "html/template"},
	"featurecli": {"net/http", "database/sql", "html/template"},
	"demo":       {"net/http", "database/sql"},
	"site":       {"database/sql", "html/template"},
}

// withLibraries are the packages of base that do with a library what they could not do without.
var withLibraries = []string{
	"internal/base/id",   // makes ids
	"internal/base/text", // takes accents off letters, for the order of names
}

func TestImportsPointInward(t *testing.T) {
	for _, p := range list(t) {
		from := layer(p.ImportPath)
		if p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
		for _, imp := range p.Imports {
			own := strings.HasPrefix(imp, module)
			pure := (from == "base" || from == "feature" || from == "demo") && !slices.Contains(withLibraries, strings.TrimPrefix(p.ImportPath, module))
			switch {
			case own && !allowed(from, imp):
				t.Errorf("%s (%s) imports %s", p.ImportPath, from, imp)
			case own && !ranked(p.ImportPath, imp):
				t.Errorf("%s imports %s, whose rank is not lower", p.ImportPath, imp)
			case slices.Contains(noStd[from], imp):
				t.Errorf("%s (%s) imports %s", p.ImportPath, from, imp)
			case !own && pure && strings.Contains(strings.Split(imp, "/")[0], "."):
				t.Errorf("%s (%s) imports third-party %s", p.ImportPath, from, imp)
			}
		}
	}
}

func allowed(from, imp string) bool {
	inner := strings.TrimPrefix(imp, module+"internal/")
	return slices.Contains(mayImport[from], layer(imp)) || slices.Contains(mayImport[from], inner)
}

// readers may read the tables of lower features.
var readers = []string{"auth", "evidence", "index", "registry"}

// ranked also keeps adapters apart: an sql adapter imports its own feature, or
// lower ones if it is in readers; a page may import lower features.
func ranked(p, imp string) bool {
	from, to := layer(p), layer(imp)
	if !strings.HasPrefix(from, "feature") || to != "feature" {
		return true
	}
	if feature(p) == feature(imp) {
		return true
	}
	// The record of a file stands in what other rooms know of theirs.
	mayLook := from != "featuresql" || slices.Contains(readers, feature(p)) || feature(imp) == "file"
	return mayLook && ranks[feature(imp)] < ranks[feature(p)]
}

func TestFeaturesHaveARank(t *testing.T) {
	for _, p := range list(t) {
		if layer(p.ImportPath) == "feature" {
			if _, ok := ranks[feature(p.ImportPath)]; !ok {
				t.Errorf("%s has no rank", p.ImportPath)
			}
		}
	}
}

func list(t *testing.T) (pkgs []pkg) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Doc,Imports", path.Join(module, "..."))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); err == io.EOF {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}
