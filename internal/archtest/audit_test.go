package archtest

import (
	"encoding/json"
	"go/ast"
	"go/constant"
	"go/types"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// logged are the types of what the audit log has, with the prefix of their words in the
// catalogue.
var logged = map[string]string{"Event": "audit.event.", "Kind": "audit.kind.", "Key": "audit.key."}

var code = regexp.MustCompile(`^[a-z][a-z0-9_.-]*$`)

// Events, kinds of subjects and keys of details are declared constants: no two are the
// same, an event begins with its room, and the catalogue has words for each, and for
// no other.
func TestAuditWordsAreDeclared(t *testing.T) {
	declared := map[string]string{} // where, by key of the catalogue
	for _, p := range checked(t) {
		where := strings.TrimPrefix(p.path, module)
		for name, o := range p.info.Defs {
			prefix := logged[auditType(o)]
			value, ok := o.(*types.Const)
			if !ok || prefix == "" {
				continue
			}
			text := constant.StringVal(value.Val())
			if first, twice := declared[prefix+text]; twice {
				t.Errorf("%s: %s is %q, as in %s", where, name.Name, text, first)
			}
			declared[prefix+text] = where
			if !code.MatchString(text) {
				t.Errorf("%s: %s is %q: is that a code?", where, name.Name, text)
			}
			if room, _, _ := strings.Cut(text, "."); prefix == logged["Event"] && (room != feature(p.path) || !strings.HasPrefix(name.Name, "Event")) {
				t.Errorf("%s: %s is %q; its name begins with Event and its code with %q", where, name.Name, text, feature(p.path)+".")
			}
		}
		if where == "internal/audit" || where == "internal/audit/auditsql" {
			continue
		}
		for _, file := range p.files {
			for _, text := range loose(file, p.info) {
				t.Errorf("%s logs %s, which no constant declares", where, text)
			}
		}
	}
	for _, lang := range []string{"id", "en"} {
		text, err := os.ReadFile(path.Join(root, "locales", lang, "audit.json"))
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]string
		if err := json.Unmarshal(text, &words); err != nil {
			t.Fatal(err)
		}
		for _, key := range slices.Sorted(maps.Keys(declared)) {
			if words[key] == "" {
				t.Errorf("%s has no words for %s", lang, key)
			}
		}
		for key := range words {
			if declared[key] == "" {
				t.Errorf("%s has words for %s, which nothing logs", lang, key)
			}
		}
	}
}

// auditType is the name of the type of o, if that is of package audit.
func auditType(o types.Object) string {
	if o == nil {
		return ""
	}
	return auditName(o.Type())
}

func auditName(of types.Type) string {
	named, ok := of.(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != module+"internal/audit" {
		return ""
	}
	return named.Obj().Name()
}

// loose are the expressions of a file that are an event, a kind or a key and no declared
// constant: a text in its place, a constant of another type, or a conversion.
func loose(file *ast.File, info *types.Info) (list []string) {
	declaration := func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Names) == 0 {
			return false
		}
		_, isConst := info.Defs[spec.Names[0]].(*types.Const)
		return isConst && auditType(info.Defs[spec.Names[0]]) != ""
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || declaration(n) {
			return false
		}
		e, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		if call, ok := e.(*ast.CallExpr); ok && info.Types[call.Fun].IsType() && logged[auditName(info.Types[call.Fun].Type)] != "" {
			list = append(list, types.ExprString(e))
			return false
		}
		known := info.Types[e]
		if known.Value == nil || logged[auditName(known.Type)] == "" || known.Value.ExactString() == `""` {
			return true
		}
		name := e
		if s, ok := e.(*ast.SelectorExpr); ok {
			name = s.Sel
		}
		if id, ok := name.(*ast.Ident); !ok || auditType(info.Uses[id]) == "" {
			list = append(list, types.ExprString(e))
		}
		return false
	})
	return list
}
