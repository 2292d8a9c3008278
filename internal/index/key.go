package index

import (
	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
)

// FigureKey returns the translation key of a figure's name.
func FigureKey(f scoring.Figure) string {
	return map[scoring.Figure]string{
		scoring.FigureSPD:       "index.spd",
		scoring.FigureSPDMax:    "index.spd_max",
		scoring.FigureDivisor:   "index.divisor",
		scoring.FigureMean:      "index.mean",
		scoring.FigureN:         "index.n",
		scoring.FigureCovered:   "index.covered",
		scoring.FigureRequired:  "index.required",
		scoring.FigureCount:     "index.count",
		scoring.FigureTotal:     "index.total",
		scoring.FigureMax:       "index.max",
		scoring.FigureIndex:     "index.title",
		scoring.FigurePredicate: "index.predicate",
	}[f]
}

// CertaintyKey returns the translation key of a certainty.
func CertaintyKey(c instrument.Certainty) string {
	return map[instrument.Certainty]string{
		instrument.Confirmed: "index.sure_confirmed",
		instrument.Inferred:  "index.sure_inferred",
		instrument.Disputed:  "index.sure_disputed",
		instrument.Announced: "index.sure_prognosis",
		instrument.Unknown:   "index.sure_unknown",
	}[c]
}
