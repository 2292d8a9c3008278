// Package notify has the home page of a person: where they stand, what is to be done and
// when, and what adds most points.
//
// Those with duties for the whole region have its index, with what it is compared with;
// the people of agencies have their own innovations. A step is one thing that adds
// points to an innovation. Steps are ordered by worth and date, and what the period does
// not count comes last. A thing to do leads to a page that its reader may open.
//
// It has no table. It calls services of lower rank as the person, so that it shows
// nothing that they may not read. Mails with digests come later.
package notify
