package instrument

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"siida.id/internal/base/jsondoc"
	"siida.id/internal/base/text"
)

// Fault is a reason why a pack is refused. Like a compiler's message it is for the
// author of the file, and therefore in English.
type Fault struct {
	File    string
	Subject string // an indicator's code, or the part of the pack
	Rule    string // the rule that is broken
	Detail  string
}

func (f Fault) Error() string {
	parts := slices.DeleteFunc([]string{f.File, f.Subject, f.Rule, f.Detail}, func(s string) bool { return s == "" })
	return strings.Join(parts, ": ")
}

// Bounds far beyond any real pack. They keep every product and sum of scoring within
// 64 bits for any number of innovations that fits into memory.
const (
	maxWeight  = 1_000
	maxPoints  = 10_000 // of an aspect or the count
	maxOptions = 9
	maxDivisor = 10_000
	maxCap     = 1_000_000
	maxAffairs = 255 // one byte each in package scoring
	maxBasic   = 64  // one bit each in package scoring
)

type checker struct {
	pack   *Pack
	faults []error
	misfit map[string]bool // subjects whose values could not be read; they are not checked further
}

func (c *checker) fault(subject, rule, format string, args ...any) {
	if !c.misfit[subject] {
		c.faults = append(c.faults, Fault{c.pack.File, subject, rule, fmt.Sprintf(format, args...)})
	}
}

// that adds a fault unless ok.
func (c *checker) that(ok bool, subject, rule, format string, args ...any) {
	if !ok {
		c.fault(subject, rule, format, args...)
	}
}

var coded = regexp.MustCompile(`^\w+\[([\pL\pN_-]+)\]\.?(.*)$`)

// unread adds a problem of the text as a fault, with the code of its part as subject.
func (c *checker) unread(p jsondoc.Problem) {
	subject, what := p.Path.String(), p.What
	if m := coded.FindStringSubmatch(subject); m != nil {
		subject, what = m[1], m[2]+": "+p.What
	}
	c.faults = append(c.faults, Fault{File: c.pack.File, Subject: subject, Rule: what})
	c.misfit[subject] = true
}

func (c *checker) check() {
	c.head()
	c.sources()
	c.bases()
	c.aspects()
	for i := range c.pack.Indicators {
		c.indicator(&c.pack.Indicators[i])
	}
	c.codes()
	c.sums()
	c.predicates()
	c.eligibility()
	c.lists()
}

var (
	identifier = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	code       = regexp.MustCompile(`^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$`)
)

func (c *checker) head() {
	p := c.pack
	c.that(identifier.MatchString(p.ID) && len(p.ID) <= 64, "id", "not lower case letters, digits and hyphens", "%q", p.ID)
	c.that(p.Year >= 2000 && p.Year <= 2100, "year", "out of bounds", "%d", p.Year)
	c.that(slices.Contains([]Status{Complete, Partial, Prognosis}, p.Status), "status", "unknown", "%q", p.Status)
	c.named("name", p.Name)
	c.bound("divisor_minimum", p.Divisor.Value, maxDivisor)
	c.bound("count.cap", p.Count.Cap.Value, maxCap)
	c.bound("minimum_words", p.MinimumWords.Value, maxPoints)
	c.weight("count.weight", p.Count.Weight.Value, maxWeight)
	c.weight("total_maximum", p.Total.Value, 3*maxPoints)
	r := p.Rounding
	c.that(r.Mode == "half_up", "rounding", "unknown mode", "%q", r.Mode)
	c.that(r.Places == 2, "rounding", "out of bounds", "predicates are read off hundredths, not %d places", r.Places)
	c.that(r.MeanPlaces >= 0 && r.MeanPlaces <= 4, "rounding", "out of bounds", "%d places of the mean", r.MeanPlaces)
}

func (c *checker) named(subject string, names ...string) {
	for _, name := range names {
		c.that(text.Line(name) != "", subject, "empty name", "")
	}
}

func (c *checker) bound(subject string, n, most int) {
	c.that(n >= 1 && n <= most, subject, "out of bounds", "%d is not from 1 to %d", n, most)
}

func (c *checker) weight(subject string, w Points, most int) {
	c.that(w > 0 && w <= Points(most)*10_000, subject, "out of bounds", "%s is not above 0 and at most %d", w, most)
}

func (c *checker) sources() {
	seen := map[string]bool{}
	for _, s := range c.pack.Sources {
		c.that(!seen[s.Code], "sources", "a code twice", "%s", s.Code)
		c.named("sources", s.Code, s.Title)
		seen[s.Code] = true
	}
	for _, d := range c.pack.Disagreements {
		c.named("disagreements", d.About, d.Text)
		c.known("disagreements", d.Sources)
	}
}

func (c *checker) known(subject string, sources []string) {
	for _, s := range sources {
		c.that(c.pack.SourceTitle(s) != "", subject, "unknown source", "%q", s)
	}
}

// basis checks that a value has a certainty and sources.
func (c *checker) basis(subject string, b Basis) {
	c.that(b.Certainty.Known(), subject, "unknown certainty", "%q", b.Certainty)
	c.that(len(b.Sources) > 0 || b.Certainty == Unknown, subject, "no source", "")
	c.known(subject, b.Sources)
}

func (c *checker) bases() {
	p := c.pack
	for _, a := range p.Aspects {
		c.basis(a.Code, a.Max.Basis)
	}
	for _, i := range p.Indicators {
		c.basis(i.Code, i.Basis)
		c.basis(i.Code, i.Variable.Basis)
		c.basis(i.Code, i.Weight.Basis)
	}
	for _, g := range p.Affairs {
		c.basis("affairs", g.Basis)
	}
	for _, g := range p.Themes {
		c.basis("themes", g.Basis)
	}
	e := p.Eligibility
	for _, part := range []struct {
		subject string
		basis   Basis
	}{
		{"divisor_minimum", p.Divisor.Basis},
		{"count.weight", p.Count.Weight.Basis},
		{"count.cap", p.Count.Cap.Basis},
		{"count.maximum", p.Count.Max.Basis},
		{"gate", p.Gate.Basis},
		{"total_maximum", p.Total.Basis},
		{"rounding", p.Rounding.Basis},
		{"predicates", p.Predicates.Basis},
		{"eligibility.applied_from", e.AppliedFrom.Basis},
		{"eligibility.applied_to", e.AppliedTo.Basis},
		{"eligibility.developed_within", e.Developed.Basis},
		{"eligibility.stages", e.Stages.Basis},
		{"eligibility.counting_stages", e.Counting.Basis},
		{"minimum_words", p.MinimumWords.Basis},
		{"initiators", p.Initiators.Basis},
		{"forms", p.Forms.Basis},
		{"kinds", p.Kinds.Basis},
	} {
		c.basis(part.subject, part.basis)
	}
}
