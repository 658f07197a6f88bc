package generator_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
)

// exists reports whether a file lies beside the site.
func (s *shelf) exists(name string) bool {
	_, err := os.Stat(filepath.Join(filepath.Dir(s.o.Out), filepath.FromSlash(name)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.t.Fatal(err)
	}
	return err == nil
}

// pictured is a record that shows a picture of its own.
func (s *shelf) pictured() shelved {
	for _, r := range s.records {
		if r.picture != "" && !r.shared {
			return r
		}
	}
	s.t.Fatal("no record has a picture")
	return shelved{}
}

// While the content is sound a withdrawal is a build; an exhibition that still
// names the record makes it a cut, and the report says where.
func TestWithdrawFromASoundArchive(t *testing.T) {
	t.Parallel()
	s := newShelf(t, 3, false)
	if _, err := buildReport(s.o); err != nil {
		t.Fatal(err)
	}
	story := string(read(t, filepath.Join(s.o.Content, "exhibitions/cau-mau/01-khoi-cong.md"))) + string(read(t, filepath.Join(s.o.Content, "exhibitions/cau-mau/02-hai.md")))
	var told, untold shelved
	for _, r := range s.records {
		if strings.Contains(story, r.id) {
			told = r
		} else if len(s.beneath(r.id)) == 1 {
			untold = r
		}
	}
	if rep := s.withdraw(untold.id, nil); !rep.Rebuilt || rep.Cut != nil || len(rep.Remains) > 0 {
		t.Errorf("%s: %+v", untold.id, rep)
	}
	s.holdsNothing(untold.id, s.beneath(untold.id), nil)
	rep := s.withdraw(told.id, nil)
	if rep.Rebuilt || rep.Cut == nil {
		t.Fatalf("%s: %+v", told.id, rep)
	}
	named := false
	for _, d := range rep.Build.Diags.Sorted() {
		named = named || d.Severity == diag.Error && strings.HasPrefix(d.Pos.File, "exhibitions/cau-mau/") && d.Pos.Line > 0
	}
	if !named {
		t.Errorf("the report does not say that the exhibition names %s: %v", told.id, rep.Build.Diags.Sorted())
	}
	s.holdsNothing(told.id, s.beneath(told.id), nil)
	s.sound()
}

// The notice is minimal unless asked for more, and always for secrecy; a fonds
// that is withdrawn has one too.
func TestTombstones(t *testing.T) {
	t.Parallel()
	s := newShelf(t, 1, false)
	if _, err := buildReport(s.o); err != nil {
		t.Fatal(err)
	}
	at := func(id, lang string) string {
		dir := map[string]string{"vi": "phong-luu-tru", "en": "en/fonds"}[lang]
		return string(read(t, filepath.Join(s.o.Out, dir, "phong-cau-mau", id+".html")))
	}
	for name, broken := range map[string]bool{"built": false, "cut": true} {
		undo := func() {}
		r := s.records[len(s.records)-1]
		if broken {
			r = s.records[len(s.records)-2]
			undo = breaks[0].do(s)
		}
		s.withdraw(r.id, func(o *generator.WithdrawOptions) { o.Level, o.Note, o.Decision = "full", "Đăng nhầm.", "12/QĐ" })
		for i, lang := range []string{"vi", "en"} {
			page := at(r.id, lang)
			for _, want := range []string{"<h1>" + r.titles[i] + "</h1>", "Đăng nhầm.", "12/QĐ", `content="noindex"`, map[string]string{"vi": "Lý do: khác", "en": "Reason: other"}[lang]} {
				if !strings.Contains(page, want) {
					t.Errorf("%s %s: the notice lacks %q", name, lang, want)
				}
			}
		}
		undo()
	}
	// What the notice is to say names a record that is not public.
	other := s.records[len(s.records)-4]
	put(t, filepath.Join(s.o.Content, recordPath("tl-0090")), []byte(namingArchive()[recordPath("tl-0090")]))
	rep := s.withdraw(other.id, func(o *generator.WithdrawOptions) { o.Level, o.Note = "full", "Xem tl-0090." })
	if page := at(other.id, "vi"); strings.Contains(page, "tl-0090") || strings.Contains(page, other.titles[0]) || len(rep.Notes) == 0 {
		t.Errorf("a notice that names another record: %v\n%s", rep.Notes, page)
	}
	fine(t, os.Remove(filepath.Join(s.o.Content, recordPath("tl-0090"))))
	secret := s.records[len(s.records)-3]
	rep = s.withdraw(secret.id, func(o *generator.WithdrawOptions) {
		o.Level, o.Reason, o.Note = "full", "state-secret-review", "Có dấu mật."
	})
	page := at(secret.id, "vi")
	if strings.Contains(page, secret.titles[0]) || strings.Contains(page, "bí mật") || !strings.Contains(page, "Lý do: khác") || len(rep.Notes) == 0 {
		t.Errorf("a case of secrecy: %v\n%s", rep.Notes, page)
	}
	if text := read(t, filepath.Join(s.o.Content, rep.File)); strings.Contains(string(text), "Có dấu mật.") || len(rep.Notes) != 1 || !strings.Contains(rep.Notes[0].En, "--note") || strings.Contains(strings.Join(worded(rep.Build), " "), "withdrawal-level") {
		t.Errorf("the note on a case of secrecy: %v, %q\n%s", rep.Notes, worded(rep.Build), text)
	}
	bare := s.records[len(s.records)-6]
	if rep = s.withdraw(bare.id, func(o *generator.WithdrawOptions) { o.Reason, o.Note = "state-secret-review", "Có dấu mật." }); len(rep.Notes) != 1 {
		t.Errorf("a note without a level: %v", rep.Notes)
	}
	s.outlasts()
	rep = s.withdraw("phong-cau-mau", nil)
	page = at("index", "vi")
	if !strings.Contains(page, "page-tombstone") || strings.Contains(page, "Phông cầu Mẫu") || rep.Rebuilt && s.exists("public/phong-luu-tru/phong-cau-mau/"+s.records[0].id+".html") {
		t.Errorf("a withdrawn fonds, built %t: %s", rep.Rebuilt, page)
	}
	s.sound()
}

// outlasts withdraws a record and then the one above it: the notice of the
// first stays.
func (s *shelf) outlasts() {
	s.t.Helper()
	below := s.records[len(s.records)-4]
	s.withdraw(below.id, nil)
	s.withdraw(below.parent, nil)
	for _, id := range []string{below.id, below.parent} {
		if page := read(s.t, filepath.Join(s.o.Out, "phong-luu-tru/phong-cau-mau", id+".html")); !strings.Contains(string(page), "page-tombstone") {
			s.t.Errorf("%s has no notice", id)
		}
	}
}

// A level that would tell more than secrecy allows is not obeyed, and warned of.
func TestSecrecyIsAlwaysMinimal(t *testing.T) {
	a := guideArchive()
	a[recordPath("tl-0009")] = "id: tl-0009\nlevel: item\nparent: hs-0001\ntitle: \"Tên không được hiện\"\nform: cong-van\nreference: {unit_no: \"1\"}\ndates: {created: \"1958\"}\naccess: {state: withdrawn}\nwithdrawn: {date: \"2026-01-02\", reason: state-secret-review, level: full, public_note: \"Không được hiện\"}\n"
	dir := write(t, a)
	out := filepath.Join(inMemory(t), "public")
	r, err := buildReport(generator.Options{Content: dir, Out: out, AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	page := string(read(t, filepath.Join(out, "phong-luu-tru/phong-cau-mau/tl-0009.html")))
	if strings.Contains(page, "không được hiện") || strings.Contains(page, "Không được hiện") || !strings.Contains(page, "Lý do: khác") {
		t.Errorf("the notice says too much: %s", page)
	}
	warned := false
	for _, d := range r.Diags.Sorted() {
		warned = warned || d.Code == "withdrawal-level"
	}
	if !warned {
		t.Error("nothing is said of the level")
	}
}

// A picture that no site shows any more leaves the cache of derivatives; one
// that another site beside it shows stays.
func TestPicturesLeaveTheCache(t *testing.T) {
	t.Parallel()
	s := newShelf(t, 2, false)
	other := s.o
	other.Out = filepath.Join(filepath.Dir(s.o.Out), "other")
	for _, o := range []generator.Options{s.o, other} {
		if _, err := buildReport(o); err != nil {
			t.Fatal(err)
		}
	}
	r := s.pictured()
	picture := ".vitrine/derivatives/" + s.picturesOf([]shelved{r})[0]
	undo := breaks[0].do(s)
	s.withdraw(r.id, nil)
	undo()
	if !s.exists(picture) {
		t.Error("a picture that another site shows left the cache")
	}
	s.mendExhibition([]shelved{r})
	if _, err := generator.Build(context.Background(), other); err != nil {
		t.Fatal(err)
	}
	if s.exists(picture) {
		t.Error("a picture that no site shows is still in the cache")
	}
}

// A build names the day before which it must be made again, and keeps naming
// it while nothing changes.
func TestReportNamesTheNextDate(t *testing.T) {
	a := guideArchive()
	a["clearances/qd-01.yaml"] = strings.Replace(a["clearances/qd-01.yaml"], `valid: {from: "2026-01-15"}`, `valid: {from: "2026-01-15", until: "2026-12-31"}`, 1)
	dir := write(t, a)
	o := generator.Options{Content: dir, Out: filepath.Join(inMemory(t), "public"), AsOf: asOf}
	check, err := generator.Check(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		built, err := generator.Build(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []*generator.Report{check, built} {
			if len(r.Due) != 1 || r.Due[0].Day != "2027-01-01" || r.Due[0].Event != "expires" || r.Due[0].ID != "qd-01" || r.Due[0].Records != 5 {
				t.Errorf("due %+v", r.Due)
			}
			if lines := strings.Join(r.Lines("vi"), "\n"); !strings.Contains(lines, "Phải dựng lại trước ngày 2027-01-01: quyết định qd-01 hết hiệu lực") {
				t.Errorf("the report does not name the day: %s", lines)
			}
		}
	}
}

// A record that stands under another by now, however deep and whatever it is called, goes with it,
// and so does what the site has beneath that.
func TestCutTakesWhatWasMovedInDeep(t *testing.T) {
	t.Parallel()
	for name, id := range map[string]string{"as it is called": "hs-0001", "under another id": "hs-0009"} {
		r := newReleasing(t)
		r.must(day1)
		r.put("fonds/phong-cau-mau/records/nhom.yaml", "id: nhom-moi\nlevel: file\nparent: hs-0002\ntitle: \"Nhóm mới\"\n")
		r.swap(recordPath("hs-0001"), "parent: phong-cau-mau", "parent: nhom-moi")
		if id != "hs-0001" {
			r.swap(recordPath("hs-0001"), "id: hs-0001\n", "id: hs-0009\nformer_ids: [hs-0001]\n")
		}
		r.takeOff("hs-0002")
		for _, page := range []string{"hs-0001", "tl-0001"} {
			contains(t, name+": "+page, r.page("phong-luu-tru/phong-cau-mau/"+page+".html"), true, notice)
		}
	}
}

// Zips for hosts that cannot be read are named too: nobody knows what is in them.
func TestWithdrawNamesUnreadParcels(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.notTold()
	r.must(day1)
	r.swap(recordPath("tl-0001"), `"Quyết định"`, `"Quyết định sửa"`)
	rep := r.must(day2)
	broken := filepath.Join(filepath.Dir(rep.Papers), "2020-01-01", "thay-doi.zip")
	fine(t, errors.Join(os.MkdirAll(filepath.Dir(broken), 0o755), os.WriteFile(broken, []byte("PK"), 0o644)))
	said := strings.Join(r.takeOff("tl-0002").Lines("en"), "\n")
	contains(t, "the report", said, true, broken)
}

// Documents that were renumbered since the last build: the page at an id is that of the record that had it
// then, and stays, while the page of the withdrawn one goes from its former address.
func TestCutOfARenumberedRecord(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.notTold()
	r.must(day1)
	r.swap(recordPath("tl-0002"), "id: tl-0002\n", "id: tl-0008\nformer_ids: [tl-0002]\n")
	r.swap(recordPath("tl-0001"), "id: tl-0001\n", "id: tl-0002\nformer_ids: [tl-0001]\n")
	before := r.page(tl2)
	r.takeOff("tl-0002")
	contains(t, "the page of the record", r.page(tl1), true, notice)
	if !strings.Contains(before, "<h1") || strings.Contains(r.page(tl2), notice) {
		t.Error("the page of another record has gone")
	}
}
