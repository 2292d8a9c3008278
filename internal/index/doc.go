// Package index computes the Indeks Inovasi Daerah of a region in a period from its
// innovations and its own indicators, scored by the period's pack, with a reason for
// each figure.
//
// Facts are all inputs of the index of a day: agencies, innovations with their dates
// and answers, and the region's answers. For an open period they are the current
// ones; for a closed one those stored at its close, so that no later rename, transfer
// or archiving changes a past year. Package scoring computes the figures, planner the
// next steps.
//
// The claimed index counts answers with evidence. The verified one counts, of the
// same innovations, only the answers decided by a verifier; the national one was
// published by the ministry and is entered by BRIDA with its source.
//
// A snapshot is the stored index of a day: daily, of a close, or national. The
// package writes nothing else.
//
// Adapters: indexsql (store) and indexweb (pages).
package index
