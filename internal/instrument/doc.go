// Package instrument holds the national instrument of each measuring year as
// data: a pack.
//
// A pack is one JSON file. It begins as a transcription of what the ministry
// publishes, piece by piece and often from second hand, so every number in it
// says where it was read and how sure it is, and what nobody knows is written
// as null. When it is read it is checked as a whole; a file with any fault is
// refused with all its faults. From then on it never changes: a measuring
// period remembers its pack's id and SHA-256, and a library refuses other
// content under an id it has. What the ministry changes makes a new file with
// a new id, and Diff tells the two apart.
//
// The packs in packs/ travel inside the program; others are read from disk.
// Package scoring turns answers to a pack into points; instrumentcli is the
// command line. docs/instruments.md explains the file.
package instrument
