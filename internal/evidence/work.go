package evidence

import (
	"context"
	"slices"

	"siida.id/internal/base/actor"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/planner"
	"siida.id/internal/scoring"
)

// Work is an innovation with its answers in a period, as far as a summary tells them.
type Work struct {
	innovation.Innovation // without the texts of its profile
	AnswerSummary
	Marked []string // indicators that are marked as finished, by code
	Void   []string // indicators with evidence that cannot be opened and proves nothing, by code
}

// Completeness returns the completeness of w by an instrument.
func (w Work) Completeness(pack *instrument.Pack) Completeness {
	return Completeness{
		Answered: w.Answered, Proven: len(w.Proven), Finished: w.Finished, Total: len(pack.Rows(instrument.PerInnovation)),
	}
}

// Points returns the points of w: those of the options that have evidence.
func (w Work) Points(scorer *scoring.Instrument) scoring.Points {
	return scorer.InnovationPoints(scorer.InnovationLevels(func(code string) int { return w.Proven[code] }))
}

// GapKind is what is missing for an indicator to be finished.
type GapKind string

// The kinds of gaps.
const (
	GapEvidence GapKind = "bukti"    // an option without evidence
	GapRepair   GapKind = "perbaiki" // its evidence cannot be opened
	GapAnswer   GapKind = "isi"      // no option
)

// Gap is an indicator of an innovation that is not finished.
type Gap struct {
	Kind      GapKind
	Indicator *instrument.Indicator
	// Worth is what the chosen option earns once it has evidence, or without one the most
	// that the indicator can earn.
	Worth scoring.Points
}

// UpTo reports whether the Worth of g depends on the option that is chosen.
func (g Gap) UpTo() bool { return g.Kind == GapAnswer }

// Gaps returns what is not finished, in the order of the pack. An indicator that somebody
// has marked as finished is none.
func (w Work) Gaps(pack *instrument.Pack) (gaps []Gap) {
	for _, row := range pack.Rows(instrument.PerInnovation) {
		if w.Proven[row.Code] > 0 || slices.Contains(w.Marked, row.Code) {
			continue
		}
		chosen := w.Unproven[row.Code]
		g := Gap{Kind: GapAnswer, Indicator: row, Worth: planner.WorthOf(row, chosen, 0).Points}
		if chosen > 0 {
			g.Kind = GapEvidence
			if slices.Contains(w.Void, row.Code) {
				g.Kind = GapRepair
			}
		}
		gaps = append(gaps, g)
	}
	return gaps
}

// owners are those whose agency's innovations are their own.
var owners = []actor.Role{actor.Operator, actor.Pendamping, actor.Kepala}

// Owns reports whether the innovations of an agency are the actor's own: they work for
// it, or head it.
func Owns(who actor.Actor, agencyID string) bool { return who.Serves(agencyID, owners...) }

// OwnAgencies returns the agencies whose innovations are the actor's own; all is true
// for those of the whole region.
func OwnAgencies(who actor.Actor) (ids []string, all bool) { return who.Agencies(owners...) }

// OwnWork returns the innovations that are the actor's own, and those below the agencies
// that they head, which they may have to endorse, except withdrawn and archived ones, by
// name, in one statement.
func (s *Service) OwnWork(ctx context.Context, p period.Pinned) ([]Work, error) {
	if err := signedIn(ctx); err != nil {
		return nil, err
	}
	who := actor.From(ctx)
	ids, all := OwnAgencies(who)
	headed, _ := who.Readable(actor.Kepala)
	ids = append(ids, headed...)
	if len(ids) == 0 && !all {
		return nil, nil
	}
	return s.Store.Work(ctx, p.ID, Scope{Region: all, Agencies: ids})
}
