package exchange

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const anAgent = `<eac-cpf xmlns:xlink="http://www.w3.org/1999/xlink"><control><recordId>A_1</recordId></control><cpfDescription><identity><entityType>corporateBody</entityType><nameEntry><part>Ban Mẫu</part></nameEntry>
<nameEntry><part>Ban Cũ</part><useDates><dateRange><fromDate standardDate="1930"/><toDate standardDate="1945"/></dateRange></useDates></nameEntry></identity><description><biogHist><p>SAYS</p></biogHist></description>
<relations><cpfRelation cpfRelationType="hierarchical-child" xlink:href="A_2"><relationEntry>Tổ Mẫu</relationEntry></cpfRelation></relations></cpfDescription></eac-cpf>`

// Authority records become agents, which name each other by their ids.
func TestImportEAC(t *testing.T) {
	dir, from := archive(t, map[string]string{"profiles/thu.yaml": secretProfile}), t.TempDir()
	writeFile(t, filepath.Join(from, "1.xml"), anAgent)
	writeFile(t, filepath.Join(from, "2.xml"), strings.NewReplacer("A_1", "A_2", "Ban Mẫu", "Tổ Mẫu", "A_2\"", "A_9\"").Replace(anAgent))
	o := Options{Content: dir, File: from}
	rep, err := ImportEAC(context.Background(), o)
	if err != nil || rep.Taken != 2 || rep.Records != 2 {
		t.Fatal(err, dump(rep))
	}
	text := snapshot(t, dir)["agents/a_1.yaml"]
	for _, want := range []string{"id: a_1\ntype: corporate\nname: Ban Mẫu\n", "{text: Ban Cũ, kind: former, from: \"1930\", to: \"1945\"}", "history: SAYS", "{type: has-part, to: a_2}"} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q in\n%s", want, text)
		}
	}
	// Nothing is overwritten, and a marking does not come in.
	if rep, err := ImportEAC(context.Background(), o); !errors.Is(err, ErrRefused) || rep.Refused != 2 {
		t.Error(err, dump(rep))
	}
	writeFile(t, filepath.Join(from, "2.xml"), strings.NewReplacer("A_1", "A_3", "SAYS", "TUYỆT MẬT").Replace(anAgent))
	writeFile(t, filepath.Join(from, "3.xml"), "<ead/>")
	writeFile(t, filepath.Join(from, "4.xml"), strings.NewReplacer("A_1", "A_4", "A_2", "A_3").Replace(anAgent))
	rep, err = ImportEAC(context.Background(), o)
	if err != nil || rep.Taken != 1 || rep.Refused != 3 || snapshot(t, dir)["agents/a_4.yaml"] == "" || snapshot(t, dir)["agents/a_3.yaml"] != "" || !strings.Contains(dump(rep), "marking-current") || !strings.Contains(dump(rep), "3.xml:1:") {
		t.Error(err, dump(rep))
	}
	if text := snapshot(t, dir)["agents/a_4.yaml"]; strings.Contains(text, "a_3") || !strings.Contains(text, "Tổ Mẫu") {
		t.Errorf("it leads to what was not taken:\n%s", text)
	}
}

// Those at hand, of three houses, all become agents that a build takes.
func TestRealAuthorities(t *testing.T) {
	from := "../../../../shared/data/eac-cpf"
	if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the real authority records are not here: ", from)
	}
	dir := archive(t, nil)
	rep, err := ImportEAC(context.Background(), Options{Content: dir, File: from})
	if err != nil || rep.Taken != 12 || rep.Refused != 0 {
		t.Fatal(err, dump(rep))
	}
}
