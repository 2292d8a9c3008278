// Command server is a minimal HTTP server: the floor for the memory of ours.
package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Fprintf(os.Stderr, "url=http://%s\n", listener.Addr())
	panic(http.Serve(listener, http.NotFoundHandler()))
}
