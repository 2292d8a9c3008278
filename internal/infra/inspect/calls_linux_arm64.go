package inspect

import "syscall"

// The system calls of this architecture: its number, those of other ones, and those
// that start a process or open a socket.
const (
	auditArch    = 0xc00000b7
	foreignCalls = 0xffffffff // it has none
	clone3       = 435
)

var forbidden = []uint32{syscall.SYS_CLONE, clone3, syscall.SYS_SOCKET, syscall.SYS_SOCKETPAIR, syscall.SYS_KILL, syscall.SYS_PTRACE}
