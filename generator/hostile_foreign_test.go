package generator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vitrine/generator"
	"vitrine/generator/diag"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/filetext"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/webvtt"
)

// foreign is work on every file of a folder, for a child process, so that a crash
// is seen and its memory is its own.
type foreign struct {
	Dir, Work string
	Scratch   string // a folder that the work may fill
}

// passed is what became of one file.
type passed struct {
	Name    string
	Seconds float64 // of processor time
	Fault   string  // why it was refused; "" where it was taken
	Peak    int     // most memory that the process has held up to now, in megabytes
}

// peakMemory is what Linux calls VmHWM, in megabytes; elsewhere it is not known, 0.
// What a process that has ended reports of itself counts its parent in.
func peakMemory() int {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kilobytes := 0
	_, _ = fmt.Sscan(rest, &kilobytes)
	return kilobytes >> 10
}

// works are what is done with files that nobody here made.
var works = map[string]func(f *foreign, name string) error{
	"pictures": (*foreign).picture, "texts": (*foreign).texts, "words": (*foreign).words, "sheet": (*foreign).sheet,
}

// goThrough prints a line for each file.
func (f *foreign) goThrough() int {
	out := json.NewEncoder(os.Stdout)
	err := fs.WalkDir(os.DirFS(f.Dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		begin := processorTime()
		p := passed{Name: name}
		if err := works[f.Work](f, name); err != nil {
			p.Fault = err.Error()
		}
		p.Seconds, p.Peak = (processorTime() - begin).Seconds(), peakMemory()
		return out.Encode(p)
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// picture reads the header and makes the sizes that a build makes.
func (f *foreign) picture(name string) error {
	cache, err := derive.New(f.Scratch, 0)
	if err != nil {
		return err
	}
	if _, err = cache.Master(context.Background(), os.DirFS(f.Dir), name); err != nil {
		return err
	}
	_, err = cache.Make(context.Background(), os.DirFS(f.Dir), name, []derive.Spec{{Width: 320}, {Width: 640}, {Width: 1280}})
	return err
}

// foreignTexts is the reader of one process.
var foreignTexts filetext.Reader

// texts reads what a search for markings reads. XML is a text like any other.
func (f *foreign) texts(name string) error {
	file, err := os.Open(filepath.Join(f.Dir, name))
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	_, err = foreignTexts.Read(context.Background(), file, info.Size(), func(filetext.Text) {})
	return err
}

// words takes a file for captions and for an article.
func (f *foreign) words(name string) error {
	data, err := os.ReadFile(filepath.Join(f.Dir, name))
	if err != nil {
		return err
	}
	cues, ds := webvtt.Read(name, data)
	if len(cues) > 0 || len(ds) == 0 {
		return fmt.Errorf("it was taken for captions: %d cues", len(cues))
	}
	if utf8.Valid(data) {
		markup.Document(markup.Source{Text: string(data), Pos: diag.Pos{Line: 1, Col: 1}}, nil)
		markup.Plain(string(data))
	}
	return nil
}

// sheet takes a file for a sheet.
func (f *foreign) sheet(name string) error {
	content := filepath.Join(f.Scratch, strings.ReplaceAll(name, "/", "-"))
	if err := os.MkdirAll(content, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(content, "site.yaml"), []byte("title: \"Kho thử\"\nlanguages: [vi, en]\n"), 0o644); err != nil {
		return err
	}
	_, err := generator.ImportCSV(context.Background(), generator.ImportOptions{Content: content, File: filepath.Join(f.Dir, name), Fonds: "f1"})
	if err == nil {
		err = errors.New("it was taken for a sheet")
	}
	return err
}

// pass runs a work in a child and returns what became of each file, and the most
// memory that the child held, in megabytes.
func (f foreign) pass(t *testing.T) (files []passed, peak int) {
	t.Helper()
	f.Scratch = inMemory(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	cmd := child(t, order{Foreign: &f})
	out := &bytes.Buffer{}
	cmd.Stdout = out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })()
	err := cmd.Wait()
	for in := json.NewDecoder(out); in.More(); {
		var p passed
		if err := in.Decode(&p); err != nil {
			t.Fatal(err)
		}
		files, peak = append(files, p), p.Peak
	}
	if err != nil {
		last := "the first"
		if len(files) > 0 {
			last = "the one after " + files[len(files)-1].Name
		}
		t.Fatalf("%s: %v at %s", f.Work, err, last)
	}
	return files, peak
}

// Every file that others collected to break readers with, and every scan and finding
// aid of the real collections, passes through all that reads such files: taken or
// refused with a word, in time and within the budget of the memory (that of images is
// 300 MB; PDFium, which starts at the first PDF, takes as much again).
func TestForeignFiles(t *testing.T) {
	const data = "../../shared/data/"
	for _, c := range []struct {
		folder, work string
		files        int // at least
		megabytes    int
	}{
		{"images", "pictures", 482, 300}, {"images", "texts", 482, 400}, {"images", "words", 482, 300},
		{"large-scans", "pictures", 6, 300}, {"large-scans", "texts", 6, 400}, {"large-scans", "words", 6, 300},
		{"ead", "texts", 20, 300}, {"ead", "words", 20, 300}, {"ead", "pictures", 20, 300}, {"ead", "sheet", 20, 300},
	} {
		t.Run(c.folder+"/"+c.work, func(t *testing.T) {
			dir, err := filepath.Abs(data + c.folder)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
				t.Skipf("the real files are not here: %s", dir)
			}
			files, peak := foreign{Dir: dir, Work: c.work}.pass(t)
			slowest, refused := passed{}, 0
			for _, p := range files {
				if p.Seconds > slowest.Seconds {
					slowest = p
				}
				if p.Fault != "" {
					refused++
				}
				if p.Seconds > patience.Seconds() {
					t.Errorf("%s took %.1f s", p.Name, p.Seconds)
				}
				if strings.HasPrefix(p.Fault, "it was taken for") {
					t.Errorf("%s: %s", p.Name, p.Fault)
				}
			}
			t.Logf("%d files, %d of them refused with a word; the slowest, %s, %.2f s; %d MB at most", len(files), refused, slowest.Name, slowest.Seconds, peak)
			if len(files) < c.files || peak > c.megabytes {
				t.Errorf("%d files and %d MB, want at least %d and at most %d", len(files), peak, c.files, c.megabytes)
			}
		})
	}
}

// Finding aids among the media of an archive are looked through for markings.
func TestForeignFindingAidsAreLookedThrough(t *testing.T) {
	const dir = "../../shared/data/ead"
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the real files are not here: %s", dir)
	}
	o := archiveIn(inMemory(t), baseURL)
	writeTo(t, o.Content, guideArchive())
	if err := os.CopyFS(filepath.Join(o.Content, "fonds/phong-cau-mau/media/ead"), os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	o.Markings = true
	inTime(t, "check --markings", func() {
		r, err := generator.Check(context.Background(), o)
		if err != nil {
			t.Error(err)
			return
		}
		t.Logf("%d files looked at, %d of them not or not wholly", r.Looked.Files, r.Looked.Unread)
		if r.Looked.Files < 40 || r.Looked.Unread > 0 {
			t.Errorf("%+v", r.Looked)
		}
	})
}
