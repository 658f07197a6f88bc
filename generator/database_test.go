package generator_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/page"
)

// rowsOfDatabase are all values in a file of SQLite that are text, and what its search knows.
func rowsOfDatabase(data []byte) []byte {
	f, err := os.CreateTemp("", "vitrine-rows-*.sqlite")
	if err != nil {
		panic(err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	f.Close()
	db, oerr := sql.Open("sqlite", f.Name())
	if err != nil || oerr != nil {
		panic(fmt.Sprint(err, oerr))
	}
	defer db.Close()
	var out bytes.Buffer
	if _, err := db.Exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, search, row)"); err != nil {
		panic(err)
	}
	tables := append(namesFrom(db, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"), "temp.terms")
	out.WriteString(strings.Join(namesFrom(db, "SELECT coalesce(sql, '') FROM sqlite_master"), "\n"))
	for _, table := range tables {
		rows, err := db.Query("SELECT * FROM " + table)
		if err != nil {
			panic(err)
		}
		columns, _ := rows.Columns()
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(sql.RawBytes)
			}
			if err := rows.Scan(values...); err != nil {
				panic(err)
			}
			for _, v := range values {
				out.Write(*v.(*sql.RawBytes))
				out.WriteByte('\n')
			}
		}
		rows.Close()
	}
	return out.Bytes()
}

func namesFrom(db *sql.DB, query string) (out []string) {
	rows, err := db.Query(query)
	if err != nil {
		panic(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			panic(err)
		}
		out = append(out, name)
	}
	return out
}

// bySQLite asks the program of SQLite itself.
func bySQLite(t *testing.T, file, query string) (lines []string) {
	t.Helper()
	out, err := exec.Command("sqlite3", "-readonly", file, query).CombinedOutput()
	if errors.Is(err, exec.ErrNotFound) {
		lacks(t, "sqlite3")
	}
	if err != nil {
		t.Fatalf("%s: %v %s", query, err, out)
	}
	return strings.Fields(string(out))
}

// lacks ends a test for which a program is wanted that is not here.
func lacks(t *testing.T, program string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("there is no %s; make tools installs it", program)
	}
	t.Skipf("skipped: there is no %s; make tools installs it", program)
}

// The database holds the records that may be taken away in bulk and no other; there is none
// without --data, nor where no record may.
func TestDatabaseNeedsItsPurpose(t *testing.T) {
	t.Parallel()
	o := gatherable(t)
	second := strings.Replace(string(read(t, filepath.Join(o.Content, "clearances/qd-01.yaml"))), "qd-01", "qd-03", 1)
	put(t, filepath.Join(o.Content, "clearances/qd-03.yaml"), []byte(strings.Replace(second, ", bulk-download", "", 1)))
	file := filepath.Join(o.Out, filepath.FromSlash(page.Database))
	in := func(what string, want ...string) {
		t.Helper()
		mustBuild(t, o)
		if _, err := os.Stat(file); err == nil != (len(want) > 0) {
			t.Fatalf("%s: %v", what, err)
		}
		if len(want) == 0 {
			return
		}
		got := bySQLite(t, file, "SELECT id || '<' || coalesce(parent, '') FROM records WHERE fonds = 'phong-cau-mau' ORDER BY number")
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", what, got)
		}
		if bad := bySQLite(t, file, "PRAGMA foreign_key_check; SELECT 'bad' FROM pragma_integrity_check WHERE integrity_check <> 'ok'"); len(bad) > 0 {
			t.Errorf("%s: %q", what, bad)
		}
	}
	in("all", "phong-cau-mau<", "hs-0001<phong-cau-mau", "tl-0001<hs-0001", "tl-0002<hs-0001", "hs-0002<phong-cau-mau")
	edit(t, filepath.Join(o.Content, recordPath("hs-0001")), "qd-01", "qd-03")
	edit(t, filepath.Join(o.Content, "fonds/phong-cau-mau/fonds.yaml"), "qd-01", "qd-03")
	in("a file and a fonds that may not be taken away", "tl-0001<", "tl-0002<", "hs-0002<")
	if words := rowsOfDatabase(read(t, file)); bytes.Contains(words, []byte("hs-0001")) || bytes.Contains(words, []byte("Phông cầu Mẫu")) {
		t.Error("it names them")
	}
	o.Data = false
	in("without --data")
	o.Data = true
	edit(t, filepath.Join(o.Content, "site.yaml"), withAddress, "features: {downloads: false}\n"+withAddress)
	in("no downloads")
}

// The database of the sample archive is found sound by SQLite itself, has as many records as the
// tables, and finds them by words without marks.
func TestDatabaseOfTheSample(t *testing.T) {
	for _, o := range []generator.Options{{Out: sample(t).Root}, {Out: bare(t).Root}} {
		file := filepath.Join(o.Out, filepath.FromSlash(page.Database))
		lines := 0
		names, _ := filepath.Glob(filepath.Join(o.Out, "data/*.jsonl"))
		for _, name := range names {
			lines += bytes.Count(read(t, name), []byte("\n"))
		}
		for query, want := range map[string]string{
			"PRAGMA integrity_check":       "ok",
			"PRAGMA foreign_key_check":     "",
			"SELECT count(*) FROM records": fmt.Sprint(lines),
			"SELECT count(*) > 9 FROM search JOIN records ON number = search.rowid WHERE search MATCH 'dang'": "1",
			"SELECT count(*) > 0 FROM documents WHERE names LIKE '%Hồ Chí Minh%'":                             "1",
			"SELECT count(*) > 3 FROM people":                                         "1",
			"SELECT count(*) FROM about WHERE key = 'licence_uri'":                    "1",
			"SELECT count(*) FROM texts WHERE record NOT IN (SELECT id FROM records)": "0",
		} {
			if got := bySQLite(t, file, query); strings.Join(got, " ") != want {
				t.Errorf("%s: %q, not %q", query, got, want)
			}
		}
	}
}
