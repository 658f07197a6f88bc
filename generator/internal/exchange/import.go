package exchange

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
)

// Options say what to import and where to.
type Options struct {
	Content  string // the content folder; it must hold a site.yaml
	File     string // the CSV file
	FondsID  string // the fonds that gets the records
	MediaDir string // where the files are that the sheet names; may be empty
	MapFile  string // the mapping; may be empty
	From     string // the system that the sheet comes from, one of Systems; may be empty
	Sheet    string // of a workbook; empty for the first that has rows

	State     string // access.state of records that the sheet gives none
	Clearance string // clearance of records that the sheet gives none
	Title     string // of the fonds, where it is new
	Force     bool   // overwrite files that are there

	// Publishes says of a record with its state and clearance whether it is published under the
	// decisions as they are. Where it is nil, all that have both are.
	Publishes func(u *record.Unit) bool

	// Progress is told how many of the files were copied; may be nil.
	Progress func(done, total int)
}

// maxSheet is the largest sheet that is read, in bytes.
const maxSheet = 256 << 20

// importer holds what the steps of one import share.
type importer struct {
	o     Options
	rep   *Report
	sheet *sheet
	m     mapping
	tree  *content.Tree
	roots []*os.Root // of the folders of media

	madeUp   bool           // ids were made of what records say, since they have none
	alike    map[string]int // ids that were made of what several records say → how many these are
	fondsNo  string         // what the fonds is called on the shelf, where that is no id
	lang     string         // first language of the site
	config   content.Config
	existing map[string]string // id → file, of everything there is
	setting  setting
	given    map[string]bool // keys that the defaults of an existing fonds give
	newFonds bool

	levelOf map[string]string // id → level, of the records there are

	back     bool                // the sheet was exported: records are replaced where they stand
	headings map[string]string   // of its columns, as the map has them
	besides  map[string][]string // files by what a row may be called that has them; nil before anybody asked
	preset   *preset             // of the system that the sheet comes from; nil for any other
	desk     *desk               // of a workbook that lists scans; nil for any other
	folders  []folder
	gate     gate
	lying    lying
	reading  staged                     // the file of which records are surveyed
	unfit    map[*row][]diag.Diagnostic // rows that no build would take, and why
	rowIDs   map[string]bool            // see idsOfRows
	opening  map[string]bool            // ids of records that rows would have opened
	there    map[[2]string]bool         // by source and name in media/: see isThere
	round
}

// ImportCSV turns a sheet and a folder of media into records of a fonds. When
// the error is not nil, nothing was written. ErrRefused means that the notes
// of the report say why, a *UsageError that the options cannot work.
func ImportCSV(ctx context.Context, o Options) (*Report, error) {
	return run(ctx, o, (*importer).readSheet)
}

// run imports what one way of reading gives.
func run(ctx context.Context, o Options, read func(*importer, context.Context) error) (*Report, error) {
	rep := &Report{file: filepath.ToSlash(o.File)}
	defer rep.finish()
	im := &importer{o: o, rep: rep, unfit: map[*row][]diag.Diagnostic{}, opening: map[string]bool{}, alike: map[string]int{}, there: map[[2]string]bool{}}
	defer im.close()
	err := steps(ctx, im.open, func(ctx context.Context) error { return read(im, ctx) }, im.openMedia, im.make, im.returnCopy, im.write)
	if err != nil && rep.Returned != "" { // nothing was written: its ids are those of no record
		err = errors.Join(err, os.Remove(rep.Returned))
		rep.Returned = ""
	}
	return rep, err
}

// steps goes through steps up to the first that fails.
func steps(ctx context.Context, list ...func(context.Context) error) error {
	for _, step := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) close() {
	for _, root := range im.roots {
		root.Close()
	}
	if im.tree != nil {
		im.tree.Close()
	}
}

// open checks the options against the archive.
func (im *importer) open(ctx context.Context) error {
	if err := vi.ValidID(im.o.FondsID, page.Reserved()...); err != nil {
		var ie *vi.IDError
		errors.As(err, &ie)
		return usage("--fonds %q: %s", "--fonds %q: %s", im.o.FondsID, "").with(ie)
	}
	if err := im.openArchive(ctx); err != nil {
		return err
	}
	if err := im.checkFrom(); err != nil {
		return err
	}
	return im.checkAccess()
}

// openArchive reads how the archive is set up, and which ids it has.
func (im *importer) openArchive(context.Context) error {
	tree, err := content.Open(im.o.Content)
	if err != nil {
		return err
	}
	im.tree = tree
	config, ds := tree.Config()
	for _, d := range ds {
		if d.Severity == diag.Error {
			im.rep.add(d)
		}
	}
	if im.rep.Errors() > 0 {
		return ErrRefused
	}
	im.config, im.lang = config, tree.Languages()[0]
	if im.survey(tree); im.rep.Errors() > 0 {
		return ErrRefused
	}
	return nil
}

func (e *UsageError) with(ie *vi.IDError) *UsageError {
	if ie != nil {
		e.Msg.Vi += ie.Vi
		e.Msg.En += ie.En
	}
	return e
}

// checkAccess checks the state and the clearance for the whole sheet.
func (im *importer) checkAccess() error {
	if s := im.o.State; s != "" {
		state, err := term("access_state", s)
		if err != nil {
			return &UsageError{diag.Text{Vi: "--state: " + err.msg.Vi, En: "--state: " + err.msg.En}, err.hint}
		}
		im.o.State = state
	}
	if c := im.o.Clearance; c != "" && !im.isClearance(c) {
		return usage("không có quyết định %q trong clearances/", "there is no clearance %q in clearances/", c).
			hint("tạo bằng «vitrine new clearance %s» rồi điền số, ngày, người ký", "make it with «vitrine new clearance %s» and fill in number, date and signatory", c)
	}
	return nil
}

func (im *importer) isClearance(id string) bool {
	return strings.HasPrefix(im.existing[id], "clearances/")
}

// survey notes every id there is, and what the fonds has already.
func (im *importer) survey(tree *content.Tree) {
	im.existing, im.levelOf = map[string]string{}, map[string]string{}
	im.lying = newLying()
	known := map[string]bool{}
	for f, err := range tree.Files(".") {
		if err != nil {
			continue
		}
		for _, id := range im.idsOf(tree, f) {
			im.existing[id] = f.Path
			if f.Kind == content.KindAgent || f.Kind == content.KindPlace || f.Kind == content.KindSubject || f.Kind == content.KindEvent {
				known[id] = true
			}
		}
	}
	im.newFonds = !tree.HasFile("fonds/" + im.o.FondsID + "/fonds.yaml")
	im.setting = setting{lang: im.lang, forms: formNamesOf(im.config.Profile.Forms), known: known}
	im.given = im.defaultsOf(tree)
}

func (im *importer) idsOf(tree *content.Tree, f content.File) []string {
	var out []string
	add := func(id string) {
		if id != "" {
			out = append(out, id)
		}
	}
	switch f.Kind {
	case content.KindFonds, content.KindRecords:
		tree.Units(f, func(u *record.Unit, loc record.Loc, ds []diag.Diagnostic) {
			im.stands(f, u, loc, ds)
			if u != nil {
				add(u.ID.V)
				im.levelOf[u.ID.V] = u.Level.V
			}
		})
	case content.KindExhibition:
		add(f.Owner)
	case content.KindSite, content.KindPage, content.KindProfile:
	default:
		content.Read(tree, f.Path, func(v *identified, _ content.Piece, _ []diag.Diagnostic) {
			if v != nil {
				add(v.ID.V)
			}
		})
	}
	return out
}

// identified is as much of an authority as the survey needs.
type identified struct {
	ID record.Str `key:"id"`
}

// read reads the sheet and the map.
func (im *importer) readSheet(context.Context) error {
	data, err := readLimited(im.o.File, maxSheet)
	if err != nil {
		return err
	}
	text, bad := decodeText(im.rep.file, data)
	if bad != nil {
		im.rep.add(*bad)
		return ErrRefused
	}
	mapText, err := im.mapText()
	if err != nil {
		return err
	}
	if im.sheet = readSheet(im.rep.file, text, delimiterOf([]byte(mapText)), im.rep); im.sheet == nil {
		return ErrRefused
	}
	return im.mapColumns(mapText)
}

// mapColumns finds out what the columns are.
func (im *importer) mapColumns(mapText string) error {
	if isRecordsMap([]byte(mapText)) {
		return im.beginBack(mapText)
	}
	if im.o.From != "" {
		return im.mapFrom(mapText)
	}
	ok := true
	if im.o.MapFile == "" {
		im.m = guessMapping(im.sheet)
	} else {
		im.m, ok = readMapping(filepath.ToSlash(im.o.MapFile), []byte(mapText), im.sheet, im.rep)
	}
	if !ok {
		return ErrRefused
	}
	im.begin()
	return nil
}

// mapText is the text of the map, empty where there is none.
func (im *importer) mapText() (string, error) {
	if im.o.MapFile == "" {
		return "", nil
	}
	raw, err := readLimited(im.o.MapFile, content.MaxRecord)
	if err != nil {
		return "", err
	}
	text, bad := decodeText(filepath.ToSlash(im.o.MapFile), raw)
	if bad != nil {
		im.rep.add(*bad)
		return "", ErrRefused
	}
	return text, nil
}

// begin takes note of what the columns are, of which rows and rules are known.
func (im *importer) begin() {
	im.gate = newGate(im.config.Profile.Secrecy, im.sheet.cols)
	for _, c := range im.sheet.cols {
		im.rep.Columns = append(im.rep.Columns, ColumnUse{c.letter, c.header, im.m.rules[c].to.path})
	}
}

// openRegular opens a file that the command names. A pipe would be waited for, and is refused.
func openRegular(name string) (*os.File, error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return nil, usage("%s không phải tệp thường", "%s is no regular file", name)
	}
	return os.Open(name)
}

func readLimited(name string, limit int64) ([]byte, error) {
	f, err := openRegular(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = usage("%s lớn hơn %d MB", "%s is larger than %d MB", name, limit>>20)
	}
	return data, err
}
