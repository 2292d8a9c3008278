// Package blob keeps files in a folder, each under the SHA-256 of
// its bytes: <folder>/<region>/<first two digits>/<sum>. The same bytes sent
// twice are one file, a file is never changed once it is there, and one that
// arrived in part is never there at all.
//
// What a file is called, who may see it and whether its kind is welcome are
// not known here; names that people give never become part of a path.
package blob
