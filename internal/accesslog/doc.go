// Package accesslog records who opened what is not public, and who was refused what,
// beside the audit log: that has what was done. Entries are deleted after 90 days.
//
// An entry is noted when the answer has been sent, and written in the background. Of
// people who are not signed in only the number of refusals an hour is stored, and of a
// person no more than 300 refusals an hour; what is beyond is counted.
//
// The admins of a region read both logs here; accesslogweb has their pages.
package accesslog
