//go:build ignore

// phases [-cpuprofile FILE] CONTENT OUT builds a site and prints where the time
// goes: for each phase the wall and processor time and the memory that is
// resident at its end, as a table. It is run together with heap.go, so that the
// heap is swept as the command sweeps it.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"runtime/pprof"
	"strings"
	"syscall"
	"time"

	"vitrine/generator"
	"vitrine/generator/diag"
)

func main() {
	profile := flag.String("cpuprofile", "", "file for a profile of the processor time")
	flag.Parse()
	roomyHeap()
	if flag.NArg() != 2 {
		log.Fatal("usage: phases [-cpuprofile FILE] CONTENT OUT")
	}
	if *profile != "" {
		f, err := os.Create(*profile)
		check(err)
		check(pprof.StartCPUProfile(f))
		defer pprof.StopCPUProfile()
	}
	fmt.Println("| phase | wall s | processor s | resident MiB |\n|---|---|---|---|")
	t := &table{began: now()}
	t.begin("Opening")
	report, err := generator.Build(context.Background(), generator.Options{Content: flag.Arg(0), Out: flag.Arg(1), Progress: t})
	check(err)
	t.end()
	print("all", t.began, now(), fmt.Sprintf("peak %d", status("VmHWM")))
	fmt.Printf("\n%d of %d pages were made anew.\n", report.Made, report.Pages)
}

// moment is a time on both clocks.
type moment struct {
	wall time.Time
	cpu  time.Duration
}

func now() moment {
	var u syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return moment{time.Now(), time.Duration(u.Utime.Nano() + u.Stime.Nano())}
}

// table is a Progress that prints a row for each phase.
type table struct {
	name         string
	began, start moment
}

// Phase ends the row of the phase before.
func (t *table) Phase(name diag.Text, _ int) {
	t.end()
	t.begin(name.En)
}

// Add does nothing.
func (t *table) Add(int) {}

// Done does nothing: what comes behind the last phase is counted with it.
func (t *table) Done() {}

func (t *table) begin(name string) { t.name, t.start = name, now() }

func (t *table) end() { print(t.name, t.start, now(), fmt.Sprint(status("VmRSS"))) }

func print(name string, from, to moment, memory string) {
	fmt.Printf("| %s | %.2f | %.2f | %s |\n", name, to.wall.Sub(from.wall).Seconds(), (to.cpu - from.cpu).Seconds(), memory)
}

// status is a figure of Linux about this process, in MiB; 0 elsewhere.
func status(key string) int {
	data, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(data)) {
		if value, ok := strings.CutPrefix(line, key+":"); ok {
			var kib int
			fmt.Sscan(value, &kib)
			return kib >> 10
		}
	}
	return 0
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
