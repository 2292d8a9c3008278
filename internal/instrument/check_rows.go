package instrument

import (
	"fmt"
	"slices"
	"strings"
)

func (c *checker) aspects() {
	times := map[Scope]int{}
	for _, a := range c.pack.Aspects {
		times[a.Scope]++
		c.named(a.Code, a.Name)
		c.weight(a.Code, a.Max.Value, maxPoints)
		c.that(a.Scope == PerRegion || a.Scope == PerInnovation, a.Code, "unknown scope", "%q", a.Scope)
	}
	c.that(times[PerRegion] == 1 && times[PerInnovation] == 1, "aspects", "not one per scope", "%d of region, %d of innovation", times[PerRegion], times[PerInnovation])
	for _, v := range c.pack.Variables {
		c.named(v.Code, v.Name)
		c.that(c.aspect(v.Aspect) != nil, v.Code, "unknown aspect", "%q", v.Aspect)
	}
}

func (c *checker) aspect(code string) *Aspect {
	for i, a := range c.pack.Aspects {
		if a.Code == code {
			return &c.pack.Aspects[i]
		}
	}
	return nil
}

// codes must be unique within answers, files and addresses.
func (c *checker) codes() {
	seen := map[string]bool{}
	number := 0
	take := func(kind, code string) {
		c.that(!seen[code], code, "a code twice", "%s", kind)
		seen[code] = true
	}
	for _, a := range c.pack.Aspects {
		take("aspect", a.Code)
	}
	for _, v := range c.pack.Variables {
		take("variable", v.Code)
	}
	for _, i := range c.pack.Indicators {
		take("indicator", i.Code)
		c.that(i.Number >= max(1, number), i.Code, "numbers out of order", "%d after %d", i.Number, number)
		number = i.Number
	}
	take("count", c.pack.Count.Code)
	for subject := range seen {
		c.that(code.MatchString(subject) && len(subject) <= 32, subject, "not a code of letters, digits and hyphens", "")
	}
}

func (c *checker) indicator(i *Indicator) {
	c.named(i.Code, i.Name, i.Definition)
	c.weight(i.Code, i.Weight.Value, maxWeight)
	c.that(c.aspect(i.Aspect) != nil, i.Code, "unknown aspect", "%q", i.Aspect)
	v, ok := c.pack.Variable(i.Variable.Value)
	c.that(ok, i.Code, "unknown variable", "%q", i.Variable.Value)
	c.that(!ok || v.Aspect == i.Aspect, i.Code, "variable of another aspect", "%s", i.Variable.Value)
	c.options(i.Code, i.Options)
	seen := map[string]bool{}
	for _, a := range i.Alternatives {
		c.named(i.Code, a.Code, a.Name)
		c.that(!seen[a.Code], i.Code, "an alternative twice", "%s", a.Code)
		c.options(i.Code, a.Options)
		c.that(len(a.Options) == len(i.Options), i.Code, "alternative with other options", "%s has %d, not %d", a.Code, len(a.Options), len(i.Options))
		seen[a.Code] = true
	}
	if i.Evidence != nil {
		c.evidence(i.Code, *i.Evidence)
	}
}

func (c *checker) options(subject string, options []Option) {
	c.bound(subject, len(options), maxOptions)
	levels, ordered := []string{}, true
	for at, o := range options {
		c.named(subject, o.Text)
		levels = append(levels, fmt.Sprint(o.Level))
		ordered = ordered && o.Level == at+1
	}
	c.that(ordered, subject, "options out of order", "%s instead of 1 to %d", strings.Join(levels, ", "), len(options))
}

func (c *checker) evidence(subject string, e Evidence) {
	c.named(subject, e.Description)
	matched := 0
	for _, k := range e.Kinds {
		known, ok := formats[k]
		c.that(ok, subject, "unknown kind of evidence", "%q", k)
		c.that(!ok || len(known) == 0 || len(e.Of(k)) > 0, subject, "kind of evidence without a format", "%s", k)
		matched += len(e.Of(k))
	}
	c.that(matched == len(e.Formats), subject, "format of no kind of evidence", "%s", strings.Join(e.Formats, ", "))
	if y := e.Years; y != nil {
		c.named(subject, y.Text)
		c.that(y.From == nil || y.To == nil || *y.From <= *y.To, subject, "evidence years out of order", "%s", y.Text)
	}
}

// sums checks the weights against the stated maxima, which finds most misread
// weights.
func (c *checker) sums() {
	p := c.pack
	total := p.Count.Max.Value
	for _, a := range p.Aspects {
		var sum Points
		for i := range p.Indicators {
			if row := &p.Indicators[i]; row.Aspect == a.Code {
				sum += row.Max()
			}
		}
		c.that(a.RowsKnown || sum == 0, a.Code, "rows although they are unknown", "")
		c.that(!a.RowsKnown || sum == a.Max.Value, a.Code, "weights do not add up", "%s, stated %s", sum, a.Max.Value)
		total += a.Max.Value
	}
	count := p.Count
	c.named(count.Code, count.Name)
	if product := count.Weight.Value * Points(count.Cap.Value); product != count.Max.Value {
		c.fault(count.Code, "weight times cap is not the maximum", "%s, stated %s", product, count.Max.Value)
	}
	c.that(total == p.Total.Value, "total_maximum", "maxima do not add up", "%s, stated %s", total, p.Total.Value)
	basic := 0
	for _, g := range p.Affairs {
		if g.Basic {
			basic += len(g.Items)
		}
	}
	if need := p.Gate.Value; need != nil {
		c.that(*need >= 1 && *need <= basic, "gate", "out of bounds", "%d of %d basic affairs", *need, basic)
	}
	c.that(basic <= maxBasic && len(p.AffairNames()) <= maxAffairs, "affairs", "too many", "%d, %d of them basic", len(p.AffairNames()), basic)
}

// lists checks that the lists of forms have no duplicates.
func (c *checker) lists() {
	p := c.pack
	c.list("affairs", p.AffairNames())
	c.list("stages", p.Eligibility.Stages.Value)
	for _, g := range p.Affairs {
		c.named("affairs", g.Name)
	}
	for _, g := range slices.Concat(p.Themes, []Group{p.Initiators, p.Forms, p.Kinds}) {
		c.named("lists", g.Name)
		c.list(g.Name, g.Items)
	}
}

func (c *checker) list(subject string, items []string) {
	c.that(len(items) > 0, subject, "empty list", "")
	seen := map[string]bool{}
	for _, item := range items {
		c.named(subject, item)
		c.that(!seen[item], subject, "an entry twice", "%s", item)
		seen[item] = true
	}
}
