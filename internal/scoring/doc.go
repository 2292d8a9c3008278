// Package scoring turns answers to an instrument into a region's index, and
// says why.
//
// A pack is compiled once. After that one function, Score, serves pages, the
// command line and the benchmarks alike: the rows that the region answers give
// its SPD points; the rows of each innovation give that innovation's maturity;
// the mean of the maturities, over at least the divisor's minimum, and the
// score for the number of innovations join them in the total; its share of the
// maximum is the index, and the rounded index names the predicate. Every step
// is exact, and each printed figure is rounded once, from its own exact value.
//
// Explain, Maturity and Rows give the reason for each figure: rule, inputs,
// source, certainty. A reason holds no sentence but a key of the catalogue.
//
// The package is pure: the same pack and answers give the same result forever.
// scoringcli is the command line, scoringbench the nation that benchmarks use.
package scoring
