package ui

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/i18n"
)

// BaseField is the hidden input that has the Base of a form.
const BaseField = "asal"

// Base returns digests of the values that a form is shown with, for Merge. Its fields are
// the texts, lists of texts and choices of form, a struct, and of the structs in it.
func Base(form any) string {
	var list []string
	for _, l := range leaves(reflect.ValueOf(form), "") {
		list = append(list, l.name+"="+l.digest())
	}
	return strings.Join(list, " ")
}

type sentKey struct{}

// WithSent returns the context of the answer to a form with these fields.
func WithSent(ctx context.Context, sent url.Values) context.Context {
	return context.WithValue(ctx, sentKey{}, sent)
}

// base returns the Base of a form, or the one that it was sent with if it is shown again
// with the same version: another person may have saved meanwhile.
func base(ctx context.Context, version int64, shown any) string {
	sent, _ := ctx.Value(sentKey{}).(url.Values)
	if sent.Has(BaseField) && sent.Get("versi") == strconv.FormatInt(version, 10) {
		return sent.Get(BaseField)
	}
	return Base(shown)
}

// Merged is a form after a conflict.
type Merged[T any] struct {
	Form   T   // what is shown: a field that the person has not changed has the stored value
	Stored T   // Form, but the stored value where both have changed a field
	Taken  int // the fields that have the stored value, and did not before
	Both   int // the fields that both have changed

	theirs []leaf // their stored values
}

// Theirs returns the stored values of the fields that both have changed, as label, or nil,
// writes them by the name of the field in Go; an empty one is left out.
func (m Merged[T]) Theirs(label func(field, value string) string) (list []string) {
	for _, l := range m.theirs {
		text := l.value.String()
		if label != nil {
			text = label(l.name, text)
		}
		if text != "" {
			list = append(list, text)
		}
	}
	return list
}

// Merge merges what a person has sent with what was stored meanwhile. base is the Base of
// the form that they were shown; a field of which it says nothing counts as changed.
func Merge[T any](base string, sent, stored T) Merged[T] {
	m := Merged[T]{Form: sent, Stored: sent}
	before := map[string]string{}
	for one := range strings.FieldsSeq(base) {
		name, digest, _ := strings.Cut(one, "=")
		before[name] = digest
	}
	theirs := leaves(reflect.ValueOf(stored), "")
	form, shown := leaves(reflect.ValueOf(&m.Form).Elem(), ""), leaves(reflect.ValueOf(&m.Stored).Elem(), "")
	for n, l := range form {
		was, now := before[l.name], theirs[n]
		switch {
		case l.digest() == now.digest() || now.digest() == was:
		case l.digest() == was:
			l.value.Set(now.value)
			shown[n].value.Set(now.value)
			m.Taken++
		default:
			shown[n].value.Set(now.value)
			m.Both++
			m.theirs = append(m.theirs, now)
		}
	}
	return m
}

// leaf is a field of a form.
type leaf struct {
	name  string
	value reflect.Value
}

func (l leaf) digest() string {
	var text string
	switch v := l.value.Interface().(type) {
	case []string:
		text = strings.Join(slices.Sorted(slices.Values(v)), "\x00") // a page lists them in another order
	default:
		text = l.value.String()
		if l.value.Kind() == reflect.Bool {
			text = strconv.FormatBool(l.value.Bool())
		}
	}
	const enough = 4 // bytes: a person changes one field to another text, and not to find an equal one
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:enough])
}

// leaves returns the fields of a form in a fixed order, the same for all values of a type.
func leaves(v reflect.Value, name string) (list []leaf) {
	switch v.Kind() { //nolint:exhaustive // others are no fields of a form
	case reflect.String, reflect.Bool:
		return []leaf{{name, v}}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.String {
			return []leaf{{name, v}}
		}
	case reflect.Array:
		for n := range v.Len() {
			list = append(list, leaves(v.Index(n), name+strconv.Itoa(n))...)
		}
	case reflect.Struct:
		for n := range v.NumField() {
			if f := v.Type().Field(n); f.IsExported() {
				list = append(list, leaves(v.Field(n), name+f.Name)...)
			}
		}
	}
	return list
}

// Change is who has saved something last; the zero Change is not known.
type Change struct {
	Name string
	At   time.Time
	Own  bool // the person whose page it is
}

// Conflict returns the sentences above a form that was not saved because what is named
// what was changed after the form was shown: who did it and when, and what becomes of
// the form; theirs are what was stored of the fields that both have changed, where the
// page does not show that beside them. subject is of the audit log. Of any other fault it
// returns the sentence.
func (f Frame) Conflict(ctx context.Context, err error, subject, what string, taken, both int, theirs ...string) string {
	key := fault.KeyOf(err)
	if !strings.Contains(key, "moved") || f.LastChange == nil {
		return i18n.Fault(ctx, err)
	}
	last := f.LastChange(ctx, subject)
	args := i18n.Args{"Name": last.Name, "What": what, "Moment": i18n.Moment(ctx, last.At)}
	said := i18n.Fault(ctx, err)
	switch {
	case last.Own:
		said = i18n.T(ctx, "ui.conflict_own", args)
	case last.Name != "":
		said = i18n.T(ctx, "ui.conflict", args)
	}
	if taken > 0 {
		said += " " + i18n.T(ctx, "ui.conflict_taken", i18n.Args{"Count": taken})
	}
	if both > 0 {
		said += " " + i18n.T(ctx, "ui.conflict_both", i18n.Args{"Count": both})
	}
	if len(theirs) > 0 {
		said += " " + i18n.T(ctx, "ui.conflict_theirs", i18n.Args{"Values": strings.Join(theirs, "; ")})
	}
	return said + " " + i18n.T(ctx, "ui.conflict_next")
}
