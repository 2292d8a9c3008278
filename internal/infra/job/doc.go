// Package job runs background jobs and retries them until they are done.
//
// A job has a kind, arguments and a region. It is inserted in the transaction of its
// cause, so that it runs if and only if that was committed, or by the schedule of a
// periodic kind. Every serving process runs jobs (Queue.Run); on PostgreSQL each job
// is run by one of the replicas. A job that fails is tried again after increasing
// pauses; after MaxTries it is parked until somebody retries it (Parked, Retry). A
// job whose process died is tried again after a minute.
//
// A job can run twice: a process may die between the work and the record that it is
// done. The work of a kind must therefore be idempotent.
//
// The tables are those of River (riverqueue.com), which have no column for a region:
// it is one of the arguments. Only this package uses these tables.
package job
