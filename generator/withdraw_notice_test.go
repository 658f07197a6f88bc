package generator_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
)

// A record of which neither the site nor the ledger has an address is not withdrawn: a notice
// would tell that it is there, and its state why it is closed no longer. One that was released
// is, whatever lies there now.
func TestWithdrawOfWhatWasNeverPublicIsRefused(t *testing.T) {
	t.Parallel()
	refused := func(o generator.WithdrawOptions) bool {
		_, err := generator.Withdraw(context.Background(), o)
		var ue *generator.UserError
		return errors.As(err, &ue) && strings.Contains(ue.Msg.En, "nothing to withdraw") && strings.Contains(ue.Msg.Vi, "không có gì để rút")
	}
	o := publishedArchive(t)
	o.ID, o.Level, o.Reason = "tl-0090", "full", "error"
	file := filepath.Join(o.Content, recordPath("tl-0090"))
	base := strings.Replace(namingArchive()[recordPath("tl-0090")], "access: {state: restricted}\n", "", 1)
	for _, access := range []string{"", "access: {state: restricted}\n", "access: {state: embargo, embargo_until: \"2030-01-01\"}\nclearance: qd-01\n", "access: {state: public}\n"} {
		put(t, file, []byte(base+access))
		before := filesOf(t, o.Out)
		if !refused(o) || string(read(t, file)) != base+access || len(filesOf(t, o.Out)) != len(before) {
			t.Errorf("%q: not refused", access)
		}
	}
	o.Out = filepath.Join(filepath.Dir(o.Out), "elsewhere")
	put(t, file, []byte(base+"access: {state: restricted}\n"))
	if !refused(o) {
		t.Error("without a site: not refused")
	}
	o.ID = "tl-0002"
	if rep, err := generator.Withdraw(context.Background(), o); err != nil || rep.File == "" {
		t.Errorf("a public record without a site: %v", err)
	}

	r := newSmallReleasing(t)
	r.must(day1)
	r.swap(recordPath("tl-0002"), "access: {state: public}", "access: {state: restricted}")
	fine(t, os.RemoveAll(r.o.Out))
	fine(t, os.RemoveAll(filepath.Join(filepath.Dir(r.o.Out), ".vitrine")))
	w := generator.WithdrawOptions{Options: r.o, ID: "tl-0002"}
	w.Templates, w.AsOf = nil, day1
	if rep, err := generator.Withdraw(context.Background(), w); err != nil || rep.File == "" {
		t.Errorf("what was released: %v", err)
	}
}

// A record that got another id since the site was built is taken off it by the one that the site knows; and
// one that a decision opens is withdrawn though this folder has no page of it: another may.
func TestWithdrawByWhatTheSiteKnows(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	o := generator.WithdrawOptions{Options: generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), BaseURL: baseURL, AsOf: asOf}, Reason: "error"}
	writeTo(t, o.Content, namingArchive())
	if _, err := generator.Build(context.Background(), o.Options); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(o.Content, recordPath("tl-0094"))
	put(t, file, []byte(strings.Replace(string(read(t, file)), "id: tl-0094\n", "id: tl-0194\nformer_ids: [tl-0094]\n", 1)))
	put(t, filepath.Join(o.Content, "agents", "hong.yaml"), []byte("id: hong\n")) // no build
	o.ID = "tl-0194"
	rep, err := generator.Withdraw(context.Background(), o)
	if err != nil || rep.Cut == nil || len(rep.Remains) > 0 {
		t.Fatalf("%v: %+v", err, rep)
	}
	for name, data := range filesOf(t, o.Out) {
		if strings.Contains(string(data), "Báo cáo công tác tháng năm 1959") {
			t.Errorf("%s holds the title", name)
		}
	}
	fine(t, os.Remove(filepath.Join(o.Content, "agents", "hong.yaml")))
	// A former id is that of the record which has it now.
	put(t, filepath.Join(o.Content, recordPath("tl-0195")), []byte(strings.ReplaceAll(namingArchive()[recordPath("tl-0094")], "id: tl-0094\n", "id: tl-0195\nformer_ids: [tl-0185]\n")))
	if _, err := generator.Build(context.Background(), o.Options); err != nil {
		t.Fatal(err)
	}
	o.ID = "tl-0185"
	if rep, err := generator.Withdraw(context.Background(), o); err != nil || !strings.HasSuffix(rep.File, "tl-0195.yaml") || isPublic(t, withID(o, "tl-0195")) {
		t.Errorf("by a former id: %v, %+v", err, rep)
	}
	put(t, filepath.Join(o.Content, recordPath("tl-0195")), []byte(strings.ReplaceAll(namingArchive()[recordPath("tl-0094")], "tl-0094", "tl-0195")))
	fine(t, os.RemoveAll(o.Out))
	o.ID = "tl-0195"
	if rep, err := generator.Withdraw(context.Background(), o); err != nil || rep.File == "" {
		t.Errorf("a record that a decision opens: %v", err)
	}
}

func withID(o generator.WithdrawOptions, id string) generator.WithdrawOptions {
	o.ID = id
	return o
}

// What the content has beneath a file by now goes with it, though the site has it elsewhere; and so do the
// later pages of its list, whatever it is called.
func TestCutTakesWhatHangsBeneathByNow(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	o := generator.WithdrawOptions{Options: generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), BaseURL: baseURL, AsOf: asOf}, Reason: "state-secret-review", ID: "tapsach"}
	a := namingArchive()
	const head = "level: file\nparent: phong-cau-mau\nreference: {inventory_no: \"9\", unit_no: \"0009\"}\ndates: {created: \"1959\"}\nextent: {quantity: \"9\", unit: {vi: tờ, en: leaves}}\naccess: {state: public}\nclearance: qd-01\n"
	a[recordPath("tapsach")] = "id: tapsach\ntitle: \"Tập sách không ai quên\"\n" + head
	for i := range 260 {
		id := fmt.Sprintf("ts-%04d", i)
		a[recordPath(id)] = strings.NewReplacer("tl-0094", id, "hs-0001", "tapsach", "Báo cáo công tác tháng năm 1959", "Tờ số "+id).Replace(a[recordPath("tl-0094")])
	}
	writeTo(t, o.Content, a)
	if _, err := generator.Build(context.Background(), o.Options); err != nil {
		t.Fatal(err)
	}
	if later, _ := filepath.Glob(filepath.Join(o.Out, "phong-luu-tru/phong-cau-mau/tapsach.*.html")); len(later) == 0 {
		t.Fatal("the list has no later pages")
	}
	edit(t, filepath.Join(o.Content, recordPath("tl-0094")), "parent: hs-0001", "parent: tapsach")
	put(t, filepath.Join(o.Content, "agents", "hong.yaml"), []byte("id: hong\n")) // no build
	rep, err := generator.Withdraw(context.Background(), o)
	if err != nil || rep.Cut == nil {
		t.Fatalf("%v: %+v", err, rep)
	}
	for name, data := range filesOf(t, o.Out) {
		if strings.Contains(string(data), "Báo cáo công tác tháng năm 1959") || strings.Contains(string(data), "Tập sách không ai quên") {
			t.Errorf("%s tells of it", name)
		}
	}
}

const toldTitle = "Thư của người viết ẩn danh"

// telling is a record that was withdrawn with a notice that is to say all.
func telling(parent, access string) string {
	return "id: tl-0092\nlevel: item\nparent: " + parent + "\ntitle: \"" + toldTitle + "\"\nreference: {unit_no: \"1\"}\nform: thu\ndates: {created: \"1959\"}\nwithdrawn: {date: \"2026-05-01\", reason: error, level: full, decision: \"12-QĐ\", public_note: \"Lời của trang báo\"}\n" + access
}

// The notice of a withdrawn record says what that was only where its description was cleared,
// be the decision expired; and nothing where a record above it was withdrawn too.
func TestRule05_NoticesTellWhatWasCleared(t *testing.T) {
	t.Parallel()
	const plain, named = "access: {state: withdrawn}\n", "access: {state: withdrawn}\nclearance: qd-09\n"
	decision := func(old, new string) string {
		return strings.Replace(strings.Replace(clearance, "id: qd-01", "id: qd-09", 1), old, new, 1)
	}
	for name, c := range map[string]struct {
		access, decision string
		tells            bool
	}{
		"cleared":          {named, decision("", ""), true},
		"expired":          {named, decision("\"2026-01-15\"}\nprepared", "\"2026-01-15\", until: \"2026-06-01\"}\nprepared"), true},
		"no clearance":     {plain, "", false},
		"not signed":       {named, decision("number: \"MẪU-01\", date: \"2026-01-15\"", "number: \"\", date: \"\"") + "", false},
		"not in force":     {named, decision("from: \"2026-01-15\"", "from: \"2027-01-15\""), false},
		"other records":    {named, decision("fonds: [phong-cau-mau]", "records: [tl-0001]"), false},
		"images alone":     {named, decision("[metadata, images, transcript]", "[images]"), false},
		"another purpose":  {named, decision("[web-exhibition]", "[harvesting]"), false},
		"under embargo":    {strings.Replace(named, "withdrawn}", "withdrawn, embargo_until: \"2030-01-01\"}", 1), decision("", ""), false},
		"data of a person": {strings.Replace(named, "withdrawn}", "withdrawn, personal: unreviewed}", 1), decision("", ""), false},
	} {
		if name == "not signed" {
			c.decision = strings.Replace(c.decision, "signatory: \"Người ký mẫu\"", "signatory: \"\"", 1)
		}
		r := newRuled(t, map[string]string{recordPath("tl-0092"): telling("hs-0001", c.access), "clearances/qd-09.yaml": c.decision})
		rep, site := r.build()
		if site == nil {
			t.Fatalf("%s: %q", name, worded(rep))
		}
		warned := strings.Contains(strings.Join(worded(rep), "\n"), "withdrawal-level")
		for _, words := range []string{toldTitle, "12-QĐ", "Lời của trang báo"} {
			if got := len(r.holds(words)) > 0; got != c.tells || warned == c.tells || !r.has("tl-0092") {
				t.Errorf("%s: %q is told: %t; warned: %t", name, words, got, warned)
			}
		}
	}
}

// What a notice toldTitle goes when a record above it is withdrawn, whether the site is built
// or cut.
func TestRule06_NoticesFallSilentUnderWhatIsWithdrawn(t *testing.T) {
	t.Parallel()
	for fault, text := range map[string]string{"": "", "agents/hong.yaml": "id: [\n", recordPath("moi"): "id: tl-9999\nlevel: item\n", recordPath("hs-0002"): "title: \"Hai lần\"\n"} {
		broken := fault != ""
		o := publishedArchive(t)
		put(t, filepath.Join(o.Content, recordPath("tl-0092")), []byte(telling("hs-0002", "access: {state: withdrawn}\nclearance: qd-01\n")))
		other := strings.NewReplacer("tl-0092", "tl-0093", "ẩn danh", "có tên").Replace(telling("hs-0001", "access: {state: withdrawn}\nclearance: qd-01\n"))
		put(t, filepath.Join(o.Content, recordPath("tl-0093")), []byte(other))
		if _, err := generator.Build(context.Background(), o.Options); err != nil {
			t.Fatal(err)
		}
		notice := filepath.Join(o.Out, pageOf("tl-0092"))
		if !strings.Contains(string(read(t, notice)), toldTitle) {
			t.Fatal("the notice does not tell")
		}
		if broken {
			was, _ := os.ReadFile(filepath.Join(o.Content, fault))
			put(t, filepath.Join(o.Content, fault), append(was, text...))
		}
		o.ID, o.Reason = "hs-0002", "state-secret-review"
		if rep, err := generator.Withdraw(context.Background(), o); err != nil || rep.Rebuilt == broken {
			t.Fatalf("%v: %+v", err, rep)
		}
		for name, data := range filesOf(t, o.Out) {
			if strings.Contains(string(data), toldTitle) || strings.HasSuffix(name, "tl-0092.html") && strings.Contains(string(data), "12-QĐ") {
				t.Errorf("%s: %s still tells", fault, name)
			}
		}
		other = string(read(t, filepath.Join(o.Out, pageOf("tl-0093"))))
		if certain := fault != recordPath("hs-0002"); !strings.Contains(string(read(t, notice)), "page-tombstone") || strings.Contains(other, "có tên") != certain || !strings.Contains(other, "page-tombstone") {
			t.Errorf("%s: a notice is gone, or that of another record says no more: %s", fault, other)
		}
	}
}

// The notice of a cut says no more than the least wherever no build looked for what it may
// not name, or did not know all of that.
func TestNoticeOfACutTellsOnAPositiveSign(t *testing.T) {
	t.Parallel()
	const hidden = "Biên bản họp ngày mồng năm"
	kin := namingArchive()[recordPath("tl-0090")]
	for name, spoil := range map[string]func(o *generator.WithdrawOptions){
		"the clearance is gone": func(o *generator.WithdrawOptions) {
			fine(t, os.Remove(filepath.Join(o.Content, "clearances/qd-01.yaml")))
		},
		"a clearance is malformed": func(o *generator.WithdrawOptions) { swapIn(t, o, "clearances/qd-01.yaml", "fonds: [", "fondz: [") },
		"the fonds has no level": func(o *generator.WithdrawOptions) {
			swapIn(t, o, "fonds/phong-cau-mau/fonds.yaml", "level: fonds", "level: fondz")
		},
		"it is its own parent": func(o *generator.WithdrawOptions) {
			swapIn(t, o, recordPath("tl-0090"), "parent: hs-0001", "parent: tl-0090")
		},
		"its title is mistyped":    func(o *generator.WithdrawOptions) { swapIn(t, o, recordPath("tl-0090"), "title:", "titel:") },
		"the day lies before":      func(o *generator.WithdrawOptions) { o.AsOf = "2026-11-01" },
		"the build takes too long": func(o *generator.WithdrawOptions) { o.Patience = 1 },
		"the note names it": func(o *generator.WithdrawOptions) {
			put(t, filepath.Join(o.Content, "agents/hong.yaml"), []byte("id: [\n"))
		},
	} {
		o := publishedArchive(t)
		put(t, filepath.Join(o.Content, recordPath("tl-0090")), []byte(kin))
		if _, err := generator.Build(context.Background(), o.Options); err != nil {
			t.Fatal(err)
		}
		o.Level, o.Note, o.Reason = "full", "Xem "+hidden, "error"
		spoil(&o)
		rep, err := generator.Withdraw(context.Background(), o)
		if err != nil || rep.Cut == nil {
			t.Fatalf("%s: %v %+v", name, err, rep)
		}
		for file, data := range filesOf(t, o.Out) {
			if strings.Contains(string(data), hidden) {
				t.Errorf("%s: %s names what is not public", name, file)
			}
		}
		if isPublic(t, o) || len(rep.Notes) == 0 {
			t.Errorf("%s: %q", name, rep.Notes)
		}
	}
}

func swapIn(t *testing.T, o *generator.WithdrawOptions, file, old, new string) {
	t.Helper()
	name := filepath.Join(o.Content, file)
	was := string(read(t, name))
	if !strings.Contains(was, old) {
		t.Fatalf("%s has no %q", file, old)
	}
	put(t, name, []byte(strings.Replace(was, old, new, 1)))
}

// Whoever feeds a host by the zips of editions is told which of them bring the record back.
func TestWithdrawNamesTheZipsThatHoldTheRecord(t *testing.T) {
	t.Parallel()
	r := newSmallReleasing(t)
	rep := r.must(day1)
	o := generator.WithdrawOptions{Options: r.o, ID: "tl-0002"}
	o.Templates, o.AsOf = nil, day1
	done, err := generator.Withdraw(context.Background(), o)
	if zip := filepath.Join(rep.Papers, "thay-doi.zip"); err != nil || !strings.Contains(strings.Join(done.Lines("en"), "\n"), "still holds the record; delete it, and do not unpack it on the host any more: "+zip) {
		t.Errorf("%v: %q", err, done.Lines("en"))
	}
	o.ID = "hs-0002"
	if done, err := generator.Withdraw(context.Background(), o); err != nil || !strings.Contains(strings.Join(done.Lines("vi"), "\n"), "vẫn chứa tài liệu") {
		t.Errorf("%v: %q", err, done.Lines("vi"))
	}
}
