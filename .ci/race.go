//go:build ignore

// race -n N -- A... -- B... runs commands in turn N times and prints the median
// wall time, processor time and peak memory of each, by the names in -names, and
// the ratio of the first to the second. Before each run of a command its folder
// in -clean is removed, and the first title in its file in -edit is changed.
// With -peak it prints the peak memory of the first alone.
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
	names := flag.String("names", "", "what the commands are called, separated by |")
	peak := flag.Bool("peak", false, "print the peak memory of the first command alone, in MiB")
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
				syscall.Sync() // what is still being removed makes new files dear
			}
			results[i] = append(results[i], once(c))
		}
	}
	if *peak {
		fmt.Printf("%.1f\n", middle(results[0]).mib)
		return
	}
	report(called(commands, *names), results)
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

// called are the names of the commands: those that were given, then their own.
func called(commands [][]string, given string) []string {
	names := strings.Split(given, "|")
	var out []string
	for i, c := range commands {
		if i < len(names) && names[i] != "" {
			out = append(out, names[i])
			continue
		}
		out = append(out, c[0])
	}
	return out
}

func report(names []string, results [][]run) {
	fmt.Println("| | wall s | processor s | peak MiB |\n|---|---|---|---|")
	for i, rs := range results {
		m := middle(rs)
		fmt.Printf("| %s | %.2f | %.2f | %.0f |\n", names[i], m.wall, m.cpu, m.mib)
	}
	if len(results) > 1 {
		a, b := middle(results[0]), middle(results[1])
		fmt.Printf("| %s to %s | %.2f | %.2f | %.2f |\n", names[0], names[1], a.wall/b.wall, a.cpu/b.cpu, a.mib/b.mib)
	}
}

// middle is the median of each figure by itself.
func middle(rs []run) run {
	return run{median(rs, func(r run) float64 { return r.wall }), median(rs, func(r run) float64 { return r.cpu }), median(rs, func(r run) float64 { return r.mib })}
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
