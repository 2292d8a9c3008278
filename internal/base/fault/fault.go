// Package fault defines errors that a person can act on.
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

// Kind is the kind of a fault; transports map it to a status.
type Kind int

// The zero Kind is Internal so a forgotten kind never leaks a message.
const (
	Internal Kind = iota
	Invalid
	NotFound
	Forbidden
	Conflict
	Unknown  // nobody has signed in
	Throttle // too many attempts; retry later
	TooLarge // more bytes than allowed
	Timeout  // the request arrived too slowly
	Media    // unsupported type of body
	Method   // method not allowed
	Busy     // the database is locked or unreachable; retry in a moment
	Full     // no space left on the disk
	Damaged  // stored bytes are missing or changed

	// OverQuota is Invalid for a file for which the quota of the region has no room.
	// Sending it again does not help, and nothing is wrong with the server.
	OverQuota

	// Repeated is a form that creates what exists already: it was sent before.
	Repeated

	// Taken is Invalid for a form whose id somebody else has used. It gets another one.
	Taken
)

// Args are the parameters of a message.
type Args = map[string]any

// Bytes is a size among Args, which is written as people read it.
type Bytes int64

// Formats are file name extensions among Args, any of which is accepted; they are
// written as a list with "or" before the last.
type Formats []string

// FieldName names a field of the domain, as an API would: in lower case, with dots
// between what nests, such as "name" or "decree.number". Which input of a page it is
// typed into, the page knows. A star stands for an index or an id, which At fills in.
type FieldName string

// File names the file that comes with a form; every room calls it so.
const File FieldName = "file"

// At returns n with segment in place of its star: "targets.*.name" becomes
// "targets.0.name".
func (n FieldName) At(segment string) FieldName {
	return FieldName(strings.Replace(string(n), "*", segment, 1))
}

// Field ties a translation key to one field.
type Field struct {
	Name FieldName
	Key  string
	Args Args
}

// Error is an error with a kind and a translation key.
type Error struct {
	Kind   Kind
	Key    string
	Args   Args
	Fields []Field
	cause  error
	moved  bool
}

// New returns an error of kind k whose message is the translation key.
func New(k Kind, key string) *Error { return &Error{Kind: k, Key: key} }

// Moved returns the Conflict of a form with a version, if what it changes was saved since
// the form was opened. Its form is merged with what is stored.
func Moved(key string) *Error { return &Error{Kind: Conflict, Key: key, moved: true} }

// IsMoved reports whether err is one of Moved, and not a Conflict for another reason.
func IsMoved(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.moved
}

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

// Wrap adds context to an internal error, by a format of fmt and its arguments.
// A fault that a person can act on, and nil, are returned unchanged.
func Wrap(err error, format string, args ...any) error {
	if err == nil || KindOf(err) != Internal {
		return err
	}
	return fmt.Errorf(format+": %w", append(slices.Clone(args), err)...)
}

// Ours reports whether err is caused by the program or its database, and not by
// what a person did or may not do.
func Ours(err error) bool {
	return err != nil && (KindOf(err) == Internal || KindOf(err) == Damaged || Temporary(err))
}

// Temporary reports whether the same request may succeed later.
func Temporary(err error) bool { return KindOf(err) == Busy || KindOf(err) == Full }

// KeepsForm reports whether the form that led to err is shown again as it was
// sent: the person can correct it, or send it again later.
func KeepsForm(err error) bool {
	switch KindOf(err) {
	case Invalid, OverQuota, Taken, Conflict, Busy, Full:
		return true
	case Internal, NotFound, Forbidden, Unknown, Throttle, TooLarge, Timeout, Media, Method, Damaged, Repeated:
	}
	return false
}

// KeyOf returns the translation key for err; the text of an internal error is only logged.
func KeyOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok && e.Kind != Internal {
		return e.Key
	}
	return "fault.internal"
}

// ArgsOf returns the parameters of that message.
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

// Mistakes reports whether err is mistakes in fields, which their form shows.
func Mistakes(err error) bool {
	kind := KindOf(err)
	return kind == Invalid || kind == OverQuota || kind == Taken
}

// Check collects field mistakes so that a form shows all of them at once.
type Check struct {
	fields    []Field
	overQuota bool
}

// That records a mistake on field name when ok is false.
func (c *Check) That(ok bool, name FieldName, key string, args ...Args) {
	if ok {
		return
	}
	field := Field{Name: name, Key: key}
	if len(args) > 0 {
		field.Args = args[0]
	}
	c.fields = append(c.fields, field)
}

// Add records the mistakes that err carries, of Invalid or OverQuota; any other error is
// returned.
func (c *Check) Add(err error) error {
	if err != nil && !Mistakes(err) {
		return err
	}
	c.fields = append(c.fields, FieldsOf(err)...)
	c.overQuota = c.overQuota || KindOf(err) == OverQuota
	return nil
}

// Err returns nil when nothing was recorded, else the mistakes in the order of the form:
// OverQuota if one of them is, else Invalid.
func (c *Check) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	kind := Invalid
	if c.overQuota {
		kind = OverQuota
	}
	return &Error{Kind: kind, Key: "fault.invalid", Fields: c.fields}
}
