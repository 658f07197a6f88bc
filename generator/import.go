package generator

import (
	"context"
	"errors"
	"io/fs"
	"maps"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/exchange"
	"vitrine/generator/internal/record"
)

// ErrRefused says that a sheet could not be imported: the notes of the report
// say why, and nothing was written.
var ErrRefused = exchange.ErrRefused

// ImportOptions say what an import reads and where it writes.
type ImportOptions struct {
	Content  string // folder of the archive
	File     string // the sheet, or the finding aid
	Fonds    string // id of the fonds that gets the records
	Media    string // folder of the files that the sheet names; may be empty
	Map      string // mapping file; may be empty
	From     string // the system that the sheet comes from, one of ImportSystems; may be empty
	Sheet    string // of a workbook; empty for the first that has rows
	State    string // access.state of records that the sheet gives none
	Clear    string // clearance of records that the sheet gives none
	Title    string // of the fonds, where it is new
	Force    bool   // overwrite what an earlier import wrote
	Progress Progress
}

// ImportSystems are the systems whose sheets an import knows.
func ImportSystems() []string { return exchange.Systems() }

// ImportReport says what an import took, changed and left.
type ImportReport = exchange.Report

// ImportCSV turns a sheet and a folder of media into records of a fonds. When
// the error is not nil, nothing was written.
func ImportCSV(ctx context.Context, o ImportOptions) (*ImportReport, error) {
	return importBy(ctx, o, exchange.ImportCSV)
}

// ImportXLSX turns a sheet of a workbook and a folder of media into records of a fonds, as [ImportCSV] does.
func ImportXLSX(ctx context.Context, o ImportOptions) (*ImportReport, error) {
	return importBy(ctx, o, exchange.ImportXLSX)
}

// ImportEAD turns a finding aid, in EAD 2002 or EAD3, into the records of a fonds, as [ImportCSV] does a sheet.
func ImportEAD(ctx context.Context, o ImportOptions) (*ImportReport, error) {
	return importBy(ctx, o, exchange.ImportEAD)
}

// ImportEAC turns authority records in EAC-CPF, a file or a folder of them, into agents.
func ImportEAC(ctx context.Context, o ImportOptions) (*ImportReport, error) {
	if err := unmarked(ctx, o.Content); err != nil {
		return nil, err
	}
	rep, err := exchange.ImportEAC(ctx, exchange.Options{Content: o.Content, File: o.File})
	return rep, importError(err)
}

func importBy(ctx context.Context, o ImportOptions, by func(context.Context, exchange.Options) (*exchange.Report, error)) (*ImportReport, error) {
	if err := unmarked(ctx, o.Content); err != nil {
		return nil, err
	}
	watch := &copyWatch{to: Options{Progress: o.Progress}.progress(), what: diag.T("Chép tệp", "Copying files")}
	rep, err := by(ctx, exchange.Options{
		Content: o.Content, File: o.File, FondsID: o.Fonds, MediaDir: o.Media, MapFile: o.Map, From: o.From, Sheet: o.Sheet,
		State: o.State, Clearance: o.Clear, Title: o.Title, Force: o.Force, Progress: watch.tell, Publishes: publishes(o),
	})
	watch.to.Done()
	if err == nil {
		rep.Outlook, err = outlook(ctx, o)
	}
	return rep, importError(err)
}

// unmarked refuses an archive that holds a document with a current marking.
// Whether there is an archive is for the import to say.
func unmarked(ctx context.Context, dir string) error {
	tree, err := content.Open(dir)
	if err != nil {
		return nil
	}
	defer tree.Close()
	return refuseMarkings(ctx, tree)
}

// publishes says which records of a fonds are published under the decisions as they are, so
// that what these show counts no others.
func publishes(o ImportOptions) func(u *record.Unit) bool {
	none := func(*record.Unit) bool { return false }
	tree, err := content.Open(o.Content)
	if err != nil {
		return none // the import says why
	}
	defer tree.Close()
	day, err := Options{}.day()
	if err != nil {
		return none
	}
	s := &scan{tree: tree, diags: &diag.List{}, memory: newMemory("")}
	s.configure("")
	s.judgeBy(day)
	s.gate.Freeze(maps.All(map[string]string{})) // what decided on a number of records without a list of them covers none of those to come
	return func(u *record.Unit) bool {
		return s.gate.Judge(u.ID.V, o.Fonds, s.gate.FactsOf(u.Access, u.Clearance, u.Withdrawn)).Published()
	}
}

// outlook judges the fonds as it is now: an import that the gate withholds
// must not be silently invisible.
func outlook(ctx context.Context, o ImportOptions) (diag.Text, error) {
	tree, err := content.Open(o.Content)
	if err != nil {
		return diag.Text{}, err
	}
	defer tree.Close()
	s := &scan{tree: tree, diags: &diag.List{}, workers: Options{}.workers()}
	if err := s.read(ctx, Options{Content: o.Content}, silent{}); err != nil {
		return diag.Text{}, err
	}
	s.builder.Freeze()
	r := &Report{Diags: s.diags}
	r.tally(s.builder, "fonds/"+o.Fonds+"/")
	before := diag.T("Theo các quyết định hiện có, phông %s: ", "Under the clearances as they are, fonds %s: ", o.Fonds)
	return diag.Text{Vi: before.Vi + r.Outcome("vi"), En: before.En + r.Outcome("en")}, nil
}

// copyWatch tells a Progress how many files were copied.
type copyWatch struct {
	to   Progress
	what diag.Text
	done int
}

func (w *copyWatch) tell(done, total int) {
	if w.done == 0 {
		w.to.Phase(w.what, total)
	}
	w.to.Add(done - w.done)
	w.done = done
}

// importError words what a person can mend.
func importError(err error) error {
	var ue *exchange.UsageError
	var pe *fs.PathError
	switch {
	case errors.As(err, &ue):
		return &UserError{Msg: ue.Msg, Hint: ue.Hint, Usage: true}
	case errors.As(err, &pe):
		return &UserError{Msg: diag.T("không đọc hoặc ghi được %s", "cannot read or write %s", pe.Path), Err: pe.Err}
	}
	return err
}
