// Package demo makes a regency for trying the program out: names of agencies
// and innovations are public, everything else is made up (world.json) and says
// so on every page and in every file.
//
// It goes through the same services as people do, so that what it makes is
// what they could make, with the same checks and the same audit trail.
package demo
