package dataset

import (
	"cmp"
	"database/sql"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/vi"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// A database has the records of all fonds in one file of SQLite:
//
//	about     what the file is, key by key
//	records   a row for each record, in the first language, as people look for it
//	texts     every text of a record, by field and language
//	names     who and what it names, by field
//	search    the full text of records (FTS5)
//	documents, people   views
//
// Marks over letters do not count in the search, but đ is a letter of its own to SQLite. So the
// column fold holds all words of a record as package vi folds them: «duong» finds «Đường».

// DatabaseMark is how a file of SQLite begins.
const DatabaseMark = "SQLite format 3\x00"

const tables = `
CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE records(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, fonds TEXT NOT NULL, parent TEXT REFERENCES records(id), level TEXT NOT NULL,
 form TEXT, title TEXT NOT NULL, reference TEXT, date TEXT, first_day TEXT, last_day TEXT, date_words TEXT, names TEXT, url TEXT, iiif_manifest TEXT, rights TEXT,
 text TEXT NOT NULL, fold TEXT NOT NULL);
CREATE TABLE texts(record TEXT NOT NULL REFERENCES records(id), field TEXT NOT NULL, lang TEXT, text TEXT NOT NULL);
CREATE TABLE names(record TEXT NOT NULL REFERENCES records(id), field TEXT NOT NULL, role TEXT, type TEXT, name TEXT NOT NULL, authority TEXT);
CREATE VIRTUAL TABLE search USING fts5(title, reference, names, text, fold, content="records", content_rowid="number", tokenize="unicode61 remove_diacritics 2");
`

// views come last: what they lead through is there then.
const views = `
CREATE INDEX records_of_fonds ON records(fonds);
CREATE INDEX records_by_day ON records(first_day);
CREATE INDEX texts_of_record ON texts(record);
CREATE INDEX names_of_record ON names(record);
CREATE INDEX names_by_name ON names(name);
CREATE VIEW documents AS SELECT r.id, r.title, r.date, r.date_words, r.form, r.reference, r.names, f.title AS fonds_title, r.url
 FROM records r LEFT JOIN records f ON f.id = r.fonds WHERE r.level IN ('item', 'part');
CREATE VIEW people AS SELECT name, type, authority, count(DISTINCT record) AS records FROM names WHERE type IS NOT NULL GROUP BY name, type, authority;
INSERT INTO search(search) VALUES ('rebuild');
INSERT INTO search(search) VALUES ('optimize');
`

// setting makes the file a function of what is written: pages of one size, and no journal,
// since nobody needs a file that was cut off. The cache is 8 MiB whatever there is.
const setting = `PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -8192;`

// scratchName is the beginning of the names of folders that hold a database while it is made.
const scratchName = "vitrine-sqlite-"

// Database writes a database into w, in some languages, the first first. each hands on the
// records, one after the other; dir is a folder for what is not held in memory.
func Database(w io.Writer, dir string, langs []string, about [][2]string, each func(add func(*Record) error) error) (err error) {
	left, _ := filepath.Glob(filepath.Join(dir, scratchName+"*")) // of runs that were killed
	for _, name := range left {
		_ = os.RemoveAll(name)
	}
	room, err := os.MkdirTemp(dir, scratchName)
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(room) }()
	made := filepath.Join(room, "made.sqlite")
	if err := makeDatabase(filepath.Join(room, "raw.sqlite"), made, langs, about, each); err != nil {
		return err
	}
	f, err := os.Open(made)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// makeDatabase fills one file and packs it into another, without pages that nothing uses.
func makeDatabase(raw, made string, langs []string, about [][2]string, each func(add func(*Record) error) error) (err error) {
	db, err := sql.Open("sqlite", raw)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	defer func() {
		if cerr := db.Close(); err == nil {
			err = cerr
		}
	}()
	if _, err := db.Exec(setting + tables); err != nil {
		return err
	}
	if err := fill(db, langs, about, each); err != nil {
		return err
	}
	if _, err := db.Exec(views); err != nil {
		return err
	}
	_, err = db.Exec("VACUUM INTO ?", made)
	return err
}

// filling is the one transaction in which a database is filled.
type filling struct {
	langs                []string
	records, texts, name *sql.Stmt
}

func fill(db *sql.DB, langs []string, about [][2]string, each func(add func(*Record) error) error) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing behind a commit
	for _, a := range about {
		if _, err := tx.Exec("INSERT INTO about VALUES (?, ?)", a[0], a[1]); err != nil {
			return err
		}
	}
	f := &filling{langs: langs}
	for _, s := range []struct {
		into  **sql.Stmt
		words string
	}{
		{&f.records, "INSERT INTO records(id, fonds, parent, level, form, title, reference, date, first_day, last_day, date_words, names, url, iiif_manifest, rights, text, fold) VALUES (?" + strings.Repeat(", ?", 16) + ")"},
		{&f.texts, "INSERT INTO texts VALUES (?, ?, ?, ?)"}, {&f.name, "INSERT INTO names VALUES (?, ?, ?, ?, ?, ?)"},
	} {
		if *s.into, err = tx.Prepare(s.words); err != nil {
			return err
		}
		defer (*s.into).Close()
	}
	if err := each(f.add); err != nil {
		return err
	}
	return tx.Commit()
}

// null is a text as a value of a table: none where it is empty.
func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// add adds a record. A record whose parent is not told of, since it may not be, has none.
func (f *filling) add(r *Record) error {
	all := gathered(r)
	of := func(key string) []ead.Value { return all[byKey[key]] }
	first := f.langs[0]
	title, reference := cmp.Or(in(of("title"), first), r.ID), in(of("reference"), first)
	called, err := f.addNames(r, all)
	if err != nil {
		return err
	}
	words, err := f.addTexts(r, all)
	if err != nil {
		return err
	}
	day, said, page, manifest := "", in(of("dates.display"), first), "", ""
	for _, v := range of("dates") {
		if day = v.Date.String(); said == "" {
			said = v.Date.Date.Words(first)
		}
	}
	if len(r.Pages) > 0 {
		page = r.Pages[0].Href
	}
	for _, v := range of("objects.manifest") {
		manifest = v.Href
	}
	names := strings.Join(called, separator)
	fold := vi.Fold(strings.Join([]string{title, reference, names, words}, "\n"))
	_, err = f.records.Exec(r.ID, r.Fonds, null(r.Parent), r.Level, null(joined(of("form"), bare)), title, null(reference), null(day), null(r.First), null(r.Last), null(said), null(names),
		null(page), null(manifest), null(joined(of("rights.uri"), bare)), words, fold)
	return err
}

// addNames adds who and what a record names, and returns what they are called in all languages.
func (f *filling) addNames(r *Record, all [][]ead.Value) (called []string, err error) {
	for i, field := range Fields {
		if field.kind != names {
			continue
		}
		for _, v := range all[i] {
			if _, err := f.name.Exec(r.ID, field.Key, null(v.Role), null(nameTypes[v.Name]), named(v, f.langs[0]), null(v.ID)); err != nil {
				return nil, err
			}
			for _, w := range v.Words {
				if !slices.Contains(called, w.Text) {
					called = append(called, w.Text)
				}
			}
		}
	}
	return called, nil
}

// addTexts adds the texts of a record and its single values, and returns all that is searched.
func (f *filling) addTexts(r *Record, all [][]ead.Value) (string, error) {
	var words []string
	for i, field := range Fields {
		if apart[field.Key] || field.kind == names || field.kind == date {
			continue
		}
		said := byLang(all[i]...)
		for _, lang := range append(slices.Clone(f.langs), "und") {
			text := said[lang]
			if field.kind == extent && text != "" {
				text = all[i][0].Quantity + " " + text
			}
			if text == "" {
				continue
			}
			if field.Key != "reference" && (field.Key != "title" || lang != f.langs[0]) && field.Key != "rights.uri" {
				words = append(words, text)
			}
			told := null(lang)
			if lang == "und" {
				told = nil
			}
			if _, err := f.texts.Exec(r.ID, field.Key, told, text); err != nil {
				return "", err
			}
		}
	}
	return strings.Join(words, "\n"), nil
}
