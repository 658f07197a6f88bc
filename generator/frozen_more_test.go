package generator_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
)

// Where the clearance of a record and that of an object both list a file, both bind it.
func TestRule09_BothDecisionsBindAFile(t *testing.T) {
	r := newRuled(t, nil).with(firstItem, "alt: một", clearedBy)
	right, wrong := fmt.Sprintf("%x", sha256.Sum256(read(t, r.media("a-001.jpg")))), strings.Repeat("0", 64)
	listing := func(clearance, sum string) string {
		return strings.Replace(clearance, "valid:", "files: {a-001.jpg: \"sha256:"+sum+"\", a-002.jpg: \"sha256:"+right+"\"}\nvalid:", 1)
	}
	for sums, by := range map[[2]string]string{{right, right}: "", {wrong, right}: "qd-01", {right, wrong}: "qd-09"} {
		put(t, r.o.Content+"/clearances/qd-01.yaml", []byte(listing(clearance, sums[0])))
		put(t, r.o.Content+"/clearances/qd-09.yaml", []byte(listing(secondClearance(inForce, allParts), sums[1])))
		r.age()
		rep, err := buildReport(r.o)
		told := slices.ContainsFunc(worded(rep), func(line string) bool {
			return strings.Contains(line, "a-001.jpg has changed since the decision "+by+" ")
		})
		if (err != nil) != (by != "") || told != (by != "") {
			t.Errorf("%q: %v %q", by, err, worded(rep))
		}
	}
}

// What is wrong with a file is told by each build, and as what it is.
func TestRule09_FaultsOfFilesAreToldByEachBuild(t *testing.T) {
	r := recorded(t, false)
	put(t, r.media("c-006.txt"), []byte("thêm sau"))
	for _, c := range []struct{ old, new, code, words string }{
		{"file: c-001.mp3", "file: c-001.mp3, sha256: \"" + strings.Repeat("0", 64) + "\"", "object-changed", "has not the hash that the record gives"},
		{"{kind: text, seq: 4, file: c-004.txt}", "{kind: text, seq: 4, file: c-006.txt}", "clearance-file", "was added to the record after the decision qd-01"},
	} {
		r.with(recordedItem, c.old, c.new)
		r.age()
		for build := range 3 {
			rep, err := buildReport(r.o)
			if err == nil || !hasError(rep, c.code, recordedItem) || !strings.Contains(strings.Join(worded(rep), "\n"), c.words) {
				t.Errorf("build %d, %s: %v", build, c.code, err)
			}
		}
		r.with(recordedItem, c.new, c.old)
	}
}

// A file that cannot be compared is told of, and nothing is published; that one is not
// there a check has told before.
func TestRule09_FilesThatCannotBeCompared(t *testing.T) {
	for what, spoil := range map[string]func(file string) error{
		"gone":     os.Remove,
		"a folder": func(file string) error { return errors.Join(os.Remove(file), os.Mkdir(file, 0o755)) },
	} {
		for _, checks := range []bool{false, true} {
			r := recorded(t, false)
			r.o.Read = func(name string) {
				if strings.HasSuffix(name, "c-004.txt") {
					r.o.Read = nil
					if err := spoil(r.media("c-004.txt")); err != nil {
						t.Error(err)
					}
				}
			}
			run := generator.Build
			if checks {
				run = generator.Check
			}
			rep, err := run(context.Background(), r.o)
			told := rep != nil && hasError(rep, "file-unreadable", recordedItem)
			if told == (checks && what == "gone") || !checks && err == nil {
				t.Errorf("%s, check %t: told %t, %v", what, checks, told, err)
			}
			if _, err := os.Stat(r.o.Out); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("%s: a site was made: %v", what, err)
			}
		}
	}
	r := recorded(t, false).with(recordedItem, "file: c-004.txt", "file: c-004.txt, sha256: \""+strings.Repeat("0", 64)+"\"")
	if err := os.Remove(r.media("c-004.txt")); err != nil {
		t.Fatal(err)
	}
	compared := func(rep *generator.Report) bool {
		return slices.ContainsFunc(worded(rep), func(line string) bool {
			return strings.Contains(line, "cannot compare") || strings.Contains(line, "has not the hash")
		})
	}
	if rep, err := generator.Check(context.Background(), r.o); err == nil || !hasError(rep, "file-missing", recordedItem) || compared(rep) {
		t.Errorf("a file that is not there: %v, %q", err, worded(rep))
	}
	r.with(recordedItem, "file: c-004.txt, sha256", "sha256")
	if rep, _ := generator.Check(context.Background(), r.o); !hasError(rep, "field-missing", recordedItem) || compared(rep) {
		t.Errorf("a hash of no file: %q", worded(rep))
	}
}

// Whoever calls a build off is told so, and not that a file is at fault.
func TestFrozenFilesOfABuildThatIsCalledOff(t *testing.T) {
	r := recorded(t, false)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r.o.Read = func(name string) {
		if strings.HasSuffix(name, "c-004.txt") {
			cancel()
		}
	}
	rep, err := generator.Build(ctx, r.o)
	if !errors.Is(err, context.Canceled) || rep != nil && hasError(rep, "file-unreadable", recordedItem) {
		t.Errorf("%v, %q", err, worded(rep))
	}
}

// What is held against a decision is what was copied, and not what lies there by then, be a
// recording put back in time.
func TestRule09_WhatWasCopiedIsCompared(t *testing.T) {
	for _, name := range []string{"c-001.mp3", "phim/c-002.webm"} {
		r := recorded(t, false)
		put(t, r.media(name), madeAs(t, name, "đổi"))
		r.age()
		r.o.Read = func(file string) {
			if strings.HasSuffix(file, name) {
				r.o.Read = nil
				put(t, r.media(name), madeAs(t, name, asDecided))
			}
		}
		if rep, err := generator.Build(context.Background(), r.o); !errors.Is(err, generator.ErrContent) || !hasError(rep, "clearance-file", recordedItem) || r.o.Read != nil {
			t.Errorf("%s: %v, %q", name, err, worded(rep))
		}
	}
}
