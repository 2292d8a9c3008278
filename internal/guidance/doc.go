// Package guidance has the explanations that BRIDA writes for indicators of a period,
// and the sample files that show what proves an indicator and what does not.
//
// Guidance belongs to an indicator of innovations in one period. Empty words delete
// it. A sample file is uploaded before its form is complete; it is pending, and shown
// to nobody, until it has caption and verdict. Dropping a sample ends its use of the
// file. Both are shown on the indicator's page, for which evidence reads them in one
// statement.
//
// The package depends on the interfaces Store, Log and uow.Transactor, and on
// file.Service; guidancesql and guidanceweb are its two adapters.
package guidance
