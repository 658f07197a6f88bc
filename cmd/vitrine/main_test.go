package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/generator"
	"vitrine/generator/diag"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"vitrine": main, "stubborn": stubborn})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("LC_ALL", "en_US.UTF-8")
			e.Setenv("ESC", "\x1b[31m\u202e")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"status": status2, "desk": desk, "guide-hook": guideHook},
	})
}

// desk copies the files for double-click into a folder.
func desk(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), os.DirFS(deskFolder)))
}

// guideHook writes the hook that the guide shows.
func guideHook(ts *testscript.TestScript, _ bool, args []string) {
	page, err := os.ReadFile("../../content/pages/guide/markings.md")
	ts.Check(err)
	_, listing, _ := strings.Cut(string(page), "```sh hook\n")
	listing, _, ok := strings.Cut(listing, "```")
	if !ok {
		ts.Fatalf("the guide shows no hook")
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(listing), 0o755))
}

// status2 runs vitrine and compares its exit status: status 2 build --nonsense.
func status2(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec("vitrine", args[1:]...)
	got := 0
	var code interface{ ExitCode() int }
	if errors.As(err, &code) {
		got = code.ExitCode()
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		args []string
		env  map[string]string
		want string
	}{
		{[]string{"build", "--lang", "vi"}, map[string]string{"LANG": "en_US.UTF-8"}, "vi"},
		{[]string{"--lang=en"}, map[string]string{"LC_ALL": "vi_VN"}, "en"},
		{nil, map[string]string{"LANG": "vi_VN.UTF-8"}, "vi"},
		{nil, map[string]string{"LANG": "vi"}, "vi"},
		{nil, map[string]string{"LC_ALL": "C", "LANG": "vi_VN.UTF-8"}, "en"},
		{nil, map[string]string{"LC_MESSAGES": "vi-VN", "LANG": "en_US"}, "vi"},
		{nil, map[string]string{"LANG": "vicious"}, "en"},
	} {
		if got := language(c.args, func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("%v %v: %q", c.args, c.env, got)
		}
	}
}

func TestStatus(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, 0}, {generator.ErrContent, 1}, {generator.ErrRefused, 1}, {&usageError{"x"}, 2},
		{&generator.UserError{Usage: true}, 2}, {&generator.UserError{}, 3}, {errors.New("x"), 3}, {&fs.PathError{Err: fs.ErrNotExist}, 3},
		{&partError{}, 4}, {context.Canceled, 130}, {fmt.Errorf("stage: %w", context.Canceled), 130},
	} {
		if got := status(c.err); got != c.want {
			t.Errorf("%v: %d, want %d", c.err, got, c.want)
		}
	}
}

// Every status that the program can return stands in the table of the help,
// and every text in both languages.
func TestHelpSaysAll(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		var out, errs bytes.Buffer
		if code := run([]string{"--lang", lang, "--help"}, nil, &out, &errs); code != 0 || errs.Len() > 0 {
			t.Fatalf("%d %s", code, errs.String())
		}
		for _, x := range exits {
			if !strings.Contains(out.String(), fmt.Sprintf("%d", x.status)) || !strings.Contains(out.String(), x.In(lang)) {
				t.Errorf("%s: status %d is not in the help", lang, x.status)
			}
		}
		if strings.Contains(out.String(), "${") {
			t.Errorf("%s: %s", lang, out.String())
		}
	}
	for key, text := range texts {
		if text.Vi == "" || text.En == "" || text.Vi == text.En {
			t.Errorf("%s: %+v", key, text)
		}
	}
}

// An interrupted build says so and leaves with 130.
func TestInterrupted(t *testing.T) {
	dir := t.TempDir() + "/kho"
	if _, err := generator.New("site", dir, generator.NewOptions{}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs bytes.Buffer
	e := &env{ctx: ctx, stdout: &out, stderr: &errs, lang: "vi"}
	code := e.fail((&buildCmd{siteFlags: siteFlags{Content: dir + "/content", Out: dir + "/public"}}).Run(e))
	if code != exitInterrupted || !strings.Contains(errs.String(), "bị ngắt") {
		t.Errorf("%d %s", code, errs.String())
	}
	if _, err := os.Stat(dir + "/public/index.html"); err == nil {
		t.Error("an interrupted build published")
	}
}

func TestLinesProgress(t *testing.T) {
	var out bytes.Buffer
	l := &lines{out: &out, lang: "en", every: 0}
	l.Phase(diag.T("Đọc", "Reading"), 0)
	l.Add(3)
	l.Phase(diag.T("Ghi", "Writing"), 2)
	l.Add(1)
	l.Done()
	if want := "Reading\nReading: 3\nWriting (2)\nWriting: 1/2\n"; out.String() != want {
		t.Errorf("%q", out.String())
	}
}

// stubborn is a command in the middle of something that asks nobody whether it
// should go on.
func stubborn() {
	e := &env{stdout: os.Stdout, stderr: os.Stderr, lang: "vi"}
	var stop func()
	e.ctx, stop = interruptible(e.leave)
	defer stop()
	fmt.Println("busy")
	time.Sleep(time.Minute)
}
