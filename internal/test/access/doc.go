// Package access requests every registered route as every persona, and with
// hostile input.
package access
