package generator_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"

	"golang.org/x/net/html"
)

// propose prepares a clearance for an archive.
func (r *ruled) propose(id string, o generator.ClearanceOptions) ([]string, error) {
	o.Content = r.o.Content
	return generator.NewClearance(context.Background(), id, o)
}

func (r *ruled) text(name string) string {
	return string(read(r.t, filepath.Join(r.o.Content, filepath.FromSlash(name))))
}

// sign fills in what makes a draft a decision.
func (r *ruled) sign(id string) {
	r.t.Helper()
	name := "clearances/" + id + ".yaml"
	r.files[name] = r.text(name)
	for _, fill := range [][2]string{{`number: ""`, `number: "MẪU-30"`}, {`date: ""`, `date: "2026-05-01"`}, {"issued_by: ", `issued_by: {name: "Cơ quan mẫu"}`},
		{`signatory: ""`, `signatory: "Người ký mẫu"`}, {`from: ""`, `from: "2026-05-01"`}, {`prepared_by: ""`, `prepared_by: "A"`}, {`approved_by: ""`, `approved_by: "B"`}} {
		r.with(name, fill[0], fill[1])
	}
}

func TestNewClearanceFreezesWhatIsDecidedOn(t *testing.T) {
	r := newRuled(t, map[string]string{recordPath("tl-0001"): strings.Replace(guideArchive()[firstItem], "{state: public}", "{state: restricted}", 1)})
	before := r.published()
	written, err := r.propose("qd-30", generator.ClearanceOptions{Fonds: "phong-cau-mau", Parts: []string{"metadata,images"}, Purposes: []string{"web-exhibition", "offline"}, MaxPx: "2400"})
	if err != nil {
		t.Fatal(err)
	}
	annex := filepath.Join(filepath.Dir(r.o.Content), "ho-so-cong-bo", "qd-30", generator.AnnexName)
	if want := []string{"clearances/qd-30.txt", "clearances/qd-30.yaml", annex}; !slices.Equal(written, want) {
		t.Errorf("wrote %q", written)
	}
	list, yaml := r.text("clearances/qd-30.txt"), r.text("clearances/qd-30.yaml")
	if list != "hs-0001\nhs-0002\nphong-cau-mau\ntl-0001\ntl-0002\n" {
		t.Errorf("the list:\n%s", list)
	}
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(list)))
	for _, want := range []string{"fonds: [phong-cau-mau]", "parts: [metadata, images]", "purposes: [web-exhibition, offline]", "max_px: 2400", "covers: {count: 5, sha256: \"" + sum + "\"}", "number: \"\""} {
		if !strings.Contains(yaml, want) {
			t.Errorf("the clearance lacks %q:\n%s", want, yaml)
		}
	}
	for _, name := range []string{"a-001.jpg", "a-002.jpg", "b-001.png"} {
		path := "fonds/phong-cau-mau/media/" + name
		if want := fmt.Sprintf("%q: sha256:%x\n", path, sha256.Sum256([]byte(r.text(path)))); !strings.Contains(yaml, want) {
			t.Errorf("the clearance lacks %q", want)
		}
	}
	page := string(read(t, annex))
	if strings.Count(page, "<img ") != 3 || strings.Count(page, "data:image/jpeg;base64,") != 3 {
		t.Errorf("%d pictures of 3 pages", strings.Count(page, "<img "))
	}
	for _, want := range []string{"DANH MỤC TÀI LIỆU ĐỀ NGHỊ CÔNG BỐ", sum, "hạn chế", "1958", "Quyết định", "phông lưu trữ", "cạnh dài không quá 2400 điểm ảnh", "5 bản ghi", "NGƯỜI KÝ QUYẾT ĐỊNH"} {
		if !strings.Contains(page, want) {
			t.Errorf("the annex lacks %q", want)
		}
	}
	for _, bad := range []string{"http://", "https://", "<script", "ZgotmplZ"} {
		if strings.Contains(page, bad) {
			t.Errorf("the annex holds %q", bad)
		}
	}
	if _, err := html.Parse(strings.NewReader(page)); err != nil {
		t.Error(err)
	}
	sameTree(t, "with an unsigned draft", r.published(), before)
}

// A decision that was prepared, signed and named by its records publishes what
// was decided on, and no more.
func TestNewClearanceSigned(t *testing.T) {
	r := newRuled(t, nil)
	if _, err := r.propose("qd-31", generator.ClearanceOptions{Fonds: "phong-cau-mau"}); err != nil {
		t.Fatal(err)
	}
	r.sign("qd-31")
	for name := range r.files {
		if strings.HasPrefix(name, "fonds/") {
			r.files[name] = strings.ReplaceAll(r.files[name], "clearance: qd-01", "clearance: qd-31")
		}
	}
	writeTo(t, r.o.Content, r.files)
	if rep, site := r.build(); site == nil || rep.Published != 5 {
		t.Fatalf("as decided: %s", strings.Join(worded(rep), "\n"))
	}
	added := recordPath("tl-0003")
	put(t, filepath.Join(r.o.Content, filepath.FromSlash(added)), []byte(strings.NewReplacer("tl-0001", "tl-0003", "a-00", "c-00").Replace(r.files[firstItem])))
	for _, m := range []string{"c-001.jpg", "c-002.jpg"} {
		put(t, filepath.Join(r.o.Content, "fonds/phong-cau-mau/media", m), picture(t, m))
	}
	rep, site := r.build()
	if said := strings.Join(worded(rep), "\n"); site == nil || rep.Published != 5 || !strings.Contains(said, added+":1 warning clearance-undecided") {
		t.Errorf("one more: %s", said)
	}
	if held := r.holds("tl-0003"); len(held) > 0 {
		t.Errorf("the new record is held by %q", held)
	}
	if err := os.Remove(filepath.Join(r.o.Content, "clearances/qd-31.txt")); err != nil {
		t.Fatal(err)
	}
	if rep, site := r.build(); site == nil || rep.Published != 0 || !strings.Contains(strings.Join(worded(rep), "\n"), "added since the decision: tl-0003;") {
		t.Errorf("without the list: %s", strings.Join(worded(rep), "\n"))
	}
	put(t, filepath.Join(r.o.Content, "clearances/qd-31.txt"), []byte("hs-0001\nhs-0002\nphong-cau-mau\ntl-0001\ntl-0003\n"))
	if _, err := generator.Build(context.Background(), r.o); !errors.Is(err, generator.ErrContent) {
		t.Errorf("with another list: %v", err)
	}
}

// A preview notices that the list was changed or taken away.
func TestPreviewFollowsTheList(t *testing.T) {
	r := newRuled(t, nil)
	if _, err := r.propose("qd-32", generator.ClearanceOptions{Records: []string{"tl-0001..tl-0002"}}); err != nil {
		t.Fatal(err)
	}
	r.sign("qd-32")
	r.with(firstItem, "clearance: qd-01", "clearance: qd-32")
	s, err := generator.OpenSession(generator.SessionOptions{Options: r.o})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	refresh(t, s, 0)
	page := filepath.ToSlash(pageOf("tl-0001"))
	fileOf(t, s, page)
	list := filepath.Join(r.o.Content, "clearances/qd-32.txt")
	whole := read(t, list)
	put(t, list, []byte("tl-0002\n"))
	follow(t, s, []string{"clearances/qd-32.txt"})
	if s.Ready(); len(s.Diagnostics()) == 0 || !strings.Contains(strings.Join(found(s), "\n"), "clearance-list") {
		t.Errorf("a changed list is not told of: %v", s.Diagnostics())
	}
	put(t, list, whole)
	put(t, filepath.Join(r.o.Content, filepath.FromSlash(recordPath("tl-0002"))), nil)
	if err := os.Remove(filepath.Join(r.o.Content, filepath.FromSlash(recordPath("tl-0002")))); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(list); err != nil {
		t.Fatal(err)
	}
	follow(t, s, []string{recordPath("tl-0002"), "clearances/qd-32.txt"})
	if _, ok, err := s.File(page); ok || err != nil {
		t.Errorf("without the list, and with a record less: %v %v", ok, err)
	}
}

func TestNewClearanceRefuses(t *testing.T) {
	r := newRuled(t, nil)
	if _, err := r.propose("qd-33", generator.ClearanceOptions{Records: []string{"tl-0001"}}); err != nil {
		t.Fatal(err)
	}
	site := filepath.Join(filepath.Dir(r.o.Content), "trang")
	put(t, filepath.Join(site, "manifest-sha256.txt"), nil)
	put(t, filepath.Join(site, "index.html"), nil)
	other := filepath.Join(filepath.Dir(r.o.Content), "trang-hai")
	put(t, filepath.Join(filepath.Dir(other), ".vitrine", "trang-hai", "ledger"), nil)
	before := treeOf(t, filepath.Dir(r.o.Content))
	for want, c := range map[string]struct {
		id string
		o  generator.ClearanceOptions
	}{
		"exists already":                  {"qd-33", generator.ClearanceOptions{Records: []string{"tl-0002"}}},
		"clearances/qd-01.yaml exists":    {"qd-01", generator.ClearanceOptions{Records: []string{"tl-0002"}}},
		"there is no record tl-0020":      {"qd-34", generator.ClearanceOptions{Records: []string{"tl-0001,tl-0020"}}},
		"there is no record tl-0005..":    {"qd-34", generator.ClearanceOptions{Records: []string{"tl-0005..tl-0009"}}},
		"is no range of ids":              {"qd-34", generator.ClearanceOptions{Records: []string{"tl-0009..tl-0001"}}},
		"there is no fonds":               {"qd-34", generator.ClearanceOptions{Fonds: "phong-khac"}},
		"--parts: there is no \"image\"":  {"qd-34", generator.ClearanceOptions{Fonds: "phong-cau-mau", Parts: []string{"image"}}},
		"--purposes: there is no \"web\"": {"qd-34", generator.ClearanceOptions{Fonds: "phong-cau-mau", Purposes: []string{"web"}}},
		"--max-px \"01600\"":              {"qd-34", generator.ClearanceOptions{Fonds: "phong-cau-mau", MaxPx: "01600"}},
		"--max-px \"0\"":                  {"qd-34", generator.ClearanceOptions{Fonds: "phong-cau-mau", MaxPx: "0"}},
		"the id \"index\" cannot be used": {"index", generator.ClearanceOptions{Fonds: "phong-cau-mau"}},
		"may not lie in " + r.o.Out:       {"qd-34", generator.ClearanceOptions{Fonds: "phong-cau-mau", Annex: filepath.Join(r.o.Out, "ho-so")}},
		"may not lie in " + site:          {"qd-34", generator.ClearanceOptions{Fonds: "phong-cau-mau", Annex: filepath.Join(site, "a", "b")}},
		"may not lie in " + r.o.Content:   {"qd-34", generator.ClearanceOptions{Fonds: "phong-cau-mau", Annex: filepath.Join(r.o.Content, "pages")}},
		"may not lie in " + other:         {"qd-34", generator.ClearanceOptions{Fonds: "phong-cau-mau", Annex: other}},
	} {
		var ue *generator.UserError
		if _, err := r.propose(c.id, c.o); !errors.As(err, &ue) || !strings.Contains(ue.Msg.En, want) || ue.Msg.Vi == "" {
			t.Errorf("%q: %v", want, err)
		}
	}
	sameTree(t, "after what was refused", treeOf(t, filepath.Dir(r.o.Content)), before)
}

// What cannot be read as it is meant is not to be decided on: nothing is
// written, and what was begun is taken back.
func TestNewClearanceOfWhatIsBroken(t *testing.T) {
	broken := map[string]*ruled{
		"value-unknown":  newRuled(t, nil).with(firstItem, "form: quyet-dinh", "form: quyet-dihn"),
		"a damaged scan": newRuled(t, nil),
		"a missing scan": newRuled(t, nil),
	}
	put(t, filepath.Join(broken["a damaged scan"].o.Content, "fonds/phong-cau-mau/media/a-002.jpg"), []byte("no picture"))
	if err := os.Remove(filepath.Join(broken["a missing scan"].o.Content, "fonds/phong-cau-mau/media/a-002.jpg")); err != nil {
		t.Fatal(err)
	}
	for name, r := range broken {
		before := treeOf(t, filepath.Dir(r.o.Content))
		var ue *generator.UserError
		if _, err := r.propose("qd-35", generator.ClearanceOptions{Fonds: "phong-cau-mau"}); !errors.As(err, &ue) || ue.Msg.Vi == "" {
			t.Errorf("%s: %v", name, err)
		}
		sameTree(t, name, treeOf(t, filepath.Dir(r.o.Content)), before)
	}
	r := broken["value-unknown"]
	if _, err := r.propose("qd-35", generator.ClearanceOptions{Records: []string{"tl-0002"}}); err != nil {
		t.Errorf("a record beside a broken one: %v", err)
	}
}

// An archive may decide on a series that grows, before its first record.
func TestNewClearanceOpenEnded(t *testing.T) {
	r := newRuled(t, nil)
	for _, fonds := range []string{"phong-cau-mau", "phong-moi"} {
		id := "qd-" + fonds
		if _, err := r.propose(id, generator.ClearanceOptions{Fonds: fonds, OpenEnded: true}); err != nil {
			t.Fatal(err)
		}
		if text := r.text("clearances/" + id + ".yaml"); !strings.Contains(text, "open_ended: true") || strings.Contains(text, "covers") {
			t.Errorf("the clearance:\n%s", text)
		}
		if _, err := os.Stat(filepath.Join(r.o.Content, "clearances", id+".txt")); err == nil {
			t.Error("there is a list")
		}
	}
	r.sign("qd-phong-moi")
	r.published()
}

// The texts of records are texts in the annex too, whatever stands in them.
func TestAnnexIsInert(t *testing.T) {
	r := newRuled(t, nil).with(firstItem, "title: \"Quyết định\"", "title: \"<script>alert(1)</script> & \\\"x\\\"\"").with(firstItem, "seq: 1,", "seq: 1, label: \"<img src=x onerror=y>\",")
	written, err := r.propose("qd-36", generator.ClearanceOptions{Records: []string{"tl-0001"}})
	if err != nil {
		t.Fatal(err)
	}
	page := string(read(t, written[len(written)-1]))
	if regexp.MustCompile(`<script|<img src=x`).MatchString(page) || !strings.Contains(page, "&lt;script&gt;alert(1)") {
		t.Errorf("the annex holds code:\n%s", page[strings.Index(page, "<tbody>"):][:600])
	}
}

// A record that was not decided on is told of where it stands now.
func TestPreviewTellsWhereAnUndecidedRecordStands(t *testing.T) {
	for _, drafts := range []bool{false, true} {
		r := newRuled(t, nil)
		if _, err := r.propose("qd-37", generator.ClearanceOptions{Records: []string{"tl-0002"}}); err != nil {
			t.Fatal(err)
		}
		r.sign("qd-37")
		r.with("clearances/qd-37.yaml", "records: [tl-0002]", "records: [tl-0001..tl-0002]").with(firstItem, "clearance: qd-01", "clearance: qd-37")
		first := strings.NewReplacer("tl-0001", "tl-0003", "qd-37", "qd-01").Replace(r.files[firstItem])
		put(t, filepath.Join(r.o.Content, filepath.FromSlash(firstItem)), []byte(first+"---\n"+r.files[firstItem]))
		s, err := generator.OpenSession(generator.SessionOptions{Options: r.o, Drafts: drafts})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		refresh(t, s, 0)
		for _, scope := range []string{"", "scope: \"Một dòng thêm.\"\n", "scope: >\n  Hai\n  dòng.\n"} {
			text := first + scope + "---\n"
			put(t, filepath.Join(r.o.Content, filepath.FromSlash(firstItem)), []byte(text+r.files[firstItem]))
			follow(t, s, []string{firstItem})
			want := fmt.Sprintf("%s:%d ", firstItem, 1+strings.Count(text, "\n"))
			if !slices.ContainsFunc(found(s), func(d string) bool { return strings.Contains(d, "clearance-undecided") && strings.Contains(d, want) }) {
				t.Errorf("drafts %v: not at %s", drafts, want)
			}
		}
	}
}
