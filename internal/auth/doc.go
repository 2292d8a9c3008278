// Package auth signs people in.
//
// A region begins without people. The program prints a link that works once, for a
// day, and only while the region has no administrator; it creates that administrator.
// An administrator adds everybody else and hands over a one-time code. It is valid
// for 72 hours; whoever signs in with it chooses a password, which replaces it. Of a
// code, too, only a hash is stored, in place of the password's.
//
// A person signs in with login and password, and with a code if they have a second
// factor, and gets a session: a random token in a cookie, of which only the SHA-256
// is stored. A session ends twelve hours after its last use, seven days after it was
// created, when its person signs out, or when they are no longer active. Resume
// returns the actor of a token.
//
// Failed attempts are throttled per login and address and, with a higher limit, per
// address alone, since a whole office may share one. A device on which a person has
// signed in before has a token of its own and is not throttled, so that nobody can
// lock out somebody else.
//
// People and assignments belong to package account, which calls Access for changes
// that affect how somebody signs in. Passwords is implemented by infra/password,
// Factors by infra/otp.
package auth
