package instrument

import (
	"siida.id/internal/base/decimal"
)

// Pack is the instrument of one measuring year. It is read-only once read.
type Pack struct {
	ID            string         `json:"id"`
	Year          int            `json:"year"` // the measuring year, the T-0 of every rule
	Name          string         `json:"name"`
	Status        Status         `json:"status"`
	Note          string         `json:"note,omitzero"`
	Sources       []Source       `json:"sources"`
	Aspects       []Aspect       `json:"aspects"` // one of each scope
	Variables     []Variable     `json:"variables"`
	Indicators    []Indicator    `json:"indicators"` // the rows that are answered, in the national order
	Divisor       Stated[int]    `json:"divisor_minimum"`
	Count         Count          `json:"count"`
	Gate          Stated[*int]   `json:"gate"` // basic-service affairs that need an innovation before the count earns points; nil is no gate
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

	// File is the name the pack was read by, SHA256 the digest of its bytes in hex.
	File   string `json:"-"`
	SHA256 string `json:"-"`

	index index
}

// Points is a number that is weighed or scored.
type Points = decimal.Decimal

// Status says how much of the year's instrument a pack knows.
type Status string

// A pack is complete; or partial, when parts of it are unknown; or a
// prognosis, when the ministry has announced numbers but not the instrument.
// What a partial pack or a prognosis scores is an estimate, and pages say so.
const (
	Complete  Status = "complete"
	Partial   Status = "partial"
	Prognosis Status = "prognosis"
)

// Estimate says whether figures from the pack are to be called an estimate.
func (s Status) Estimate() bool { return s != Complete }

// Source is something that was read.
type Source struct {
	Code  string `json:"code"` // what a Basis names it by
	Title string `json:"title"`
}

// Stated is a value together with where it was read and how sure it is.
type Stated[T any] struct {
	Value T `json:"value"`
	Basis
}

// Scope says what an aspect's indicators are answered for.
type Scope string

// The region answers one aspect once a year, each innovation the other.
const (
	PerRegion     Scope = "region"
	PerInnovation Scope = "innovation"
)

// Aspect is one half of the instrument.
type Aspect struct {
	Code      string         `json:"code"` // SPD or SID
	Name      string         `json:"name"`
	Scope     Scope          `json:"scope"`
	RowsKnown bool           `json:"rows_known"` // false: only the maximum is known, and there are no rows
	Max       Stated[Points] `json:"maximum"`    // of a region, or of one innovation (the maturity)
}

// Variable groups the indicators of an aspect.
type Variable struct {
	Code   string `json:"code"`
	Aspect string `json:"aspect"`
	Name   string `json:"name"`
}

// Indicator is one row: a question with a weight and ordered options.
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

// Max is what the row's best option earns.
func (i *Indicator) Max() Points { return i.Points(len(i.Options)) }

// Points is what an option of the row earns.
func (i *Indicator) Points(level int) Points { return i.Weight.Value.Times(level) }

// Option is one answer. Levels count from 1; level times weight is the points.
type Option struct {
	Level int    `json:"level"`
	Text  string `json:"text"`
}

// Alternative is one basis of an indicator that may be measured on several: a
// person picks one, and its options replace the indicator's own texts.
type Alternative struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	Options []Option `json:"options"`
}

// Count is the indicator that nobody answers: how many innovations there are.
type Count struct {
	Code   string         `json:"code"`
	Number int            `json:"number"`
	Name   string         `json:"name"`
	Weight Stated[Points] `json:"weight"` // of one innovation
	Cap    Stated[int]    `json:"cap"`    // innovations beyond it earn nothing
	Max    Stated[Points] `json:"maximum"`
}

// Rounding is how exact figures become printed ones.
type Rounding struct {
	Mode       string `json:"mode"`        // half_up
	Places     int    `json:"places"`      // of points and the index
	MeanPlaces int    `json:"mean_places"` // of the mean
	Basis
}

// Predicates are the names of the index's bands, best first.
type Predicates struct {
	Basis
	Bands []Band `json:"bands"`
}

// Band is one predicate with its first and last hundredth of the index.
type Band struct {
	Label string `json:"label"`
	From  Points `json:"from"`
	To    Points `json:"to"`
}

// Eligibility says which innovations count. Dates are written 2024-01-31; nil is unknown.
type Eligibility struct {
	AppliedFrom Stated[*string]  `json:"applied_from"`
	AppliedTo   Stated[*string]  `json:"applied_to"`
	Developed   Stated[*bool]    `json:"developed_within"` // an older one counts when developed within the window
	Stages      Stated[[]string] `json:"stages"`           // all stages of an innovation
	Counting    Stated[[]string] `json:"counting_stages"`  // those in which it counts
}

// AffairGroup is one group of a region's affairs (urusan).
type AffairGroup struct {
	Name  string   `json:"name"`
	Basic bool     `json:"basic"` // basic service (pelayanan dasar), which the gate asks for
	Items []string `json:"items"`
	Basis
}

// Group is a list that a form offers.
type Group struct {
	Name  string   `json:"name"`
	Items []string `json:"items"`
	Basis
}

// Disagreement is a place where sources differ and the pack had to choose.
type Disagreement struct {
	About   string   `json:"about"`
	Text    string   `json:"text"`
	Sources []string `json:"sources"`
}
