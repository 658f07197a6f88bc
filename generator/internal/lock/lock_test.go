package lock

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

func TestOneHolderAtATime(t *testing.T) {
	name := filepath.Join(t.TempDir(), "lock")
	first, err := Take(name)
	if err != nil {
		t.Fatal(err)
	}
	var held *HeldError
	if _, err = Take(name); !errors.As(err, &held) || held.PID != strconv.Itoa(os.Getpid()) {
		t.Errorf("the second is told %v", err)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	second, err := Take(name)
	if err != nil {
		t.Fatalf("after it was released: %v", err)
	}
	if err := second.Release(); err != nil {
		t.Error(err)
	}
	if _, err := Take(filepath.Join(name, "below")); err == nil || errors.As(err, &held) {
		t.Errorf("a file that cannot be: %v", err)
	}
}
