// Package blob stores files in a folder, each under the SHA-256 of its bytes:
// <folder>/<region>/<first two digits>/<SHA-256>. The same bytes sent twice are one
// file, a stored file never changes, and an incomplete file is never stored.
//
// Names, permissions and formats of files belong to package file; names given by
// people are never part of a path.
package blob
