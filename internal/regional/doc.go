// Package regional has what a region answers for itself, and its requests to agencies
// for data.
//
// The indicators of the region's aspect (SPD) are answered once in a period. BRIDA
// answers: the option, chosen by a person and never by the program, since the
// published ranges overlap at their limits; the figures on which it is based, each of
// a year; their source; and the proof, a file or an address. A figure belongs to the
// answer of its period. The next period shows it beside its own, and nothing entered
// there changes an earlier period.
//
// An answer without a proof earns nothing. The sources say so of innovations; that it
// applies here too is inferred (ADR 0014). BRIDA may work until the period is closed,
// whatever the window of agencies.
//
// The package depends on the interfaces Store, Log and uow.Transactor, and on
// file.Service; regionalsql and regionalweb are its adapters.
package regional
