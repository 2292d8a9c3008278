package board

import (
	"context"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/audit"
	"siida.id/internal/base/day"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
)

// Scope selects the agencies whose innovations are counted.
type Scope = innovation.Scope

// Figures are the figures of an agency's active innovations in a period, as stored.
type Figures struct {
	AgencyID    string
	Innovations int
	Answered    int
	Finished    int
	Proven      int
	Endorsed    int       // innovations that all heads have endorsed as they are
	Recent      int       // indicators that became finished since some moment
	Last        time.Time // of a change of an innovation, its answers, their evidence or its endorsement
}

// Requests are the figures of the data requests to an agency in a period.
type Requests struct {
	AgencyID string
	Waiting  int       // those that the agency has to answer
	Overdue  int       // those of them whose due day is over
	First    day.Day   // the due day of the first of these; empty for none
	Replied  time.Time // when the agency answered one last; zero for never
}

// Store stores the thresholds, and reads figures, of the actor's region.
type Store interface {
	// Figures returns those of each agency in scope with an active innovation, by the
	// agency's id, in one statement. Recent counts from since.
	Figures(ctx context.Context, periodID string, scope Scope, since time.Time) ([]Figures, error)
	// Requests returns those of each agency with a data request, by the agency's id, in
	// one statement. A request is overdue if its due day is before today.
	Requests(ctx context.Context, periodID string, today day.Day) ([]Requests, error)
	// Thresholds returns the stored thresholds, or the default ones.
	Thresholds(ctx context.Context) (Thresholds, error)
	// SaveThresholds stores thresholds.
	SaveThresholds(ctx context.Context, t Thresholds) error
}

// Agencies returns the agencies of a region.
type Agencies interface {
	// All returns the agencies that have not ended.
	All(ctx context.Context) ([]agency.Agency, error)
}

// Log appends to the audit log, in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}

// Line is an agency with its figures and its verdict.
type Line struct {
	ID, Name string
	Facts
	Verdict
	Until        time.Time // the end of its window; zero for none
	SeesRequests bool      // the actor may read its data requests; if not, none is counted
}

// Board is the progress of the agencies that the actor may see.
type Board struct {
	Period     period.Pinned
	Now        time.Time // when it was composed
	Today      day.Day
	Thresholds Thresholds
	Whole      bool   // it has all agencies of the region
	Lines      []Line // by group, the worst first; in a group by reason, the longest first
	MaySet     bool   // the actor may change the thresholds
}

// In returns the agencies of a group.
func (b Board) In(g Group) (list []Line) {
	for _, l := range b.Lines {
		if l.Group == g {
			list = append(list, l)
		}
	}
	return list
}

// Count returns the number of agencies of a group.
func (b Board) Count(g Group) int { return len(b.In(g)) }

// ByID returns the line of an agency.
func (b Board) ByID(agencyID string) (Line, bool) {
	for _, l := range b.Lines {
		if l.ID == agencyID {
			return l, true
		}
	}
	return Line{}, false
}
