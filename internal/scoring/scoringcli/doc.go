// Package scoringcli is the command `siida score`: it reads a document of answers and
// writes one of figures and their reasons.
//
// It reads strictly, because its figures are compared with those of others: an
// ambiguous document is refused. Only the first fault is printed, as one line `PATH:
// sentence`, in an order independent of that of the document: the document itself,
// unknown keys, the instrument, the region's answers by code, then the innovations by
// position, each with id, affair and answers by code.
package scoringcli
