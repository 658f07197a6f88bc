package exchange

import (
	"errors"
	"strings"
	"testing"
)

// aidOf is a finding aid of one series with a file in it, with attributes of the whole, what stands before the whole, what the whole
// says, and what the series says.
func aidOf(attrs, control, whole, series string) string {
	return "<ead " + attrs + ">" + control + "<archdesc level=\"fonds\">\n<did><unittitle>Giấy tờ</unittitle></did>" + whole + "<dsc>\n<c level=\"series\" id=\"s1\"><did><unittitle>Thư</unittitle></did>" + series +
		"<c level=\"file\" id=\"h1\"><did><unittitle>Thư đi</unittitle><unitdate normal=\"1945\">1945</unitdate></did></c></c></dsc></archdesc></ead>"
}

// What another house has not published comes in closed, with all beneath it, wherever it says so; a map may say that this is nothing.
func TestImportEADKeepsDraftsClosed(t *testing.T) {
	odd := func(says string) string {
		return `<odd type="publicationStatus"><p>` + says + "</p></odd>"
	}
	for name, c := range map[string]struct {
		series, plan, state string
	}{
		"draft":             {odd("draft"), "", "restricted"},
		"in capitals":       {odd("Draft"), "", "restricted"},
		"in another tongue": {odd("Brouillon — 2"), "", "restricted"},
		"empty":             {odd(""), "", "restricted"},
		"of EAD3":           {`<odd localtype="publicationStatus"><p>draft</p></odd>`, "", "restricted"},
		"in a group":        {"<descgrp>" + odd("draft") + "</descgrp>", "", "restricted"},
		"in a text":         {"<scopecontent><p>A</p>" + odd("draft") + "</scopecontent>", "", "restricted"},
		"for staff":         {strings.Replace(odd("draft"), "<odd", `<odd audience="internal"`, 1), "", "restricted"},
		"published":         {odd("Published"), "", "public"},
		"explained":         {odd("draft"), "columns: {\"odd (publicationStatus)\": extra}\n", "public"},
	} {
		// Behind what is beneath it, it says the same.
		for place, text := range map[string]string{"before": aidOf("", "", "", c.series), "behind": strings.Replace(aidOf("", "", "", ""), "</c></c>", "</c>"+c.series+"</c>", 1)} {
			dir, rep, err := importedAid(t, text, c.plan)
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, dump(rep))
			}
			back := readBack(t, dir, "f1")
			for _, id := range []string{"s1", "h1"} {
				if u := back[id]; u == nil || u.Access.State.V != c.state || !u.Notes.IsZero() {
					t.Errorf("%s, %s: %s is %+v\n%s", name, place, id, u, dump(rep))
				}
			}
			if said := strings.Contains(dump(rep), "[aid-closed]"); said != (c.state == "restricted") {
				t.Errorf("%s, %s: told: %v\n%s", name, place, said, dump(rep))
			}
		}
	}
}

// Said of the whole it closes all, and names its place.
func TestImportEADOfADraft(t *testing.T) {
	const control = `<control><recordid>x</recordid><publicationstatus value="inprocess"/></control>`
	for name, c := range map[string]struct{ text, said, column string }{
		"EAD3": {aidOf("", control, "", ""), "a.xml:1: error: <publicationstatus>: \"inprocess\"", "publicationstatus"},
		"AtoM": {aidOf("", "", `<odd type="publicationStatus"><p>draft</p></odd>`, ""), "a.xml:2: error: <odd (publicationStatus)>: \"draft\"", `"odd (publicationStatus)"`},
	} {
		dir, rep, err := importedAid(t, c.text, "")
		if !errors.Is(err, ErrRefused) || !strings.Contains(dump(rep), c.said) || len(readBack(t, dir, "f1")) > 0 {
			t.Errorf("%s: %v\n%s", name, err, dump(rep))
		}
		if _, rep, err = importedAid(t, c.text, "columns: {"+c.column+": extra}\n"); err != nil || rep.Public != 2 {
			t.Errorf("%s, explained: %v\n%s", name, err, dump(rep))
		}
	}
	if _, rep, err := importedAid(t, aidOf("", strings.Replace(control, "inprocess", "published", 1), "", ""), ""); err != nil || rep.Public != 2 {
		t.Error(err, dump(rep))
	}
}

// What AtoM says of a description itself is none of its notes, and a text that is a draft opens nothing.
func TestImportEADOfAtoM(t *testing.T) {
	dir, rep, err := importedAid(t, aidOf("", "", "", `<odd type="levelOfDetail"><p>Full</p></odd><odd type="statusDescription"><p>Final</p></odd><odd><p>Lời</p></odd>`), "")
	u := readBack(t, dir, "f1")["s1"]
	if err != nil || u == nil || u.Notes.Langs[0].V != "Lời" || len(u.Extra) != 2 || u.Access.State.V != "public" {
		t.Errorf("%v %+v\n%s", err, u, dump(rep))
	}
	if _, rep, err := importedAid(t, aidOf("", "", "", `<odd type="statusDescription"><p>Draft</p></odd>`), ""); rep.Taken > 0 || !strings.Contains(dump(rep), "<odd (statusDescription)>") {
		t.Errorf("%v\n%s", err, dump(rep))
	}
}

// A finding aid that is internal as a whole is not opened by the command, be it said of the document or of what it describes.
func TestImportEADInternalDocument(t *testing.T) {
	for _, text := range []string{aidOf(`audience="internal"`, "", "", ""), strings.Replace(aidOf("", "", "", ""), "<archdesc", `<archdesc audience="internal"`, 1)} {
		dir, rep, err := importedAid(t, text, "")
		if !errors.Is(err, ErrRefused) || !strings.Contains(dump(rep), "for staff alone") || len(readBack(t, dir, "f1")) > 0 {
			t.Errorf("%v\n%s", err, dump(rep))
		}
	}
	// What is said of the record of the document itself closes nothing.
	if _, rep, err := importedAid(t, aidOf("", `<eadheader audience="internal"><eadid>x</eadid></eadheader>`, "", ""), ""); err != nil || rep.Public != 2 {
		t.Errorf("%v\n%s", err, dump(rep))
	}
}

// A note that restricts opens nothing wherever it stands, and a map names it.
func TestImportEADOfNotesThatRestrict(t *testing.T) {
	const says = "<p>Communication soumise à autorisation du déposant</p>"
	for place, c := range map[string]struct{ text, column string }{
		"did":         {aidOf("", "", "", "<did><note type=\"accessrestrict\">"+says+"</note></did>"), "did/note (accessrestrict)"},
		"did of EAD3": {aidOf("", "", "", "<did><didnote localtype=\"accessrestrict\">"+says+"</didnote></did>"), "did/didnote (accessrestrict)"},
		"in did":      {aidOf("", "", "", "<did><accessrestrict label=\"x\">"+says+"</accessrestrict></did>"), "did/accessrestrict"},
		"beside did":  {aidOf("", "", "", "<note type=\"accessrestrict\">"+says+"</note>"), "note (accessrestrict)"},
		"odd":         {aidOf("", "", "", "<odd type=\"accessrestrict\">"+says+"</odd>"), "odd (accessrestrict)"},
		"a label":     {aidOf("", "", "", "<accessrestrict label=\"open\">"+says+"</accessrestrict>"), "accessrestrict"},
		"a type":      {aidOf("", "", "", "<accessrestrict localtype=\"open\">"+says+"</accessrestrict>"), "accessrestrict"},
	} {
		if _, rep, _ := importedAid(t, c.text, ""); rep.Taken > 0 || !strings.Contains(dump(rep), "error: <"+c.column+">") {
			t.Errorf("%s:\n%s", place, dump(rep))
		}
		dir, rep, err := importedAid(t, c.text, "columns: {\""+c.column+"\": notes}\n")
		if u := readBack(t, dir, "f1")["s1"]; err != nil || u == nil || !strings.Contains(u.Notes.Langs[0].V, "déposant") {
			t.Errorf("%s: %v\n%s", place, err, dump(rep))
		}
	}
}

// The map that the guide gives holds also where something else is the same field; what can be no part of it is kept.
func TestImportEADJoinsWhatAMapMakesOne(t *testing.T) {
	const beside = "<odd><p>Lời một</p></odd><accessrestrict><p>Mở cho mọi người</p></accessrestrict><relatedmaterial><p>Lời hai</p></relatedmaterial>"
	dir, rep, err := importedAid(t, aidOf("", "", beside, beside), "columns: {accessrestrict: notes}\n")
	back := readBack(t, dir, "f1")
	if err != nil || rep.Refused > 0 || len(back) != 3 {
		t.Fatalf("%v, %d records\n%s", err, len(back), dump(rep))
	}
	for _, id := range []string{"f1", "s1"} {
		if got := back[id].Notes.Langs; len(got) != 1 || !strings.Contains(got[0].V, "Lời một") || !strings.Contains(got[0].V, "\n\nMở cho mọi người") || !strings.Contains(got[0].V, "Lời hai") {
			t.Errorf("%s says %v", id, got)
		}
	}
	dir, rep, err = importedAid(t, aidOf("", "", "", "<accessrestrict><p>Mở cho mọi người</p></accessrestrict>"), "columns: {accessrestrict: title, did/unittitle: title}\n")
	if u := readBack(t, dir, "f1")["s1"]; err != nil || u == nil || u.Title.Langs[0].V != "Thư Mở cho mọi người" {
		t.Errorf("%v %+v\n%s", err, u, dump(rep))
	}
	dir, rep, err = importedAid(t, aidOf("", "", "", "<did><unitid>7</unitid></did><bar>8</bar>"), "columns: {bar: reference.unit_no}\n")
	if u := readBack(t, dir, "f1")["s1"]; err != nil || u == nil || u.Reference.UnitNo.V != "7" || len(u.Extra) != 1 || u.Extra[0].V != "8" || !strings.Contains(dump(rep), "<bar>: reference.unit_no has a value from another element") {
		t.Errorf("%v %+v\n%s", err, u, dump(rep))
	}
}
