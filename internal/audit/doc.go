// Package audit remembers who did what, so that nobody can change it unseen.
//
// An entry is written in the transaction of the act itself: neither exists
// without the other. The entries of a region are numbered without a hole, and
// each carries the hash of the one before it, so that a changed, a removed or
// an inserted entry shows when Verify walks the chain.
//
// The chain itself holds ids alone. Names and other personal values lie beside
// it and are tied to it by a salted digest: once they are deleted nothing tells
// what they were, and the chain still holds.
//
// Other features declare the Append they need; Log fills it, auditsql stores it.
package audit
