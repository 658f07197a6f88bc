package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func sample(n int) []Written {
	rows := make([]Written, n)
	for i := range rows {
		rows[i] = Written{
			Path:    fmt.Sprintf("phong-luu-tru/mau-%02d/r%05d.html", i%7, i),
			Size:    int64(i) * 17,
			ModTime: 1_795_000_000_000_000_000 + int64(i),
			Hash:    Hash{1, byte(i), byte(i >> 8)},
		}
		if i%3 > 0 {
			rows[i].Key, rows[i].From = Hash{2, byte(i)}, strings.Repeat("f", i%5)
		}
	}
	slices.SortFunc(rows, func(a, b Written) int { return Compare(a.Path, b.Path) })
	return rows
}

func save(t testing.TB, fill func(*Writer)) string {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b)
	fill(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "ledger")
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func saveWritten(t testing.TB, rows []Written) string {
	return save(t, func(w *Writer) {
		for _, r := range rows {
			if err := w.AddWritten(r); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func readWritten(t testing.TB, name string) []Written {
	t.Helper()
	l, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var rows []Written
	for r, err := range l.Written() {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	if l.Len(KindWritten) != len(rows) {
		t.Errorf("Len = %d, but %d rows were read", l.Len(KindWritten), len(rows))
	}
	return rows
}

func TestRoundTrip(t *testing.T) {
	for _, n := range []int{0, 1, 5000} {
		want := sample(n)
		got := readWritten(t, saveWritten(t, want))
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%d rows: %s", n, diff)
		}
	}
}

// The section of what was seen may stand before that of what was written, with
// data of any form, and each can be read without the other.
func TestTwoSections(t *testing.T) {
	name := save(t, func(w *Writer) {
		for i := range 300 {
			if err := w.Add(KindSeen, fmt.Sprintf("records/%03d.yaml", i), bytes.Repeat([]byte{0, byte(i), '\n'}, i)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.AddWritten(Written{Path: "index.html", Size: 3}); err != nil {
			t.Fatal(err)
		}
	})
	if got := readWritten(t, name); len(got) != 1 || got[0].Path != "index.html" || got[0].Size != 3 {
		t.Errorf("written section = %+v", got)
	}
	l, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	n := 0
	for row, err := range l.Rows(KindSeen) {
		if err != nil || !bytes.Equal(row.Data, bytes.Repeat([]byte{0, byte(n), '\n'}, n)) {
			t.Fatalf("seen row %d = %q, %v", n, row.Path, err)
		}
		n++
	}
	if n != 300 {
		t.Errorf("%d seen rows, want 300", n)
	}
}

func TestWriterRefusesDisorder(t *testing.T) {
	for _, tc := range []struct {
		name string
		add  func(*Writer) error
	}{
		{"same path twice", func(w *Writer) error { return w.AddWritten(Written{Path: "b"}) }},
		{"smaller path", func(w *Writer) error { return w.AddWritten(Written{Path: "a"}) }},
		{"earlier section", func(w *Writer) error { return w.Add(KindSeen, "c", nil) }},
	} {
		w := NewWriter(&bytes.Buffer{})
		if err := w.AddWritten(Written{Path: "b"}); err != nil {
			t.Fatal(err)
		}
		if tc.add(w) == nil {
			t.Errorf("%s: no error", tc.name)
		}
	}
}

// Every single flipped byte and every cut is noticed before the first row.
func TestDamageIsNoticed(t *testing.T) {
	whole, err := os.ReadFile(saveWritten(t, sample(9)))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "ledger")
	refuse := func(what string, data []byte) {
		t.Helper()
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := Open(name)
		var u *Unusable
		if !errors.As(err, &u) || u.Vi == "" || u.En == "" {
			t.Fatalf("%s: error %v, want *Unusable with both reasons", what, err)
		}
	}
	for i := range whole {
		bad := slices.Clone(whole)
		bad[i] ^= 0x20
		refuse(fmt.Sprintf("byte %d flipped", i), bad)
		refuse(fmt.Sprintf("cut at %d", i), whole[:i])
	}
	refuse("longer", append(slices.Clone(whole), 0))
	refuse("a page", []byte("<!doctype html>"+strings.Repeat(" ", 100)))
	refuse("next version", []byte(strings.Replace(string(whole), "ledger 3", "ledger 4", 1)))
}

func TestReasons(t *testing.T) {
	whole, err := os.ReadFile(saveWritten(t, sample(2)))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "ledger")
	for _, tc := range []struct {
		data string
		want error
	}{
		{"", errShort},
		{header, errShort},
		{"sqlite format 3\x00 and more", errForeign},
		{strings.Replace(string(whole), "ledger 3", "ledger 4", 1), errVersion},
		{string(whole[:len(whole)-1]), errSum},
	} {
		if err := os.WriteFile(name, []byte(tc.data), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(name); err != tc.want {
			t.Errorf("%.20q: %v, want %v", tc.data, err, tc.want)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no ledger: %v", err)
	}
}

// The example rows of the package comment are what the code writes.
func TestDocumentedRows(t *testing.T) {
	day := time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC).UnixNano()
	var b bytes.Buffer
	w := NewWriter(&b)
	w.AddSeen(Seen{Path: "fonds/f/media/1.jpg", Size: 4096, ModTime: day, Inode: 807, Changed: day + int64(time.Second)})
	w.AddWritten(Written{Path: "index.html", Size: 4878, ModTime: day, Key: Hash{9}})
	w.AddWritten(Written{Path: "media/1f/1f.jpg", Size: 4096, ModTime: day})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	hash := strings.Repeat("00", 32)
	key := "09" + strings.Repeat("00", 31)
	want := hex.EncodeToString([]byte(header)) +
		"13" + hex.EncodeToString([]byte("fonds/f/media/1.jpg")) + "18" + "8020" + "8080e084bc9cdf8a31" + "a706" + "80a8b6bec39cdf8a31" + "00" + "00" +
		"0a" + hex.EncodeToString([]byte("index.html")) + "4c" + "8e26" + "8080e084bc9cdf8a31" + hash + "20" + key +
		"0f" + hex.EncodeToString([]byte("media/1f/1f.jpg")) + "2c" + "8020" + "8080e084bc9cdf8a31" + hash + "00"
	if got := hex.EncodeToString(b.Bytes()); !strings.HasPrefix(got, want) {
		t.Errorf("got  %s\nwant %s", got[:min(len(got), len(want))], want)
	}
}

// Compare gives the very order of filepath.WalkDir.
func TestCompareIsWalkOrder(t *testing.T) {
	dir := t.TempDir()
	for _, p := range []string{"a/x", "a/b/y", "a-b/z", "a.html", "ab", "a b", "é/1", "z", "a/b.html", "a/b-c"} {
		full := filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var walked []string
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if rel, _ := filepath.Rel(dir, p); !d.IsDir() {
			walked = append(walked, filepath.ToSlash(rel))
		}
		return err
	})
	sorted := slices.Clone(walked)
	slices.Sort(sorted)
	if slices.Equal(sorted, walked) {
		t.Fatal("the example does not tell the two orders apart")
	}
	slices.SortFunc(sorted, Compare[string])
	if diff := cmp.Diff(walked, sorted); diff != "" {
		t.Error(diff)
	}
}

// Whatever stands under a right checksum, reading ends without a panic.
func FuzzOpen(f *testing.F) {
	whole, err := os.ReadFile(saveWritten(f, sample(3)))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole[len(header) : len(whole)-sha256.Size])
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, body []byte) {
		data := append([]byte(header), body...)
		sum := sha256.Sum256(data)
		name := filepath.Join(dir, "ledger")
		if err := os.WriteFile(name, append(data, sum[:]...), 0o644); err != nil {
			t.Fatal(err)
		}
		l, err := Open(name)
		if err != nil {
			return
		}
		defer l.Close()
		for range l.Written() {
		}
	})
}
