package generator_test

import (
	"archive/zip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/page"
)

// takeOff withdraws a record while the content has an error elsewhere, so that it
// is cut out of the site.
func (r *releasing) takeOff(id string) *generator.WithdrawReport {
	r.t.Helper()
	r.put("agents/hong.yaml", "id: [\n")
	o := r.o
	o.AsOf, o.Templates = "2026-11-26", nil
	rep, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: o, ID: id})
	if err != nil {
		r.t.Fatalf("withdraw %s: %v", id, err)
	}
	if rep.Cut == nil || len(rep.Remains) > 0 {
		r.t.Errorf("withdraw %s: %+v", id, rep)
	}
	return rep
}

// notTold takes the record out of what the exhibition tells.
func (r *releasing) notTold() {
	r.write("exhibitions/cau-mau/exhibition.yaml", strings.ReplaceAll(r.read("exhibitions/cau-mau/exhibition.yaml"), "tl-0002", "tl-0001"))
}

const notice = `<body class="page-tombstone">`

// At each address that leads on to a record that is cut out there is a notice, and
// the files for web servers name it: a former id, and a fonds in which it was.
func TestCutAtEveryAddress(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.must(day1)
	r.swap("fonds/phong-hai/records/r07.yaml", "id: x-0022\n", "id: y-0022\nformer_ids: [x-0022]\n")
	r.swap("fonds/phong-hai/records/r07.yaml", "\"Tờ 22\"", "\"Một tờ rất riêng\"")
	moved := r.read(recordPath("hs-0002"))
	fine(t, os.Remove(r.file(recordPath("hs-0002"))))
	r.put("fonds/phong-hai/records/hs-0002.yaml", strings.NewReplacer("phong-cau-mau", "phong-hai", "qd-01", "qd-02").Replace(moved))
	r.must(day1)
	for id, paths := range map[string][]string{
		"y-0022":  {"phong-luu-tru/phong-hai/y-0022.html", "phong-luu-tru/phong-hai/x-0022.html", "en/fonds/phong-hai/x-0022.html"},
		"hs-0002": {"phong-luu-tru/phong-hai/hs-0002.html", "phong-luu-tru/phong-cau-mau/hs-0002.html"},
	} {
		before := treeOf(t, r.o.Out)
		r.takeOff(id)
		after := treeOf(t, r.o.Out)
		for name := range before {
			// What is about the whole archive goes, and so do pictures and the search, until the next build.
			still := strings.HasPrefix(name, "/media/") || strings.HasPrefix(name, "/search-index/") || page.IsWhole(name[1:])
			if _, is := after[name]; !is && !still {
				t.Errorf("%s: %s is gone", id, name)
			}
		}
		for _, path := range paths {
			contains(t, path, r.page(path), true, notice)
			contains(t, path, r.page(path), false, "Một tờ rất riêng", "http-equiv=\"refresh\"")
			contains(t, "the files for web servers", string(read(t, filepath.Join(filepath.Dir(r.o.Out), ".vitrine/public/server/nginx.conf"))), true, "/"+path)
		}
		contains(t, "an old address", r.page(paths[1]), false, "y-0022", "phong-hai/hs-0002")
	}
}

// A fonds may bear the name of the archive, which stands on every page. It is cut
// out all the same, and a second call leaves the notices of what was beneath it.
func TestCutOfAFondsWithTheNameOfTheSite(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	const name = "Kho tư liệu cầu đường"
	r.swap("site.yaml", "Kho thử", name)
	r.swap("fonds/phong-hai/fonds.yaml", "Phông hai", name)
	r.must(day1)
	for n := range 2 {
		rep := r.takeOff("phong-hai")
		if n > 0 && rep.Cut.Lists > 0 {
			t.Errorf("%d files are gone", rep.Cut.Lists)
		}
		for _, path := range []string{"phong-luu-tru/phong-hai/index.html", "phong-luu-tru/phong-hai/x-0007.html", "en/fonds/phong-hai/x-0022.html"} {
			contains(t, path, r.page(path), true, notice)
			contains(t, path, r.page(path), false, "Tờ 7")
		}
		contains(t, "a page that stays", r.page(tl1), true, "Quyết định")
	}
}

// What a text said that went, because it links to the record, is quoted nowhere:
// not in the head of its page, not in a list.
func TestCutTakesQuotationsAlong(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	const said = "Lá thư ấy kể chuyện một đêm bên bến sông, khi chuyến phà cuối cùng đã rời bờ"
	r.swap("fonds/phong-hai/records/r00.yaml", "Nội dung 0, xem [tờ khác](id:x-0001).", "[Lá thư ấy](id:x-0001) kể chuyện một đêm bên bến sông, khi chuyến phà cuối cùng đã rời bờ mà người chưa sang hết.")
	r.swap("fonds/phong-hai/fonds.yaml", "defaults:", "scope: {vi: \"[Lá thư ấy](id:x-0001) kể chuyện một đêm bên bến sông, khi chuyến phà cuối cùng đã rời bờ mà người chưa sang hết.\"}\ndefaults:")
	r.must(day1)
	pages := []string{"index.html", "phong-luu-tru/phong-hai/index.html", "phong-luu-tru/phong-hai/x-0000.html"}
	quoted := 0
	for _, path := range pages {
		quoted += strings.Count(r.page(path), said)
	}
	r.takeOff("x-0001")
	for path := range treeOf(t, r.o.Out) {
		if strings.HasSuffix(path, ".html") && strings.Contains(r.page(path), said) {
			t.Errorf("%s still says it", path)
		}
	}
	contains(t, "a page that stays", r.page(pages[2]), true, `<body class="page-record">`)
	contains(t, "the home page", r.page(pages[0]), true, `<body class="page-home">`)
	if quoted < 2 {
		t.Errorf("it was quoted %d times before", quoted)
	}
}

// What an exhibition tells beside a record may be of it: the page gives way.
func TestCutOfAStory(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.notTold()
	r.put("exhibitions/cau-mau/01-khoi-cong.md", "Lời của phần đầu.\n\n::: gallery\nrecords: [tl-0001, tl-0002]\ncaption: \"Người đứng bên trái về sau mất tích\"\n:::\n")
	r.must(day1)
	rep := r.takeOff("tl-0002")
	told := false
	for path := range treeOf(t, r.o.Out) {
		if strings.HasSuffix(path, ".html") && strings.Contains(r.page(path), "mất tích") {
			t.Errorf("%s still says it", path)
		}
		told = told || strings.Contains(path, "cau-mau")
	}
	if len(rep.Cut.Notices) == 0 || !told {
		t.Errorf("%+v", rep.Cut)
	}
}

// A record that somebody deleted, or whose description cannot be read, is taken
// off the site while that has its page; of one that is nowhere it is said.
func TestWithdrawWhatTheContentLost(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.notTold()
	r.must(day1)
	text := r.read(recordPath("tl-0002"))
	fine(t, os.Remove(r.file(recordPath("tl-0002"))))
	rep := r.takeOff("tl-0002")
	contains(t, "the notice", r.page(tl2), true, notice)
	if rep.File != "" || len(rep.Notes) == 0 {
		t.Errorf("%+v", rep)
	}
	fine(t, os.Remove(r.file("agents/hong.yaml")))
	r.again("2026-11-26")
	contains(t, "after the next build", r.page(tl2), true, notice)
	o := r.o
	o.Templates = nil
	var ue *generator.UserError
	if _, err := generator.Withdraw(context.Background(), generator.WithdrawOptions{Options: o, ID: "tl-0002"}); !errors.As(err, &ue) || !strings.Contains(ue.Msg.En, "no record") {
		t.Errorf("once it is off the site: %v", err)
	}

	r.put(recordPath("tl-0002"), text)
	r.again("2026-11-26")
	contains(t, "again public", r.page(tl2), false, notice)
	r.put(recordPath("tl-0002"), "id: tl-0002\ntitle: [\n")
	rep = r.takeOff("tl-0002")
	contains(t, "the notice", r.page(tl2), true, notice)
	if len(rep.Notes) == 0 || !strings.Contains(rep.Notes[0].En, recordPath("tl-0002")) {
		t.Errorf("%+v", rep.Notes)
	}
}

// After a withdrawal the host may have a site that is no edition: the next parcel
// has every file, and a release that changes nothing says so.
func TestParcelAfterAWithdrawal(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.notTold()
	r.must(day1)
	text := r.read(recordPath("tl-0002"))
	r.takeOff("tl-0002")
	fine(t, os.Remove(r.file("agents/hong.yaml")))
	r.put(recordPath("tl-0002"), text)
	if rep := r.must(day1); !rep.Same || !rep.Withdrew {
		t.Errorf("undone: %+v", rep)
	}
	r.swap(recordPath("tl-0001"), `"Quyết định"`, `"Quyết định sửa"`)
	rep := r.must(day2)
	parcel, err := zip.OpenReader(filepath.Join(rep.Papers, "thay-doi.zip"))
	fine(t, err)
	defer parcel.Close()
	files := 0
	for range treeOf(t, r.o.Out) {
		files++
	}
	if !rep.Withdrew || len(parcel.File) != files {
		t.Errorf("%+v: %d files of %d", rep, len(parcel.File), files)
	}
	r.swap(recordPath("tl-0001"), `"Quyết định sửa"`, `"Quyết định"`)
	if rep := r.must(day3); rep.Withdrew {
		t.Error("an edition later it is over")
	}
}
