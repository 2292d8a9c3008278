// Package file receives files from people and from the program itself, and stores
// them for as long as they are used.
//
// A file has a row from the moment its bytes begin to arrive. While it is receiving,
// its size, as far as it is known, counts against the quota of its region. It is
// checked once it is complete and synced, with the SHA-256 of its bytes, its content
// agrees with its name and the form accepts its format; or refused with a reason, and
// then its bytes are deleted (state.go). The room that receives a file checks the
// permission, before any byte is read and again when the file is used.
//
// The purpose of a file says what it was sent for. A refused form contains the id of
// its file; only its sender can find it again, and only for that purpose (Pending). A
// room records in its own transaction that it uses a file (Use), and that it no
// longer does (EndUse). Sweep deletes files that nothing has used for a day, but
// never bytes that another file of the region has too, or that no file has.
//
// Bytes never change. Opening missing or changed bytes is fault.Damaged.
//
// The package depends on the interfaces Records, Store and Types; filesql stores the
// rows, infra/blob the bytes, and infra/filetype detects types.
package file
