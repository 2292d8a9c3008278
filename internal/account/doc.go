// Package account knows who the people of a region are, and lets them in.
//
// A region begins without anybody. The program prints a link that works once,
// for a day, and only while the region has no administrator; whoever opens it
// becomes that administrator. Everybody else is made by one, who hands over a
// one-time code on a slip: it works for 72 hours, and whoever signs in with it
// chooses a password of his own, by which the code is spent. Of a code too only
// a hash is kept, in the place of the password.
//
// Who has forgotten his password gets a new code, from an admin or from BRIDA,
// never from somebody who stands below him: operator, pendamping and kepala are
// equals, above them stands the pimpinan, then BRIDA, then the admin. All his
// sessions end by it.
//
// An assignment appoints a person to a role, for an agency or for the whole
// region, from one day to another. Its people read what lies below the agency
// too. A person is deactivated, never deleted, and a region always keeps an
// active admin whose assignment has no end.
//
// A person signs in with a login and a password and gets a session: a random
// token in a cookie, of which only the SHA-256 is stored. It ends twelve hours
// after its last use, seven days after it was made, when its owner signs out,
// or when he is no longer active. Resume turns the token into the actor that
// all other features ask for permission.
//
// Who guesses is slowed down: per login and address, and, much later, per
// address alone, since a whole office may share one. A device that has signed
// in as a person before is known by a token of its own and never made to wait,
// so that nobody can lock another out.
//
// accountsql and accountweb are the adapters; Passwords is filled from
// infra/password.
package account
