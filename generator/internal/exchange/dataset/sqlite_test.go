package dataset

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/exchange/ead"
)

func said(key, lang, text string) ead.Value {
	return ead.Value{Key: key, Words: []ead.Words{{Lang: lang, Text: text}}}
}

func someRecords(add func(*Record) error) error {
	day, _ := edtf.Parse("1945-09-02")
	for _, r := range []*Record{
		{ID: "p-1", Fonds: "p-1", Level: "fonds", Values: []ead.Value{said("title", "vi", "Phông Đường sắt"), said("title", "en", "Railways")}},
		{ID: "t-1", Fonds: "p-1", Parent: "p-1", Level: "item", First: "1945-09-02", Last: "1945-09-02", Values: []ead.Value{
			said("title", "vi", "Thư gửi Đoàn đường"), {Key: "dates", Date: ead.Date{Date: day}}, said("scope", "vi", "Về việc xây cầu; «Tuyên ngôn»."), said("scope", "en", "On building a bridge."),
			{Key: "creators", Name: "persname", Role: "author", ID: "an", Words: []ead.Words{{Lang: "vi", Text: "Nguyễn Ái Quốc"}}}}},
	} {
		if err := add(r); err != nil {
			return err
		}
	}
	return nil
}

func databaseOf(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	dir := t.TempDir()
	if err := Database(&b, dir, []string{"vi", "en"}, [][2]string{{"title", "Kho"}}, someRecords); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("it leaves %v", left)
	}
	return b.Bytes()
}

// The same records give the same bytes, and the program of SQLite itself (sqlite3) finds the
// file sound and what is looked for in it, with marks and without, đ too.
func TestDatabase(t *testing.T) {
	data := databaseOf(t)
	if !bytes.Equal(data, databaseOf(t)) || !bytes.HasPrefix(data, []byte(DatabaseMark)) {
		t.Error("two files of the same records differ")
	}
	file := filepath.Join(t.TempDir(), "a.sqlite")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"PRAGMA integrity_check":                            "ok",
		"PRAGMA foreign_key_check":                          "",
		"SELECT * FROM about":                               "title|Kho",
		"SELECT count(*) FROM names":                        "1",
		"SELECT id, fonds_title, date_words FROM documents": "t-1|Phông Đường sắt|ngày 2 tháng 9 năm 1945",
		"SELECT name, type, records FROM people":            "Nguyễn Ái Quốc|person|1",
		"SELECT text FROM texts WHERE record = 't-1' AND field = 'scope' AND lang = 'en'":                                    "On building a bridge.",
		"SELECT id FROM records JOIN search ON search.rowid = number WHERE search MATCH 'duong' ORDER BY id":                 "p-1\nt-1",
		"SELECT id FROM records JOIN search ON search.rowid = number WHERE search MATCH 'đường sắt'":                         "p-1",
		"SELECT id FROM records JOIN search ON search.rowid = number WHERE search MATCH 'nguyen ai quoc'":                    "t-1",
		"SELECT id FROM records JOIN search ON search.rowid = number WHERE search MATCH 'title : doan OR text : bridge'":     "t-1",
		"SELECT count(*) FROM sqlite_master WHERE rootpage = 0 AND sql LIKE '%VIRTUAL TABLE%USING FTS%content=\"records\"%'": "1", // by which Datasette finds the search of a table
	} {
		out, err := exec.Command("sqlite3", "-readonly", file, query).CombinedOutput()
		if errors.Is(err, exec.ErrNotFound) {
			if os.Getenv("CI") != "" {
				t.Fatal("there is no sqlite3; make tools installs it")
			}
			t.Skip("skipped: there is no sqlite3; make tools installs it")
		}
		if got := strings.ReplaceAll(strings.TrimSpace(string(out)), "\u00a0", " "); err != nil || got != want {
			t.Errorf("%s: %q (%v), not %q", query, got, err, want)
		}
	}
}
