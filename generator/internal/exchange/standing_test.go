package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const threeRows = "Mã,Tiêu đề,Ngày tháng,Tên loại,Tên tệp\nd1,Một,1945,khac,1.png\nd2,Hai,1946,khac,2.png\nd3,Ba,1947,khac,3.png\n"

// imported is an archive into which a sheet was imported to be public, with the options of
// the next import.
func imported(t *testing.T, sheet string) (dir string, o Options) {
	t.Helper()
	dir = archive(t, map[string]string{"clearances/kt-02.yaml": strings.ReplaceAll(testClearance, "kt-01", "kt-02")})
	o = sheetFile(t, dir, sheet, map[string]string{"1.png": "1", "2.png": "2", "3.png": "3"})
	o.State, o.Clearance = "public", "kt-01"
	if rep, err := ImportCSV(context.Background(), o); err != nil {
		t.Fatal(err, dump(rep))
	}
	o.Force = true
	return dir, o
}

const recordsOfSheet = "fonds/f1/records/a.yaml"

// edit changes the second record as a person would.
func edit(t *testing.T, dir, old, now string) {
	t.Helper()
	name := filepath.Join(dir, recordsOfSheet)
	text, err := os.ReadFile(name)
	parts := strings.Split(string(text), "---\n")
	if err != nil || len(parts) != 3 || !strings.Contains(parts[1], old) {
		t.Fatalf("%v, no %q in\n%s", err, old, text)
	}
	parts[1] = strings.Replace(parts[1], old, now, 1)
	writeFile(t, name, strings.Join(parts, "---\n"))
}

// Whatever was decided of a record since it was imported outlives the next import: the row
// is refused by name, and the record stays as it was, while the others are taken.
func TestImportOpensNothing(t *testing.T) {
	const state, clear = "access: {state: public}", "clearance: kt-01"
	hash := strings.Repeat("ab", 32)
	for name, c := range map[string]struct{ old, now string }{
		"withdrawn":       {state, "access: {state: withdrawn}\nwithdrawn: {date: \"2026-02-01\", reason: personal-data, level: minimal}"},
		"withdrawn state": {state, "access: {state: withdrawn}"},
		"restricted":      {state, "access: {state: restricted}"},
		"unreviewed":      {state, "access: {state: unreviewed}"},
		"metadata only":   {state, "access: {state: metadata-only}"},
		"embargo":         {state, "access: {state: embargo, embargo_until: \"2040-01-01\"}"},
		"embargo date":    {state, "access: {state: public, embargo_until: \"2040-01-01\"}"},
		"personal":        {state, "access: {state: public, personal: unreviewed}"},
		"declassified":    {state, "access: {state: public, declassification: {former_marking: mat, decision: {number: \"1/QĐ\", date: \"2026-01-01\", by: {name: \"Cơ quan mẫu\"}}}}"},
		"clearance":       {clear, "clearance: kt-02"},
		"cleared by":      {"kind: image", "kind: image, cleared_by: kt-02"},
		"redaction":       {"kind: image", "kind: image, redaction: {count: 1, grounds: [personal-data], by: \"A\", date: \"2026-02-01\", derived_from_sha256: \"" + hash + "\"}"},
		"redacted":        {"kind: image", "kind: image, redacted: true"},
		"derived":         {"kind: image", "kind: image, derived_from_sha256: \"" + hash + "\""},
		"words covered":   {clear, clear + "\nnotes: \"Thư của […]{personal-data} gửi\""},
	} {
		t.Run(name, func(t *testing.T) {
			dir, o := imported(t, threeRows)
			edit(t, dir, c.old, c.now)
			before := strings.Split(snapshot(t, dir)[recordsOfSheet], "---\n")
			writeFile(t, o.File, strings.ReplaceAll(threeRows, "Ba", "Bốn"))
			rep, err := ImportCSV(context.Background(), o)
			if err != nil || rep.Refused != 1 || rep.Taken != 2 {
				t.Fatalf("%v, refused %d, taken %d\n%s", err, rep.Refused, rep.Taken, dump(rep))
			}
			said := dump(rep)
			if !strings.Contains(said, "[import-opens]") || !strings.Contains(said, "a.csv:3: error: cell ") || !strings.Contains(said, recordsOfSheet) {
				t.Errorf("not named:\n%s", said)
			}
			after := snapshot(t, dir)[recordsOfSheet]
			if !strings.Contains(after, before[1]) || strings.Count(after, "id: d2") != 1 {
				t.Errorf("the record did not stay:\n%s", after)
			}
			if !strings.Contains(after, "Bốn") {
				t.Errorf("the other rows were not taken:\n%s", after)
			}
		})
	}
}

// A row that closes a record, or leaves it as closed as it was, is taken.
func TestImportMayClose(t *testing.T) {
	dir, o := imported(t, threeRows)
	o.State = "restricted"
	if rep, err := ImportCSV(context.Background(), o); err != nil || rep.Refused != 0 {
		t.Fatal(err, dump(rep))
	}
	if rep, err := ImportCSV(context.Background(), o); err != nil || rep.Refused != 0 {
		t.Fatal("the same again:", err, dump(rep))
	}
	if n := strings.Count(snapshot(t, dir)[recordsOfSheet], "state: restricted"); n != 3 {
		t.Errorf("%d are restricted", n)
	}
	o.State = "public" // and now nothing opens it but an edit
	if rep, err := ImportCSV(context.Background(), o); !errors.Is(err, ErrRefused) {
		t.Error(err, dump(rep))
	}
}

// A notice that tells more than that there was a record opens what was closed, and a file of which
// documents stay as they are stays one.
func TestImportOfWithdrawalsAndOfFiles(t *testing.T) {
	dir, o := imported(t, threeRows)
	o.State = "restricted"
	if rep, err := ImportCSV(context.Background(), o); err != nil {
		t.Fatal(err, dump(rep))
	}
	before := snapshot(t, dir)[recordsOfSheet]
	o.State = ""
	for level, refused := range map[string]bool{"full": true, "minimal": false} {
		writeFile(t, o.File, "id,title,access.state,withdrawn.date,withdrawn.reason,withdrawn.level\nd1,Một,withdrawn,2024-01-02,error,"+level+"\nd2,Hai,restricted,,,\nd3,Ba,restricted,,,\n")
		rep, err := ImportCSV(context.Background(), o)
		if err != nil || (rep.Refused > 0) != refused {
			t.Errorf("%s: %v\n%s", level, err, dump(rep))
		}
		if got := snapshot(t, dir)[recordsOfSheet]; strings.Contains(got, "level: full") {
			t.Error(got)
		}
		writeFile(t, filepath.Join(dir, recordsOfSheet), before)
	}

	dir, o = imported(t, "id,title,parent\na1,Hồ sơ,\na2,Hai,a1\n")
	lies := filepath.Join(dir, recordsOfSheet)
	text := snapshot(t, dir)[recordsOfSheet]
	at := strings.Index(text, "id: a2")
	writeFile(t, lies, text[:at]+strings.Replace(text[at:], "state: public", "state: restricted", 1))
	rep, err := ImportCSV(context.Background(), o)
	back := readBack(t, dir, "f1")
	if err != nil || back["a1"].Level.V != "file" || back["a2"].Access.State.V != "restricted" {
		t.Errorf("%v: %v\n%s", err, back["a1"], dump(rep))
	}
}

// A record that was withdrawn stays in its file though its row is gone from the sheet.
func TestWithdrawnRecordOutlivesItsRow(t *testing.T) {
	dir, o := imported(t, threeRows)
	edit(t, dir, "access: {state: public}", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-02-01\", reason: personal-data, level: minimal}")
	writeFile(t, o.File, strings.Replace(threeRows, "d2,Hai,1946,khac,2.png\n", "", 1))
	rep, err := ImportCSV(context.Background(), o)
	if u := readBack(t, dir, "f1")["d2"]; err != nil || u == nil || u.Withdrawn == nil {
		t.Errorf("%v, %v\n%s", err, u, dump(rep))
	}
}

// What cannot be read for certain is not overwritten.
func TestImportOverMisspeltRecord(t *testing.T) {
	dir, o := imported(t, threeRows)
	edit(t, dir, "access: {state: public}", "access: {state: public}\nwithdrawm: {date: \"2026-02-01\"}")
	before := snapshot(t, dir)
	rep, err := ImportCSV(context.Background(), o)
	if !errors.Is(err, ErrRefused) || snapshot(t, dir)[recordsOfSheet] != before[recordsOfSheet] {
		t.Errorf("%v\n%s", err, dump(rep))
	}
}

// Where ids are counted nobody can tell which row is the record that was withdrawn.
func TestCountedIDsAndWithdrawnRecords(t *testing.T) {
	sheet := "Tiêu đề,Ngày tháng,Tên loại\nMột,1945,khac\nHai,1946,khac\nBa,1947,khac\n"
	dir, o := imported(t, sheet)
	edit(t, dir, "access: {state: public}", "access: {state: restricted}")
	before := snapshot(t, dir)[recordsOfSheet]
	for _, s := range []string{sheet, strings.Replace(sheet, "Một,1945,khac\n", "", 1), "Tiêu đề,Ngày tháng,Tên loại\nHai,1946,khac\n"} {
		writeFile(t, o.File, s)
		if rep, err := ImportCSV(context.Background(), o); !errors.Is(err, ErrRefused) || snapshot(t, dir)[recordsOfSheet] != before {
			t.Errorf("%v\n%s", err, dump(rep))
		}
	}
}

// The master of a covered picture is copied in under no name, by no row, and the covered
// copy and its texts are not overwritten.
func TestImportUncoversNothing(t *testing.T) {
	dir, o := imported(t, threeRows)
	sum := sha256.Sum256([]byte("master"))
	edit(t, dir, "kind: image", "kind: image, redaction: {count: 1, grounds: [personal-data], by: \"A\", date: \"2026-02-01\", derived_from_sha256: \""+hex.EncodeToString(sum[:])+"\"}")
	writeFile(t, filepath.Join(o.MediaDir, "x.png"), "master")
	for _, force := range []bool{true, false} {
		o.Force = force
		o.File = filepath.Join(filepath.Dir(o.File), "b.csv")
		writeFile(t, o.File, "Mã,Tiêu đề,Ngày tháng,Tên loại,Tên tệp\ne1,Năm,1945,khac,x.png\ne2,Sáu,1945,khac,3.png\n")
		rep, err := ImportCSV(context.Background(), o)
		if err != nil || rep.Refused != 1 || !strings.Contains(dump(rep), "[import-uncovers]") {
			t.Fatal(err, dump(rep))
		}
		if _, there := snapshot(t, dir)["fonds/f1/media/x.png"]; there {
			t.Fatal("the master was copied in")
		}
		if err := os.Remove(filepath.Join(dir, "fonds/f1/records/b.yaml")); err != nil {
			t.Fatal(err)
		}
	}
	o.Force = true
	writeFile(t, filepath.Join(o.MediaDir, "2.png"), "another")
	writeFile(t, o.File, "Mã,Tiêu đề,Ngày tháng,Tên loại,Tên tệp\ne1,Năm,1945,khac,2.png\n")
	if rep, err := ImportCSV(context.Background(), o); !errors.Is(err, ErrRefused) || snapshot(t, dir)["fonds/f1/media/2.png"] != "2" {
		t.Error(err, dump(rep))
	}
}

// A record that was put beneath a file that is not public stays there: the sheet that would move
// it back to where it is shown says nothing of that.
func TestImportMovesNothingIntoTheOpen(t *testing.T) {
	for name, closed := range map[string]string{
		"restricted": "access: {state: restricted}",
		"embargo":    "access: {state: public, embargo_until: \"2040-01-01\"}",
		"withdrawn":  "access: {state: withdrawn}\nwithdrawn: {date: \"2026-02-01\", reason: personal-data, level: minimal}",
		"nowhere":    "",
	} {
		t.Run(name, func(t *testing.T) {
			dir, o := imported(t, threeRows)
			if closed != "" {
				writeFile(t, filepath.Join(dir, "fonds/f1/records/h.yaml"), "---\nid: h1\nlevel: file\nparent: f1\ntitle: Hồ sơ\ndates: {created: \"1945\"}\n"+closed+"\n---\nid: h2\nlevel: file\nparent: h1\ntitle: Tập\ndates: {created: \"1945\"}\naccess: {state: public}\n")
			}
			edit(t, dir, "parent: f1", "parent: h2")
			rep, err := ImportCSV(context.Background(), o)
			if err != nil || rep.Refused != 1 || rep.Taken != 2 || !strings.Contains(dump(rep), "[import-opens]") {
				t.Fatalf("%v, refused %d, taken %d\n%s", err, rep.Refused, rep.Taken, dump(rep))
			}
			if u := readBack(t, dir, "f1")["d2"]; u == nil || u.Parent.V != "h2" {
				t.Errorf("the record was moved: %v", u)
			}
			writeFile(t, o.File, strings.Replace(threeRows, "d2,Hai,1946,khac,2.png\n", "", 1))
			if rep, err := ImportCSV(context.Background(), o); err != nil || readBack(t, dir, "f1")["d2"] == nil {
				t.Errorf("the record is gone with its row: %v\n%s", err, dump(rep))
			}
		})
	}
}

// A row with the former id of a record is that record, and does not become another beside it.
func TestImportKnowsFormerIDs(t *testing.T) {
	dir, o := imported(t, threeRows)
	edit(t, dir, "id: d2\n", "id: d9\nformer_ids: [d2]\n")
	edit(t, dir, "state: public", "state: restricted")
	rep, err := ImportCSV(context.Background(), o)
	if err != nil || rep.Refused != 1 || rep.Taken != 2 || !strings.Contains(dump(rep), "[import-former]") || !strings.Contains(dump(rep), "d9") {
		t.Fatalf("%v, refused %d, taken %d\n%s", err, rep.Refused, rep.Taken, dump(rep))
	}
	if back := readBack(t, dir, "f1"); back["d2"] != nil || back["d9"] == nil {
		t.Errorf("%v", back)
	}
}

// A row that is refused for what is wrong in it takes nothing out of the archive; a row that is
// gone, and one that bears a marking, do, and the report names them.
func TestImportLosesNothingUntold(t *testing.T) {
	for name, c := range map[string]struct {
		old, now string
		stays    bool
	}{
		"its id taken":  {"d1,Một,1945,khac,1.png", "d1,Một,1945,khac,1.png\nd2,,,,2.png", true},
		"a dead link":   {"d2,Hai,1946,khac,2.png", "d2,Hai,1946,khac,2.png,khong-co", true},
		"no row":        {"d2,Hai,1946,khac,2.png\n", "", false},
		"a marking":     {"d2,Hai,", "d2,MẬT,", false},
		"all of it new": {"d2,Hai,1946,khac,2.png\n", "d4,Bốn,1946,khac,2.png\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			dir, o := imported(t, threeRows)
			sheet := strings.Replace(strings.Replace(threeRows, "Tên tệp", "Tên tệp,related", 1), c.old, c.now, 1)
			writeFile(t, o.File, sheet)
			rep, err := ImportCSV(context.Background(), o)
			back, said := readBack(t, dir, "f1"), dump(rep)
			if err != nil || (back["d2"] != nil) != c.stays || strings.Contains(said, "[import-gone]") == c.stays {
				t.Errorf("%v, d2 is %v\n%s", err, back["d2"], said)
			}
			if name == "a dead link" && (rep.Refused != 1 || back["d2"] == nil || len(back["d2"].Related) > 0) {
				t.Errorf("refused %d:\n%s", rep.Refused, said)
			}
		})
	}
}

// Of two records that share an id either may be closed: the row is refused, and both stay, in one file or in two.
func TestImportOverAnIDThatStandsTwice(t *testing.T) {
	for name, restricted := range map[string]int{"the first": 0, "the last": 1} {
		for _, apart := range []bool{false, true} {
			dir, o := imported(t, threeRows)
			text := snapshot(t, dir)[recordsOfSheet]
			docs := strings.Split(text, "---\n")
			pair := []string{docs[1], docs[1]}
			pair[restricted] = strings.Replace(docs[1], "state: public", "state: restricted", 1)
			one, other := pair[0]+"---\n"+docs[0]+"---\n"+docs[2], pair[1]
			if apart {
				writeFile(t, filepath.Join(dir, "fonds/f1/records/a-0001.yaml"), other)
			} else {
				one += "---\n" + other
			}
			writeFile(t, filepath.Join(dir, recordsOfSheet), one)
			rep, err := ImportCSV(context.Background(), o)
			all := snapshot(t, dir)
			after := all[recordsOfSheet] + all["fonds/f1/records/a-0001.yaml"]
			if err != nil || rep.Refused != 1 || rep.Taken != 2 || strings.Count(after, "id: d2\n") != 2 || strings.Count(after, "state: restricted") != 1 {
				t.Errorf("%s, %v: %v, refused %d\n%s\n%s", name, apart, err, rep.Refused, dump(rep), after)
			}
			if said := dump(rep); !strings.Contains(said, "a.csv:3: error: cell ") || !strings.Contains(said, "[id-duplicate]") || !strings.Contains(said, recordsOfSheet+" (line ") {
				t.Errorf("%s: not named:\n%s", name, said)
			}
		}
	}
}
