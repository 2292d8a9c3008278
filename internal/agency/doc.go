// Package agency keeps the agencies of a region (perangkat daerah): its boards,
// offices, divisions, districts and health centres, each of which must innovate.
//
// An admin makes an agency and hangs it into the tree; the people of a parent
// read what their units do. From then on it changes by acts alone, each with a
// decree and the day on which it counts: a rename, a merger, a split, a closing.
// An act hands open innovations and assignments to those who follow, and leaves
// its trace: an agency knows what it came from and what became of it. What an
// agency was called on a day never changes afterwards, so that a closed period
// keeps the names it had. An agency that has ended stays readable forever.
//
// The package asks for what it needs through Store, Holdings (the innovations),
// Staff (the assignments), Log and uow.Transactor; agencysql and agencyweb are
// its two adapters.
package agency
