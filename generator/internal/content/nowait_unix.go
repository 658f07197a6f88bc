//go:build unix

package content

import "syscall"

// noWait opens a pipe at once, where it would wait for a writer.
const noWait = syscall.O_NONBLOCK
