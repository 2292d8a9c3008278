// Package references tests what becomes of that which points to an agency or a person
// when it ends: columns.go lists every column that does, and the tests carry out every
// act in worlds that have all of them.
package references
