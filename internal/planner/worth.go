package planner

import (
	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
)

// Worth is what an indicator of an innovation can still add to its maturity.
type Worth struct {
	Points scoring.Points
	// Exact reports that evidence for the chosen option adds these points; otherwise they
	// are those of the best option, so the most that it can add.
	Exact bool
}

// WorthOf returns the worth of an indicator whose option is chosen, and of which proven is
// the one with evidence; zero for none.
func WorthOf(row *instrument.Indicator, chosen, proven int) Worth {
	if chosen > proven {
		return Worth{Points: row.Points(chosen) - row.Points(proven), Exact: true}
	}
	return Worth{Points: row.Max() - row.Points(proven)}
}
