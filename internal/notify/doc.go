// Package notify has the home page of a person: the next things to do, with their
// dates, and the progress of their innovations.
//
// It has no table. It calls services of lower rank as the person, so that it shows
// nothing that they may not read. Mails with digests come later.
package notify
