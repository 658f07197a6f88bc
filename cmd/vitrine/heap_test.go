package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
)

// The room for garbage is the same for any archive.
func TestHeapPercent(t *testing.T) {
	for _, c := range []struct {
		live uint64
		peak uint64 // before the next sweep
	}{{8 << 20, 72}, {64 << 20, 128}, {96 << 20, 160}, {600 << 20, 664}} {
		peak := c.live + c.live/100*uint64(heapPercent(c.live))
		if peak >>= 20; peak > c.peak || peak < c.peak-6 {
			t.Errorf("with %d MiB live the heap grows to %d MiB, want %d", c.live>>20, peak, c.peak)
		}
	}
	if least := 4 * heapPercent(0) / 100; least < 60 || least > 68 {
		t.Errorf("a heap is first swept at %d MiB", least)
	}
}

// What is set follows the live heap up and down, sweep after sweep.
func TestRoomyHeap(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	before, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
	t.Cleanup(func() { debug.SetGCPercent(before); debug.SetMemoryLimit(limit) })
	roomyHeap()
	small := settled(t)
	held := make([]byte, 200<<20)
	large := settled(t)
	runtime.KeepAlive(held)
	if again := settled(t); large > heapPercent(200<<20) || small < 2*large || again < 2*large {
		t.Errorf("the percentage went from %d to %d with 200 MiB live and to %d without", small, large, again)
	}
}

// settled sweeps until what is set is the percentage of what is live.
func settled(t *testing.T) int {
	t.Helper()
	for range 1000 {
		runtime.GC()
		set := []metrics.Sample{{Name: "/gc/gogc:percent"}}
		metrics.Read(set)
		if got := int(set[0].Value.Uint64()); got == heapPercent(readHeap().live) {
			return got
		}
	}
	t.Fatal("what is set does not follow the live heap")
	return 0
}

// The limit leaves room for all that may come before the next sweep, and less
// than a tenth beyond it.
func TestHeapLimit(t *testing.T) {
	for _, h := range []heap{{live: 8 << 20, beside: 10 << 20}, {live: 320 << 20, beside: 25 << 20}} {
		need := int64(h.live + heapRoom + h.beside)
		if got := h.limit(); got <= need*103/100 || got >= need*105/100 {
			t.Errorf("%+v: limit %d, needed %d", h, got, need)
		}
	}
}

// Whoever sets GOGC or GOMEMLIMIT has the last word.
func TestHeapIsLeftToTheUser(t *testing.T) {
	for _, variable := range []string{"GOGC", "GOMEMLIMIT"} {
		t.Setenv("GOGC", "")
		t.Setenv("GOMEMLIMIT", "")
		t.Setenv(variable, "75")
		before := debug.SetGCPercent(75)
		t.Cleanup(func() { debug.SetGCPercent(before) })
		roomyHeap()
		if got := debug.SetGCPercent(75); got != 75 {
			t.Errorf("with %s=75 the percentage became %d", variable, got)
		}
	}
}
