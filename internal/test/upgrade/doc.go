// Package upgrade starts the program on the databases that released versions left, which
// lie in testdata, each in a folder with the name of its version.
package upgrade
