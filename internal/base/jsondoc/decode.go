package jsondoc

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Problem is one mismatch between a document and a struct.
type Problem struct {
	Path Path
	What string
}

func (p Problem) Error() string { return p.Path.String() + ": " + p.What }

// Decode fills the struct that into points to, and returns every problem: a key
// that is unknown, missing or written twice, a value of another type. null fits
// only a pointer and means unknown. A field tagged omitzero may be missing.
// What fits is filled in even if there are problems.
func Decode(text []byte, into any) []Problem {
	doc, err := Parse(text)
	if err != nil {
		return []Problem{{"", err.Error()}}
	}
	var d decoder
	d.fill("", doc, reflect.ValueOf(into).Elem())
	return d.problems
}

type decoder struct{ problems []Problem }

func (d *decoder) problem(at Path, format string, args ...any) {
	d.problems = append(d.problems, Problem{at, fmt.Sprintf(format, args...)})
}

func (d *decoder) fill(at Path, v Value, into reflect.Value) {
	if own, ok := reflect.TypeAssert[json.Unmarshaler](into.Addr()); ok {
		if err := own.UnmarshalJSON([]byte(v.literal())); err != nil {
			d.problem(at, "%v", err)
		}
		return
	}
	switch into.Kind() { //nolint:exhaustive // the default handles the rest
	case reflect.Pointer:
		if v.Kind == Null {
			return
		}
		into.Set(reflect.New(into.Type().Elem()))
		d.fill(at, v, into.Elem())
	case reflect.Struct:
		if d.is(at, v, Object, "an object") {
			d.object(at, v, into)
		}
	case reflect.Slice:
		if d.is(at, v, Array, "a list") {
			d.list(at, v, into)
		}
	case reflect.String:
		if d.is(at, v, String, "a text") {
			into.SetString(v.Text)
		}
	case reflect.Bool:
		if d.is(at, v, Bool, "true or false") {
			into.SetBool(v.Text == "true")
		}
	case reflect.Int:
		n, err := strconv.Atoi(v.Text)
		if v.Kind != Number || err != nil {
			d.problem(at, "not a whole number")
			return
		}
		into.SetInt(int64(n))
	default:
		panic("jsondoc: no " + into.Type().String() + " in a document")
	}
}

func (d *decoder) is(at Path, v Value, kind Kind, what string) bool {
	if v.Kind != kind {
		d.problem(at, "not %s", what)
	}
	return v.Kind == kind
}

func (d *decoder) object(at Path, v Value, into reflect.Value) {
	known := map[string]bool{}
	for _, t := range reflect.VisibleFields(into.Type()) {
		key, option, _ := strings.Cut(t.Tag.Get("json"), ",")
		if key == "" || key == "-" {
			continue
		}
		known[key] = true
		below, times := v.Find(key)
		switch {
		case times > 0:
			d.fill(at.Key(key), below, into.FieldByIndex(t.Index))
		case option != "omitzero":
			d.problem(at.Key(key), "missing")
		}
	}
	seen := map[string]bool{}
	for _, m := range v.Members {
		switch {
		case !known[m.Key]:
			d.problem(at.Key(m.Key), "unknown key")
		case seen[m.Key]:
			d.problem(at.Key(m.Key), "written twice")
		}
		seen[m.Key] = true
	}
}

// An element with a code is named by it in paths: people know SID-16, not
// indicators[20].
func (d *decoder) list(at Path, v Value, into reflect.Value) {
	into.Set(reflect.MakeSlice(into.Type(), len(v.Items), len(v.Items)))
	for i, item := range v.Items {
		place := at.Index(i)
		if code, _ := item.Find("code"); code.Kind == String && plain.MatchString(code.Text) {
			place = at + Path("["+code.Text+"]")
		}
		d.fill(place, item, into.Index(i))
	}
}

// literal is v as JSON, as far as a scalar goes.
func (v Value) literal() string {
	switch v.Kind {
	case Null:
		return "null"
	case String:
		return strconv.Quote(v.Text)
	case Bool, Number:
		return v.Text
	case Array:
		return "[]"
	case Object:
		return "{}"
	}
	return ""
}
