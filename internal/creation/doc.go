// Package creation remembers which forms have created something, and where they led.
//
// A form that creates something has the id of the new thing, a UUIDv7 that was made with
// its page. The transaction that creates it claims the id first; so the same form, sent
// again by its person, leads to where the first did, and creates nothing. Sent by anybody
// else it is refused, and does not tell them what the first has created. A claim never
// changes, and is never deleted.
//
// creationsql is its adapter; ADR 42 has the reasons.
package creation
