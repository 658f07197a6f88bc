package exchange

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sheetFile writes a sheet, with media beside it, and returns the options.
func sheetFile(t testing.TB, dir, text string, media map[string]string) Options {
	t.Helper()
	src := t.TempDir()
	o := Options{Content: dir, File: filepath.Join(src, "a.csv"), FondsID: "f1"}
	writeFile(t, o.File, text)
	for name, text := range media {
		o.MediaDir = filepath.Join(src, "media")
		writeFile(t, filepath.Join(o.MediaDir, filepath.FromSlash(name)), text)
	}
	return o
}

const twoRows = "id,title,filename\na1,Một,1.jpg\na2,Hai,2.jpg\n"

func TestNothingIsOverwrittenWithoutForce(t *testing.T) {
	dir := archive(t, nil)
	o := sheetFile(t, dir, twoRows, map[string]string{"1.jpg": "1", "2.jpg": "2"})
	if rep, err := ImportCSV(context.Background(), o); err != nil {
		t.Fatal(err, dump(rep))
	}
	first := snapshot(t, dir)

	if rep, err := ImportCSV(context.Background(), o); !errors.Is(err, ErrRefused) {
		t.Errorf("the ids are taken, yet: %v\n%s", err, dump(rep))
	}
	if d := cmp.Diff(first, snapshot(t, dir)); d != "" {
		t.Error(d)
	}

	o.Force = true
	rep, err := ImportCSV(context.Background(), o)
	if err != nil || rep.Copied != 0 || len(rep.Written) != 0 || rep.Unchanged != 3 {
		t.Errorf("the same again: %v, %v\n%s", err, rep.Written, dump(rep))
	}

	writeFile(t, filepath.Join(o.MediaDir, "1.jpg"), "other")
	writeFile(t, o.File, twoRows+"a3,Ba,1.jpg\n")
	if rep, err = ImportCSV(context.Background(), o); err != nil || rep.Copied != 1 || len(rep.Written) != 2 {
		t.Errorf("changed: %v, %v\n%s", err, rep.Written, dump(rep))
	}
	if got := snapshot(t, dir)["fonds/f1/media/1.jpg"]; got != "other" {
		t.Errorf("media: %q", got)
	}
	if len(readBack(t, dir, "f1")) != 4 {
		t.Error("records are missing after the second import")
	}
}

func TestMediaThatDiffersIsNotOverwritten(t *testing.T) {
	dir := archive(t, map[string]string{"fonds/f1/media/1.jpg": "mine"})
	o := sheetFile(t, dir, twoRows, map[string]string{"1.jpg": "theirs", "2.jpg": "2"})
	before := snapshot(t, dir)
	rep, err := ImportCSV(context.Background(), o)
	if !errors.Is(err, ErrRefused) || !strings.Contains(dump(rep), "[file-exists]") {
		t.Errorf("%v\n%s", err, dump(rep))
	}
	if d := cmp.Diff(before, snapshot(t, dir)); d != "" {
		t.Error(d)
	}
}

// Two boxes of scans have files of the same names: that of one is never put in the place of the
// other's, whatever the command says.
func TestFilesOfOtherRecordsStay(t *testing.T) {
	dir := archive(t, nil)
	o := sheetFile(t, dir, twoRows, map[string]string{"1.jpg": "1", "2.jpg": "2"})
	if rep, err := ImportCSV(context.Background(), o); err != nil {
		t.Fatal(err, dump(rep))
	}
	before := snapshot(t, dir)
	other := sheetFile(t, dir, "id,title,filename\nb1,Hộp khác,1.jpg\n", map[string]string{"1.jpg": "other"})
	other.File = filepath.Join(filepath.Dir(other.File), "b.csv")
	writeFile(t, other.File, "id,title,filename\nb1,Hộp khác,1.jpg\n")
	other.Force = true
	rep, err := ImportCSV(context.Background(), other)
	if !errors.Is(err, ErrRefused) || !strings.Contains(dump(rep), `record "a1"`) {
		t.Errorf("%v\n%s", err, dump(rep))
	}
	if d := cmp.Diff(before, snapshot(t, dir)); d != "" {
		t.Error(d)
	}
}

// Interrupted while copying, and unable to write: nothing is left behind.
func TestFailedImportLeavesTheArchive(t *testing.T) {
	dir := archive(t, nil)
	o := sheetFile(t, dir, twoRows, map[string]string{"1.jpg": "1", "2.jpg": "2"})
	before := snapshot(t, dir)
	ctx, cancel := context.WithCancel(context.Background())
	o.Progress = func(int, int) { cancel() }
	if _, err := ImportCSV(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if d := cmp.Diff(before, snapshot(t, dir)); d != "" {
		t.Error(d)
	}

	// a file stands where the folder of the fonds must go
	writeFile(t, filepath.Join(dir, "fonds"), "x")
	before = snapshot(t, dir)
	o.Progress = nil
	if _, err := ImportCSV(context.Background(), o); err == nil {
		t.Error("no error")
	}
	if d := cmp.Diff(before, snapshot(t, dir)); d != "" {
		t.Error(d)
	}
}

// Whoever may write into the folder of media cannot make the import read what lies
// outside of it. A file or folder that was listed and has become a link, a device or
// a folder since is refused, and nothing is written; where the whole folder gave way
// to a link, the files that were listed are the ones that are copied.
func TestMediaSwappedWhileImporting(t *testing.T) {
	for name, c := range map[string]struct {
		swap  func(media, outside string) error
		taken bool
	}{
		"file by a link": {func(media, outside string) error {
			return errors.Join(os.Remove(media+"/2.jpg"), os.Symlink(outside+"/3.jpg", media+"/2.jpg"))
		}, false},
		"file by a device": {func(media, _ string) error {
			return errors.Join(os.Remove(media+"/2.jpg"), os.Symlink("/dev/null", media+"/2.jpg"))
		}, false},
		"file by a folder": {func(media, _ string) error {
			return errors.Join(os.Remove(media+"/2.jpg"), os.Mkdir(media+"/2.jpg", 0o755))
		}, false},
		"folder by a link": {func(media, outside string) error {
			return errors.Join(os.RemoveAll(media+"/sub"), os.Symlink(outside, media+"/sub"))
		}, false},
		"all by a link": {func(media, outside string) error {
			return errors.Join(os.Rename(media, media+"-old"), os.Symlink(outside, media))
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := archive(t, nil)
			o := sheetFile(t, dir, twoRows+"a3,Ba,sub/3.jpg\n", map[string]string{"1.jpg": "1", "2.jpg": "2", "sub/3.jpg": "3"})
			outside := t.TempDir()
			for _, file := range []string{"1.jpg", "2.jpg", "3.jpg", "sub/3.jpg"} {
				writeFile(t, filepath.Join(outside, file), "mật")
			}
			before := snapshot(t, dir)
			swap := sync.OnceFunc(func() {
				if err := c.swap(o.MediaDir, outside); err != nil {
					t.Fatal(err)
				}
			})
			o.Progress = func(int, int) { swap() }
			rep, err := ImportCSV(context.Background(), o)
			after := snapshot(t, dir)
			switch {
			case (err == nil) != c.taken:
				t.Errorf("%v\n%s", err, dump(rep))
			case err != nil:
				if d := cmp.Diff(before, after); d != "" {
					t.Error(d)
				}
			case after["fonds/f1/media/2.jpg"] != "2" || after["fonds/f1/media/sub/3.jpg"] != "3":
				t.Error("other files were copied than those that were listed")
			}
		})
	}
}

// A move that fails in the middle puts back what it had moved.
func TestCommitRollsBack(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a": "old", "c": "older", ".x/new/a": "new", ".x/new/d/e/b": "new"} {
		writeFile(t, filepath.Join(dir, name), text)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := commit(root, ".x", []staged{{to: "a"}, {to: "c", gone: true}, {to: "d/e/b"}, {to: "gone"}}); err == nil {
		t.Fatal("no error")
	}
	got := snapshot(t, dir)
	if _, there := got["d/"]; got["a"] != "old" || got["c"] != "older" || there {
		t.Errorf("%v", got)
	}
}

func TestOptionsThatCannotWork(t *testing.T) {
	dir := archive(t, nil)
	good := sheetFile(t, dir, twoRows, nil)
	for name, change := range map[string]func(*Options){
		"index":            func(o *Options) { o.FondsID = "index" },
		"../x":             func(o *Options) { o.FondsID = "../x" },
		"access state":     func(o *Options) { o.State = "pubic" },
		"kt-77":            func(o *Options) { o.Clearance = "kt-77" },
		"clearance is not": func(o *Options) { o.Clearance = "a1" },
	} {
		o := good
		change(&o)
		_, err := ImportCSV(context.Background(), o)
		var ue *UsageError
		if !errors.As(err, &ue) || ue.Msg.Vi == "" || ue.Msg.En == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	o := good
	o.Clearance = "kt-77"
	_, err := ImportCSV(context.Background(), o)
	var ue *UsageError
	if errors.As(err, &ue); !strings.Contains(ue.Hint.En, "vitrine new clearance kt-77") {
		t.Errorf("hint %q", ue.Hint.En)
	}
}

func TestManyRowsBecomeSeveralFiles(t *testing.T) {
	dir := archive(t, nil)
	var b strings.Builder
	b.WriteString("title\n")
	for range 2500 {
		b.WriteString("Tài liệu\n")
	}
	rep, err := ImportCSV(context.Background(), sheetFile(t, dir, b.String(), nil))
	if err != nil || rep.Records != 2500 || len(rep.Written) != 4 || rep.Written[3] != "fonds/f1/records/a-0003.yaml" {
		t.Fatalf("%v %v", err, rep.Written)
	}
	units := readBack(t, dir, "f1")
	if len(units) != 2501 || units["f1-2500"] == nil {
		t.Errorf("%d units", len(units))
	}
}

// Any bytes: no panic, nothing outside the fonds, and what is written is read
// back without an error.
func FuzzImport(f *testing.F) {
	f.Add([]byte(twoRows), []byte("columns: {id: id, title: title, filename: \"objects[].file\"}\n"))
	f.Add([]byte("id;title;date\n../a;x;2/9/45\n\"a\nb\";=1;16682\n"), []byte(""))
	f.Add([]byte("\xff\xfei\x00d\x00\n\x00"), []byte("id: {slug: title}\n"))
	f.Add([]byte("id,parentid,level,title\na,b,part,\"x\n---\nid: y\"\nb,a,series,&z *q {a: b} # c\n"), []byte("guess: true\n"))
	f.Fuzz(func(t *testing.T, sheet, mapping []byte) {
		outer := t.TempDir()
		dir := filepath.Join(outer, "content")
		for name, text := range map[string]string{"site.yaml": testSite, "profiles/thu.yaml": testProfile} {
			writeFile(t, filepath.Join(dir, name), text)
		}
		o := Options{Content: dir, File: filepath.Join(outer, "a.csv"), FondsID: "f1", MediaDir: filepath.Join(outer, "media")}
		writeFile(t, o.File, string(sheet))
		writeFile(t, filepath.Join(o.MediaDir, "1.jpg"), "1")
		if len(mapping) > 0 {
			o.MapFile = filepath.Join(outer, "map.yaml")
			writeFile(t, o.MapFile, string(mapping))
		}
		before := snapshot(t, outer)
		rep, err := ImportCSV(context.Background(), o)
		for name := range snapshot(t, outer) {
			if _, was := before[name]; !was && !strings.HasPrefix(name, "content/fonds/") {
				t.Fatalf("wrote %s", name)
			}
		}
		if err == nil && len(readBack(t, dir, "f1")) != rep.Records+1 {
			t.Fatalf("%d records were written, %d read back", rep.Records, len(readBack(t, dir, "f1"))-1)
		}
	})
}
