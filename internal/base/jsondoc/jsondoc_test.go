package jsondoc_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/decimal"
	"siida.id/internal/base/jsondoc"
)

func TestParseRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "blank": " \n", "two": "{} {}", "bom": "\ufeff{}", "comma": "[1,]", "leading zero": "01", "bare": "{a:1}",
		"latin": "\"\xe9\"", "deep": strings.Repeat("[", 100_000), "cut": `{"a":`, "control": "\"\n\"", "nan": "NaN", "comment": "{}//",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := jsondoc.Parse([]byte(text))
			if _, ok := errors.AsType[*jsondoc.SyntaxError](err); !ok {
				t.Errorf("got %v", err)
			}
		})
	}
	if _, err := jsondoc.Parse([]byte("{\n\"a\": 1,\n}")); err == nil || err.Error() != "line 3: not JSON" {
		t.Errorf("got %v", err)
	}
}

func TestParseForgetsNothing(t *testing.T) {
	v, err := jsondoc.Parse([]byte(`{"a": 1.0, "b": [null, true, "x"], "a": 1e0}`))
	if err != nil {
		t.Fatal(err)
	}
	want := jsondoc.Value{Kind: jsondoc.Object, Members: []jsondoc.Member{
		{Key: "a", Value: jsondoc.Value{Kind: jsondoc.Number, Text: "1.0"}},
		{Key: "b", Value: jsondoc.Value{Kind: jsondoc.Array, Items: []jsondoc.Value{
			{Kind: jsondoc.Null}, {Kind: jsondoc.Bool, Text: "true"}, {Kind: jsondoc.String, Text: "x"},
		}}},
		{Key: "a", Value: jsondoc.Value{Kind: jsondoc.Number, Text: "1e0"}},
	}}
	if diff := cmp.Diff(want, v); diff != "" {
		t.Error(diff)
	}
	if _, times := v.Find("a"); times != 2 {
		t.Errorf("a was found %d times", times)
	}
}

func TestPath(t *testing.T) {
	var root jsondoc.Path
	for want, got := range map[string]jsondoc.Path{
		"$":                             root,
		"innovations[3].answers.SID-99": root.Key("innovations").Index(3).Key("answers").Key("SID-99"),
		`spd["a\nb"]`:                   root.Key("spd").Key("a\nb"),
		`spd[""]`:                       root.Key("spd").Key(""),
		`["a.b"]`:                       root.Key("a.b"),
		`spd["\u2028\x1b"]`:             root.Key("spd").Key("\u2028\x1b"),
	} {
		if got.String() != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

type thing struct {
	Code   string          `json:"code"`
	Weight decimal.Decimal `json:"weight"`
	Known  *bool           `json:"known"`
	Parts  []thing         `json:"parts,omitzero"`
	Size   int             `json:"size,omitzero"`
	Own    string          `json:"-"`
}

func TestDecode(t *testing.T) {
	for _, tt := range []struct {
		text string
		want string
	}{
		{`{"code": "a", "weight": 0.38, "known": null}`, ""},
		{`{"code": "a", "weight": 1, "known": true, "parts": [{"code": "b", "weight": 2, "known": false}], "size": 3}`, ""},
		{`{"Code": "a", "weight": 1, "known": null}`, "code: missing; Code: unknown key"},
		{`{"code": "a", "code": "b", "weight": 1, "known": null}`, "code: written twice"},
		{`{"code": null, "weight": "1", "known": 1}`, `code: not a text; weight: "\"1\"": not a plain decimal number; known: not true or false`},
		{`{"code": "a", "weight": {}, "known": null, "size": 1.0}`, `weight: "{}": not a plain decimal number; size: not a whole number`},
		{`{"code": "a", "weight": 1, "known": null, "parts": [{"code": "b", "weight": 0.12345, "known": null}, 3]}`, "parts[b].weight: 0.12345: more than four decimals; parts[1]: not an object"},
		{`{"code": "a", "weight": 1, "known": null, "parts": null, "-": 1}`, "parts: not a list; -: unknown key"},
		{`[]`, "$: not an object"},
		{`{`, "$: line 1: not JSON"},
	} {
		var into thing
		var got []string
		for _, p := range jsondoc.Decode([]byte(tt.text), &into) {
			got = append(got, p.Error())
		}
		if strings.Join(got, "; ") != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.text, strings.Join(got, "; "), tt.want)
		}
	}
}

func ExampleDecode() {
	var into thing
	fmt.Println(jsondoc.Decode([]byte(`{"code": "a", "weight": 0.38, "known": true}`), &into), into.Code, into.Weight, *into.Known)
	// Output: [] a 0.38 true
}
