// Package index is the Indeks Inovasi Daerah of a region in a period: what its
// innovations and its own indicators claim, scored by the period's pack, with a
// reason for each figure.
//
// Facts are all that the index of a day comes from: agencies, innovations with
// their dates and answers, and the region's answers. For an open period they are
// read as they stand; for one that has closed they are those kept at its close, so
// that neither a later rename nor a transfer nor an archived profile changes an
// old year. Package scoring does the sum, and planner says what would move it.
//
// The claimed index counts what has evidence. The verified one has the same
// innovations and counts only what a verifier has decided; the national one is
// what the ministry has published, entered by BRIDA with its source.
//
// A mark is the index of one day: kept once a day, at every close, or national.
// Marks are the only thing this feature writes; everything else it reads.
//
// indexsql reads and keeps marks, indexweb shows.
package index
