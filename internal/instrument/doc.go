// Package instrument holds the national instrument of each measuring year as data: a
// pack.
//
// A pack is one JSON file. It is a transcription of what the ministry publishes,
// often in parts and through other sources, so every number has its sources and its
// certainty, and an unknown one is null. A file is checked as a whole when it is
// read, and refused with all its faults if it has any. A pack never changes: a
// measuring period stores its pack's id and SHA-256, and a library refuses other
// content under an id that it has. A change by the ministry is a new file with a new
// id, and Diff returns the difference.
//
// The packs in packs/ are embedded in the program; others are read from disk. Package
// scoring computes points from answers to a pack; instrumentcli is the command line.
// docs/instruments.md describes the file.
package instrument
