// Package rivals tests pairs of concurrent acts on both engines: the rival acts (a)
// after the first has read and before its transaction, and (b) while it holds its
// locks. The result must equal that of one of the two serial orders.
//
// An act is a row of acts, roomActs or accountActs: a name, its actor, and a call of
// a service. A rival is a row of rivals, roomRivals or accountRivals. To test another
// act add it, list its rivals, say what has happened before, and extend the
// fingerprint if it changes something that is not in it yet. An act that is refused
// in either order, or that writes nothing, fails: it would test nothing.
//
// The world is prepared once per database and restored for every race.
package rivals
