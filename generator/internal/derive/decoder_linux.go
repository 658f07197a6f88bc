package derive

import (
	"os/exec"

	"golang.org/x/sys/unix"
)

// bound lets a program that has been started hold so much memory and write no file. It has been given
// hardly anything by then. Where that is refused, it goes on within its own limits.
func bound(cmd *exec.Cmd, memory uint64) {
	_ = unix.Prlimit(cmd.Process.Pid, unix.RLIMIT_DATA, &unix.Rlimit{Cur: memory, Max: memory}, nil)
	_ = unix.Prlimit(cmd.Process.Pid, unix.RLIMIT_FSIZE, &unix.Rlimit{}, nil)
	_ = unix.Prlimit(cmd.Process.Pid, unix.RLIMIT_CORE, &unix.Rlimit{}, nil)
}
