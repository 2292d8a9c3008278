// Package access tries every registered route as every persona, and as whoever
// sends what nobody is to send.
package access
