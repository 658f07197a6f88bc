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
// with GOGC or GOMEMLIMIT.
func roomyHeap() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(heapPercent(0))
	afterSweeps(func() {
		h := readHeap()
		debug.SetMemoryLimit(h.limit())
		debug.SetGCPercent(heapPercent(h.live))
	})
}

// heapPercent is by how much the heap may grow beyond what is live, in percent
// of that. Less than four megabytes count as four: the runtime lets any heap
// grow to four megabytes and the percentage of them, however little is live.
func heapPercent(live uint64) int {
	live = max(live, 4<<20)
	return int(heapRoom * 100 / live)
}

// heap is what the last sweep found, in bytes.
type heap struct {
	live   uint64 // in use
	beside uint64 // what the runtime holds beside objects, or between them
}

func readHeap() heap {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"},
		{Name: "/memory/classes/heap/free:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	of := func(i int) uint64 { return s[i].Value.Uint64() }
	return heap{live: of(0), beside: of(1) - of(2) - of(3) - of(4)}
}

// limit is how much memory the runtime may keep: what it will use before the
// next sweep, and a little. It would keep a tenth of the heap more, which for a
// large archive is more than the room.
func (h heap) limit() int64 { return int64(float64(h.live+heapRoom+h.beside) * 1.04) }

// afterSweeps calls a function after each sweep of the heap: an object that
// nobody holds is found by every one of them.
func afterSweeps(do func()) {
	type unheld struct{ _ *int }
	runtime.AddCleanup(new(unheld), func(do func()) {
		do()
		afterSweeps(do)
	}, do)
}
