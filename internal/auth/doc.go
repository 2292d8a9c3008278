// Package auth lets people in.
//
// A region begins without anybody. The program prints a link that works once,
// for a day, and only while the region has no administrator; whoever opens it
// becomes that administrator. Everybody else is added by one, who hands over a
// one-time code: it works for 72 hours, and whoever signs in with it chooses a
// password of their own, by which the code is spent. Of a code too only a hash is
// stored, in the place of the password.
//
// A person signs in with a login and a password, and where they have a second
// factor with a code of it, and gets a session: a random token in a cookie, of
// which only the SHA-256 is stored. It ends twelve hours after its last use, seven
// days after it was made, when its owner signs out, or when they are no longer
// active. Resume turns the token into the actor that all other features ask for
// permission.
//
// Who guesses is slowed down: per login and address, and, much later, per
// address alone, since a whole office may share one. A device that has signed
// in as a person before is known by a token of its own and never made to wait,
// so that nobody can lock another out.
//
// Who there is and what they are appointed to is account's, which asks for Access
// where it changes how somebody gets in. Passwords is filled from infra/password,
// Factors from infra/otp.
package auth
