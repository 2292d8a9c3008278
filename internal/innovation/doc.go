// Package innovation has the profiles of the agencies' innovations.
//
// An innovation belongs to one agency and lives longer than a measuring year: it
// begins as an initiative, is tried out, and is applied; its stage follows from its
// dates. Whether a period counts it follows from these dates and the period's pack
// (eligibility.go). It can continue an earlier one. Its agency can withdraw, archive
// and restore it (state.go); a withdrawn or archived one does not count. It is
// transferred to another agency when that one accepts, or by an act on agencies
// (transfer.go); its previous owners stay recorded. Answers, evidence and decisions
// belong to rooms of higher rank and refer to the innovation by its id, so a transfer
// includes them.
//
// A profile chooses the decrees (SK) that name it; these are a room of lower rank
// (decree), and a save of either form increments the version of the other.
//
// The package depends on the interfaces Store, Agencies, Decrees, Log and
// uow.Transactor, and on file.Service; innovationsql and innovationweb are its two
// adapters.
package innovation
