package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"strings"
	"testing"
)

// Every method of a feature's Store is called in a test that runs on both
// engines: what one engine accepts, the other may not.
func TestStoresAreTestedOnBothEngines(t *testing.T) {
	adapters := 0
	for _, p := range list(t) {
		if layer(p.ImportPath) != "featuresql" {
			continue
		}
		adapters++
		folder := path.Join(root, strings.TrimPrefix(p.ImportPath, module))
		methods := map[string]bool{}
		rows := "Store"
		if path.Base(folder) == "filesql" {
			rows = "Records" // its Store has the bytes
		}
		storeMethods(files(t, path.Dir(folder), false), rows, methods)
		if len(methods) == 0 {
			t.Errorf("%s: its feature has no interface Store", p.ImportPath)
		}
		called := map[string]bool{}
		for _, f := range files(t, folder, true) {
			ast.Inspect(f, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					called[s.Sel.Name] = true
				}
				return true
			})
		}
		if !called["Each"] {
			t.Errorf("%s: no test runs on both engines with sqldbtest.Each", p.ImportPath)
		}
		for name := range methods {
			if !called[name] {
				t.Errorf("%s: no test calls %s", p.ImportPath, name)
			}
		}
	}
	if adapters == 0 {
		t.Error("there are no stores: has the layout changed?")
	}
}

// files are the Go files of a folder, its tests or all others.
func files(t *testing.T, folder string, tests bool) (list []*ast.File) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") != tests {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path.Join(folder, e.Name()), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, f)
	}
	return list
}

// storeMethods adds the methods of the interface of that name, with those of
// embedded interfaces of the package.
func storeMethods(files []*ast.File, name string, methods map[string]bool) {
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok || spec.Name.Name != name {
				return true
			}
			face, ok := spec.Type.(*ast.InterfaceType)
			if !ok {
				return false
			}
			for _, m := range face.Methods.List {
				if embedded, ok := m.Type.(*ast.Ident); ok {
					storeMethods(files, embedded.Name, methods)
				}
				for _, own := range m.Names {
					methods[own.Name] = true
				}
			}
			return false
		})
	}
}
