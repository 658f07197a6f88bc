package edition

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/generator/diag"
	"vitrine/generator/internal/ledger"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const sum = "aa00000000000000000000000000000000000000000000000000000000000000"

func folder(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[Dir+"/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// What a release writes is read as it was.
func TestEditionsAreReadAsTheyWereWritten(t *testing.T) {
	first := Edition{Name: "2026-11-26", Number: 1, Date: "2026-11-26", Program: "1.0", Manifest: sum, Files: 9, Pages: 5, Records: Counts{Published: 3, New: 3}}
	var states, addresses bytes.Buffer
	sealStates, sealAddresses := NewSealer(&states), NewSealer(&addresses)
	wantStates := []State{{"a", 1, 1}, {"a", 0, 2}, {"b-1", 0xabcdef, 2}}
	for _, s := range wantStates {
		if err := AppendState(sealStates, s); err != nil {
			t.Fatal(err)
		}
	}
	wantAddresses := []Address{{Path: "a/x.html", ID: "x", Number: 1}, {Path: "a-b.html", ID: "", Number: 2}} // the order of a walk
	for _, a := range wantAddresses {
		if err := AppendAddress(sealAddresses, a); err != nil {
			t.Fatal(err)
		}
	}
	first.States, first.Addresses = sealStates.Seal(), sealAddresses.Seal()
	text, err := first.Text()
	if err != nil {
		t.Fatal(err)
	}
	second := first
	second.Name, second.Number, second.Signed = "2026-11-26-2", 2, true
	more, err := second.Text()
	if err != nil {
		t.Fatal(err)
	}
	s, ds := Read(folder(map[string]string{"2026-11-26-2.yaml": string(more), "2026-11-26.yaml": string(text), StatesName: states.String(), AddressesName: addresses.String(), ".x/y.yaml": "?"}))
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	if diff := cmp.Diff([]Edition{first, second}, s.Editions); diff != "" {
		t.Error(diff)
	}
	var gotStates []State
	for st, err := range s.States() {
		if err != nil {
			t.Fatal(err)
		}
		gotStates = append(gotStates, st)
	}
	var gotAddresses []Address
	for a, err := range s.Addresses() {
		if err != nil {
			t.Fatal(err)
		}
		gotAddresses = append(gotAddresses, a)
	}
	if diff := cmp.Diff(wantStates, gotStates); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(wantAddresses, gotAddresses, cmpopts.IgnoreFields(Address{}, "Line")); diff != "" {
		t.Error(diff)
	}
	if next := s.Next("2026-11-26"); next.Number != 3 || next.Name != "2026-11-26-3" {
		t.Errorf("%+v", next)
	}
}

// A file that is not as a release writes it is an error at its place.
func TestEditionsThatSomebodyEdited(t *testing.T) {
	good := "number: 1\ndate: \"2026-11-26\"\nprogram: x\nmanifest_sha256: " + sum + "\naddresses: {lines: 1, sha256: " + sum + "}\nstates: {lines: 1, sha256: " + sum + "}\n"
	for name, text := range map[string]string{
		"2026-11-26.yaml":  strings.Replace(good, "number: 1", "number: 2", 1),
		"2026-11-27.yaml":  good,
		"2026-13-26.yaml":  strings.Replace(good, "2026-11-26", "2026-13-26", 1),
		"lan-1.yaml":       good,
		"2026-11-28.yaml":  "number: 1\nso: 2\n",
		"2026-11-29.yaml":  "number: [\n",
		"2026-11-26.yaml ": good[:strings.Index(good, "states")],
	} {
		name = strings.TrimSpace(name)
		if _, ds := Read(folder(map[string]string{name: text})); len(ds) != 1 || ds[0].Code != "edition-malformed" || ds[0].Pos.File != Dir+"/"+name {
			t.Errorf("%s: %v", name, ds)
		}
	}
	for _, c := range [][3]string{
		{AddressesName, "a.html\tx\t1\na.html\tx\t1\n", "2"}, {AddressesName, "a.html\tx\t2\n", "1"}, {AddressesName, "a.html\tx\n", "1"}, {AddressesName, "../a.html\tx\t1\n", "1"},
		{StatesName, "a\t0000000000000001\t1\na\t0000000000000002\t1\n", "2"}, {StatesName, "a\t1\t1\n", "1"}, {StatesName, "a\txx\t1\n", "1"}, {StatesName, "\t-\t1\n", "1"},
	} {
		s, ds := Read(folder(map[string]string{"2026-11-26.yaml": good, c[0]: c[1]}))
		if len(ds) > 0 {
			t.Fatal(ds)
		}
		err := firstError(s, c[0])
		var f *Fault
		if !errors.As(err, &f) || !strings.HasPrefix(f.Error(), Dir+"/"+c[0]+":"+c[2]+":") {
			t.Errorf("%s %q: %v", c[0], c[1], err)
		}
	}
}

// What was lost or cut is told in plain words, and so is the backup that still has it.
func TestMessagesNameTheBackup(t *testing.T) {
	good := "number: 1\ndate: \"2026-11-26\"\nprogram: x\nmanifest_sha256: " + sum + "\naddresses: {lines: 3, sha256: " + sum + "}\nstates: {lines: 1, sha256: " + sum + "}\n"
	s, _ := Read(folder(map[string]string{"2026-11-26.yaml": good, AddressesName: "a.html\tx\t1\n"}))
	var f *Fault
	if !errors.As(firstError(s, AddressesName), &f) {
		t.Fatal("a ledger that was cut is none")
	}
	_, ds := Read(folder(map[string]string{"2026-11-27.yaml": good}))
	_, lost := Read(folder(map[string]string{"2026-11-26.yaml": strings.Replace(good, "number: 1", "number: 2", 1)}))
	for _, c := range []struct {
		d         diag.Diagnostic
		msg, hint string
	}{
		{f.Diagnostic, "sổ không còn như lần phát hành 1 (2026-11-26) đã ghi: nay 1 dòng, khi ấy 3 dòng", "lấy lại tệp editions/addresses.tsv từ một bản sao lưu làm sau lần phát hành 1 (2026-11-26)"},
		{ds[0], "tên tệp \"2026-11-27\" và ngày \"2026-11-26\" ghi trong tệp không khớp", "lấy lại tệp editions/2026-11-27.yaml từ một bản sao lưu làm sau lần phát hành 2026-11-27"},
		{lost[0], "ghi là lần 2, ngày 2026-11-26, mà theo thứ tự phải là lần 1", "một bản sao lưu làm sau lần phát hành 2 (2026-11-26)"},
	} {
		if !strings.Contains(c.d.Msg.Vi, c.msg) || !strings.Contains(c.d.Hint.Vi, c.hint) {
			t.Errorf("%s\n%s", c.d.Msg.Vi, c.d.Hint.Vi)
		}
	}
}

func firstError(s *Shelf, name string) error {
	if name == AddressesName {
		for _, err := range s.Addresses() {
			if err != nil {
				return err
			}
		}
	}
	for _, err := range s.States() {
		if err != nil {
			return err
		}
	}
	return nil
}

// Redirects are read as people write them, and never lead out of the site.
func TestRedirectsByHand(t *testing.T) {
	s, _ := Read(folder(map[string]string{RedirectsName: "# ghi chú\n/cu/\tmau-1\r\n\ntrang cu\u0303/a.html\t/b.html\n" +
		"a.html\nb.html\thttps://khac.example.org/\nc.html\t../../x.html\nd.txt\tmau-1\ne.html\te.html\nx\"><script>.html\tmau-1\n"}))
	list, ds := s.Redirects()
	var got []string
	for _, r := range list {
		got = append(got, r.From+" → "+r.To)
	}
	if diff := cmp.Diff([]string{"cu/index.html → mau-1", "trang cũ/a.html → b.html"}, got); diff != "" {
		t.Error(diff)
	}
	lines := ""
	for _, d := range ds {
		lines += d.Pos.String() + " "
	}
	if lines != "editions/redirects.tsv:5:1 editions/redirects.tsv:6:1 editions/redirects.tsv:7:1 editions/redirects.tsv:8:1 editions/redirects.tsv:9:1 editions/redirects.tsv:10:1 " {
		t.Errorf("%s", lines)
	}
}

// Whatever stands in the folder is read or refused, never more.
func FuzzRead(f *testing.F) {
	good := "number: 1\ndate: \"2026-11-26\"\nmanifest_sha256: " + sum + "\n"
	f.Add(good, "a.html\tx\t1\n", "a\t-\t1\n", "a.html\tb\n")
	f.Add("number: {", "\t\t\n", "a\t0000000000000001\t01\n", "\x00\t..\n#")
	f.Fuzz(func(t *testing.T, about, addresses, states, redirects string) {
		s, _ := Read(folder(map[string]string{"2026-11-26.yaml": about, AddressesName: addresses, StatesName: states, RedirectsName: redirects}))
		last := ""
		for a, err := range s.Addresses() {
			if err == nil && (last != "" && ledger.Compare(last, a.Path) >= 0 || a.Number > len(s.Editions)) {
				t.Errorf("%+v behind %q", a, last)
			}
			last = a.Path
		}
		for st, err := range s.States() {
			if err == nil && (st.Number < 1 || st.Number > len(s.Editions)) {
				t.Errorf("%+v", st)
			}
		}
		list, _ := s.Redirects()
		for _, r := range list {
			if !fs.ValidPath(r.From) || !fs.ValidPath(r.To) {
				t.Errorf("%+v", r)
			}
		}
	})
}
