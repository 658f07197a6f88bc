package generator_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
)

// An address that was released and would disappear is an error that names the
// record and the address; nothing is written. A notice or a redirect helps.
func TestReleaseLosesNoAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, stands string
		mend         func(r *releasing)
	}{
		{"withdrawn", "rút khỏi trang", func(r *releasing) {
			r.swap(recordPath("tl-0002"), "access: {state: restricted}", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-11-30\", reason: error}")
		}},
		{"redirected by hand", `url=tl-0001.html`, func(r *releasing) {
			r.put("editions/redirects.tsv", "# địa chỉ cũ, nơi mới\n/"+tl2+"\ttl-0001\nen/fonds/phong-cau-mau/tl-0002.html\ttl-0001\n")
		}},
		{"public again", "Ảnh", func(r *releasing) {
			r.swap(recordPath("tl-0002"), "access: {state: restricted}", "access: {state: public}\nnotes: \"thêm\"")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newReleasing(t)
			r.must(day1)
			r.swap(recordPath("tl-0002"), "access: {state: public}", "access: {state: restricted}")
			r.write("exhibitions/cau-mau/exhibition.yaml", strings.ReplaceAll(r.read("exhibitions/cau-mau/exhibition.yaml"), "tl-0002", "tl-0001"))
			site, papers := treeOf(t, r.o.Out), treeOf(t, r.papers)
			rep, err := r.release(day2)
			if !errors.Is(err, generator.ErrContent) || !hasError(rep, "address-lost", "tl-0002") || !hasError(rep, "address-lost", tl2) {
				t.Fatalf("%v: %v", err, worded(rep))
			}
			sameTree(t, "the site", treeOf(t, r.o.Out), site)
			sameTree(t, "the papers", treeOf(t, r.papers), papers)
			if _, err := os.Stat(r.file("editions/2026-12-01.yaml")); err == nil {
				t.Error("an edition was written")
			}
			if rep := r.again(day2); rep.Diags.Warnings() == 0 { // a build withholds at once
				t.Error("a build does not warn of the lost address")
			}
			contains(t, "the notice", r.page(tl2), true, `class="page-tombstone"`, "Trang này không còn được công bố")
			contains(t, "the notice", r.page(tl2), false, "Ảnh", "http-equiv=\"refresh\"")
			contains(t, "the files for web servers", string(read(t, filepath.Join(filepath.Dir(r.o.Out), ".vitrine/public/server/nginx.conf"))), true, "/"+tl2)
			contains(t, "the sitemap", r.page("sitemap.xml"), false, "tl-0002")
			c.mend(r)
			r.must(day2)
			contains(t, tl2, r.page(tl2), true, c.stands)
		})
	}
}

// What moves takes its address along: a record that is renamed, one that comes
// to another fonds, and a whole fonds; and old addresses of a record that is
// withdrawn later lead to the notice.
func TestMovedRecordsKeepTheirAddresses(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.must(day1)
	first := addressesOf(t, r)

	text := r.read("fonds/phong-hai/records/r07.yaml") // x-0021 to x-0023
	r.put("fonds/phong-hai/records/r07.yaml", strings.Replace(text, "id: x-0022\n", "id: y-0022\nformer_ids: [x-0022]\n", 1))
	moved := r.read(recordPath("hs-0002"))
	if err := os.Remove(r.file(recordPath("hs-0002"))); err != nil {
		t.Fatal(err)
	}
	r.put("fonds/phong-hai/records/hs-0002.yaml", strings.NewReplacer("phong-cau-mau", "phong-hai", "qd-01", "qd-02").Replace(moved))
	e := r.must(day2)
	const old, now = "phong-luu-tru/phong-hai/x-0022.html", "phong-luu-tru/phong-hai/y-0022.html"
	contains(t, old, r.page(old), true, `content="0; url=y-0022.html"`, `href="y-0022.html"`, `rel="canonical" href="`+baseURL+now+`"`, `content="noindex"`)
	contains(t, "the moved file", r.page("phong-luu-tru/phong-cau-mau/hs-0002.html"), true, "url=../phong-hai/hs-0002.html")
	contains(t, "its page", r.page("phong-luu-tru/phong-hai/hs-0002.html"), true, "Hai")
	contains(t, "the sitemap", r.page("sitemap.xml"), false, old)
	contains(t, "the sitemap", r.page("sitemap.xml"), true, now)
	if e.Records.Moved != 2 || e.Records.Withdrawn != 0 || e.Records.New != 0 {
		t.Errorf("%+v", e.Records)
	}
	r.again(day2) // a build alone keeps them
	contains(t, old, r.page(old), true, "url=y-0022.html")

	// Another name, without a word of the first: the ledger remembers.
	r.swap("fonds/phong-hai/records/r07.yaml", "id: y-0022\nformer_ids: [x-0022]\n", "id: z-0022\nformer_ids: [y-0022]\n")
	r.must(day3)
	contains(t, old, r.page(old), true, "url=z-0022.html")
	contains(t, now, r.page(now), true, "url=z-0022.html")

	r.swap("fonds/phong-hai/records/r07.yaml", "scope: {vi: \"Nội dung 22.\"}\naccess: {state: public}", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-12-24\", reason: error}")
	r.must("2026-12-25")
	contains(t, "the notice", r.page("phong-luu-tru/phong-hai/z-0022.html"), true, "rút khỏi trang")
	for _, path := range []string{old, now} { // it is withdrawn at each address that it ever had
		contains(t, path, r.page(path), true, `class="page-tombstone"`)
		contains(t, path, r.page(path), false, "Tờ 22", "z-0022", "http-equiv=\"refresh\"")
	}
	last := addressesOf(t, r)
	for path := range first {
		if _, err := os.Stat(filepath.Join(r.o.Out, filepath.FromSlash(path))); err != nil || !last[path] {
			t.Errorf("%s, of the first edition, is gone: %v", path, err)
		}
	}
	t.Logf("%d addresses of the first edition, %d now", len(first), len(last))
	s, err := generator.OpenSession(generator.SessionOptions{Options: generator.Options{Content: r.o.Content, Out: filepath.Join(t.TempDir(), "public"), BaseURL: baseURL, AsOf: "2026-12-25"}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	refresh(t, s, 0)
	r.swap("fonds/phong-hai/records/r07.yaml", "id: x-0021\n", "id: x-0021\nformer_ids: [cu-0021]\n")
	if _, err := s.RefreshFiles(context.Background(), []string{"fonds/phong-hai/records/r07.yaml"}); err != nil {
		t.Fatal(err)
	}
	contains(t, "the preview of a former id", fileOf(t, s, "phong-luu-tru/phong-hai/cu-0021.html"), true, "url=x-0021.html")
	for _, path := range []string{old, now, tl1} { // a preview shows the same
		if fileOf(t, s, path) != r.page(path) {
			t.Errorf("the preview of %s differs", path)
		}
	}
	r.o.AsOf = "2026-12-25"
	r.check("behind four editions")
}

// A fonds that is renamed takes the addresses of all its records along, with an
// edition behind it and without.
func TestRenamedFondsKeepsItsAddresses(t *testing.T) {
	t.Parallel()
	for _, released := range []bool{true, false} {
		r := newSmallReleasing(t)
		if released {
			r.must(day1)
		}
		for name, text := range r.files() {
			if strings.HasSuffix(name, ".yaml") && !strings.HasPrefix(name, "editions/") {
				r.write(name, strings.ReplaceAll(string(text), "phong-cau-mau", "phong-cau-moi"))
			}
		}
		if err := os.Rename(r.file("fonds/phong-cau-mau"), r.file("fonds/phong-cau-moi")); err != nil {
			t.Fatal(err)
		}
		r.swap("fonds/phong-cau-moi/fonds.yaml", "id: phong-cau-moi\n", "id: phong-cau-moi\nformer_ids: [phong-cau-mau]\n")
		r.again(day2)
		contains(t, "the fonds", r.page("phong-luu-tru/phong-cau-mau/index.html"), true, "url=../phong-cau-moi/index.html")
		contains(t, "a record", r.page(tl1), true, "url=../phong-cau-moi/tl-0001.html")
		r.must(day2)
	}
}

// What hangs under a withdrawn record goes with it: at its addresses stand
// notices, which say nothing of it. What nothing public names any more leads to
// the index.
func TestAddressesUnderAWithdrawnRecord(t *testing.T) {
	t.Parallel()
	r := newSmallReleasing(t)
	r.must(day1)
	r.swap(recordPath("hs-0001"), "access: {state: public}", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-11-30\", reason: error, level: minimal}")
	e := r.must(day2)
	contains(t, "the notice", r.page("phong-luu-tru/phong-cau-mau/hs-0001.html"), true, "rút khỏi trang")
	for _, path := range []string{tl1, tl2} {
		contains(t, path, r.page(path), true, `class="page-tombstone"`)
		contains(t, path, r.page(path), false, "http-equiv=\"refresh\"", "hs-0001", "Quyết định", "Ảnh")
		if n := strings.Count(r.page(path), "tl-000"); n > 2 {
			t.Errorf("%s names itself %d times, more than in its address: %s", path, n, r.page(path))
		}
	}
	contains(t, "an agent that nothing names", r.page("su-kien/le-khanh-thanh.html"), true, "url=../index.html")
	if e.Records.Withdrawn != 3 {
		t.Errorf("%+v", e.Records)
	}
	r.again(day2)
	contains(t, tl1, r.page(tl1), true, `class="page-tombstone"`)
}

// Where a whole fonds is withdrawn a notice stands in its place, and at each
// address of what was beneath it.
func TestAddressesUnderAWithdrawnFonds(t *testing.T) {
	t.Parallel()
	r := newSmallReleasing(t)
	r.must(day1)
	r.swap("fonds/phong-cau-mau/fonds.yaml", "access: {state: public}", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-11-30\", reason: error, level: minimal}")
	r.must(day2)
	contains(t, "the notice", r.page("phong-luu-tru/phong-cau-mau/index.html"), true, "rút khỏi trang")
	gone := string(read(t, filepath.Join(filepath.Dir(r.o.Out), ".vitrine", filepath.Base(r.o.Out), "server", "nginx.conf")))
	for _, path := range []string{tl1, tl2, "phong-luu-tru/phong-cau-mau/hs-0001.html"} {
		contains(t, path, r.page(path), true, `class="page-tombstone"`, "rút khỏi trang")
		contains(t, path, r.page(path), false, "http-equiv=\"refresh\"", path[strings.LastIndex(path, "/")+1:len(path)-len(".html")]+"</")
		contains(t, "the files for web servers", gone, true, path)
	}
	r.again(day2)
}

// addressesOf are the addresses of the ledger.
func addressesOf(t *testing.T, r *releasing) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for line := range strings.Lines(r.read("editions/addresses.tsv")) {
		path, _, _ := strings.Cut(line, "\t")
		out[path] = true
	}
	if len(out) < 50 {
		t.Fatalf("only %d addresses", len(out))
	}
	return out
}

// What is deleted from the content after it was released, or stood withdrawn, is
// gone at its address with a notice and no 404, however often it is built.
func TestDeletedRecordsLeaveANotice(t *testing.T) {
	t.Parallel()
	r := newReleasing(t)
	r.must(day1)
	r.swap(recordPath("tl-0002"), "access: {state: public}", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-11-30\", reason: error}")
	r.write("exhibitions/cau-mau/exhibition.yaml", strings.ReplaceAll(r.read("exhibitions/cau-mau/exhibition.yaml"), "tl-0002", "tl-0001"))
	r.must(day2)
	if err := os.Remove(r.file(recordPath("tl-0002"))); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		rep := r.again(day2)
		if rep.Diags.Warnings() == 0 {
			t.Error("the build does not warn of the lost address")
		}
		contains(t, "the notice", r.page(tl2), true, `class="page-tombstone"`, "Trang này không còn được công bố")
	}
	r.check("behind a deleted record")
	if rep, err := r.release(day3); !errors.Is(err, generator.ErrContent) || !hasError(rep, "address-lost", tl2) {
		t.Errorf("%v: %v", err, worded(rep))
	}
}
