package plan

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// madePage is a page of the first build, as the ledger remembers it.
type madePage struct {
	key       [32]byte
	questions string
	shown     string
}

// firstBuild makes every page and returns what is remembered of them.
func firstBuild(t *testing.T, a *archive) (map[string]madePage, []told) {
	t.Helper()
	pages := map[string]madePage{}
	for p, j := range a.jobs {
		v, questions, err := j.Compose()
		if err != nil {
			t.Fatal(err)
		}
		key, ok := a.Key(j, questions)
		if !ok {
			t.Fatalf("%s has no key", p)
		}
		pages[p] = madePage{key, questions, dump(t, v)}
	}
	return pages, rowsOf(a.Answers(none, a.Changes()))
}

func none(func(string, []byte) bool) {}

type told struct {
	name   string
	answer []byte
}

func rowsOf(seq iter.Seq2[string, []byte]) (out []told) {
	for name, answer := range seq {
		out = append(out, told{name, bytes.Clone(answer)})
	}
	return out
}

func replay(rows []told) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for _, r := range rows {
			if !yield(r.name, r.answer) {
				return
			}
		}
	}
}

// A page that is said to be untouched shows, after any edit, what it showed,
// and the answers that are kept after an incremental build are at least those
// of one from nothing.
func TestUntouchedPagesAreTheSame(t *testing.T) {
	kept, touched := 0, 0
	for seed := range uint64(20) {
		g := &maker{Rand: rand.New(rand.NewPCG(seed, 7))}
		files := g.archive()
		pages, rows := firstBuild(t, read(t, write(t, files)))
		b := read(t, write(t, g.edit(files)))
		changes := b.Changes()
		for _, r := range rows {
			changes.Compare(r.name, r.answer)
		}
		type answered struct {
			given []byte
			ok    bool
		}
		untouched := map[string]answered{}
		for p, old := range pages {
			given, ok := changes.Untouched([]byte(old.questions))
			untouched[p] = answered{given, ok}
		}
		for p, j := range b.jobs {
			old, known := pages[p]
			given, ok := untouched[p].given, untouched[p].ok
			now, is := j.Given()
			if known && ok && is == (given != nil) && (!is || bytes.Equal(given, now[:])) {
				kept++
				checkSame(t, b, j, old)
				continue
			}
			touched++
			if _, _, err := j.Compose(); err != nil {
				t.Fatal(err)
			}
		}
		checkAnswers(t, rowsOf(b.Answers(replay(rows), changes)), read(t, b.tree))
	}
	if kept < 4*touched || touched < 40 {
		t.Errorf("%d pages were kept, %d touched", kept, touched)
	}
}

func checkSame(t *testing.T, b *archive, j Job, old madePage) {
	t.Helper()
	if key, ok := b.Key(j, old.questions); !ok || key != old.key {
		t.Fatalf("%s has another key than it had", j.Path)
	}
	v, _, err := j.Compose()
	if err != nil || dump(t, v) != old.shown {
		t.Fatalf("%s shows something else than it did: %v", j.Path, err)
	}
}

// checkAnswers compares kept answers with those of a build from nothing.
func checkAnswers(t *testing.T, kept []told, clean *archive) {
	t.Helper()
	_, want := firstBuild(t, clean)
	have := map[string][]byte{}
	for _, r := range kept {
		have[r.name] = r.answer
	}
	for _, r := range want {
		of, _, _ := strings.Cut(r.name, "/")
		if of != "id" && of != "site" {
			if answer, ok := have[r.name]; !ok || !bytes.Equal(answer, r.answer) {
				t.Fatalf("%s: kept %x, now %x", r.name, answer, r.answer)
			}
			continue
		}
		for i := 0; i < len(r.answer); i += answerLen {
			if !slices.ContainsFunc(slices.Collect(slices.Chunk(have[r.name], answerLen)), func(b []byte) bool { return bytes.Equal(b, r.answer[i:i+answerLen]) }) {
				t.Fatalf("%s: question %d is not among what was kept, or has another answer", r.name, r.answer[i])
			}
		}
	}
}

// edit changes one thing in an archive.
func (g *maker) edit(files []txtar.File) []txtar.File {
	files = slices.Clone(files)
	i := g.IntN(len(files))
	if g.IntN(3) > 0 {
		i = slices.IndexFunc(files, func(f txtar.File) bool { return strings.HasSuffix(f.Name, "/all.yaml") })
	}
	f := &files[i]
	pieces := strings.SplitAfter(string(f.Data), "---\n")
	n := g.IntN(len(pieces))
	old := pieces[n]
	switch g.IntN(8) {
	case 0:
		pieces[n] = strings.Replace(old, "title: {vi: ", "title: {en: \"New\", vi: ", 1)
	case 1:
		pieces[n] = strings.Replace(old, "dates: {created: \"19", "dates: {created: \"18", 1)
	case 2:
		pieces[n] = strings.Replace(old, "state: public", "state: restricted", 1)
	case 3:
		pieces[n] = strings.Replace(strings.Replace(old, "cd1", "cd2", 1), "ai2", "ai3", 1)
	case 4:
		pieces[n] = strings.Replace(strings.Replace(old, "{vi: ", "{en: \"Also\", vi: ", 1), "unit_no: \"1", "unit_no: \"2", 1)
	case 5:
		pieces[n] = strings.Replace(old, "state: restricted", "state: public", 1)
	case 6:
		if strings.Contains(old, "level: item") {
			pieces[n] = ""
		}
	case 7:
		pieces = append(pieces, fmt.Sprintf("---\n%saccess: {state: public}\nclearance: kt\n", item("zz", "f", 3, "subjects: [cd1]\n")))
		if !strings.HasSuffix(f.Name, "/all.yaml") {
			return files
		}
	}
	f.Data = []byte(strings.Join(pieces, ""))
	return files
}

// Where what was kept is damaged, of another program or not there at all,
// nothing is taken for untouched.
func TestDoubtfulAnswersKeepNothing(t *testing.T) {
	g := &maker{Rand: rand.New(rand.NewPCG(1, 1))}
	a := read(t, write(t, g.archive()))
	pages, rows := firstBuild(t, a)
	all := slices.Sorted(maps.Keys(pages))
	untouched := func(rows []told) (n int) {
		changes := a.Changes()
		for _, r := range rows {
			changes.Compare(r.name, r.answer)
		}
		for _, p := range all {
			if _, ok := changes.Untouched([]byte(pages[p].questions)); ok {
				n++
			}
		}
		return n
	}
	if n := untouched(rows); n != len(all) {
		t.Fatalf("%d of %d pages are untouched where nothing changed", n, len(all))
	}
	other := sha256.Sum256(nil)
	base := slices.IndexFunc(rows, func(r told) bool { return r.name == "base" })
	kind := slices.IndexFunc(rows, func(r told) bool { return strings.HasPrefix(r.name, "kind/") })
	for what, bad := range map[string][]told{
		"none":          nil,
		"no base":       slices.Delete(slices.Clone(rows), base, base+1),
		"other base":    append(slices.Clone(rows), told{"base", other[:17]}),
		"other kind":    append(slices.Clone(rows), told{rows[kind].name, other[:17]}),
		"unknown name":  append(slices.Clone(rows), told{"", nil}),
		"unknown name2": append(slices.Clone(rows), told{"x/y", nil}),
	} {
		if n := untouched(bad); n != 0 {
			t.Errorf("%s: %d pages are untouched", what, n)
		}
	}
	changes := a.Changes()
	for _, r := range rows {
		changes.Compare(r.name, r.answer)
	}
	for _, p := range all {
		code := []byte(pages[p].questions)
		for _, bad := range [][]byte{nil, code[:len(code)-1], append(slices.Clip(code), 'x')} {
			if _, ok := changes.Untouched(bad); ok {
				t.Fatalf("%s is untouched by a code that is cut or too long", p)
			}
		}
	}
}

// What nobody asks any more is forgotten: an archive in which records come and
// go does not remember them for ever.
func TestWhatIsGoneIsForgotten(t *testing.T) {
	subject := text("subjects/s.yaml", "id: s\nlabel: {vi: Chủ đề}\n")
	pages, rows := firstBuild(t, read(t, write(t, base(subject, units("i.yaml", 3, func(i int) string { return item(fmt.Sprintf("i%d", i), "f", i, "subjects: [s]\n") })))))
	for build := range 2 {
		b := read(t, write(t, base(subject, units("i.yaml", 2, func(i int) string { return item(fmt.Sprintf("i%d", i), "f", i, "subjects: [s]\n") }))))
		changes := b.Changes()
		for _, r := range rows {
			changes.Compare(r.name, r.answer)
		}
		now := map[string]madePage{}
		for p, old := range pages {
			if _, ok := changes.Untouched([]byte(old.questions)); ok {
				now[p] = old
			}
		}
		for p, j := range b.jobs {
			if _, kept := now[p]; !kept {
				_, questions, err := j.Compose()
				if err != nil {
					t.Fatal(err)
				}
				now[p] = madePage{questions: questions}
			}
		}
		pages, rows = now, rowsOf(b.Answers(replay(rows), changes))
		remembered := slices.ContainsFunc(rows, func(r told) bool { return r.name == fmt.Sprintf("absent/%x", "i3") })
		if remembered != (build == 0) {
			t.Errorf("build %d: that a record is gone is remembered: %v", build, remembered)
		}
	}
}
