package eac

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/generator/internal/exchange/elements"
)

const small = `<?xml version="1.0"?><eac-cpf xmlns="urn:isbn:1-931666-33-4" xmlns:xlink="http://www.w3.org/1999/xlink"><control><recordId>K 1</recordId><otherRecordId>x</otherRecordId><maintenanceAgency><agencyName>House</agencyName></maintenanceAgency>
<conventionDeclaration><citation>ISAAR</citation></conventionDeclaration><sources><source><sourceEntry>A book</sourceEntry></source></sources></control>
<cpfDescription><identity><entityType>person</entityType><nameEntry><part>Old</part><useDates><date standardDate="1901">1901</date></useDates></nameEntry>
<nameEntry xml:lang="vie"><part>Nguyễn Văn A</part><part>thợ in</part><authorizedForm>x</authorizedForm></nameEntry><nameEntryParallel><nameEntry xml:lang="fre"><part>A, Nguyen</part></nameEntry></nameEntryParallel></identity>
<description><existDates><dateSet><dateRange><fromDate standardDate="1890">1890</fromDate><toDate standardDate="1930">1930</toDate></dateRange><date standardDate="1945">1945</date></dateSet></existDates>
<places><place><placeEntry>Hà Nội</placeEntry><placeRole>born</placeRole></place></places><functions><function><term>printer</term><dateRange><fromDate>1910</fromDate><toDate>1920</toDate></dateRange></function><function><term>author</term></function></functions>
<biogHist><p>One.</p><p>Two.</p></biogHist></description><relations><cpfRelation cpfRelationType="hierarchical-parent" xlink:href="K 2"><relationEntry>Body</relationEntry><dateRange><fromDate standardDate="1920"/></dateRange></cpfRelation><resourceRelation/></relations></cpfDescription></eac-cpf>`

func TestParse(t *testing.T) {
	a, err := Parse(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	want := &Agent{ID: "K 1", Type: "person", Name: Name{Text: "Nguyễn Văn A, thợ in", Lang: "vi"}, Parallel: []Name{{Text: "A, Nguyen", Lang: "fr"}}, Other: []Name{{Text: "Old", Use: Span{"1901", "1901"}}},
		Exist: Span{"1890", "1945"}, History: "One.\n\nTwo.", Functions: "printer (1910 1920)\n\nauthor", Places: []string{"Hà Nội"}, By: "House", Rules: []string{"ISAAR"}, Sources: []string{"A book"},
		Relations: []Relation{{Type: "part-of", To: "K 2", Name: "Body", Use: Span{From: "1920"}}}, Unplaced: map[string]int{"control/otherRecordId": 1, "relations/resourceRelation": 1}}
	if diff := cmp.Diff(want, a); diff != "" {
		t.Error(diff)
	}
	for s, edtf := range map[Span]string{{}: "", {"1901", "1901"}: "1901", {"1901", ""}: "1901/..", {"", "1901"}: "../1901", {"1901", "1902"}: "1901/1902"} {
		if got := s.EDTF(); got != edtf {
			t.Errorf("%v: %q", s, got)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "x", "<ead/>", "<eac-cpf/>", small[:len(small)-30], "<eac-cpf><cpfDescription>" + strings.Repeat("<a>", 5000)} {
		var bad *elements.SyntaxError
		if a, err := Parse(strings.NewReader(text)); !errors.As(err, &bad) {
			t.Errorf("%.40q: %v, %v", text, a, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	files, _ := filepath.Glob("../../../../../shared/data/eac-cpf/*.xml")
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil && len(data) < 30_000 {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if a, err := Parse(strings.NewReader(string(data))); err == nil && a.Name.Text == "" {
			t.Fatal("an agent without a name")
		}
	})
}
