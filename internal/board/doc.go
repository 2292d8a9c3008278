// Package board is the progress board (papan kemajuan): how far each agency is with the
// current period, who is late, and why.
//
// An agency is in one group: late, behind, on track or done. Judge decides that from
// figures of stored rows and from the region's thresholds, and nothing of it is stored:
// the board is computed for each request. It exists while a period is open; before its
// window begins nobody is late, and once the window of an agency is over all that is not
// done is.
//
// BRIDA, the pimpinan and admins read the board of all agencies; pendamping and kepala
// that of their own ones and those below. Operators have their home instead. What
// somebody may not open is not in their figures: data requests count only for those who
// may read them.
//
// The package depends on the interfaces Store, Log and uow.Transactor; boardsql and
// boardweb are its adapters.
package board
