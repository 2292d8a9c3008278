package ui

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"siida.id/internal/base/day"
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
		list = append(list, string(l.name)+"="+l.digest())
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
	Form  T   // what is shown: a field that the person has not changed has the stored value
	Taken int // the fields that have the stored value, and did not before
	Both  int // the fields that both have changed

	theirs []leaf // their stored values
}

// Merge merges what a person has sent with what was stored meanwhile. base is the Base of
// the form that they were shown; a field of which it says nothing counts as changed. The
// Version of the form is the stored one, so that it can be saved again.
func Merge[T any](base string, sent, stored T) Merged[T] {
	m := Merged[T]{Form: sent}
	before := map[string]string{}
	for one := range strings.FieldsSeq(base) {
		name, digest, _ := strings.Cut(one, "=")
		before[name] = digest
	}
	theirs := leaves(reflect.ValueOf(stored), "")
	form := reflect.ValueOf(&m.Form).Elem()
	for n, l := range leaves(form, "") {
		was, now := before[string(l.name)], theirs[n]
		switch {
		case l.digest() == now.digest() || now.digest() == was:
		case l.digest() == was:
			l.value.Set(now.value)
			m.Taken++
		default:
			m.Both++
			m.theirs = append(m.theirs, now)
		}
	}
	form.FieldByName("Version").Set(reflect.ValueOf(stored).FieldByName("Version"))
	return m
}

// leaf is a field of a form.
type leaf struct {
	name  fault.FieldName
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

// texts returns the values of a field, of which a list has several.
func (l leaf) texts() []string {
	switch v := l.value.Interface().(type) {
	case []string:
		return v
	case bool:
		return []string{strconv.FormatBool(v)}
	}
	return []string{l.value.String()}
}

// leaves returns the fields of a form in a fixed order, the same for all values of a type.
// Their names are those of faults: figures.0.value, and initiator_name for what is embedded.
func leaves(v reflect.Value, name string) (list []leaf) {
	switch v.Kind() { //nolint:exhaustive // others are no fields of a form
	case reflect.String, reflect.Bool:
		return []leaf{{fault.FieldName(name), v}}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.String {
			return []leaf{{fault.FieldName(name), v}}
		}
	case reflect.Array:
		for n := range v.Len() {
			list = append(list, leaves(v.Index(n), name+"."+strconv.Itoa(n))...)
		}
	case reflect.Struct:
		for n := range v.NumField() {
			f := v.Type().Field(n)
			switch {
			case f.Anonymous:
				list = append(list, leaves(v.Field(n), name)...)
			case f.IsExported():
				list = append(list, leaves(v.Field(n), strings.TrimPrefix(name+"."+snake(f.Name), "."))...)
			}
		}
	}
	return list
}

// snake writes a name of Go as that of a field: InitiatorName as initiator_name, and
// LogoID as logo_id.
func snake(name string) string {
	var b strings.Builder
	var previous rune
	for _, r := range name {
		if unicode.IsUpper(r) && unicode.IsLower(previous) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
		previous = r
	}
	return b.String()
}

// Change is who has saved something last; the zero Change is not known.
type Change struct {
	Name string
	At   time.Time
	Own  bool // the person whose page it is
}

// Conflict describes what a form with a version changes, for Resolve.
type Conflict[E ~string] struct {
	Subject fmt.Stringer // of the audit log
	Events  []E          // about it that change the version
	What    string       // its name
	Inputs  Inputs       // of the form
	// Format writes a stored value of a field as people read it, such as the name of an
	// id; a day that it returns as it is is written in words. Nil returns all as they
	// are. What has no text, and is not empty, is not shown.
	Format func(field fault.FieldName, value string) string
}

// Resolve returns the form that is shown after err, and the sentences above it. If the
// fault is that somebody has saved meanwhile (fault.IsMoved), they are who did it and when,
// and what becomes of the form, which is merged with what is stored; beside each field that
// both have changed the page of the returned context shows the stored value. Of any other
// Conflict they are its sentence, and the form is as it was sent.
func Resolve[T any, E ~string](ctx context.Context, f Frame, err error, c Conflict[E], sent, stored T) (form T, above string, page context.Context) {
	if !fault.IsMoved(err) {
		if fault.KindOf(err) == fault.Conflict {
			above = i18n.Fault(ctx, err)
		}
		return sent, above, ctx
	}
	fields, _ := ctx.Value(sentKey{}).(url.Values)
	m := Merge(fields.Get(BaseField), sent, stored)
	var events []string
	for _, e := range c.Events {
		events = append(events, string(e))
	}
	var last Change
	if f.LastChange != nil {
		last = f.LastChange(ctx, c.Subject.String(), events...)
	}
	above = last.sentence(ctx, err, c.What)
	if m.Taken > 0 {
		above += " " + i18n.T(ctx, "ui.conflict_taken", i18n.Args{"Count": m.Taken})
	}
	if m.Both > 0 {
		above += " " + i18n.T(ctx, "ui.conflict_both", i18n.Args{"Count": m.Both})
	}
	theirs := map[string]string{}
	for _, l := range m.theirs {
		if text := format(ctx, l, c.Format); text != "" {
			theirs[c.Inputs.of(l.name)] = last.theirs(ctx, text)
		}
	}
	return m.Form, above + " " + i18n.T(ctx, "ui.conflict_next"), context.WithValue(ctx, theirsKey{}, theirs)
}

// sentence says who has saved what and when, or err if that is not known.
func (c Change) sentence(ctx context.Context, err error, what string) string {
	args := i18n.Args{"Name": c.Name, "What": what, "Moment": i18n.Moment(ctx, c.At)}
	switch {
	case c.Own:
		return i18n.T(ctx, "ui.conflict_own", args)
	case c.Name != "":
		return i18n.T(ctx, "ui.conflict", args)
	}
	return i18n.Fault(ctx, err)
}

// theirs says that a field has the stored value text.
func (c Change) theirs(ctx context.Context, text string) string {
	args := i18n.Args{"Name": c.Name, "Value": text}
	switch {
	case c.Own:
		return i18n.T(ctx, "ui.stored_own", args)
	case c.Name != "":
		return i18n.T(ctx, "ui.stored_by", args)
	}
	return i18n.T(ctx, "ui.stored", args)
}

// format writes the stored value of a field as people read it.
func format(ctx context.Context, l leaf, label func(fault.FieldName, string) string) string {
	var list []string
	empty := true
	for _, value := range l.texts() {
		empty = empty && value == ""
		text := value
		if label != nil {
			text = label(l.name, value)
		}
		if d, ok := day.Parse(text); ok && text == value && string(d) == value {
			text = i18n.Day(ctx, d)
		}
		if text != "" {
			list = append(list, text)
		}
	}
	if empty && len(list) == 0 {
		return i18n.T(ctx, "ui.stored_empty")
	}
	return strings.Join(list, "; ")
}

type theirsKey struct{}

// theirs returns the sentence of what is stored of an input after a conflict, or "".
func theirs(ctx context.Context, input string) string {
	all, _ := ctx.Value(theirsKey{}).(map[string]string)
	return all[input]
}
