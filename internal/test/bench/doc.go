// Package bench measures the program as its users meet it: in a process of its
// own, over HTTP.
package bench
