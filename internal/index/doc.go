// Package index computes the Indeks Inovasi Daerah of a region in a period from
// its innovations and its own indicators, scored by the period's pack, with a
// reason for each figure.
//
// Facts are all inputs of the index of a day: agencies, innovations with their
// dates and answers, and the region's answers. For an open period the current ones
// are read; for a closed one those stored at its close, so that no later rename,
// transfer or archived profile changes an old year. Package scoring computes the
// figures, and planner the next steps.
//
// The claimed index counts what has evidence. The verified one has the same
// innovations and counts only what a verifier has decided; the national one is
// what the ministry has published, entered by BRIDA with its source.
//
// A snapshot is the stored index of one day: daily, of a close, or national.
// Snapshots are the only thing this feature writes.
//
// Adapters: indexsql (store) and indexweb (pages).
package index
