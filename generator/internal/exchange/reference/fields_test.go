package reference

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"vitrine/generator/edtf"
)

// every is a numbered document in which each part is a word of its own.
func every() (*Entry, map[string]string) {
	d, _ := edtf.Parse("1945")
	e := &Entry{ID: "wid", Type: report, Names: []string{"wname"}, Signed: []string{"wname"}, Title: "wtitle", Issued: d, Words: "1945", Genre: "wgenre", Number: "wnumber",
		Issuer: "wissuer", Archive: "warchive", Collection: "wfonds", Location: "wplace", Place: "wcity", CallNumber: "wcode", Medium: "wmedium", Dimensions: "wsize",
		Language: "wlang", Abstract: "wscope", Website: "wsite", URL: "https://waddress.vn/", Version: "wstate", State: "wstate", Note: "woriginal"}
	return e, map[string]string{"id": "wid", "title": "wtitle", "creators": "wname", "dates": "1945", "form": "wgenre", "doc.number": "wnumber", "doc.issuer": "wissuer",
		"reference": "wcode", "reference.repository": "warchive", "fonds": "wfonds", "reference.unit_no": "wplace", "repository.place": "wcity", "languages": "wlang",
		"scope": "wscope", "physical.carrier": "wmedium", "physical.dimensions": "wsize", "originals": "woriginal", "site.title": "wsite", "address": "waddress", "state": "wstate"}
}

// Each part comes out where the table says, and nowhere else.
func TestFieldsLandWhereTheTableSays(t *testing.T) {
	e, words := every()
	var csl []map[string]any
	if err := json.Unmarshal(Formats[2].Close(Formats[2].Append(nil, 0, e), 1), &csl); err != nil {
		t.Fatal(err)
	}
	found := [4]map[string]string{{}, {}, {}, {}}
	ris := string(Formats[0].Append(nil, 0, e))
	if strings.Count(ris, "\r\n") != strings.Count(ris, "\n") || !strings.HasPrefix(ris, "TY  - RPRT\r\n") || !strings.HasSuffix(ris, "ER  - \r\n") {
		t.Errorf("%q", ris)
	}
	for _, m := range regexp.MustCompile(`(?m)^([A-Z][A-Z0-9])  - (.*)\r$`).FindAllStringSubmatch(ris, -1) {
		found[0][m[1]] += m[2]
	}
	bib := string(Formats[1].Append(nil, 0, e))
	found[1]["key"] = regexp.MustCompile(`^@techreport\{(.*),`).FindStringSubmatch(bib)[1]
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z]+) = (.*),$`).FindAllStringSubmatch(bib, -1) {
		found[1][m[1]] = m[2]
	}
	for key, v := range csl[0] {
		found[2][key] = fmt.Sprint(v)
	}
	for _, m := range e.Meta() {
		found[3][m.Name] += m.Content
	}
	if len(words) != len(Fields) {
		t.Errorf("%d parts, %d rows", len(words), len(Fields))
	}
	for _, f := range Fields {
		for i, want := range []string{f.RIS, f.BibTeX, f.CSL, f.Meta} {
			for at, value := range found[i] {
				both := i == 0 && f.Key == "dates" && at == "PY" // the year alone
				if strings.Contains(value, words[f.Key]) != (at == want) && !both && (i != 3 || at != "dc.title") {
					t.Errorf("%s in format %d: %s holds %q, the table says %s", f.Key, i, at, value, want)
				}
			}
			if want != "-" && found[i][want] == "" {
				t.Errorf("%s in format %d: there is no %s", f.Key, i, want)
			}
		}
	}
}

// A date for which RIS and CSL-JSON have no form keeps its words.
func TestDatesInWords(t *testing.T) {
	for date, want := range map[string][3]string{
		"1945~":       {"1945///khoảng năm 1945", `{"date-parts":[[1945]],"circa":true}`, "khoảng năm 1945"},
		"1945-09-02":  {"1945/09/02/", `{"date-parts":[[1945,9,2]]}`, "1945-09-02"},
		"1945/1946":   {"///từ năm 1945 đến năm 1946", `{"date-parts":[[1945],[1946]]}`, "từ năm 1945 đến năm 1946"},
		"194X":        {"///thập niên 1940", `{"literal":"thập niên 1940"}`, "thập niên 1940"},
		"[1945,1946]": {"///năm 1945 hoặc năm 1946", `{"literal":"năm 1945 hoặc năm 1946"}`, "năm 1945 hoặc năm 1946"},
		"1945/..":     {"///từ năm 1945 đến nay", `{"literal":"từ năm 1945 đến nay"}`, "từ năm 1945 đến nay"},
	} {
		d, err := edtf.Parse(date)
		if err != nil {
			t.Fatalf("%s: %v", date, err)
		}
		e := &Entry{Issued: d, Words: d.Words("vi")}
		_, ris := risDate(e)
		csl, _ := json.Marshal(cslIssued(e))
		if got := [3]string{ris, string(csl), e.isoDate()}; got != want {
			t.Errorf("%s: %q", date, got)
		}
	}
}

// A name with a comma within would be split by the connector at it, so it goes whole
// into another field; the others bear one at their ends.
func TestNamesForZotero(t *testing.T) {
	e := &Entry{Type: manuscript, Names: []string{"X.Y.Z. [Hồ Chí Minh]", "Ban Tuyên truyền, Cổ động"}, Signed: []string{"X.Y.Z.", "Ban Tuyên truyền, Cổ động"}}
	var creators, extra []string
	for _, m := range e.Meta() {
		switch m.Name {
		case "dc.creator":
			creators = append(creators, m.Content)
		case "z:extra":
			extra = append(extra, m.Content)
		}
	}
	if strings.Join(creators, "|") != "X.Y.Z.," || strings.Join(extra, "|") != "X.Y.Z. [Hồ Chí Minh]; Ban Tuyên truyền, Cổ động" {
		t.Errorf("%q %q", creators, extra)
	}
}
