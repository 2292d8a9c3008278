package index

import (
	"siida.id/internal/base/decimal"
	"siida.id/internal/period"
	"siida.id/internal/planner"
	"siida.id/internal/scoring"
)

// Computation is the computed index of a region in a period or on a day, the
// same for all readers; view restricts it to what one reader may see.
type Computation struct {
	facts    Facts
	snapshot Snapshot // the source of the facts; zero for current facts
	scorer   *scoring.Instrument
	answers  scoring.Answers
	unproven planner.Situation // options without evidence
	entries  []Entry           // counted innovations, in the order of the answers
	omitted  []Omission        // innovations that do not count
	result   scoring.Result
	reasons  []scoring.Reason
	ifProven scoring.Result
	parts    []scoring.Part
	affairs  []Affair
	gateCost decimal.Decimal
}

func (s *Service) compute(p period.Pinned, facts Facts, m Snapshot) *Computation {
	m.Facts = "" // they are in facts
	computed := partition(s.Scorer.Of(p.Pack), facts)
	computed.snapshot = m
	computed.result = computed.scorer.Score(computed.answers)
	for i := range computed.entries {
		computed.entries[i].Maturity = computed.result.Maturity[i]
	}
	computed.reasons = computed.scorer.Explain(computed.result)
	computed.ifProven = computed.proven()
	computed.parts = computed.scorer.Parts(computed.answers)
	computed.affairs = computed.basic()
	if count := computed.result.Count; !count.Satisfied {
		computed.gateCost = p.Pack.Count.Weight.Value.Times(min(count.N, p.Pack.Count.Cap.Value))
	}
	return computed
}

// partition splits the facts into what counts and what does not.
func partition(scorer *scoring.Instrument, facts Facts) *Computation {
	s := &Computation{facts: facts, scorer: scorer}
	names := facts.names()
	s.answers.Region = scorer.Levels(facts.Region.Proven.Of)
	s.unproven.Region = scorer.Levels(facts.Region.Unproven.Of)
	for _, h := range facts.Innovations {
		profile := h.profile(names[h.AgencyID])
		if v := profile.Eligible(scorer.Pack().Eligibility, facts.On); !v.Counts {
			s.omitted = append(s.omitted, Omission{profile, v})
			continue
		}
		affair, _ := scorer.Affair(h.Affair) // an unknown one covers none
		s.answers.Innovations = append(s.answers.Innovations, scoring.Innovation{
			Affair: affair, Levels: scorer.InnovationLevels(h.Proven.Of),
		})
		s.unproven.Innovations = append(s.unproven.Innovations, scorer.InnovationLevels(h.Unproven.Of))
		s.entries = append(s.entries, Entry{Innovation: profile, Levels: h.Levels})
	}
	s.unproven.Answers = s.answers
	return s
}

func (f Facts) names() map[string]string {
	names := make(map[string]string, len(f.Agencies))
	for _, a := range f.Agencies {
		names[a.ID] = a.Name
	}
	return names
}

// basic lists the basic-service affairs.
func (s *Computation) basic() (list []Affair) {
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

func (s *Computation) steps(region bool, may func(Entry) bool) (list []Step) {
	situation := s.unproven
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
