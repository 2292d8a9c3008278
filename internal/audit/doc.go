// Package audit records who did what, in a form that shows later changes.
//
// An entry is written in the transaction of the act: neither exists without the
// other. The entries of a region are numbered without gaps, and each has a hash that
// covers the previous one, so that Verify finds a changed, removed or inserted entry.
//
// The chain itself contains only ids. Names and other personal values are stored
// beside it, and each entry has their salted digest: once they are deleted they
// cannot be recovered, and the chain stays valid.
//
// Rooms declare the Append that they need as an interface; Log implements it,
// auditsql stores the entries.
package audit
