//go:build ignore

// race -n N -- A... -- B... runs one or two commands in turn N times and prints
// the median wall time, processor time and peak memory of each, and their
// ratio. Before each run of a command its folder in -clean is removed, and the
// first title in its file in -edit is changed.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

type run struct{ wall, cpu, mib float64 }

func main() {
	n := flag.Int("n", 3, "runs of each command")
	clean := flag.String("clean", "", "folders to remove before each run, one for each command, separated by commas")
	edit := flag.String("edit", "", "files with a title to change before each run, separated by commas")
	flag.Parse()
	commands := split(flag.Args())
	if len(commands) == 0 {
		log.Fatal("usage: race [-n RUNS] [-clean DIRS] -- A... -- B...")
	}
	results := make([][]run, len(commands))
	edits, cleans := strings.Split(*edit, ","), strings.Split(*clean, ",")
	for k := range *n {
		for i, c := range commands {
			if i < len(edits) && edits[i] != "" {
				retitle(edits[i], k)
			}
			if i < len(cleans) && cleans[i] != "" {
				check(os.RemoveAll(cleans[i]))
			}
			results[i] = append(results[i], once(c))
		}
	}
	report(commands, results)
}

var title = regexp.MustCompile(`(?m)^title\b[^"\n]*"`)

// retitle puts a word that is new each time before the first title of a file.
func retitle(file string, k int) {
	text, err := os.ReadFile(file)
	check(err)
	at := title.FindIndex(text)
	if at == nil {
		log.Fatalf("%s: there is no title to change", file)
	}
	word := fmt.Sprintf("L%d-%d ", k, time.Now().UnixNano()%1e6)
	check(os.WriteFile(file, slices.Concat(text[:at[1]], []byte(word), text[at[1]:]), 0o644))
}

func split(args []string) [][]string {
	var out [][]string
	for _, a := range args {
		if a == "--" {
			out = append(out, nil)
			continue
		}
		if len(out) == 0 {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], a)
	}
	return out
}

func once(args []string) run {
	cmd := exec.Command(args[0], args[1:]...)
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		log.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	wall := time.Since(start)
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return run{wall.Seconds(), cpu.Seconds(), float64(usage.Maxrss) / 1024}
}

func report(commands [][]string, results [][]run) {
	fmt.Println("| command | wall s | processor s | peak MiB |\n|---|---|---|---|")
	medians := make([]run, len(results))
	for i, rs := range results {
		medians[i] = run{median(rs, func(r run) float64 { return r.wall }), median(rs, func(r run) float64 { return r.cpu }), median(rs, func(r run) float64 { return r.mib })}
		m := medians[i]
		fmt.Printf("| %s | %.1f | %.1f | %.0f |\n", commands[i][0], m.wall, m.cpu, m.mib)
	}
	if len(medians) == 2 {
		a, b := medians[0], medians[1]
		fmt.Printf("| ratio, first to second | %.2f | %.2f | %.2f |\n", a.wall/b.wall, a.cpu/b.cpu, a.mib/b.mib)
	}
}

func median(rs []run, of func(run) float64) float64 {
	var v []float64
	for _, r := range rs {
		v = append(v, of(r))
	}
	slices.Sort(v)
	return v[len(v)/2]
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
