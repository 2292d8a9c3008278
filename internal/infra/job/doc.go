// Package job runs background jobs and retries them until they are done.
//
// A job has a kind, arguments and a region. It is inserted in the transaction of its
// cause, so that it runs if that was committed and never otherwise, or by the schedule
// of a periodic kind. A process that serves works the jobs of all (Queue.Run); on
// PostgreSQL each is worked by one of the replicas. One that fails is tried again
// after a pause that grows; after MaxTries it is parked until somebody retries it
// (Parked, Retry). What a process that died was working on is tried again after a minute.
//
// A job can be worked twice: a process may die between the work and the note that
// it is done. What a kind does is therefore idempotent: the second time it finds that
// all is done.
//
// The tables are those of River (riverqueue.com) and have no region of their own: it
// stands in the arguments. Its tables and statements are known to this package alone.
package job
