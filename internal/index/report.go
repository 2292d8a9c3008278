package index

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/planner"
	"siida.id/internal/scoring"
)

// stepsShown is how many of what moves the index most a page names.
const stepsShown = 8

// Report is the index of a region in a period.
type Report struct {
	Period   period.Pinned
	Day      day.Day   // the day that was asked for; none is now
	KeptAt   time.Time // when the facts were kept; the zero moment where they are those of now
	Result   scoring.Result
	Reasons  []scoring.Reason // for every figure of Result
	Verified scoring.Result   // the same innovations with what verifiers have decided
	// Undecided is how many answers with evidence no verifier has decided yet;
	// they earn nothing in Verified.
	Undecided int
	Parts     []scoring.Part
	Affairs   []Affair        // the basic services, in the pack's order
	GateCost  decimal.Decimal // points that the count would earn if the gate were open
	Counted   []Entry         // the innovations that the actor may open, by name
	Left      []Omission      // and of those that do not count
	Others    int             // innovations that count and that he may not open
	Agencies  []Standing      // those that the actor may see, by what they contribute
	Silent    []Agency        // likewise, the living that report nothing that counts
	Steps     []Step          // what moves the index most, of what he may open
	Marks     []Mark          // the history, the oldest first
	All       bool            // he sees every agency
	scorer    *scoring.Instrument
}

// Entry is an innovation that counts.
type Entry struct {
	innovation.Innovation
	Levels   Levels
	Maturity scoring.Points
}

// ReasonsOf are why an innovation earns what it earns: one for each row, in the
// pack's order.
func (r Report) ReasonsOf(e Entry) []*scoring.Reason {
	return r.scorer.InnovationRows(r.scorer.InnovationLevels(chosen(e.Levels.Proven)))
}

// Omission is an innovation that does not count, and why.
type Omission struct {
	innovation.Innovation
	Verdict innovation.Verdict
}

// Affair is a basic-service affair, and how many innovations that count are in it.
type Affair struct {
	Name        string
	Innovations int
}

// Step is one thing to do, with the innovation that it is about; nil where it
// is about the region.
type Step struct {
	planner.Step
	Entry *Entry
}

// Published is the national mark that counts: the last one; nil without any.
func (r Report) Published() *Mark {
	for i := len(r.Marks) - 1; i >= 0; i-- {
		if r.Marks[i].Kind == National {
			return &r.Marks[i]
		}
	}
	return nil
}

// sheet is the facts in the words of scoring.
type sheet struct {
	scorer  *scoring.Instrument
	answers scoring.Answers
	waiting planner.Situation // options without evidence
	entries []Entry           // in the order of the answers
	left    []Omission
}

func (s *Service) report(ctx context.Context, p period.Pinned, facts Facts) Report {
	who := actor.From(ctx)
	sh := lay(s.Scorer.Of(p.Pack), facts)
	r := Report{Period: p, All: seesAll(who), scorer: sh.scorer}
	r.Result = sh.scorer.Score(sh.answers)
	r.Reasons = sh.scorer.Explain(r.Result)
	r.Verified, r.Undecided = sh.verified(facts)
	r.Parts = sh.scorer.Parts(sh.answers)
	r.Affairs = sh.affairs()
	if !r.Result.Count.Satisfied {
		r.GateCost = p.Pack.Count.Weight.Value.Times(min(r.Result.Count.N, p.Pack.Count.Cap.Value))
	}
	for i := range sh.entries {
		e := &sh.entries[i]
		e.Maturity = r.Result.Maturity[i]
		if mayOpen(who, e.AgencyID) {
			r.Counted = append(r.Counted, *e)
		} else {
			r.Others++
		}
	}
	for _, o := range sh.left {
		if mayOpen(who, o.AgencyID) {
			r.Left = append(r.Left, o)
		}
	}
	r.Agencies, r.Silent = standings(who, r, facts, sh.entries)
	if p.State == period.Open {
		r.Steps = sh.steps(r.All, func(e Entry) bool { return mayOpen(who, e.AgencyID) })
	}
	return r
}

// lay sorts the facts into what counts and what does not.
func lay(scorer *scoring.Instrument, facts Facts) *sheet {
	sh := &sheet{scorer: scorer}
	names := facts.names()
	sh.answers.Region = scorer.Levels(chosen(facts.Region.Proven))
	sh.waiting.Region = scorer.Levels(chosen(facts.Region.Unproven))
	for _, h := range facts.Innovations {
		profile := h.profile(names[h.AgencyID])
		if v := profile.Eligible(scorer.Pack().Eligibility); !v.Counts {
			sh.left = append(sh.left, Omission{profile, v})
			continue
		}
		affair, _ := scorer.Affair(h.Affair) // one that the pack does not know covers none
		sh.answers.Innovations = append(sh.answers.Innovations, scoring.Innovation{
			Affair: affair, Levels: scorer.InnovationLevels(chosen(h.Proven)),
		})
		sh.waiting.Innovations = append(sh.waiting.Innovations, scorer.InnovationLevels(chosen(h.Unproven)))
		sh.entries = append(sh.entries, Entry{Innovation: profile, Levels: h.Levels})
	}
	sh.waiting.Answers = sh.answers
	return sh
}

func chosen(levels map[string]int) func(string) int {
	return func(code string) int { return levels[code] }
}

func (f Facts) names() map[string]string {
	names := make(map[string]string, len(f.Agencies))
	for _, a := range f.Agencies {
		names[a.ID] = a.Name
	}
	return names
}

// verified is the index of the same innovations with what verifiers have
// decided. Nothing is decided before there is verification, and what is not
// decided earns nothing.
func (sh *sheet) verified(facts Facts) (scoring.Result, int) {
	undecided := len(facts.Region.Proven)
	same := scoring.Answers{Innovations: make([]scoring.Innovation, len(sh.answers.Innovations))}
	for i, e := range sh.entries {
		same.Innovations[i].Affair = sh.answers.Innovations[i].Affair
		undecided += len(e.Levels.Proven)
	}
	return sh.scorer.Score(same), undecided
}

func (sh *sheet) affairs() (list []Affair) {
	counts := map[string]int{}
	for _, e := range sh.entries {
		counts[e.Affair]++
	}
	pack := sh.scorer.Pack()
	for _, name := range pack.AffairNames() {
		if pack.IsBasic(name) {
			list = append(list, Affair{name, counts[name]})
		}
	}
	return list
}

func (sh *sheet) steps(region bool, may func(Entry) bool) (list []Step) {
	situation := sh.waiting
	situation.Include = func(i int) bool {
		if i == planner.Region {
			return region
		}
		return may(sh.entries[i])
	}
	for _, step := range planner.Steps(sh.scorer, situation, stepsShown) {
		s := Step{Step: step}
		if step.Innovation != planner.Region {
			s.Entry = &sh.entries[step.Innovation]
		}
		list = append(list, s)
	}
	return list
}
