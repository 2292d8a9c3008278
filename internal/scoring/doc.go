// Package scoring computes a region's index from answers to an instrument, with the
// reason for each figure.
//
// A pack is compiled once. Then one function, Score, serves pages, the command line
// and the benchmarks: the rows of the region give its SPD points, the rows of each
// innovation its maturity; the mean of the maturities, over at least the minimum
// divisor, and the score for the number of innovations are added to the total; its
// share of the maximum is the index, and the rounded index has the predicate. Every
// step is exact, and each figure is rounded once, from its exact value.
//
// Explain, Maturity and Rows return the reason for each figure: rule, inputs, source,
// certainty. A reason has a message key instead of a sentence.
//
// The package is pure: the same pack and answers always give the same result.
// scoringcli is the command line; scoringbench generates the answers for benchmarks.
package scoring
