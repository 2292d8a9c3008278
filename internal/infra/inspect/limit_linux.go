//go:build linux && (amd64 || arm64)

package inspect

import (
	"fmt"
	"os/exec"
	"runtime"
	"syscall"
	"unsafe"
)

// supported reports whether this system has the limits.
const supported = true

// Limits of a child; syscall does not name all of them.
const (
	maxMemory = 640 << 20 // bytes of data, and of address space for a tool; Go reserves more of the latter
	maxCPU    = 20        // seconds of processor time
	maxFiles  = 16        // open at once

	rlimitProcesses = 6 // RLIMIT_NPROC

	prSetNoNewPrivileges = 38
	prSetSeccomp         = 22
	seccompFilter        = 2
)

// isolate gives a child a process group of its own, which is killed as a whole, and
// lets it die with this process.
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// limit limits this process: it cannot write any file either.
func limit() error {
	for what, max := range map[int]uint64{
		syscall.RLIMIT_DATA: maxMemory, syscall.RLIMIT_CPU: maxCPU, syscall.RLIMIT_NOFILE: maxFiles, syscall.RLIMIT_FSIZE: 0, syscall.RLIMIT_CORE: 0,
	} {
		if err := syscall.Setrlimit(what, &syscall.Rlimit{Cur: max, Max: max}); err != nil {
			return fmt.Errorf("limit %d: %w", what, err)
		}
	}
	return nil
}

// become replaces this process by a tool, which can neither start a process nor open a
// socket. It returns only an error.
func become(path, argument string) error {
	runtime.LockOSThread()
	if err := forbid(); err != nil {
		return err
	}
	err := syscall.Setrlimit(rlimitProcesses, &syscall.Rlimit{}) // does not bind root, which the filter does
	if err == nil {
		err = syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: maxMemory, Max: maxMemory})
	}
	if err != nil {
		return fmt.Errorf("limits of the tool: %w", err)
	}
	return syscall.Exec(path, []string{path, argument}, []string{"LC_ALL=C"}) //nolint:gosec // a tool of the table
}

// forbid makes this thread, and the program that it becomes, unable to start processes
// and to open sockets: such calls fail.
func forbid() error {
	// Offsets in struct seccomp_data, and the codes of instructions and results.
	const (
		nr, arch        = 0, 4
		load            = syscall.BPF_LD | syscall.BPF_W | syscall.BPF_ABS
		equal, atLeast  = syscall.BPF_JMP | syscall.BPF_JEQ | syscall.BPF_K, syscall.BPF_JMP | syscall.BPF_JGE | syscall.BPF_K
		back            = syscall.BPF_RET | syscall.BPF_K
		fail, kill, run = 0x00050000 | uint32(syscall.EPERM), 0x80000000, 0x7fff0000
	)
	program := []syscall.SockFilter{
		{Code: load, K: arch},
		{Code: equal, Jt: 1, K: auditArch},
		{Code: back, K: kill},
		{Code: load, K: nr},
		{Code: atLeast, Jf: 1, K: foreignCalls},
		{Code: back, K: kill},
	}
	for _, call := range forbidden {
		program = append(program, syscall.SockFilter{Code: equal, Jf: 1, K: call}, syscall.SockFilter{Code: back, K: fail})
	}
	program = append(program, syscall.SockFilter{Code: back, K: run})
	filter := syscall.SockFprog{Len: uint16(len(program)), Filter: &program[0]} //nolint:gosec // a few instructions
	if _, _, failed := syscall.RawSyscall6(syscall.SYS_PRCTL, prSetNoNewPrivileges, 1, 0, 0, 0, 0); failed != 0 {
		return fmt.Errorf("no new privileges: %w", failed)
	}
	_, _, failed := syscall.RawSyscall6(syscall.SYS_PRCTL, prSetSeccomp, seccompFilter, uintptr(unsafe.Pointer(&filter)), 0, 0, 0) //nolint:gosec // the kernel copies it
	runtime.KeepAlive(program)
	if failed != 0 {
		return fmt.Errorf("filter of system calls: %w", failed)
	}
	return nil
}
