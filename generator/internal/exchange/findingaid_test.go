package exchange

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/record"
)

// Every field that a finding aid can tell has a place in the model, or is left out on purpose.
func TestAidPathsAreFields(t *testing.T) {
	keys := map[string]bool{}
	for _, f := range ead.Fields {
		keys[f.Key] = true
	}
	for key := range aidPaths {
		keys[key] = true
	}
	for key := range keys {
		to, known := aidPaths[key]
		if !known {
			to = key
		}
		if to == "" || key == "originals.words" {
			continue
		}
		if got, ok := resolve(to); !ok || got.path != to {
			t.Errorf("%s becomes %q, which is no field (%q)", key, to, got.path)
		}
	}
}

const smallAid = `<ead><eadheader/><archdesc level="collection"><did><unittitle>Giấy tờ</unittitle><unitid>KT 1</unitid></did><bioghist><p>Ông viết.</p><p>Rồi thôi.</p></bioghist><dsc>
<c level="series" id="s1"><did><unittitle>Thư</unittitle></did>
<c level="file" id="h1"><did><unittitle>Thư đi</unittitle><unitdate normal="1945/1946">1945-46</unitdate><container>3</container></did>
<c level="file" id="?"><did><unittitle>1945.</unittitle></did><accessrestrict><p>SAYS</p></accessrestrict></c></c></c></dsc></archdesc></ead>`

func importedAid(t *testing.T, text, plan string) (string, *Report, error) {
	t.Helper()
	dir := archive(t, nil)
	o := Options{Content: dir, File: filepath.Join(t.TempDir(), "a.xml"), FondsID: "f1", State: "public", Clearance: "kt-01"}
	writeFile(t, o.File, text)
	if plan != "" {
		o.MapFile = filepath.Join(t.TempDir(), "map.yaml")
		writeFile(t, o.MapFile, plan)
	}
	rep, err := ImportEAD(context.Background(), o)
	return dir, rep, err
}

// beneath is the one record beneath another, nil where there is none.
func beneath(list map[string]*record.Unit, parent string) *record.Unit {
	for _, u := range list {
		if u.Parent.V == parent {
			return u
		}
	}
	return nil
}

// A component is a record at its place in the tree; what fits no field is kept, and told.
func TestImportEAD(t *testing.T) {
	dir, rep, err := importedAid(t, strings.Replace(smallAid, "SAYS", "Mở cho mọi người", 1), "columns: {accessrestrict: notes}\n")
	if err != nil || rep.Taken != 3 || rep.Records != 3 {
		t.Fatal(err, dump(rep))
	}
	back := readBack(t, dir, "f1")
	h1 := back["h1"]
	if h1 == nil || h1.Parent.V != "s1" || h1.Level.V != "file" || h1.Dates.Created.String() != "1945/1946" || len(h1.Extra) != 1 || h1.Extra[0].V != "3" {
		t.Fatalf("%+v\n%s", h1, dump(rep))
	}
	inner := beneath(back, "h1") // its own id is none
	if inner == nil || inner.Parent.V != "h1" || inner.Level.V != "item" || inner.Title.Langs[0].V != `1945\.` || inner.Access.State.V != "public" {
		t.Fatalf("%+v\n%s", inner, dump(rep))
	}
	f := snapshot(t, dir)["fonds/f1/fonds.yaml"]
	for _, want := range []string{"level: collection", "title: Giấy tờ", "Ông viết.", "fonds_no: KT 1", "state: public", "1945/1946"} {
		if !strings.Contains(f, want) {
			t.Errorf("the fonds lacks %q:\n%s", want, f)
		}
	}
	for _, want := range []string{"<eadheader>", "<level>: the level cannot stand"} {
		if !strings.Contains(dump(rep), want) {
			t.Errorf("nothing is told of %q:\n%s", want, dump(rep))
		}
	}
}

// What speaks of restriction opens nothing, and a marking does not come in, as in a sheet.
func TestImportEADOpensNothing(t *testing.T) {
	for says, place := range map[string]string{"Closed until 2090": ":4: error: <accessrestrict>", "TUYỆT MẬT": ":4: error: <accessrestrict>", "Non communicable avant 2050": ":4: error: <accessrestrict>", "</p><p>": ":4: error: <accessrestrict>"} {
		dir, rep, err := importedAid(t, strings.Replace(smallAid, "SAYS", says, 1), "")
		if err != nil || rep.Refused != 1 || rep.Taken != 2 || !strings.Contains(dump(rep), place) || beneath(readBack(t, dir, "f1"), "h1") != nil {
			t.Errorf("%s: %v\n%s", says, err, dump(rep))
		}
	}
	// Nor does one that stands in another text, or over a list.
	for _, text := range []string{strings.Replace(smallAid, "<p>Rồi thôi.</p>", "<accessrestrict><p>Hỏi trước</p></accessrestrict>", 1), strings.Replace(smallAid, "<dsc>", "<dsc><accessrestrict><head>Hỏi trước</head></accessrestrict>", 1)} {
		if _, rep, err := importedAid(t, text, ""); !errors.Is(err, ErrRefused) || !strings.Contains(dump(rep), "Hỏi trước") {
			t.Errorf("%v\n%s", err, dump(rep))
		}
	}
	// Said of the whole it closes all.
	dir, rep, err := importedAid(t, strings.Replace(smallAid, "<dsc>", "<accessrestrict><p>Closed until 2090</p></accessrestrict><dsc>", 1), "")
	if !errors.Is(err, ErrRefused) || readBack(t, dir, "f1") != nil && len(readBack(t, dir, "f1")) > 0 {
		t.Errorf("%v\n%s", err, dump(rep))
	}
}

// What is for the staff of the other house alone stays closed, with all beneath it, and is kept apart.
func TestImportEADKeepsWhatIsInternal(t *testing.T) {
	text := strings.NewReplacer("SAYS", "Mở", `<c level="file" id="h1"><did><unittitle>Thư đi`, `<c level="file" id="h1" audience="internal"><did><unittitle>Thư đi`,
		"<container>3</container>", `<note audience="internal"><p>Phố 5</p></note>`, "<p>Rồi thôi.</p>", `<p audience="internal">Rồi thôi.</p>`).Replace(smallAid)
	dir, rep, err := importedAid(t, text, "columns: {accessrestrict: notes}\n")
	if err != nil {
		t.Fatal(err, dump(rep))
	}
	back := readBack(t, dir, "f1")
	for u, state := range map[*record.Unit]string{back["s1"]: "public", back["h1"]: "restricted", beneath(back, "h1"): "restricted"} {
		if u == nil || u.Access.State.V != state {
			t.Errorf("not %s: %+v", state, u)
		}
	}
	if h1 := back["h1"]; h1 != nil && (len(h1.Extra) != 1 || h1.Extra[0].V != "Phố 5" || !h1.Notes.IsZero()) {
		t.Errorf("%+v", h1)
	}
	if f := snapshot(t, dir)["fonds/f1/fonds.yaml"]; !strings.Contains(f, "creator_history: Ông viết.\n") || !strings.Contains(f, "extra:") {
		t.Errorf("the fonds says\n%s", f)
	}
	if _, rep, err := importedAid(t, strings.Replace(smallAid, `<archdesc level`, `<archdesc audience="internal" level`, 1), ""); !errors.Is(err, ErrRefused) || !strings.Contains(dump(rep), "for staff alone") {
		t.Error(err, dump(rep))
	}
}

// Components without ids keep what was decided of them, whatever comes in before them and whatever the
// file is called.
func TestImportEADAgain(t *testing.T) {
	list := func(titles ...string) string {
		var b strings.Builder
		for _, title := range titles {
			b.WriteString("<c><did><unittitle>" + title + "</unittitle></did></c>")
		}
		return "<ead><archdesc><did><unittitle>A</unittitle></did><dsc>" + b.String() + "</dsc></archdesc></ead>"
	}
	dir := archive(t, nil)
	o := Options{Content: dir, File: filepath.Join(t.TempDir(), "a.xml"), FondsID: "f1", State: "public", Clearance: "kt-01"}
	again := func(text string) (*Report, error) {
		writeFile(t, o.File, text)
		return ImportEAD(context.Background(), o)
	}
	if rep, err := again(list("Một", "Hai", "Ba")); err != nil {
		t.Fatal(err, dump(rep))
	}
	ids := map[string]string{}
	for id, u := range readBack(t, dir, "f1") {
		ids[u.Title.Langs[0].V] = id
	}
	lies := filepath.Join(dir, recordsOfSheet)
	text := snapshot(t, dir)[recordsOfSheet]
	at := strings.Index(text, "id: "+ids["Hai"])
	writeFile(t, lies, text[:at]+strings.Replace(text[at:], "state: public", "state: restricted", 1))
	o.Force = true
	rep, err := again(list("Không", "Một", "Hai", "Ba"))
	back := readBack(t, dir, "f1")
	if err != nil || rep.Refused != 1 || len(back) != 5 || back[ids["Một"]].Title.Langs[0].V != "Một" || back[ids["Hai"]].Access.State.V != "restricted" {
		t.Errorf("%v, %d records\n%s", err, len(back), dump(rep))
	}
	// One that was decided on and can no longer be told stops all.
	if rep, err := again(list("Một", "Hai, viết lại", "Ba")); !errors.Is(err, ErrRefused) || !strings.Contains(dump(rep), "import-opens") {
		t.Error(err, dump(rep))
	}
	o.Force, o.File = false, filepath.Join(filepath.Dir(o.File), "b.xml")
	if rep, err := again(list("Một", "Hai", "Ba")); err == nil || rep.Refused != 3 {
		t.Error(err, dump(rep))
	}
}

// What is no finding aid is an error with its place, and nothing is written.
func TestImportEADRefuses(t *testing.T) {
	for name, text := range map[string]string{"a sheet": "id,title\n1,A\n", "cut off": smallAid[:len(smallAid)-30], "nothing": ""} {
		dir, rep, err := importedAid(t, text, "")
		if !errors.Is(err, ErrRefused) || !strings.Contains(dump(rep), "aid-syntax") || len(snapshot(t, dir)) != len(snapshot(t, archive(t, nil))) {
			t.Errorf("%s: %v\n%s", name, err, dump(rep))
		}
	}
}
