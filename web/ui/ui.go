// Package ui is the component library: the only place with utility classes.
// Pages compose its parts and pass them words that are already translated.
// Every component can be seen at /dev/komponen, in both colour schemes.
package ui

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/i18n"
)

// Frame is what surrounds the content of every page.
type Frame struct {
	Title  string
	Region string
	Person string
	As     string // the person's assignments
	Self   string // the address of the person's own page
	Notice string // one short line beside the person, such as the period
	Nav    []Link
	Failed bool   // the page carries an error summary
	Site   string // where the program is found, in words of an address bar: si-ida.example
	Sample bool   // the region is made up, and every page says so
	Here   string // the page's own address, to come back to after a change of language
	Done   string // what the last step has achieved
	Asset  func(name string) string
}

// Link leads to another page; Here marks the section one is in.
type Link struct {
	Text, Href string
	Here       bool
	Foreign    bool // the text is the instrument's
}

func (f Frame) title(ctx context.Context) string {
	if f.Failed {
		return i18n.T(ctx, "ui.error_prefix", i18n.Args{"Title": f.Title})
	}
	return f.Title
}

// Role is what a colour stands for. It never stands alone: a word and a shape say the same.
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
	Neutral:  "bg-sunken text-ink",
	Brand:    "bg-sunken text-brand",
	Positive: "bg-positive-ground text-positive",
	Warning:  "bg-warning-ground text-warning",
	Negative: "bg-negative-ground text-negative",
}

var borders = map[Role]string{
	Neutral:  "border-muted",
	Brand:    "border-brand",
	Positive: "border-positive",
	Warning:  "border-warning",
	Negative: "border-negative",
}

// Input is one question of a form. Lines above one make it a text area; Type
// is that of the box, text where it is empty. Fill tells the browser what it
// may fill in by itself, such as "username".
type Input struct {
	Name, Label, Hint, Value, Error string
	Type, Fill                      string
	Lines                           int
	Short                           bool // what is asked for has few letters
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
	Empty                           string // what stands there before one has chosen
	Groups                          []Group
}

// Group is a part of the options of a question; the name may be empty.
type Group struct {
	Name    string
	Options []Option
	Foreign bool // the name is the instrument's
}

// Upload asks for a file. Kept names one that has already arrived.
type Upload struct {
	Name, Label, Hint, Error  string
	Accept                    string // endings, as in ".pdf,.jpg"
	KeptName, KeptValue, Kept string
}

// marks ties a hint and a mistake to their box for those who cannot see them.
func marks(name, hint, mistake string) templ.Attributes {
	var ids []string
	if hint != "" {
		ids = append(ids, name+"-hint")
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

// Radio is a question with one answer out of a few, in groups or not.
type Radio struct {
	Name, Legend, Hint, Value, Error string
	Groups                           []Group
}

// Option is one answer; Aside is a short fact at its end, such as its points.
type Option struct {
	Value, Label, Hint, Aside string
	Foreign                   bool // the label is the instrument's
}

// Button sends its form, to Action if that is not the form's own.
type Button struct {
	Text, Action string
	Second       bool // not the main act of the page
}

// Value is what is known of a thing, as it is written.
type Value struct {
	Text    string
	Foreign bool // the text is the instrument's
}

// Said is a value in the language of the page.
func Said(text string) Value { return Value{Text: text} }

// Band is a part of a scale from 0 to 100.
type Band struct {
	Name     string
	From, To float64 // in hundredths of the scale, for drawing alone
	Here     bool
}

// Mistake is a message that belongs to the input of that name.
type Mistake struct {
	Field, Text string
	Unplaced    bool // of a field that has no input on the page
}

// Mistakes are all of a form, in its order.
type Mistakes []Mistake

// Inputs says into which input of a form a field of the domain is typed: field "from"
// into input "mulai". A star stands for an index or an id, on both sides: "units.*" is
// typed into "unit-*". Where inputs count from one, # stands for the number: "into.0.name"
// is typed into "tujuan1-nama" by "into.*.name": "tujuan#-nama". A field that is called
// as its input is listed too.
type Inputs map[fault.FieldName]string

// of returns the input of a field, or none.
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

// fill puts a segment in its place in the name of an input; none where that is a number
// and the segment is not.
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

// MistakesOf says the field mistakes that err carries in the language of ctx, each at
// its input. One of a field that is not in inputs is said without a place.
func MistakesOf(ctx context.Context, err error, inputs ...Inputs) (list Mistakes) {
	if fault.Temporary(err) {
		text := i18n.Fault(ctx, err) + " " + i18n.T(ctx, "ui.form_kept")
		if ctx.Value(uploadKey{}) != nil {
			text += " " + i18n.T(ctx, "ui.file_again")
		}
		list = append(list, Mistake{Text: text})
	}
	for _, f := range fault.FieldsOf(err) {
		input := strings.ReplaceAll(string(f.Name), "file", "berkas") // a page without inputs
		if len(inputs) > 0 {
			input = inputs[0].of(f.Name)
		}
		list = append(list, Mistake{Field: input, Text: i18n.Format(ctx, f.Key, f.Args), Unplaced: input == ""})
	}
	return list
}

// title stands above the mistakes: there is nothing to mend in a form that the
// server could not store.
func (m Mistakes) title(ctx context.Context) string {
	if m.Mendable() {
		return i18n.T(ctx, "ui.errors")
	}
	return i18n.T(ctx, "ui.not_saved")
}

// Mendable reports whether one of them is of a field.
func (m Mistakes) Mendable() bool {
	return slices.ContainsFunc(m, func(one Mistake) bool { return one.Field != "" || one.Unplaced })
}

type uploadKey struct{}

// WithUpload is the context of a page whose form may carry a file.
func WithUpload(ctx context.Context) context.Context {
	return context.WithValue(ctx, uploadKey{}, true)
}

// On is what is wrong with the field of that name, if anything.
func (m Mistakes) On(field string) string {
	for _, one := range m {
		if one.Field == field {
			return one.Text
		}
	}
	return ""
}

// Pages says where a pager stands; Href makes the address of a page.
type Pages struct {
	Number, Last int
	Href         func(number int) string
}

const (
	target  = "min-h-11" // 44 px: wide enough for a thumb
	control = "w-full rounded-control border border-muted bg-paper px-3 py-2 text-base text-ink"
)
