package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// The files for double-click are copied into the release as they lie here.
const deskFolder = "../../templates/starter/desk"

// Windows reads a batch file line by line, in the code page of the moment: its
// lines end in CRLF, and nothing but ASCII stands before the page is set.
func TestBatchFilesAreAsWindowsReadsThem(t *testing.T) {
	files, err := filepath.Glob(deskFolder + "/*.cmd")
	if err != nil || len(files) != 3 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Count(data, []byte("\n")) != bytes.Count(data, []byte("\r\n")) || !utf8.Valid(data) || bytes.HasPrefix(data, []byte("\ufeff")) {
			t.Errorf("%s: line ends, UTF-8 or byte order mark", file)
		}
		head, _, ok := strings.Cut(string(data), "chcp 65001")
		if !ok || strings.ContainsFunc(head, func(r rune) bool { return r > 127 }) {
			t.Errorf("%s does not begin by setting the code page", file)
		}
		for _, label := range labels(string(data)) {
			if !strings.Contains(string(data), "\r\n:"+label+"\r\n") {
				t.Errorf("%s goes to %s, which is nowhere", file, label)
			}
		}
		if !strings.Contains(string(data), "pause >nul\r\n") {
			t.Errorf("%s closes its window", file)
		}
		if _, err := os.Stat(strings.TrimSuffix(file, ".cmd") + ".sh"); err != nil {
			t.Errorf("%s has no twin: %v", file, err)
		}
	}
}

// labels are where the lines of a batch file go to.
func labels(text string) (out []string) {
	for line := range strings.Lines(text) {
		if _, label, ok := strings.Cut(line, "goto "); ok {
			out = append(out, strings.TrimSpace(label))
		}
	}
	return out
}
