// Package fault is the vocabulary for errors a person can act on.
//
// A domain package returns a *fault.Error when the caller did something that
// can be explained to them; anything else stays a plain Go error, reaches the
// log in full and the visitor only as "internal". Key is a translation
// key, never a sentence, so the same error serves HTML, JSON and e-mail.
package fault

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Kind says what sort of mistake an error is; transports map it to a status.
type Kind int

// The zero Kind is Internal so that a forgotten kind never leaks a message.
const (
	Internal Kind = iota
	Invalid
	NotFound
	Forbidden
	Conflict
	Unknown  // nobody has signed in
	Throttle // too many tries; later it may be granted
	TooLarge // more bytes than are taken
	Timeout  // what was sent came too slowly
	Media    // a body of a type that is not taken there
	Method   // an address that is there, but not for that method
	Busy     // the database is held or away; the same may succeed in a moment
	Full     // there is no room left to store it
	Damaged  // what was stored is gone, or is not what it was
)

// Args are the parameters of a message.
type Args = map[string]any

// Bytes is a size among Args, which is written as people read it.
type Bytes int64

// Field ties a translation key to one form field.
type Field struct {
	Name, Key string
	Args      Args
}

// Error is an error with a kind and a translation key.
type Error struct {
	Kind   Kind
	Key    string
	Args   Args
	Fields []Field
	cause  error
}

// New returns an error of kind k whose message is the translation key.
func New(k Kind, key string) *Error { return &Error{Kind: k, Key: key} }

// With attaches the parameters of the message.
func (e *Error) With(args Args) *Error {
	c := *e
	c.Args = args
	return &c
}

// Because attaches the technical cause, which is logged but never shown.
func (e *Error) Because(err error) *Error {
	c := *e
	c.cause = err
	return &c
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Key)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, " %s=%s", f.Name, f.Key)
	}
	if e.cause != nil {
		fmt.Fprintf(&b, ": %v", e.cause)
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.cause }

// KindOf returns the kind of err, Internal for any error this package did not make.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Wrap says in err what was being done, by a format of fmt and its arguments. A
// fault that a person can act on stays as it is, and so does nil.
func Wrap(err error, format string, args ...any) error {
	if err == nil || KindOf(err) != Internal {
		return err
	}
	return fmt.Errorf(format+": %w", append(slices.Clone(args), err)...)
}

// Ours reports whether err comes of the program or its database, and of nothing
// that a person has done or may not do.
func Ours(err error) bool {
	return err != nil && (KindOf(err) == Internal || KindOf(err) == Damaged || Temporary(err))
}

// Temporary reports whether the same may succeed later as it is.
func Temporary(err error) bool { return KindOf(err) == Busy || KindOf(err) == Full }

// KeepsForm reports whether the form that led to err is shown again as it was
// sent: the person can mend it, or send it again later.
func KeepsForm(err error) bool {
	switch KindOf(err) {
	case Invalid, Conflict, Busy, Full:
		return true
	case Internal, NotFound, Forbidden, Unknown, Throttle, TooLarge, Timeout, Media, Method, Damaged:
	}
	return false
}

// KeyOf returns what to tell a person about err; an internal error keeps its story for the log.
func KeyOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok && e.Kind != Internal {
		return e.Key
	}
	return "fault.internal"
}

// ArgsOf returns the parameters of what KeyOf says.
func ArgsOf(err error) Args {
	if e, ok := errors.AsType[*Error](err); ok && e.Kind != Internal {
		return e.Args
	}
	return nil
}

// FieldsOf returns the field mistakes that err carries.
func FieldsOf(err error) []Field {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Fields
	}
	return nil
}

// Check collects field mistakes so that a form shows all of them at once.
type Check struct{ fields []Field }

// That records a mistake on field name when ok is false.
func (c *Check) That(ok bool, name, key string, args ...Args) {
	if ok {
		return
	}
	field := Field{Name: name, Key: key}
	if len(args) > 0 {
		field.Args = args[0]
	}
	c.fields = append(c.fields, field)
}

// Add records the mistakes that err carries; any other error is not a mistake
// of the form and comes back.
func (c *Check) Add(err error) error {
	fields := FieldsOf(err)
	if err != nil && KindOf(err) != Invalid {
		return err
	}
	c.fields = append(c.fields, fields...)
	return nil
}

// Err returns nil when nothing was recorded, else the mistakes in the order of the form.
func (c *Check) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "fault.invalid", Fields: c.fields}
}
