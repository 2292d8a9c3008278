// Package demo creates a regency for trying the program out: names of agencies
// and innovations are public but for those that are marked, everything else is
// made up (world.json) and says so on every page and in every file.
//
// It uses the same services as people do, with the same checks and the same audit
// trail. The scenario covers two years, 2026, which is closed, and 2027, which is
// open: a list of steps (scenario.go), each on a day to which the clock of the
// services is set. The answers are derived from a seed and the maturity of each
// innovation (plan.go). A document that proves one names the innovation; a picture
// is one of a few (sample.go). BRIDA explains what proves an indicator
// (guidance.go). The same seed gives the same world, to the last byte of its audit
// log.
package demo
