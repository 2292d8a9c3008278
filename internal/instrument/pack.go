package instrument

import (
	"siida.id/internal/base/decimal"
)

// Pack is the instrument of a measuring year. It is read-only.
type Pack struct {
	ID            string         `json:"id"`
	Year          int            `json:"year"` // the measuring year, T-0 in every rule
	Name          string         `json:"name"`
	Status        Status         `json:"status"`
	Note          string         `json:"note,omitzero"`
	Sources       []Source       `json:"sources"`
	Aspects       []Aspect       `json:"aspects"` // one of each scope
	Variables     []Variable     `json:"variables"`
	Indicators    []Indicator    `json:"indicators"` // the rows that are answered, in the national order
	Divisor       Stated[int]    `json:"divisor_minimum"`
	Count         Count          `json:"count"`
	Gate          Stated[*int]   `json:"gate"` // basic-service affairs that need an innovation before the count earns points; nil for no gate
	Total         Stated[Points] `json:"total_maximum"`
	Rounding      Rounding       `json:"rounding"`
	Predicates    Predicates     `json:"predicates"`
	Eligibility   Eligibility    `json:"eligibility"`
	MinimumWords  Stated[int]    `json:"minimum_words"` // of the rancang bangun
	Affairs       []AffairGroup  `json:"affairs"`
	Themes        []Group        `json:"themes"`
	Initiators    Group          `json:"initiators"`
	Forms         Group          `json:"forms"`
	Kinds         Group          `json:"kinds"`
	Disagreements []Disagreement `json:"disagreements,omitzero"`

	// File is the name of the pack's file, SHA256 the digest of its bytes in hex.
	File   string `json:"-"`
	SHA256 string `json:"-"`

	index index
}

// Points is a weight or a score.
type Points = decimal.Decimal

// Status says how much of the year's instrument a pack has.
type Status string

// A pack is complete; partial if parts of it are unknown; or a prognosis if the
// ministry has announced numbers but not the instrument. Scores of a partial pack or
// a prognosis are estimates, and pages mark them.
const (
	Complete  Status = "complete"
	Partial   Status = "partial"
	Prognosis Status = "prognosis"
)

// Estimate reports whether figures of the pack are estimates.
func (s Status) Estimate() bool { return s != Complete }

// Source is a document or page that was read.
type Source struct {
	Code  string `json:"code"` // by which a Basis refers to it
	Title string `json:"title"`
}

// Stated is a value with its basis.
type Stated[T any] struct {
	Value T `json:"value"`
	Basis
}

// Scope says what the indicators of an aspect are answered for.
type Scope string

// The region answers one aspect once a year, each innovation the other.
const (
	PerRegion     Scope = "region"
	PerInnovation Scope = "innovation"
)

// Aspect is one of the two halves of the instrument.
type Aspect struct {
	Code      string         `json:"code"` // SPD or SID
	Name      string         `json:"name"`
	Scope     Scope          `json:"scope"`
	RowsKnown bool           `json:"rows_known"` // false: the rows are unknown, only the maximum is known
	Max       Stated[Points] `json:"maximum"`    // of a region, or of an innovation (the maturity)
}

// Variable groups the indicators of an aspect.
type Variable struct {
	Code   string `json:"code"`
	Aspect string `json:"aspect"`
	Name   string `json:"name"`
}

// Indicator is a row: a question with a weight and ordered options.
type Indicator struct {
	Code         string         `json:"code"`   // stable, such as SPD-02a
	Number       int            `json:"number"` // the ministry's number; sub-rows share one
	Aspect       string         `json:"aspect"`
	Variable     Stated[string] `json:"variable"`
	Name         string         `json:"name"`
	Definition   string         `json:"definition"`
	Basis                       // of the texts, the options and the evidence rule
	Weight       Stated[Points] `json:"weight"`
	Mandatory    *bool          `json:"mandatory"` // nil: unknown
	Options      []Option       `json:"options"`
	Alternatives []Alternative  `json:"alternatives,omitzero"`
	Evidence     *Evidence      `json:"evidence"` // nil: unknown
}

// Max returns the points of the best option.
func (i *Indicator) Max() Points { return i.Points(len(i.Options)) }

// Points returns the points of an option.
func (i *Indicator) Points(level int) Points { return i.Weight.Value.Times(level) }

// Option is a possible answer. Levels start at 1; level times weight is the points.
type Option struct {
	Level int    `json:"level"`
	Text  string `json:"text"`
}

// Alternative is one basis of an indicator that can be measured in several ways: a
// person picks one, and its options replace the indicator's own.
type Alternative struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	Options []Option `json:"options"`
}

// Count is the indicator of how many innovations there are, which is not answered.
type Count struct {
	Code   string         `json:"code"`
	Number int            `json:"number"`
	Name   string         `json:"name"`
	Weight Stated[Points] `json:"weight"` // of one innovation
	Cap    Stated[int]    `json:"cap"`    // innovations beyond it earn nothing
	Max    Stated[Points] `json:"maximum"`
}

// Rounding says how exact figures are rounded.
type Rounding struct {
	Mode       string `json:"mode"`        // half_up
	Places     int    `json:"places"`      // of points and the index
	MeanPlaces int    `json:"mean_places"` // of the mean
	Basis
}

// Predicates are the bands of the index, best first.
type Predicates struct {
	Basis
	Bands []Band `json:"bands"`
}

// Band is a predicate with its first and last hundredth of the index.
type Band struct {
	Label string `json:"label"`
	From  Points `json:"from"`
	To    Points `json:"to"`
}

// Eligibility says which innovations count. Dates have the form 2024-01-31; nil is
// unknown.
type Eligibility struct {
	AppliedFrom Stated[*string]  `json:"applied_from"`
	AppliedTo   Stated[*string]  `json:"applied_to"`
	Developed   Stated[*bool]    `json:"developed_within"` // an older one counts if it was developed within the window
	Stages      Stated[[]string] `json:"stages"`           // all stages of an innovation
	Counting    Stated[[]string] `json:"counting_stages"`  // those in which it counts
}

// AffairGroup is a group of a region's affairs (urusan).
type AffairGroup struct {
	Name  string   `json:"name"`
	Basic bool     `json:"basic"` // a basic service (pelayanan dasar), which the gate requires
	Items []string `json:"items"`
	Basis
}

// Group is a list of a form.
type Group struct {
	Name  string   `json:"name"`
	Items []string `json:"items"`
	Basis
}

// Disagreement is a point on which sources differ.
type Disagreement struct {
	About   string   `json:"about"`
	Text    string   `json:"text"`
	Sources []string `json:"sources"`
}
