package archtest

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// calendar are the functions of package time, and the methods of its Time, that
// look at a calendar or a zone.
var calendar = []string{
	"AddDate", "AppendFormat", "Clock", "Date", "Day", "FixedZone", "Format", "Hour", "ISOWeek", "In", "LoadLocation", "LoadLocationFromTZData",
	"Local", "Location", "Minute", "Month", "ParseInLocation", "String", "Truncate", "Weekday", "Year", "YearDay", "Zone",
}

// calendars are the functions that may use them, and why.
var calendars = map[string]string{
	"internal/index/indexweb.date":        "places a day on the axis of a chart, where UTC is as good as any",
	"internal/infra/i18n.Moment":          "shows a moment in the region's zone, and names it",
	"internal/infra/samplefile.PDF":       "dates made-up documents, always the same",
	"internal/infra/sheet.Book":           "the format of a workbook wants UTC",
	"internal/infra/sqldb.Time":           "the database keeps moments in UTC",
	"internal/period.FormatMoment":        "writes a moment into a form, in the region's zone",
	"internal/report/reportweb.day":       "dates a file by the region's day, so that its bytes stay the same all day",
	"internal/report/reportweb.send":      "a header tells seconds",
	"internal/auth.NewSessionEndings":     "the log has the moment in UTC, with its zone",
	"internal/accesslog.write":            "counts by the hour, which begins at once in every zone of the country",
	"internal/site.security":              "security.txt has its moment in UTC",
	"internal/auth.countFailure":          "counts by the hour, which begins at once in every zone of the country",
	"internal/base/servicetest.Midnights": "is of tests, and reads its own table",
}

// Which day it is depends on the region: only package zone converts a moment to
// a date. A year, a month or an hour is taken from a moment nowhere else,
// except in the functions listed.
func TestDatesFollowTheRegion(t *testing.T) {
	used := map[string]bool{}
	for _, p := range checked(t) {
		where := strings.TrimPrefix(p.path, module)
		if strings.HasSuffix(layer(p.path), "test") || slices.Contains([]string{"internal/base/zone", "internal/base/day", "internal/base/testclock"}, where) {
			continue
		}
		for function, names := range dates(p.files, p.info) {
			used[where+function] = true
			if calendars[where+function] == "" {
				t.Errorf("%s%s has %v; use zone.Day, zone.Today or zone.At, or say why not in calendars", where, function, names)
			}
		}
	}
	for where := range calendars {
		if !used[where] {
			t.Errorf("%s is listed and looks at no calendar", where)
		}
	}
}

// dates are the names of calendar that files use, by the function, as ".Name".
func dates(files []*ast.File, info *types.Info) map[string][]string {
	found := map[string][]string{}
	for _, file := range files {
		for _, decl := range file.Decls {
			function := ""
			if fn, ok := decl.(*ast.FuncDecl); ok {
				function = "." + fn.Name.Name
			}
			ast.Inspect(decl, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && ofCalendar(info.Uses[id]) {
					found[function] = append(found[function], id.Name)
				}
				return true
			})
		}
	}
	return found
}

// ofCalendar reports whether o is one of calendar, or day.Of.
func ofCalendar(o types.Object) bool {
	if o == nil || o.Pkg() == nil {
		return false
	}
	if o.Pkg().Path() == module+"internal/base/day" {
		return o.Name() == "Of"
	}
	if o.Pkg().Path() != "time" || !slices.Contains(calendar, o.Name()) {
		return false
	}
	switch o := o.(type) {
	case *types.Func:
		of := o.Signature().Recv()
		return of == nil || strings.TrimPrefix(types.TypeString(of.Type(), nil), "*") == "time.Time"
	case *types.Var: // time.Local
		return o.Parent() == o.Pkg().Scope()
	}
	return false
}

func TestDatesAreSeen(t *testing.T) {
	fset := token.NewFileSet()
	_, from := exported(t, fset, "time")
	for text, want := range map[string]string{
		"return t.Year()":                                                                                 "Year",
		"_, m, _ := t.UTC().Date(); return int(m)":                                                        "Date",
		"return int(t.Month()) + t.Day() + t.YearDay()":                                                   "Month Day YearDay",
		"if t.Weekday() == time.Sunday { return 1 }; return 0":                                            "Weekday",
		"of := time.Time.Year; return of(t)":                                                              "Year",
		"var v struct{ time.Time }; v.Time = t; return v.Hour()":                                          "Hour",
		"t = t.In(time.Local); return len(t.Format(\"2006\"))":                                            "In Local Format",
		"return int(time.Hour / time.Minute) + int(time.Until(t).Hours()) + int(t.Add(time.Hour).Unix())": "",
		"return len(time.Second.String() + time.March.String())":                                          "",
	} {
		file, err := parser.ParseFile(fset, "x.go", "package x\nimport \"time\"\nfunc f(t time.Time) int { "+text+" }", parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
		if _, err := (&types.Config{Importer: from}).Check("x", fset, []*ast.File{file}, info); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(dates([]*ast.File{file}, info)[".f"], " "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

type checkedPackage struct {
	path  string
	names []string // of the files
	files []*ast.File
	info  *types.Info
}

// checked are our own packages with the type of everything in them, without tests.
func checked(t *testing.T) (list []checkedPackage) {
	t.Helper()
	fset := token.NewFileSet()
	all, from := exported(t, fset, "./...")
	for _, p := range all {
		if !strings.HasPrefix(p.ImportPath, module) || len(p.GoFiles) == 0 {
			continue
		}
		one := checkedPackage{path: p.ImportPath, info: &types.Info{
			Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{},
		}}
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(fset, path.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			one.names, one.files = append(one.names, name), append(one.files, file)
		}
		if _, err := (&types.Config{Importer: from}).Check(p.ImportPath, fset, one.files, one.info); err != nil {
			t.Fatal(err)
		}
		list = append(list, one)
	}
	return list
}

type exportedPackage struct {
	ImportPath, Export, Dir string
	GoFiles                 []string
}

// exported lists packages with all that they import, and imports any of them.
func exported(t *testing.T, fset *token.FileSet, pattern string) (list []exportedPackage, from types.Importer) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-export", "-deps", "-json=ImportPath,Export,GoFiles,Dir", pattern)
	cmd.Dir, cmd.Stderr = root, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := map[string]string{}
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var p exportedPackage
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		exports[p.ImportPath] = p.Export
		list = append(list, p)
	}
	return list, importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
}
