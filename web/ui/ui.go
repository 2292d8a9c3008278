// Package ui is the component library, the only package with utility classes. Pages
// are composed of its components, with texts that are already translated. All
// components are shown at /dev/komponen, in both colour schemes.
package ui

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"siida.id/internal/base/creating"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/i18n"
)

// Frame has what surrounds the content of every page.
type Frame struct {
	Title    string
	Region   string
	Short    string // the region's short name
	Person   string
	PersonID string   // whose page it is; empty for a visitor's
	As       string   // the names of their roles
	Self     string   // the address of their own page
	Window   *Window  // of the current period; nil while none is open
	Motif    string   // of the region's cloth, such as "tapis"; empty for a plain hem
	Nav      [][]Link // in groups by use
	Failed   bool     // the page has an error summary
	Site     string   // the address of the program without scheme: si-ida.example
	Sample   bool     // the region is made up, which every page shows
	Here     string   // the page's own address, to return to after a change of language
	Done     string   // the result of the last form
	Undo     *Undo    // the form that undoes it for a moment; nil for none
	Asset    func(name string) string

	// LastChange returns whose the newest of these events about a subject of the audit log
	// is.
	LastChange func(ctx context.Context, subject string, events ...string) Change
}

// Window is the period in the masthead, with the end of its window.
type Window struct {
	Year   string
	Switch string // the address of the other periods
	Day    string // on which its window ends, in words; empty for no end
	At     string // Day with the time
	Left   string // how long that is from now
}

// Undo is the form that undoes what the last form has done: a field and its value.
type Undo struct{ Action, Name, Value string }

// Link is a link; Here marks the current page.
type Link struct {
	Text, Href string
	Here       bool
	Foreign    bool   // the text is the instrument's
	Part       string // the part of the text that is, where not all of it is; else empty
}

func (f Frame) title(ctx context.Context) string {
	if f.Failed {
		return i18n.T(ctx, "ui.error_prefix", i18n.Args{"Title": f.Title})
	}
	return f.Title
}

// Role is the meaning of a colour, which a word and a shape always show too.
type Role string

// The roles of a status or notice.
const (
	Neutral  Role = "neutral"
	Brand    Role = "brand"
	Positive Role = "positive"
	Warning  Role = "warning"
	Negative Role = "negative"
)

var grounds = map[Role]string{
	Neutral:  "px-2 bg-ground text-ink-muted",
	Brand:    "px-2 bg-brand-ground text-brand-strong",
	Positive: "text-positive",
	Warning:  "px-2 bg-warning-ground text-warning",
	Negative: "px-2 bg-negative-ground text-negative",
}

var borders = map[Role]string{
	Neutral:  "border-control",
	Brand:    "border-brand",
	Positive: "border-positive",
	Warning:  "border-warning",
	Negative: "border-negative",
}

// Input is a text field. More than one line makes it a text area; an empty Type is
// text. Fill is the autocomplete value, such as "username".
type Input struct {
	Name, Label, Hint, Value, Error string
	Type, Fill                      string
	Lines                           int
	Short                           bool // the answer is a few characters long
}

func (i Input) kind() string {
	if i.Type == "" {
		return "text"
	}
	return i.Type
}

// Choice is a question with one answer out of many, in groups or not.
type Choice struct {
	Name, Label, Hint, Value, Error string
	Empty                           string // shown before a choice
	Groups                          []Group
}

// Group is a part of the options of a question; the name may be empty.
type Group struct {
	Name    string
	Options []Option
	Foreign bool // the name is the instrument's
}

// Upload is a file input for one file, which the script of the page checks before it is
// sent. PendingName and PendingValue are a checkbox with a file that is already uploaded,
// which lets go of it where it is unchecked; PendingText says so.
type Upload struct {
	Name, Label, Hint, Error               string
	Formats                                []string // accepted, as file name extensions without the dot: pdf, jpg
	Max                                    int64    // bytes
	PendingName, PendingValue, PendingText string
}

// marks connects hint, stored value and mistake with their field for screen readers.
func marks(ctx context.Context, name, hint, mistake string) templ.Attributes {
	var ids []string
	if hint != "" {
		ids = append(ids, name+"-hint")
	}
	if theirs(ctx, name) != "" {
		ids = append(ids, name+"-stored")
	}
	all := templ.Attributes{}
	if mistake != "" {
		ids = append(ids, name+"-error")
		all["aria-invalid"] = "true"
	}
	if len(ids) > 0 {
		all["aria-describedby"] = strings.Join(ids, " ")
	}
	return all
}

// fileMarks is marks for a file input, which has a place for what the script finds.
func fileMarks(ctx context.Context, u Upload) templ.Attributes {
	all := marks(ctx, u.Name, u.Hint, u.Error)
	ids, _ := all["aria-describedby"].(string)
	all["aria-describedby"] = strings.TrimSpace(ids + " " + u.Name + "-problem")
	return all
}

// accept returns the file name extensions of formats, with their other spellings.
func accept(formats []string) string {
	var list []string
	for _, f := range formats {
		list = append(list, "."+f)
		if f == "jpg" {
			list = append(list, ".jpeg")
		}
	}
	return strings.Join(list, ",")
}

// Radio is a question with one answer out of a few, in groups or not.
type Radio struct {
	Name, Legend, Hint, Value, Error string
	Groups                           []Group
}

// Option is an answer; Aside is a short text at its end, such as its points.
type Option struct {
	Value, Label, Hint, Aside string
	Points                    string // of Aside, as a number for the script; empty for none
	Foreign                   bool   // the label is the instrument's
}

// Button is a submit button, with another action than the form's if Action is not
// empty.
type Button struct {
	Text, Action string
	Second       bool // not the main one of the page
}

// Value is a formatted value.
type Value struct {
	Text    string
	Foreign bool // the text is the instrument's
}

// TextValue returns a value in the language of the page.
func TextValue(text string) Value { return Value{Text: text} }

// Band is a part of a scale from 0 to 100.
type Band struct {
	Name     string
	From, To float64 // in hundredths of the scale, for drawing only
	Here     bool
}

// Mistake is a message for the input of that name; without a name, for the whole form.
type Mistake struct {
	Field, Text string
	Unplaced    bool // for a field without an input on the page
}

// Mistakes are all mistakes of a form, in its order.
type Mistakes []Mistake

// Inputs maps the fields of a domain to the inputs of a form: "from" to "mulai". A star
// stands for an index or an id, on both sides: "units.*" maps to "unit-*". In inputs that
// count from one, # stands for the number: "into.*.name": "tujuan#-nama" maps
// "into.0.name" to "tujuan1-nama". A field with the same name as its input is listed too.
type Inputs map[fault.FieldName]string

// of returns the input of a field, or "".
func (in Inputs) of(field fault.FieldName) string {
	if input := in[field]; input != "" {
		return input
	}
	segments := strings.Split(string(field), ".")
	for i, segment := range segments {
		segments[i] = "*"
		if input := in[fault.FieldName(strings.Join(segments, "."))]; input != "" {
			return fill(input, segment)
		}
		segments[i] = segment
	}
	return ""
}

// fill replaces the star or # in the name of an input by a segment; it returns "" if that
// must be a number and is not.
func fill(input, segment string) string {
	if !strings.Contains(input, "#") {
		return strings.Replace(input, "*", segment, 1)
	}
	index, err := strconv.Atoi(segment)
	if err != nil {
		return ""
	}
	return strings.Replace(input, "#", strconv.Itoa(index+1), 1)
}

// MistakesOf returns the mistakes of a fault in the language of ctx, each with its input.
// more is for a field whose input depends on what was sent. The mistake of a field that
// is in neither is Unplaced.
func MistakesOf(ctx context.Context, err error, inputs Inputs, more ...Inputs) (list Mistakes) {
	if fault.Temporary(err) {
		text := i18n.Fault(ctx, err) + " " + i18n.T(ctx, "ui.form_kept")
		if ctx.Value(uploadKey{}) != nil {
			text += " " + i18n.T(ctx, "ui.file_again")
		}
		list = append(list, Mistake{Text: text})
	}
	for _, f := range fault.FieldsOf(err) {
		if f.Name == creating.FieldID { // of the whole form, which has a new one now
			list = append(list, Mistake{Text: i18n.T(ctx, f.Key)})
			continue
		}
		input := inputs.of(f.Name)
		for _, in := range more {
			input = cmp.Or(input, in.of(f.Name))
		}
		list = append(list, Mistake{Field: input, Text: i18n.Format(ctx, f.Key, f.Args), Unplaced: input == ""})
	}
	return list
}

// title returns the title of the error summary; it is another one if the form was
// right and could not be stored.
func (m Mistakes) title(ctx context.Context) string {
	if m.Mendable() {
		return i18n.T(ctx, "ui.errors")
	}
	return i18n.T(ctx, "ui.not_saved")
}

// Mendable reports whether any mistake is that of a field.
func (m Mistakes) Mendable() bool {
	return slices.ContainsFunc(m, func(one Mistake) bool { return one.Field != "" || one.Unplaced })
}

type uploadKey struct{}

// WithUpload returns the context of a page whose form can have a file.
func WithUpload(ctx context.Context) context.Context {
	return context.WithValue(ctx, uploadKey{}, true)
}

// On returns the message for a field, or "".
func (m Mistakes) On(field string) string {
	for _, one := range m {
		if one.Field == field {
			return one.Text
		}
	}
	return ""
}

// Pages describes a pager; Href returns the address of a page.
type Pages struct {
	Number, Last int
	Href         func(number int) string
}

const (
	target  = "min-h-11" // 44 px: wide enough for a thumb
	control = "w-full rounded-control border border-control bg-surface px-3 py-2 text-base text-ink"
)
