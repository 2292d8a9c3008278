// Package planner finds the steps that raise a region's index max.
//
// A step is one thing that somebody can do next: prove an answer without evidence,
// reach the next option of an indicator, or register innovations that open the gate
// of the basic-service affairs. Its gain is exact, in points of the index, with all
// else unchanged; the gains of several steps do not add up if they change the gate or
// the divisor.
//
// The package is pure: it uses answers and pack, not people, dates or effort.
package planner
