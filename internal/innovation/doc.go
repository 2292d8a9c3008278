// Package innovation keeps what agencies have invented: the profile of each
// innovation, from the idea to its use.
//
// An innovation belongs to one agency and lives longer than a measuring year:
// it begins as an initiative, is tried out, and is applied; its dates say which.
// Whether a period counts it follows from those dates and the period's pack
// (eligibility.go). It may go on from an earlier one. Its agency may withdraw it,
// archive it and restore it (state.go); neither of the first two counts. It is
// handed on to another agency when that one accepts, or by an act of the agencies
// (transfer.go); whose it was stays known. Answers, evidence and decisions lie in
// features above, by the innovation's id, and so they go with it.
//
// A profile chooses the decrees (SK) that name it; these are a feature of their
// own below (decree), and each form counts as a save of the other.
//
// The package asks for what it needs through Store, Agencies, Decrees, file.Service,
// Log and uow.Transactor; innovationsql and innovationweb are its two adapters.
package innovation
