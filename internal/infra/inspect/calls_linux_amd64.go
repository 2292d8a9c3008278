package inspect

import "syscall"

// The system calls of this architecture: its number, those of other ones, and those
// that start a process or open a socket.
const (
	auditArch    = 0xc000003e
	foreignCalls = 0x40000000 // of x32
	clone3       = 435
)

var forbidden = []uint32{syscall.SYS_CLONE, syscall.SYS_FORK, syscall.SYS_VFORK, clone3, syscall.SYS_SOCKET, syscall.SYS_SOCKETPAIR, syscall.SYS_KILL, syscall.SYS_PTRACE}
