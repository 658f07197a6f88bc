//go:build unix

package generator_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
)

// A link to a folder is not followed, wherever in the content records might lie
// behind it, and whoever made it is told so: in silence, a fonds, an exhibition or
// a decision would be missing.
func TestLinksToFoldersAreTold(t *testing.T) {
	t.Parallel()
	outside := t.TempDir()
	put(t, filepath.Join(outside, "tl-0009.yaml"), []byte("id: tl-0009\n"))
	for place, to := range map[string]string{
		"fonds/phong-hai": "phong-cau-mau", "fonds/phong-ba": outside, "fonds/phong-cau-mau/records/hop-02": outside, "fonds/phong-cau-mau/records/hop-03": "../media",
		"agents/to-chuc": outside, "exhibitions/cau-hai": "cau-mau", "clearances/cu": outside, "pages/huong-dan": "no-such-folder", "pages/loi-noi.md.d": outside,
	} {
		r := newRuled(t, nil)
		name := filepath.Join(r.o.Content, place)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.Symlink(to, name)); err != nil {
			t.Fatal(err)
		}
		r.fails("file-unreadable", place)
		rep, _ := r.build()
		for _, d := range rep.Diags.Sorted() {
			if d.Pos.File == place && (!strings.Contains(d.Msg.En, "link") || !strings.Contains(d.Hint.Vi, "liên kết")) {
				t.Errorf("%s: %s %s", place, d.Msg, d.Hint)
			}
		}
	}
	r := newRuled(t, nil)
	if err := errors.Join(os.Symlink(outside, filepath.Join(r.o.Content, "tai-lieu-khac")),
		os.Symlink("site.yaml", filepath.Join(r.o.Content, "ban-sao.txt"))); err != nil {
		t.Fatal(err)
	}
	rep, site := r.build()
	if site == nil || !slices.ContainsFunc(rep.Diags.Sorted(), func(d diag.Diagnostic) bool { return d.Code == "file-ignored" && d.Pos.File == "tai-lieu-khac" }) {
		t.Errorf("%s", strings.Join(worded(rep), "\n"))
	}
}

// A master that is a link to nothing that can be read, or lies behind one, is told
// to be a link, and not to be misspelt.
func TestMastersThatAreLinks(t *testing.T) {
	t.Parallel()
	const media = "fonds/phong-cau-mau/media"
	outside := t.TempDir()
	put(t, filepath.Join(outside, "a-001.jpg"), picture(t, "a"))
	for link, to := range map[string]string{media + "/a-001.jpg": filepath.Join(outside, "a-001.jpg"), media: outside} {
		r := newRuled(t, nil)
		name := filepath.Join(r.o.Content, link)
		if err := errors.Join(os.RemoveAll(name), os.MkdirAll(filepath.Dir(name), 0o755), os.Symlink(to, name)); err != nil {
			t.Fatal(err)
		}
		r.fails("file-missing", firstItem)
		rep, _ := r.build()
		for _, d := range rep.Diags.Sorted() {
			if d.Code == "file-missing" && d.Pos.File == firstItem && !strings.HasPrefix(d.Hint.En, link+" is a link") {
				t.Errorf("%s: %q", link, d.Hint.En)
			}
		}
	}
}

// Nothing is read through a link that stays in the content either: the file of one record,
// or its YAML, does not become the file of another, and no record, text, exhibition or page
// lies in two places.
func TestLinksWithinTheContent(t *testing.T) {
	t.Parallel()
	const fonds = "fonds/phong-cau-mau/"
	for place, c := range map[string]struct{ to, code, at string }{
		fonds + "media/a-001.jpg":             {"../records/" + filepath.Base(firstItem), "file-missing", firstItem},
		fonds + "media":                       {"anh", "file-missing", firstItem},
		firstItem:                             {"ban-ghi.txt", "file-unreadable", firstItem},
		fonds + "fonds.md":                    {"fonds.yaml", "file-unreadable", fonds + "fonds.md"},
		"profiles/dang-vn-2026.yaml":          {"../site.yaml", "file-unreadable", "profiles/dang-vn-2026.yaml"},
		"clearances/qd-01.yaml":               {"qd.txt", "file-unreadable", "clearances/qd-01.yaml"},
		"exhibitions/cau-mau/exhibition.yaml": {"tb.txt", "file-unreadable", "exhibitions/cau-mau/exhibition.yaml"},
		"exhibitions/cau-mau/01-khoi-cong.md": {"1.txt", "file-unreadable", "exhibitions/cau-mau/01-khoi-cong.md"},
		"pages/loi.md":                        {"../exhibitions/cau-mau/01-khoi-cong.md", "file-unreadable", "pages/loi.md"},
		"site.yaml":                           {"trang.txt", "file-unreadable", "site.yaml"},
		"agents/ban-cau-mau.yaml":             {"ban.txt", "file-unreadable", "agents/ban-cau-mau.yaml"},
	} {
		r := newRuled(t, nil)
		name := filepath.Join(r.o.Content, place)
		target := filepath.Join(filepath.Dir(name), c.to)
		err := os.MkdirAll(filepath.Dir(name), 0o755)
		if _, missing := os.Stat(target); missing != nil && err == nil {
			err = os.Rename(name, target)
		} else {
			_ = os.Remove(name)
		}
		if err := errors.Join(err, os.Symlink(c.to, name)); err != nil {
			t.Fatal(err)
		}
		r.fails(c.code, c.at)
	}
}

// A transcript that is a link to the YAML of a hidden record shows nothing of it.
func TestTranscriptThatIsALink(t *testing.T) {
	t.Parallel()
	r := newRuled(t, nil)
	r.with(firstItem, "file: a-001.jpg", "file: a-001.jpg, transcript: {file: loi.txt}")
	if err := os.Symlink("../records/"+filepath.Base(firstItem), r.media("loi.txt")); err != nil {
		t.Fatal(err)
	}
	r.fails("file-missing", firstItem)
}
