package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// heapRoom is how many bytes of garbage may lie on the heap before it is swept.
// What is live is small, the catalog, and holds no pointers, so a sweep takes
// as long for a large archive as for a small one; and a build makes much
// garbage. Were the heap swept whenever it has doubled, as is usual, a build of
// 100,000 records would sweep it hundreds of times, and one of a million take
// twice the memory it needs.
const heapRoom = 64 << 20

// roomyHeap keeps the heap to that measure, unless the user has set another
// with GOGC. A limit set with GOMEMLIMIT holds beside it.
func roomyHeap() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(heapPercent(0))
	afterSweeps(func() { debug.SetGCPercent(heapPercent(liveHeap())) })
}

// heapPercent is by how much the heap may grow beyond what is live, in percent
// of that. Less than four megabytes count as four: the runtime lets any heap
// grow to four megabytes and the percentage of them, however little is live.
func heapPercent(live uint64) int {
	live = max(live, 4<<20)
	return int(heapRoom * 100 / live)
}

// liveHeap is how many bytes the last sweep found in use.
func liveHeap() uint64 {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	return live[0].Value.Uint64()
}

// afterSweeps calls a function after each sweep of the heap: an object that
// nobody holds is found by every one of them.
func afterSweeps(do func()) {
	type unheld struct{ _ *int }
	runtime.AddCleanup(new(unheld), func(do func()) {
		do()
		afterSweeps(do)
	}, do)
}
