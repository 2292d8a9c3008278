// Package regional keeps what a region answers for itself, and what it asks of
// its agencies for that.
//
// The rows of the pack's own aspect (SPD) are asked once in a period. BRIDA
// answers: the option, chosen by a person and never by the program, since the
// published ranges overlap at their edges; the figures it rests on, each of a
// year; who published them; and what proves it, a file or an address. A figure
// belongs to the answer of its period. The next period shows it beside its own,
// and nothing that is typed there changes what an earlier period has used.
//
// An answer without a proof earns nothing. The sources say so of innovations;
// that it holds here too is inferred (ADR 0014). BRIDA may work until its period
// is closed, whatever window the agencies have.
//
// The package asks for what it needs through Store, file.Service, Log and
// uow.Transactor; regionalsql and regionalweb are its adapters.
package regional
