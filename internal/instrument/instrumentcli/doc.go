// Package instrumentcli is the command `siida instrument`: check holds files to
// what a pack has to be, before they are put to use, and diff tells what the
// ministry changed from one year to the next.
package instrumentcli
