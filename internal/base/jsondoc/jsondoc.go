// Package jsondoc reads JSON that people write by hand and that decides points:
// indicator packs and the documents of `siida score`.
//
// encoding/json is too lenient for that. It uses the last of two equal keys,
// accepts "Weight" for "weight", turns null into zero and ignores missing keys.
// Here a document becomes a complete tree, and Decode fills a value from it,
// reporting the path of every problem.
package jsondoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf8"
)

// Kind is the type of a JSON value.
type Kind int

// The kinds of JSON values.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// Value is one JSON value with everything below it.
type Value struct {
	Kind    Kind
	Text    string // of a String its text, of a Number its digits as written, of a Bool "true" or "false"
	Items   []Value
	Members []Member // as written: in order, and a key as often as it occurs
}

// Member is one key of an object with its value.
type Member struct {
	Key   string
	Value Value
}

// Find returns the value of key, and how often the key was written.
func (v Value) Find(key string) (found Value, times int) {
	for _, m := range v.Members {
		if m.Key == key {
			found, times = m.Value, times+1
		}
	}
	return found, times
}

// SyntaxError reports that a text is not exactly one JSON document.
type SyntaxError struct {
	Line int // line of the error
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("line %d: not JSON", e.Line) }

// Parse reads one document and nothing after it, or returns a *SyntaxError.
func Parse(text []byte) (Value, error) {
	if at := badUTF8(text); at >= 0 {
		return Value{}, &SyntaxError{line(text, at)}
	}
	var whole json.RawMessage
	if err := json.Unmarshal(text, &whole); err != nil {
		at := len(text)
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			at = int(syntax.Offset)
		}
		return Value{}, &SyntaxError{line(text, at)}
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	return value(dec)
}

func badUTF8(text []byte) int {
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

func line(text []byte, at int) int {
	return 1 + bytes.Count(text[:min(at, len(text))], []byte("\n"))
}

// value reads from text that encoding/json has validated, which bounds its depth.
func value(dec *json.Decoder) (Value, error) {
	token, err := dec.Token()
	if err != nil {
		return Value{}, err
	}
	switch t := token.(type) {
	case bool:
		return Value{Kind: Bool, Text: strconv.FormatBool(t)}, nil
	case json.Number:
		return Value{Kind: Number, Text: t.String()}, nil
	case string:
		return Value{Kind: String, Text: t}, nil
	case json.Delim:
		v := Value{Kind: Array}
		if t == '{' {
			v.Kind = Object
		}
		for dec.More() {
			if err := v.add(dec); err != nil {
				return Value{}, err
			}
		}
		_, err := dec.Token()
		return v, err
	}
	return Value{Kind: Null}, nil
}

func (v *Value) add(dec *json.Decoder) error {
	var key string
	if v.Kind == Object {
		token, err := dec.Token()
		if err != nil {
			return err
		}
		key, _ = token.(string)
	}
	below, err := value(dec)
	if err != nil {
		return err
	}
	if v.Kind == Object {
		v.Members = append(v.Members, Member{key, below})
	} else {
		v.Items = append(v.Items, below)
	}
	return nil
}

// Path is the place of a value in its document, written `innovations[3].answers.SID-99`.
type Path string

var plain = regexp.MustCompile(`^[\pL\pN_-]+$`)

// Key is the place of a member below p. An ambiguous key is quoted: `answers["a
// b\n"]`.
func (p Path) Key(key string) Path {
	switch {
	case !plain.MatchString(key):
		return p + Path("["+strconv.Quote(key)+"]")
	case p == "":
		return Path(key)
	}
	return p + Path("."+key)
}

// Index is the place of an element below p.
func (p Path) Index(i int) Path { return p + Path("["+strconv.Itoa(i)+"]") }

// String is the place as text; the whole document is "$".
func (p Path) String() string {
	if p == "" {
		return "$"
	}
	return string(p)
}
