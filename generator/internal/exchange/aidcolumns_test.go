package exchange

import (
	"fmt"
	"strings"
	"testing"
)

// manyComponents is a finding aid of n components that each say something of their own.
func manyComponents(n int, says func(i int) string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<c id="k%d"><did><unittitle>A</unittitle></did>%s</c>`, i, says(i))
	}
	return "<ead><archdesc><did><unittitle>A</unittitle></did><dsc>" + b.String() + "</dsc></archdesc></ead>"
}

// Labels, languages and names without end do not make columns without end; what the heading would have said is kept.
func TestImportEADOfManyElements(t *testing.T) {
	const n = 1500
	last := fmt.Sprintf("k%d", n-1)
	for name, c := range map[string]struct {
		says func(i int) string
		plan string
		kept string // of the last component
	}{
		"labels": {func(i int) string { return fmt.Sprintf(`<foo label="k%d">x</foo>`, i) }, "", last + ": x"},
		"names":  {func(i int) string { return fmt.Sprintf(`<x%d>x</x%d>`, i, i) }, "columns: {other elements: extra}\n", "x" + last[1:] + ": x"},
		"languages": {func(i int) string {
			return fmt.Sprintf(`<scopecontent>a</scopecontent><scopecontent lang="%c%c%c">x</scopecontent>`, 'a'+i/676%26, 'a'+i/26%26, 'a'+i%26)
		}, "", ": x"},
		"groups": {func(i int) string {
			return fmt.Sprintf(`<scopecontent><note audience="internal" label="%d">x</note></scopecontent><y%d><z>a</z></y%d>`, i, i, i)
		}, "columns: {other elements: extra}\n", ": a"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, rep, err := importedAid(t, manyComponents(n, c.says), c.plan)
			if err != nil || rep.Taken != n || len(rep.Columns) > maxNames+20 {
				t.Fatalf("%v, %d rows, %d columns\n%s", err, rep.Taken, len(rep.Columns), dump(rep))
			}
			u := readBack(t, dir, "f1")[last]
			if u == nil || !strings.Contains(fmt.Sprint(u.Extra), c.kept) {
				t.Errorf("kept is %v", u.Extra)
			}
		})
	}
}

// Nothing that has no column of its own is opened, nor what says that it is closed, alone or beside other words.
func TestImportEADOfManyElementsOpensNothing(t *testing.T) {
	const n = maxNames + 100
	named := func(i int) string { return fmt.Sprintf(`<x%d>x</x%d>`, i, i) }
	restricts := func(i int) string { return fmt.Sprintf(`<x%d><accessrestrict>x</accessrestrict></x%d>`, i, i) }
	if _, rep, err := importedAid(t, manyComponents(n, named), ""); err != nil || rep.Taken > maxNames || rep.Refused < 90 || !strings.Contains(dump(rep), "error: <"+restElements+">") {
		t.Errorf("%v, taken %d, refused %d", err, rep.Taken, rep.Refused)
	}
	if _, rep, err := importedAid(t, manyComponents(n, restricts), "columns: {other elements: extra}\n"); err == nil || rep.Taken > 0 {
		t.Errorf("%v, taken %d", err, rep.Taken)
	}
	label := func(i int) string {
		return fmt.Sprintf(`<foo label="k%d">x</foo><foo label="Restricted %d">x</foo>`, i, i)
	}
	if _, rep, err := importedAid(t, manyComponents(n, label), ""); err == nil || rep.Taken > 0 {
		t.Errorf("%v, taken %d", err, rep.Taken)
	}
	if _, rep, err := importedAid(t, manyComponents(2, func(int) string {
		return `<foo>Một hộp giấy tờ của gia đình, kèm ảnh và thư</foo><foo>closed</foo>`
	}), ""); err == nil || rep.Taken > 0 {
		t.Errorf("%v, taken %d", err, rep.Taken)
	}
}
