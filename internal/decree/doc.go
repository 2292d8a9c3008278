// Package decree has the region's decrees (SK), which name the innovations of a year
// and who implements them.
//
// A decree is entered once, by BRIDA, with the innovations that it names; a profile
// chooses its decrees too. Both forms write the same rows, and a save of one
// increments the version of the other, so that neither overwrites changes made
// through the other. A decree has one scan, which a later one replaces. Decrees are
// readable by everybody signed in to the region, and are never deleted.
//
// Innovations are of higher rank: the package reads and locks them through the
// interface Innovations. It depends on Store, Log and uow.Transactor too, and on
// file.Service; decreesql and decreeweb are its two adapters.
package decree
