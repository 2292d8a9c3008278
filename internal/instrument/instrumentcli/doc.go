// Package instrumentcli is the command `siida instrument`: check checks files before
// they are used, and diff prints the difference between two packs.
package instrumentcli
