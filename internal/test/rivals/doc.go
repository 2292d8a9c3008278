// Package rivals tries what comes of two who act at once, on both engines: the
// rival acts (a) between what somebody saw and their unit of work, and (b) while
// they hold their locks. What comes of it is to equal one of the two serial orders.
//
// An act is a row of acts, roomActs or accountActs: a name, who does it, and a call
// of a service. A rival is a row of rivals, roomRivals or accountRivals. To try
// another act add it, name its rivals, say what has happened before, and extend the
// fingerprint where it writes something that is not in it yet. An act that is refused
// in either order, or that writes nothing, fails: it would try nothing.
//
// The world is prepared once per database and restored for every race.
package rivals
