//go:build !windows

package main

import (
	"bufio"
	"errors"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// interrupted starts a command, sends it signals when it is busy and gives its
// exit status, what it said, and how long it went on.
func interrupted(t *testing.T, signals ...syscall.Signal) (int, string, time.Duration) {
	var said strings.Builder
	c := exec.Command("stubborn")
	c.Stderr = &said
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err == nil {
		_, err = bufio.NewReader(out).ReadString('\n')
	}
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	for _, s := range signals {
		if err := c.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		time.Sleep(200 * time.Millisecond) // two that come at once are one
	}
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) {
		t.Fatalf("it ended well: %v", err)
	}
	return exit.ExitCode(), said.String(), time.Since(begin)
}

// A command that heeds no interruption ends at the second, and five seconds after
// the first.
func TestInterruptedInTheMiddle(t *testing.T) {
	for _, c := range []struct {
		signals     []syscall.Signal
		least, most time.Duration
	}{
		{[]syscall.Signal{syscall.SIGTERM, syscall.SIGINT}, 0, patience},
		{[]syscall.Signal{syscall.SIGTERM}, patience, 4 * patience},
	} {
		code, said, took := interrupted(t, c.signals...)
		if code != exitInterrupted || !strings.Contains(said, "bị ngắt") || took < c.least || took > c.most {
			t.Errorf("%v: status %d after %v: %q", c.signals, code, took, said)
		}
	}
}
