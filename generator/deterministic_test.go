package generator_test

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"vitrine/generator"
)

// tree is every file of a folder with a hash of its bytes.
type tree map[string][sha256.Size]byte

func treeOf(t *testing.T, root string) tree {
	t.Helper()
	out := tree{}
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		out[name[len(root):]] = sha256.Sum256(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sameTree fails where two trees differ and names the first files that do.
func sameTree(t *testing.T, what string, got, want tree) {
	t.Helper()
	if maps.Equal(got, want) {
		return
	}
	shown := 0
	for _, name := range slices.Sorted(maps.Keys(union(got, want))) {
		if got[name] != want[name] && shown < 10 {
			t.Errorf("%s: %s differs", what, name)
			shown++
		}
	}
}

func union(a, b tree) tree {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// The same archive gives the same bytes with one worker or eight, in another
// time zone and language, with its files created in another order and at other
// times, and with the images made anew.
func TestSameContentGivesSameBytes(t *testing.T) {
	t.Parallel()
	want := treeOf(t, sample(t).Root)
	for _, c := range []struct {
		name string
		jobs int
		env  []string
	}{
		{"one worker in Kiritimati", 1, []string{"TZ=Pacific/Kiritimati", "LANG=vi_VN.UTF-8", "LC_ALL=vi_VN.UTF-8", "GOMAXPROCS=1"}},
		{"eight workers in Midway", 8, []string{"TZ=Pacific/Midway", "LANG=C", "LC_ALL=C", "GOMAXPROCS=8"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			content, out := shuffledCopy(t, uint64(c.jobs)), filepath.Join(inMemory(t), "public")
			o := order{Options: generator.Options{Content: content, Out: out, BaseURL: baseURL, AsOf: asOf, Jobs: c.jobs, Data: true}}
			if err := child(t, o, c.env...).Run(); err != nil {
				t.Fatal(err)
			}
			sameTree(t, c.name, treeOf(t, out), want)
		})
	}
}

// shuffledCopy copies the archive file by file in a random order, with random
// times.
func shuffledCopy(t *testing.T, seed uint64) string {
	t.Helper()
	from, to := contentDir(), filepath.Join(t.TempDir(), "content")
	var names []string
	for name := range treeOf(t, from) {
		names = append(names, name)
	}
	slices.Sort(names)
	random := rand.New(rand.NewPCG(seed, 2))
	random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		put(t, to+name, read(t, from+name))
		day := time.Date(2000+random.IntN(20), 1, 1+random.IntN(300), 0, 0, 0, 0, time.UTC)
		if err := os.Chtimes(to+name, day, day); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func TestSecondBuildWritesNothing(t *testing.T) {
	s := sample(t)
	r, err := buildReport(generator.Options{Content: contentDir(), Out: s.Root, BaseURL: baseURL, AsOf: asOf, Data: true})
	if err != nil {
		t.Fatal(err)
	}
	if r.Result.Written != 0 || r.Result.Removed != 0 || r.Result.Unchanged != len(s.Files) {
		t.Errorf("%+v of %d files", r.Result, len(s.Files))
	}
}
