// Package planner finds what would raise a region's index most.
//
// A step is one thing that somebody can do next: prove an answer that has no
// evidence yet, reach the next option of one indicator, or register what opens
// the gate of the basic-service affairs. Its gain is exact, in points of the
// index, with everything else as it is; gains of several steps do not add up
// where the gate or the divisor is between them.
//
// The package is pure: it knows answers and pack, not people, dates or effort.
package planner
