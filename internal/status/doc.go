// Package status reports the state of the installation: Look a summary for a region's
// admin, Check all details for the operator of the server.
//
// It has no table; its only change is to retry a parked job (RetryJob). Look asks the
// disk, the database and the program, which is fast. Check reads everything: the
// schema, the engine's own integrity check, every file against its digest, every
// chain of the audit log, the packs of periods, and rows or files to which nothing
// refers. A finding is a fault, which has to be repaired, or a remark, which is
// harmless.
//
// statusweb has the page, statuscli the output of siida check.
package status
