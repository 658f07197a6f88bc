package generator_test

import (
	"errors"
	"strings"
	"testing"

	"vitrine/generator"
)

// saidIn are the messages and hints of a code in a file, in both languages.
func saidIn(rep *generator.Report, code, file string) string {
	var out strings.Builder
	for _, d := range rep.Diags.Sorted() {
		if d.Code == code && d.Pos.File == file {
			out.WriteString(d.Msg.Vi + "\n" + d.Msg.En + "\n" + d.Hint.Vi + "\n")
		}
	}
	return out.String()
}

// Whoever names a record that has no page is told why it has none: of a clearance
// that is not in force, which, and since or until when.
func TestWhyWhatIsNamedIsNotPublic(t *testing.T) {
	const clearance, section = "clearances/qd-01.yaml", "exhibitions/cau-mau/01-khoi-cong.md"
	for name, c := range map[string]struct{ file, old, new, want string }{
		"expired":      {clearance, `valid: {from: "2026-01-15"}`, `valid: {from: "2026-01-15", until: "2026-01-31"}`, "qd-01 expired, its last day was 2026-01-31"},
		"not yet":      {clearance, `valid: {from: "2026-01-15"}`, `valid: {from: "2036-01-15"}`, "qd-01 comes into force on 2036-01-15"},
		"a draft":      {clearance, `decision: {number: "MẪU-01", date: "2026-01-15", issued_by: {name: "Cơ quan mẫu"}, signatory: "Người ký mẫu"}`, `decision: {issued_by: {name: "Cơ quan mẫu"}}`, "qd-01 is a draft without number, date and signatory"},
		"out of scope": {clearance, "purposes: [web-exhibition]", "purposes: [harvesting]", "clearance is not for exhibition on the web (qd-01)"},
		"restricted":   {firstItem, "{state: public}", "{state: restricted}", "restricted"},
		"its file":     {recordPath("hs-0001"), "{state: public}", "{state: restricted}", "restricted at a higher level (hs-0001: restricted)"},
		"its fonds":    {"fonds/phong-cau-mau/fonds.yaml", "{state: public}", "{state: unreviewed}", "its fonds is not published (phong-cau-mau: not reviewed)"},
	} {
		for _, by := range []struct{ code, text string }{{"markdown-link", "Xem [tờ](id:tl-0001).\n"}, {"ref-not-public", "::: object\nrecord: tl-0001\n:::\n"}} {
			files := map[string]string{section: by.text}
			if c.file == clearance { // what is beside it stays published, under another decision
				files["clearances/qd-02.yaml"] = strings.Replace(guideArchive()[clearance], "id: qd-01", "id: qd-02", 1)
			}
			r := newRuled(t, files)
			if c.file == clearance {
				for _, f := range []string{"fonds/phong-cau-mau/fonds.yaml", recordPath("hs-0001"), recordPath("tl-0002")} {
					if strings.Contains(r.files[f], "clearance: qd-01") {
						r.with(f, "clearance: qd-01", "clearance: qd-02")
					}
				}
			}
			rep, site := r.with(c.file, c.old, c.new).build()
			said := saidIn(rep, by.code, section)
			if site != nil || !strings.Contains(said, c.want) || !strings.Contains(said, "hoàn tất việc cho phép") {
				t.Errorf("%s, %s: %q lacks %q\n%s", name, by.code, said, c.want, strings.Join(worded(rep), "\n"))
			}
		}
	}
}

// Where a clearance expired, the release that would lose its addresses says which,
// and when.
func TestWhyAnAddressIsLost(t *testing.T) {
	t.Parallel()
	r := newSmallReleasing(t)
	r.swap("clearances/qd-01.yaml", `valid: {from: "2026-01-15"}`, `valid: {from: "2026-01-15", until: "2026-11-30"}`)
	r.must(day1)
	rep, err := r.release(day2)
	said := saidIn(rep, "address-lost", "editions/addresses.tsv")
	if !errors.Is(err, generator.ErrContent) || !strings.Contains(said, "quyết định qd-01 hết hiệu lực sau ngày 2026-11-30") || !strings.Contains(said, "qd-01 expired, its last day was 2026-11-30") ||
		!strings.Contains(said, "gia hạn quyết định") || strings.Contains(said, "former_ids") {
		t.Errorf("%v\n%s", err, said)
	}
}
