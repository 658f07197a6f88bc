// Command vitrine turns an archive's records into a public exhibition site.
//
// It reads flags, calls package generator and prints the report; exit
// statuses are those of the table in exit.go.
package main

import (
	"io"
	"os"

	"vitrine/generator"
)

func main() {
	roomyHeap()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole command: arguments in, exit status out.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	defer prepareConsole()()
	e := &env{stdout: stdout, stderr: stderr, lang: language(args, os.Getenv)}
	var stop func()
	e.ctx, stop = interruptible(e.leave)
	defer stop()
	call, done, err := parse(args, e)
	switch {
	case err != nil:
		return e.fail(err)
	case done:
		return exitDone
	}
	mended, err := generator.Recover(outputOf(call))
	for _, n := range mended {
		e.tell(n.In(e.lang))
	}
	if err != nil {
		return e.fail(err)
	}
	return e.fail(call.Run(e))
}

// outputOf is the output folder that a command is about: its own, or the
// usual one, which an interrupted build may have left in need of repair.
func outputOf(call runner) string {
	switch c := call.(type) {
	case *buildCmd:
		return c.Out
	case *withdrawCmd:
		return c.Out
	case *releaseCmd:
		return c.Out
	}
	return "public"
}
