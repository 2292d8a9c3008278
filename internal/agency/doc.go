// Package agency has the agencies of a region (perangkat daerah): its boards,
// offices, divisions, districts and health centres, each of which must innovate.
//
// An admin adds an agency at a place in the tree; the people of a parent can read the
// data of its units. Afterwards only acts change it, each with a decree and the day
// on which it has effect: a rename, a merger, a split or a closing. An act transfers
// active innovations, assignments and every other open reference to the agencies that
// follow, or ends it (base/reference), and is recorded: each agency has the acts that
// led to it and from it. The name of an agency on a past day never changes, so that a
// closed period has the names of its time. An ended agency can always be read.
//
// The package depends on the interfaces Store, Holdings (the innovations), Staff (the
// assignments), reference.Agencies (all else that is open), Log and uow.Transactor;
// agencysql and agencyweb are its two adapters.
package agency
