package index

import (
	"siida.id/internal/base/decimal"
	"siida.id/internal/period"
	"siida.id/internal/planner"
	"siida.id/internal/scoring"
)

// Sum is what a region's index of a period or of a day adds up to, the same for
// all who read it; view makes of it what one of them may see.
type Sum struct {
	facts     Facts
	mark      Mark // with which the facts were kept; zero where they are those of now
	scorer    *scoring.Instrument
	answers   scoring.Answers
	waiting   planner.Situation // options without evidence
	entries   []Entry           // what counts, in the order of the answers
	left      []Omission        // and what does not
	result    scoring.Result
	reasons   []scoring.Reason
	verified  scoring.Result
	undecided int
	parts     []scoring.Part
	affairs   []Affair
	gateCost  decimal.Decimal
}

func (s *Service) sum(p period.Pinned, facts Facts, m Mark) *Sum {
	m.Facts = "" // they stand in facts
	sum := lay(s.Scorer.Of(p.Pack), facts)
	sum.mark = m
	sum.result = sum.scorer.Score(sum.answers)
	for i := range sum.entries {
		sum.entries[i].Maturity = sum.result.Maturity[i]
	}
	sum.reasons = sum.scorer.Explain(sum.result)
	sum.verify()
	sum.parts = sum.scorer.Parts(sum.answers)
	sum.affairs = sum.basic()
	if count := sum.result.Count; !count.Satisfied {
		sum.gateCost = p.Pack.Count.Weight.Value.Times(min(count.N, p.Pack.Count.Cap.Value))
	}
	return sum
}

// lay sorts the facts into what counts and what does not.
func lay(scorer *scoring.Instrument, facts Facts) *Sum {
	s := &Sum{facts: facts, scorer: scorer}
	names := facts.names()
	s.answers.Region = scorer.Levels(facts.Region.Proven.Of)
	s.waiting.Region = scorer.Levels(facts.Region.Unproven.Of)
	for _, h := range facts.Innovations {
		profile := h.profile(names[h.AgencyID])
		if v := profile.Eligible(scorer.Pack().Eligibility); !v.Counts {
			s.left = append(s.left, Omission{profile, v})
			continue
		}
		affair, _ := scorer.Affair(h.Affair) // one that the pack does not know covers none
		s.answers.Innovations = append(s.answers.Innovations, scoring.Innovation{
			Affair: affair, Levels: scorer.InnovationLevels(h.Proven.Of),
		})
		s.waiting.Innovations = append(s.waiting.Innovations, scorer.InnovationLevels(h.Unproven.Of))
		s.entries = append(s.entries, Entry{Innovation: profile, Levels: h.Levels})
	}
	s.waiting.Answers = s.answers
	return s
}

func (f Facts) names() map[string]string {
	names := make(map[string]string, len(f.Agencies))
	for _, a := range f.Agencies {
		names[a.ID] = a.Name
	}
	return names
}

// verify adds up the index of the same innovations with what verifiers have
// decided. Nothing is decided before there is verification, and what is not
// decided earns nothing.
func (s *Sum) verify() {
	s.undecided = len(s.facts.Region.Proven)
	same := scoring.Answers{Innovations: make([]scoring.Innovation, len(s.answers.Innovations))}
	for i, e := range s.entries {
		same.Innovations[i].Affair = s.answers.Innovations[i].Affair
		s.undecided += len(e.Levels.Proven)
	}
	s.verified = s.scorer.Score(same)
}

// basic lists the basic services.
func (s *Sum) basic() (list []Affair) {
	counts := map[string]int{}
	for _, e := range s.entries {
		counts[e.Affair]++
	}
	pack := s.scorer.Pack()
	for _, name := range pack.AffairNames() {
		if pack.IsBasic(name) {
			list = append(list, Affair{name, counts[name]})
		}
	}
	return list
}

func (s *Sum) steps(region bool, may func(Entry) bool) (list []Step) {
	situation := s.waiting
	situation.Include = func(i int) bool {
		if i == planner.Region {
			return region
		}
		return may(s.entries[i])
	}
	for _, step := range planner.Steps(s.scorer, situation, stepsShown) {
		shown := Step{Step: step}
		if step.Innovation != planner.Region {
			shown.Entry = &s.entries[step.Innovation]
		}
		list = append(list, shown)
	}
	return list
}
