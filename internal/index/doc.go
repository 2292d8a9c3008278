// Package index is the Indeks Inovasi Daerah of a region in a period: what its
// innovations claim, scored by the period's pack, with a reason for each figure.
//
// It owns no table and changes nothing. It reads the innovations and their
// proven answers, leaves out those that the period does not count and says
// why, and has package scoring do the sum. Answers of the region itself (SPD)
// are not kept yet and count nothing.
//
// indexsql reads, indexweb shows.
package index
