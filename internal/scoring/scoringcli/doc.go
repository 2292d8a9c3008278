// Package scoringcli is the command `siida score`: a document of answers in, a
// document of figures and their reasons out.
//
// It reads strictly, because whoever scores with it compares the figures with
// those of others: a document that could be understood in two ways is refused.
// Only the first fault is told, as one line `PATH: sentence`, in an order that
// does not depend on how the document was written: the document itself, keys
// that no such document has, the instrument, the region's answers by code, then
// the innovations by position, each with its id, affair and answers by code.
package scoringcli
