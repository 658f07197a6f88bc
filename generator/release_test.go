package generator_test

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
	"vitrine/generator/internal/lock"
)

// releasing is an archive that is edited and released.
type releasing struct {
	*growing
	papers string
}

func newReleasing(t *testing.T) *releasing {
	t.Helper()
	dir := inMemory(t)
	g := newGrowing(t, 1, dir)
	g.o.BaseURL = baseURL
	return &releasing{g, filepath.Join(dir, "ban-phat-hanh")}
}

func (r *releasing) release(day string) (*generator.Report, error) {
	r.t.Helper()
	r.age()
	o := r.o
	o.AsOf = day
	looks, err := programLooks()
	if err != nil {
		r.t.Fatal(err)
	}
	o.Templates = nil
	return generator.ReleaseWith(context.Background(), generator.ReleaseOptions{Options: o}, looks)
}

// must releases, and fails where it cannot.
func (r *releasing) must(day string) *generator.Released {
	r.t.Helper()
	rep, err := r.release(day)
	if err != nil {
		r.t.Fatalf("release of %s: %v\n%s", day, err, strings.Join(worded(rep), "\n"))
	}
	return rep.Released
}

// again builds, and returns the report.
func (r *releasing) again(day string) *generator.Report {
	r.t.Helper()
	r.age()
	o := r.o
	o.AsOf, o.Templates = day, nil
	rep, err := r.build(o)
	if err != nil {
		r.t.Fatalf("%v\n%s", err, strings.Join(worded(rep), "\n"))
	}
	return rep
}

func (r *releasing) page(path string) string {
	r.t.Helper()
	return string(read(r.t, filepath.Join(r.o.Out, filepath.FromSlash(path))))
}

func contains(t *testing.T, where, text string, wanted bool, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(text, p) != wanted {
			t.Errorf("%s: %q is there: %v", where, p, !wanted)
		}
	}
}

const (
	day1, day2, day3 = "2026-11-22", "2026-12-01", "2026-12-24"
	tl1              = "phong-luu-tru/phong-cau-mau/tl-0001.html"
	tl2              = "phong-luu-tru/phong-cau-mau/tl-0002.html"
)

// A record page names the edition in which its state appeared. A release
// changes the pages of the records that are new since the one before, and no
// other; what was edited says that it is in no edition yet.
func TestReleaseNamesTheEditionOfAState(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.again(day1)
	contains(t, "before any edition", r.page(tl1), true, `id="print">`)
	contains(t, "before any edition", r.page(tl1), false, "state-since")
	if e := r.must(day1); e.Number != 1 || e.Name != day1 || e.Records.New != e.Records.Published {
		t.Errorf("%+v", e)
	}
	contains(t, "the first edition", r.page(tl1), true, "Phát hành lần 1, ngày\u00a022 tháng\u00a011 năm\u00a02026")
	contains(t, "in English", r.page("en/fonds/phong-cau-mau/tl-0001.html"), true, "Edition 1,")
	r.o.Data = true // as a release has it: else the page about downloads loses what is about the whole archive
	if rep := r.again(day1); rep.Made != 0 || rep.Result.Written != 0 {
		t.Errorf("a build behind a release made %d pages and wrote %d files", rep.Made, rep.Result.Written)
	}

	r.swap(recordPath("tl-0001"), `"Quyết định"`, `"Quyết định sửa"`)
	r.again(day1)
	contains(t, "edited", r.page(tl1), true, "Chưa phát hành")
	contains(t, "beside it", r.page(tl2), true, "Phát hành lần 1,")
	e := r.must(day2)
	if e.Number != 2 || e.Records.Changed != 1 || e.Records.New != 0 {
		t.Errorf("%+v", e)
	}
	contains(t, "the second edition", r.page(tl1), true, "Phát hành lần 2, ngày\u00a01 tháng\u00a012 năm\u00a02026")
	contains(t, "beside it", r.page(tl2), true, "Phát hành lần 1,")

	r.swap(recordPath("tl-0001"), `"Quyết định sửa"`, `"Quyết định"`)
	r.must(day3)
	contains(t, "as it was at first", r.page(tl1), true, "Phát hành lần 1,")
	r.o.AsOf = day3
	r.check("behind three editions") // no build made anything wrong
}

func (r *releasing) put(name, text string) { r.write(name, text) }

// Whatever is edited between editions, an incremental build gives the bytes of
// one from nothing.
func TestReleasesAmongEdits(t *testing.T) {
	t.Parallel()
	steps := 24
	if testing.Short() {
		steps = 10
	}
	r := newReleasing(t)
	r.check("the first build")
	names := slices.Sorted(maps.Keys(edits))
	editions := 0
	for range steps {
		if r.random.IntN(3) == 0 {
			rep, err := r.release(r.o.AsOf)
			var ue *generator.UserError
			if err == nil && !rep.Released.Same {
				editions++
			} else if err != nil && !errors.Is(err, generator.ErrContent) && !errors.As(err, &ue) {
				t.Fatal(err)
			}
			r.check("a release")
			continue
		}
		name := names[r.random.IntN(len(names))]
		undo := r.edit(name)
		if _, ok := r.check(name); !ok {
			undo()
			r.check(name + ", undone")
		}
	}
	if editions < steps/15 {
		t.Errorf("only %d editions", editions)
	}
	t.Logf("%d editions among %d steps", editions, steps)
}

// Where nothing has changed no other edition is made, and no file is touched.
func TestReleaseOfNothingNew(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.must(day1)
	before, content := treeOf(t, r.o.Out), treeOf(t, r.o.Content)
	if e := r.must(day1); !e.Same || e.Number != 1 {
		t.Errorf("%+v", e)
	}
	sameTree(t, "the site", treeOf(t, r.o.Out), before)
	sameTree(t, "the content", treeOf(t, r.o.Content), content)
}

// A fingerprint is of what is published: writing the same in another way does
// not change it, and neither does what is not public.
func TestFingerprintIsOfWhatIsPublished(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.must(day1)
	was := printOf(t, r.page(tl1))
	text := r.read(recordPath("tl-0001"))
	for name, edit := range map[string]string{
		"a comment and quotes":      "# lời ghi\n" + strings.Replace(text, `form: quyet-dinh`, `form: "quyet-dinh"`, 1),
		"internal fields":           text + "appraisal: {vi: \"vĩnh viễn\"}\nextra: {o-cu: \"12\"}\n",
		"a link to a hidden record": text + "related: [{id: x-an}]\n",
		"another clearance":         strings.Replace(text, "clearance: qd-01", "clearance: qd-03", 1),
	} {
		r.put("fonds/phong-cau-mau/records/x-an.yaml", "id: x-an\nlevel: item\nparent: hs-0001\ntitle: \"Ẩn\"\nform: thu\nreference: {unit_no: \"9\"}\ndates: {created: \"1950\"}\n")
		r.put("clearances/qd-03.yaml", strings.NewReplacer("qd-01", "qd-03").Replace(clearance))
		r.put(recordPath("tl-0001"), edit)
		r.again(day1)
		if now := printOf(t, r.page(tl1)); now != was {
			t.Errorf("%s: %q, it was %q", name, now, was)
		}
	}
	for name, edit := range map[string]string{
		"a title": strings.Replace(text, `"Quyết định"`, `"Quyết nghị"`, 1),
		"a date":  strings.Replace(text, "1958-03-14", "1958-03-15", 1),
	} {
		r.put(recordPath("tl-0001"), edit)
		r.again(day1)
		if now := printOf(t, r.page(tl1)); now == was {
			t.Errorf("%s: the fingerprint is the same", name)
		}
	}
	r.put(recordPath("tl-0001"), text)
	r.put("fonds/phong-cau-mau/media/a-002.jpg", r.scan())
	r.again(day1)
	if now := printOf(t, r.page(tl1)); now == was {
		t.Error("another picture: the fingerprint is the same")
	}
}

func printOf(t *testing.T, page string) string {
	t.Helper()
	_, rest, _ := strings.Cut(page, `id="print">`)
	print, _, ok := strings.Cut(rest, "<")
	if !ok || len([]rune(print)) != 19 {
		t.Fatalf("no fingerprint but %q", print)
	}
	return print
}

// The zip of what changed and the list of deletions turn the site of the last
// edition into that of the new one.
func TestParcelMakesTheNextSite(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.must(day1)
	host := t.TempDir()
	unpack(t, filepath.Join(r.papers, day1), host)
	sameTree(t, "the first edition", treeOf(t, host), treeOf(t, r.o.Out))
	r.put("fonds/phong-cau-mau/media/a-001.jpg", r.scan()) // one picture comes, another goes
	r.swap(recordPath("tl-0001"), "  - {kind: page, seq: 2, file: a-002.jpg, alt: hai}\n", "")
	r.must(day2)
	n := unpack(t, filepath.Join(r.papers, day2), host)
	sameTree(t, "the second edition", treeOf(t, host), treeOf(t, r.o.Out))
	if n == 0 || n > 60 {
		t.Errorf("%d files in the zip", n)
	}
	if xoa := string(read(t, filepath.Join(r.papers, day2, "xoa.txt"))); strings.Count(xoa, "media/") == 0 {
		t.Errorf("nothing to delete: %q", xoa)
	}
	// Builds in between do not spoil the comparison: the papers keep the manifest.
	r.swap(recordPath("tl-0001"), `"Quyết định"`, `"Quyết nghị"`)
	r.again(day2)
	r.must(day3)
	unpack(t, filepath.Join(r.papers, day3), host)
	sameTree(t, "the third edition", treeOf(t, host), treeOf(t, r.o.Out))

	// Without any manifest of the edition before, the zip has all, and it is said.
	if err := os.RemoveAll(r.papers); err != nil {
		t.Fatal(err)
	}
	r.swap(recordPath("tl-0001"), `"Quyết nghị"`, `"Quyết định"`)
	r.again(day3)
	if e := r.must("2026-12-25"); !e.Apart || !strings.Contains(strings.Join(e.Lines("en"), "\n"), "replace the whole folder") {
		t.Errorf("%+v", e)
	}
	host = t.TempDir() // the whole folder, as it is said
	unpack(t, filepath.Join(r.papers, "2026-12-25"), host)
	sameTree(t, "the fourth edition", treeOf(t, host), treeOf(t, r.o.Out))
}

// unpack does what a person does who feeds a host by FTP.
func unpack(t *testing.T, papers, host string) int {
	t.Helper()
	z, err := zip.OpenReader(filepath.Join(papers, "thay-doi.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(host, filepath.FromSlash(f.Name)), data)
	}
	for line := range strings.Lines(string(read(t, filepath.Join(papers, "xoa.txt")))) {
		if err := os.Remove(filepath.Join(host, filepath.FromSlash(strings.TrimSuffix(line, "\n")))); err != nil {
			t.Error(err)
		}
	}
	return len(z.File)
}

// The papers say what changed, and never lie where they would be published.
func TestPapersOfAnEdition(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.must(day1)
	r.swap(recordPath("tl-0002"), "access: {state: public}", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-11-30\", reason: error}")
	r.write("exhibitions/cau-mau/exhibition.yaml", strings.ReplaceAll(r.read("exhibitions/cau-mau/exhibition.yaml"), "tl-0002", "tl-0001"))
	r.swap(recordPath("tl-0001"), `"Quyết định"`, `"Quyết nghị"`)
	e := r.must(day2)
	list := string(read(t, filepath.Join(r.papers, day2, "danh-muc-cong-bo.html")))
	contains(t, "the list", list, true, "Danh mục tài liệu công bố", "MẪU-01", "Quyết nghị", "Ký, ghi rõ họ tên", "mô tả, ảnh", "Phông hai", printOf(t, r.page(tl1)))
	contains(t, "the list", list, false, "tl-0002", "Ảnh</td>")
	if n := strings.Count(list, `<td class="n">`); n == 0 || n != e.Records.Published {
		t.Errorf("the list has %d records, %d are published", n, e.Records.Published)
	}
	var c struct {
		Edition, Before         int
		New, Changed, Withdrawn []struct{ ID string }
	}
	if err := json.Unmarshal(read(t, filepath.Join(r.papers, day2, "so-sanh.json")), &c); err != nil {
		t.Fatal(err)
	}
	if c.Edition != 2 || c.Before != 1 || len(c.New) != 0 || len(c.Changed) == 0 || len(c.Withdrawn) != 1 || c.Withdrawn[0].ID != "tl-0002" {
		t.Errorf("%+v", c)
	}
	contains(t, "the comparison", string(read(t, filepath.Join(r.papers, day2, "so-sanh.html"))), true, "lần phát hành 1", "Đã rút khỏi trang", "tl-0002")
	for path := range treeOf(t, r.o.Out) {
		for _, name := range []string{"danh-muc", "so-sanh", "thay-doi", "xoa.txt", "addresses", "states.tsv", ".yaml"} {
			if strings.Contains(path, name) {
				t.Errorf("%s is published", path)
			}
		}
	}
}

// Papers in the site or in the content are refused, and so is a day before the
// last edition, and a second release at the same time.
func TestReleaseRefuses(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.must(day2)
	before := treeOf(t, filepath.Dir(r.o.Out))
	for _, dir := range []string{r.o.Out, filepath.Join(r.o.Out, "giay-to"), filepath.Dir(r.o.Out), filepath.Join(r.o.Content, "editions")} {
		var ue *generator.UserError
		if _, err := generator.Release(context.Background(), generator.ReleaseOptions{Options: r.o, Papers: dir}); !errors.As(err, &ue) || !ue.Usage {
			t.Errorf("papers in %s: %v", dir, err)
		}
	}
	var ue *generator.UserError
	if _, err := r.release(day1); !errors.As(err, &ue) || !ue.Usage {
		t.Errorf("a day before the last edition: %v", err)
	}
	r.swap(recordPath("tl-0001"), "form: quyet-dinh", "form: quyet-dinh\nla: 1")
	if rep, err := r.release(day3); !errors.Is(err, generator.ErrContent) || !hasError(rep, "key-unknown", "tl-0001") {
		t.Errorf("an error in the content: %v", err)
	}
	r.swap(recordPath("tl-0001"), "form: quyet-dinh\nla: 1", "form: quyet-dinh")
	l, err := lock.Take(filepath.Join(filepath.Dir(r.o.Content), ".vitrine", "release-content.lock"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Release()
	if _, err := r.release(day3); !errors.As(err, &ue) || !strings.Contains(ue.Msg.En, "another release") {
		t.Errorf("two at once: %v", err)
	}
	now := treeOf(t, filepath.Dir(r.o.Out))
	maps.DeleteFunc(now, func(path string, _ [32]byte) bool { return strings.Contains(path, ".vitrine") })
	maps.DeleteFunc(before, func(path string, _ [32]byte) bool { return strings.Contains(path, ".vitrine") })
	sameTree(t, "what was refused", now, before)
}

// A ledger that somebody edited is an error with its line, and no guess.
func TestSpoiltLedgerOfEditions(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string][2]string{
		"editions/addresses.tsv": {"\t1\n", "\t7\n"}, "editions/states.tsv": {"\t1\n", "\t0\n"}, "editions/" + day1 + ".yaml": {"number: 1", "number: 2"},
	} {
		r := newReleasing(t)
		r.must(day1)
		r.swap(name, spoil[0], spoil[1])
		rep, err := r.release(day2)
		if !errors.Is(err, generator.ErrContent) || !hasError(rep, "edition-malformed", name) {
			t.Errorf("%s: %v: %v", name, err, worded(rep))
		}
	}
}

// A ledger from which lines were cut names fewer addresses and would lose the
// others in silence; so would a folder of editions that is gone.
func TestLostLedgerOfEditions(t *testing.T) {
	t.Parallel()
	for name, keep := range map[string]int{"editions/addresses.tsv": 3, "editions/states.tsv": 1, "editions/addresses.tsv ": 0} {
		r := newReleasing(t)
		r.must(day1)
		file := strings.TrimSpace(name)
		if keep == 0 {
			if err := os.Remove(r.file(file)); err != nil {
				t.Fatal(err)
			}
		} else {
			r.write(file, strings.Join(strings.SplitAfter(r.read(file), "\n")[:keep], ""))
		}
		rep, err := r.release(day2)
		if !errors.Is(err, generator.ErrContent) || !hasError(rep, "edition-malformed", file) {
			t.Errorf("%s cut to %d lines: %v: %v", file, keep, err, worded(rep))
		}
	}

	r := newReleasing(t)
	r.must(day1)
	r.write("editions/addresses.tsv", "# ghi chú của kho\r\n"+strings.ReplaceAll(r.read("editions/addresses.tsv"), "\n", "\r\n"))
	r.must(day2) // a system of versions may do so
	if err := os.RemoveAll(r.file("editions")); err != nil {
		t.Fatal(err)
	}
	r.again(day2)
	for range 2 { // a build, which may always withhold, warns, and does not forget
		if rep := r.again(day2); !warned(rep, "editions-lost") {
			t.Errorf("a build does not warn: %v", worded(rep))
		}
	}
	if rep, err := r.release(day3); !errors.Is(err, generator.ErrContent) || !hasError(rep, "editions-lost", "editions") {
		t.Errorf("%v: %v", err, worded(rep))
	}
	state := filepath.Join(filepath.Dir(r.o.Out), ".vitrine", "public", "editions")
	if err := os.Remove(state); err != nil {
		t.Fatal(err)
	}
	if rep, err := r.release(day3); !errors.Is(err, generator.ErrContent) || !hasError(rep, "editions-lost", "editions") { // the papers
		t.Errorf("%v: %v", err, worded(rep))
	}
	if err := os.Rename(r.papers, r.papers+"-cu"); err != nil {
		t.Fatal(err)
	}
	if e := r.must(day3); e.Number != 1 {
		t.Errorf("%+v", e)
	}
}

func warned(rep *generator.Report, code string) bool {
	return slices.ContainsFunc(rep.Diags.Sorted(), func(d diag.Diagnostic) bool { return d.Code == code && d.Severity == diag.Warning })
}
