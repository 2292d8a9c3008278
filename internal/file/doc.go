// Package file takes the files that people send, and those that the program makes,
// and keeps them for as long as something needs them.
//
// A file is a row from the moment its bytes begin to arrive: it is receiving, and its
// size, as far as it is known by then, counts against the quota of its region. It is
// checked once it is whole and safe on the disk, with the SHA-256 of its bytes, is what
// its name says and of a kind that the form takes; or refused, with the reason, and then
// its bytes are gone (state.go). Who may send one, the room
// decides that asks for it, before a byte is taken and again when it is used.
//
// The purpose of a file says for what it was sent. A form that is refused carries the
// id of its file, so that only whoever sent it finds it again, and only for that
// purpose (Pending). A room that relies on a file says so in its own transaction (Use),
// and says when it does not any more (EndUse). Sweep deletes what nothing has used for
// a day, and never bytes that another file of the region has too.
//
// Bytes never change. One that is gone, or is not what it was, is fault.Damaged.
//
// The package asks for what it needs through Records, Store and Types; filesql keeps
// the rows, infra/blob the bytes, and infra/filetype says what they are.
package file
