// Package decree keeps the region's decrees (SK): the acts that name the
// innovations of a year, and who carries them out.
//
// A decree is entered once, by BRIDA, with the innovations that it names; a
// profile chooses its decrees too. Both forms write the same rows, and each counts
// as a save of the other, so that neither overwrites what the other has changed
// meanwhile. Its scan is one file, which another takes the place of. A decree is
// public within its region, and is never deleted.
//
// Innovations stand above: what a decree has to know of them it asks for through
// Innovations. The package asks for what else it needs through Store, file.Service,
// Log and uow.Transactor; decreesql and decreeweb are its two adapters.
package decree
