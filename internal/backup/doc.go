// Package backup copies an installation, while it is in use, into a folder, and restores
// it from there into an empty one, on the same database engine or on the other.
//
// The folder has manifest.json; data/<table>.jsonl with the rows of each table from one
// snapshot, in the order of its key, a JSON object for each; jobs.jsonl with the jobs
// that are not done; and files/<region>/<first two digits>/<SHA-256> with the bytes of
// the files to which these rows refer. It is the same from either engine.
//
// The manifest is written last and has the SHA-256 of every part and of itself: a
// backup that was interrupted has none, and is never taken for a whole one.
package backup
