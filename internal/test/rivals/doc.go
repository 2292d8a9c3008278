// Package rivals tries what comes of two who act at once, on both engines: the
// rival acts (a) between what somebody saw and their unit of work, and (b) while
// they hold their locks. What comes of it is to equal one of the two serial orders.
//
// An act is a row of acts: a name, who does it, and a call of a service. A rival is
// a row of rivals. To try another act add it to acts, name its rivals, and extend
// the fingerprint where it writes something that is not in it yet.
package rivals
