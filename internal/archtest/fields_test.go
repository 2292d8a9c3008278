package archtest

import (
	"go/ast"
	"go/constant"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// fieldUse is what a package has of fields of faults and of inputs of forms.
type fieldUse struct {
	names    map[string]bool     // constants of fault.FieldName, but for the keys of tables
	computed []string            // expressions that make such a name of anything else
	tables   map[string][]string // the constant inputs of ui.Inputs, by field
	uploads  bool                // it reads the file of a form
	words    map[string]bool     // of the texts in its templates, and in what they call
}

// ofAnotherRoom are the rooms whose fields a page maps beside those of its own.
var ofAnotherRoom = map[string][]string{
	"authweb": {"account"}, // the first administrator says who they are
}

// commandsOf are the commands of rooms that have no pages: a field is called as its
// argument or flag, which kong takes from the name of the Go field.
var commandsOf = map[string][]string{
	"region": {"regionAddCommand", "regionSetCommand"},
}

// officialNames are the same in every language.
var officialNames = []string{"nip"}

var (
	fieldForm = regexp.MustCompile(`^[a-z]+(_[a-z]+)*(\.([a-z]+(_[a-z]+)*|\*))*$`)
	wordEnd   = regexp.MustCompile(`[*#_-]+`)
)

// A room names fields in English, as its types do, and its pages map each of them to an
// input that is in their templates: no mistake is left without a place.
func TestFieldsHaveInputs(t *testing.T) {
	packages := checked(t)
	uses, inputs := map[string]fieldUse{}, map[string]bool{}
	literals := literalsByFunction(packages)
	for _, p := range packages {
		where := strings.TrimPrefix(p.path, module)
		if where == "internal/base/fault" || where == "web/ui" || strings.HasSuffix(layer(p.path), "test") {
			continue
		}
		u := fieldUseOf(p, literals)
		uses[where] = u
		for _, list := range u.tables {
			for _, input := range list {
				inputs[input] = true
			}
		}
		for _, text := range u.computed {
			t.Errorf("%s makes the name of a field of %s; declare it, with a star that At fills in", where, text)
		}
	}
	total := 0
	for where, u := range uses {
		total += len(u.names)
		for name := range u.names {
			if !fieldForm.MatchString(name) {
				t.Errorf("%s: is %q the name of a field?", where, name)
			}
			for segment := range strings.SplitSeq(name, ".") {
				if inputs[segment] && !slices.Contains(officialNames, segment) {
					t.Errorf("%s: field %q is called as an input; name it as the domain does", where, name)
				}
			}
		}
		checkTables(t, where, u, uses)
	}
	for room, commands := range commandsOf {
		flags := flagsOf(packages, commands)
		for name := range uses["internal/"+room].names {
			if !flags[name] {
				t.Errorf("%s: no argument or flag of %v is called %q", room, commands, name)
			}
		}
	}
	if total < 100 || len(inputs) < 100 {
		t.Errorf("%d names and %d inputs are found: has the layout changed?", total, len(inputs))
	}
}

// checkTables compares the fields of a package with the tables of its pages.
func checkTables(t *testing.T, where string, u fieldUse, uses map[string]fieldUse) {
	t.Helper()
	room, adapter, _ := strings.Cut(strings.TrimPrefix(where, "internal/"), "/")
	pages, has := uses["internal/"+room+"/"+room+"web"]
	isPages := adapter == room+"web"
	_, hasCommand := commandsOf[room]
	switch {
	case room == "file" || room == "question" || room == "creation" || strings.HasPrefix(where, "internal/infra/"): // what they say of a file, those who read it map
	case (adapter == "" || isPages) && !hasCommand:
		for name := range u.names {
			if _, mapped := pages.tables[name]; !has || !mapped {
				t.Errorf("%s: field %q is not in the ui.Inputs of its pages", where, name)
			}
		}
	}
	if u.uploads {
		if _, mapped := u.tables["file"]; !mapped {
			t.Errorf("%s takes files, and fault.File is not in its ui.Inputs", where)
		}
	}
	for name, list := range u.tables {
		known := uses["internal/"+room].names[name] || u.names[name] || name == "file" && u.uploads
		for _, other := range ofAnotherRoom[adapter] {
			known = known || uses["internal/"+other].names[name]
		}
		if !isPages || !known {
			t.Errorf("%s maps field %q, which its room does not have", where, name)
		}
		for _, input := range list {
			for _, word := range wordEnd.Split(input, -1) {
				if word != "" && !u.words[word] {
					t.Errorf("%s maps field %q to input %q, which is not in its templates", where, name, input)
				}
			}
		}
	}
}

// typeName is the qualified name of a type of our own, such as "base/fault.FieldName".
func typeName(of types.Type) string {
	named, ok := of.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	return strings.TrimPrefix(strings.TrimPrefix(named.Obj().Pkg().Path(), module), "internal/") + "." + named.Obj().Name()
}

const (
	fieldNameType = "base/fault.FieldName"
	inputsType    = "web/ui.Inputs"
)

func fieldUseOf(p checkedPackage, literals map[string][]string) fieldUse {
	u := fieldUse{names: map[string]bool{}, tables: map[string][]string{}, words: map[string]bool{}}
	for i, file := range p.files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				if typeName(p.info.Types[n].Type) == inputsType {
					u.readTable(n, p.info)
					return false
				}
			case *ast.Ident:
				if f, ok := p.info.Uses[n].(*types.Func); ok && f.Pkg() != nil && f.Pkg().Path() == module+"internal/infra/httpx" {
					u.uploads = u.uploads || layer(p.path) == "featureweb" && (f.Name() == "ReadUpload" || f.Name() == "ReadFile")
				}
			}
			if e, ok := n.(ast.Expr); ok {
				u.readName(e, p.info)
			}
			return true
		})
		if strings.HasSuffix(p.names[i], "_templ.go") {
			u.readTemplate(file, p.info, literals)
		}
	}
	return u
}

func (u *fieldUse) readTable(table *ast.CompositeLit, info *types.Info) {
	for _, e := range table.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok || info.Types[pair.Key].Value == nil {
			u.computed = append(u.computed, types.ExprString(e))
			continue
		}
		field := constant.StringVal(info.Types[pair.Key].Value)
		u.tables[field] = append(u.tables[field], constants(pair.Value, info)...)
	}
}

// constants is the constant value of e, or none.
func constants(e ast.Expr, info *types.Info) []string {
	if value := info.Types[e].Value; value != nil && value.Kind() == constant.String {
		return []string{constant.StringVal(value)}
	}
	return nil
}

func (u *fieldUse) readName(e ast.Expr, info *types.Info) {
	known := info.Types[e]
	if typeName(known.Type) != fieldNameType || known.IsType() {
		return
	}
	if known.Value != nil {
		if text := constant.StringVal(known.Value); text != "" {
			u.names[text] = true
		}
		return
	}
	_, sum := e.(*ast.BinaryExpr)
	call, isCall := e.(*ast.CallExpr)
	if sum || isCall && info.Types[call.Fun].IsType() {
		u.computed = append(u.computed, types.ExprString(e))
	}
}

// readTemplate notes the words of the constants in a template, and of the functions that
// it calls.
func (u *fieldUse) readTemplate(file *ast.File, info *types.Info, literals map[string][]string) {
	var texts []string
	ast.Inspect(file, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			texts = append(texts, constants(e, info)...)
		}
		if id, ok := n.(*ast.Ident); ok {
			if f, ok := info.Uses[id].(*types.Func); ok {
				texts = append(texts, literals[f.FullName()]...)
			}
		}
		return true
	})
	for _, text := range texts {
		for _, word := range wordEnd.Split(text, -1) {
			u.words[word] = true
		}
	}
}

// literalsByFunction has the constants in every function of pages, by its full name.
func literalsByFunction(packages []checkedPackage) map[string][]string {
	found := map[string][]string{}
	for _, p := range packages {
		if layer(p.path) != "featureweb" {
			continue
		}
		for _, file := range p.files {
			for _, decl := range file.Decls {
				fn, ok := decl.(*ast.FuncDecl)
				if !ok {
					continue
				}
				f, ok := p.info.Defs[fn.Name].(*types.Func)
				if !ok {
					continue
				}
				name := f.FullName()
				ast.Inspect(fn, func(n ast.Node) bool {
					if e, ok := n.(ast.Expr); ok {
						found[name] = append(found[name], constants(e, p.info)...)
					}
					return true
				})
			}
		}
	}
	return found
}

// flagsOf are the arguments and flags of commands.
func flagsOf(packages []checkedPackage, commands []string) map[string]bool {
	flags := map[string]bool{}
	for _, p := range packages {
		for id, o := range p.info.Defs {
			if o == nil || layer(p.path) != "app" || !slices.Contains(commands, id.Name) {
				continue
			}
			if command, ok := o.Type().Underlying().(*types.Struct); ok {
				for field := range command.Fields() {
					flags[strings.ToLower(field.Name())] = true
				}
			}
		}
	}
	return flags
}
