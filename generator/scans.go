package generator

import (
	"context"
	"os"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/exchange"
)

// ScanOptions say which scans [ListScans] puts into a workbook.
type ScanOptions struct {
	Content  string // folder of the archive
	Dir      string // folder of the scans, which stay as they are
	Fonds    string // id of the fonds that will get them
	Out      string // the workbook
	Force    bool   // overwrite it
	Progress Progress
}

// thumbSide is the longest side of the small pictures in a workbook, in pixels.
const thumbSide = 120

// thumbMemory is how many bytes the drawing of one small picture may take.
const thumbMemory = 1 << 30

// ListScans writes a workbook with a row for each scan of a folder, for staff to group and describe
// them. [ImportXLSX] takes it back.
func ListScans(ctx context.Context, o ScanOptions) (*ImportReport, error) {
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, importError(err)
	}
	defer root.Close()
	aside, err := os.MkdirTemp("", "vitrine-scans-")
	if err != nil {
		return nil, importError(err)
	}
	defer os.RemoveAll(aside)
	cache, err := derive.New(aside, thumbMemory)
	if err != nil {
		return nil, err
	}
	files := content.Plain(root)
	thumb := func(ctx context.Context, name string) ([]byte, error) {
		made, err := cache.Make(ctx, files, name, []derive.Spec{{Width: thumbSide, MaxSide: thumbSide}})
		if err != nil || len(made) == 0 {
			return nil, err
		}
		return os.ReadFile(made[0].Path)
	}
	watch := &copyWatch{to: Options{Progress: o.Progress}.progress(), what: diag.T("Vẽ ảnh nhỏ", "Drawing small pictures")}
	rep, err := exchange.ListScans(ctx, exchange.ScanOptions{Content: o.Content, Dir: o.Dir, FondsID: o.Fonds, Out: o.Out, Force: o.Force, Thumb: thumb, Progress: watch.tell})
	watch.to.Done()
	return rep, importError(err)
}
