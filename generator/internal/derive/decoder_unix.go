//go:build unix

package derive

import (
	"os/exec"
	"syscall"
)

// confine puts a program into a group of its own, so that whatever it started ends with it.
func confine(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
