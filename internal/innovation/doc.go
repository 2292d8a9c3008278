// Package innovation keeps what agencies have invented: the profile of each
// innovation, from the idea to its use.
//
// An innovation belongs to one agency and lives longer than a measuring year:
// it begins as an initiative, is tried out, and is applied; its dates say which.
// Whether a period counts it follows from those dates and the period's pack
// (eligibility.go). Answers and evidence lie in package evidence.
//
// The package asks for what it needs through Store, Agencies, Log and
// uow.Transactor; innovationsql and innovationweb are its two adapters.
package innovation
