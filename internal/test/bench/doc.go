// Package bench measures the program as its users meet it: in a separate
// process, over HTTP.
package bench
