// Package demo makes a regency for trying the program out: names of agencies
// and innovations are public but for those that are marked, everything else is
// made up (world.json) and says so on every page and in every file.
//
// It goes through the same services as people do, so that what it makes is
// what they could make, with the same checks and the same audit trail. It tells
// a story of two years, 2026 that has closed and 2027 that is open: a list of
// scenes (story.go), each at a day to which the clock of the services is moved.
// Which answers are given is not written down but derived from a seed and how
// mature an innovation is said to be (plan.go). A document that proves one names
// the innovation; a picture is one of a few (sample.go). BRIDA tells what proves an
// indicator (guide.go). The same seed makes the same world, to the last byte of
// its audit log.
package demo
