// Package account knows who the people of a region are, and what they are
// appointed to. How they get in is auth's.
//
// A person is added by an admin, who hands over a one-time code. Who has forgotten
// their password gets a new code, from an admin or from BRIDA, never from somebody
// who stands below them: operator, pendamping and kepala are equals, above them
// stands the pimpinan, then BRIDA, then the admin. All their sessions end by it.
//
// An assignment appoints a person to a role, for an agency or for the whole
// region, from one day to another. Its people read what lies below the agency
// too. A person is deactivated, never deleted, and a region always has an active
// admin whose assignment has no end.
package account
