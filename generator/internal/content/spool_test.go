package content

import (
	"encoding/binary"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/pack"
	"vitrine/generator/internal/record"
)

// fill puts random values into every field, and leaves some as they are.
func fill(r *rand.Rand, v reflect.Value) {
	if r.IntN(4) == 0 {
		return
	}
	switch p := v.Addr().Interface().(type) {
	case *edtf.Date:
		*p, _ = edtf.Parse([]string{"1930-02-03", "1945~/..", "[1929-07,1929-08]", "193X", "/1954", ""}[r.IntN(6)])
		return
	case *record.Sum:
		p[r.IntN(len(p))] = byte(r.Uint32())
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString([]string{"", "a", "Nghị quyết số 5\nđoạn hai", string(make([]byte, r.IntN(300)))}[r.IntN(4)])
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Int, reflect.Int32:
		v.SetInt([]int64{0, 1, -1, 127, 128, 1 << 30, -1 << 31, r.Int64N(1 << 31)}[r.IntN(8)])
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(r, v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(4), 4))
		for i := range v.Len() {
			fill(r, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(r, v.Field(i))
		}
	}
}

func randomUnit(r *rand.Rand) *record.Unit {
	u := new(record.Unit)
	for v, i := reflect.ValueOf(u).Elem(), 0; i < v.NumField(); i++ {
		fill(r, v.Field(i))
	}
	return u
}

// What is written comes back, field by field, empty lists and all.
func TestUnitIsWrittenWhole(t *testing.T) {
	for seed := range uint64(400) {
		u := randomUnit(rand.New(rand.NewPCG(seed, 2)))
		r := pack.Reader[string]{Rest: string(putUnit(nil, u))}
		if got := takeUnit(&r); r.Bad || r.Rest != "" || !reflect.DeepEqual(got, u) {
			t.Fatalf("seed %d: bad %v, %d bytes left\nwrote %+v\nread  %+v", seed, r.Bad, len(r.Rest), u, got)
		}
	}
}

// No bytes make the reader panic or build more than they could hold.
func FuzzReader(f *testing.F) {
	for seed := range uint64(5) {
		f.Add(putUnit(nil, randomUnit(rand.New(rand.NewPCG(seed, 3)))))
	}
	f.Add([]byte{1, 4, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(_ *testing.T, b []byte) {
		takeUnit(&pack.Reader[string]{Rest: string(b)})
	})
}

func spooled(t testing.TB, dir string) *Tree {
	t.Helper()
	tr, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tr.Close() })
	tr.Config()
	tr.Spool(t.TempDir())
	if tr.spool == nil {
		t.Fatal("there is no spool")
	}
	return tr
}

// Every unit of the sample archive is the same from the spool as from its
// file, read by many at once.
func TestSpoolEqualsFile(t *testing.T) {
	const sample = "../../../content"
	kept, plain := spooled(t, sample), spooled(t, sample)
	plain.closeSpool()
	locs := map[record.Loc]File{}
	for f, err := range kept.Files("fonds") {
		if err != nil {
			t.Fatal(err)
		}
		kept.Units(f, func(u *record.Unit, loc record.Loc, _ []diag.Diagnostic) {
			if u != nil {
				locs[loc] = f
			}
		})
	}
	if len(locs) < 100 {
		t.Fatalf("only %d units", len(locs))
	}
	var wg sync.WaitGroup
	for loc, f := range locs {
		wg.Go(func() {
			got, err := kept.spool.unit(loc)
			want, _ := plain.Unit(f, loc)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%+v: %v\nkept %+v\nfile %+v", loc, err, got, want)
			}
		})
	}
	wg.Wait()
}

const oneUnit = "id: a1\nlevel: item\nparent: f1\ntitle: {vi: \"Nghị quyết\"}\n"

// spoolOfOne is a tree with one unit in its spool, of which the file was
// changed since.
func spoolOfOne(t *testing.T) (*Tree, File, record.Loc) {
	t.Helper()
	tr := tree(t, map[string]string{"site.yaml": site, "fonds/f1/fonds.yaml": fonds, "fonds/f1/records/a.yaml": oneUnit})
	tr.Spool(t.TempDir())
	f, _ := classify("fonds/f1/records/a.yaml")
	var at record.Loc
	tr.Units(f, func(_ *record.Unit, loc record.Loc, _ []diag.Diagnostic) { at = loc })
	file, err := tr.root.OpenFile(f.Path, os.O_WRONLY|os.O_TRUNC, 0)
	if err == nil {
		_, err = file.WriteString("id: a2\nlevel: item\nparent: f1\ntitle: {vi: \"Tài liệu khác\"}\n")
		file.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return tr, f, at
}

// A page is made of what was judged, whatever has become of the file.
func TestSpoolKeepsWhatWasRead(t *testing.T) {
	tr, f, at := spoolOfOne(t)
	for range 2 { // from the buffer, then from the file
		if u, err := tr.Unit(f, at); err != nil || u.ID.V != "a1" {
			t.Errorf("%+v, %v", u, err)
		}
		tr.spool.flush()
	}
}

// A spool that lost or changed a byte makes no half record.
func TestDamagedSpool(t *testing.T) {
	tr, f, at := spoolOfOne(t)
	tr.spool.flush()
	whole, err := io.ReadAll(io.NewSectionReader(tr.spool.file, 0, 1<<20))
	if err != nil || len(whole) < 50 {
		t.Fatal(err, len(whole))
	}
	entry := entryHead + int(binary.LittleEndian.Uint32(whole)) // what is behind it is empty
	for i := range entry {
		if err := tr.spool.file.Truncate(int64(i)); err != nil {
			t.Fatal(err)
		}
		if u, err := tr.Unit(f, at); err == nil {
			t.Fatalf("cut at %d: %+v", i, u)
		}
		damaged := append([]byte(nil), whole...)
		damaged[i] ^= 0x40
		if _, err := tr.spool.file.WriteAt(damaged, 0); err != nil {
			t.Fatal(err)
		}
		if u, err := tr.Unit(f, at); err == nil {
			t.Fatalf("changed at %d: %+v", i, u)
		}
	}
}

// Where the spool cannot be written, units are read from their files.
func TestFullSpool(t *testing.T) {
	tr, f, at := spoolOfOne(t)
	tr.spool.file.Close()
	tr.spool.flush()
	if u, err := tr.Unit(f, at); err != nil || u.ID.V != "a1" {
		t.Errorf("what is in the buffer: %+v, %v", u, err)
	}
	tr.Units(f, func(_ *record.Unit, loc record.Loc, _ []diag.Diagnostic) { at = loc })
	if u, err := tr.Unit(f, at); err != nil || u.ID.V != "a2" {
		t.Errorf("the unit as it is now: %+v, %v", u, err)
	}
}

// Neither a finished run nor one that was killed leaves a file behind.
func TestSpoolLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "vitrine-units-1.tmp"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	tr := tree(t, map[string]string{"site.yaml": site})
	tr.Spool(dir)
	tr.Close()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}
