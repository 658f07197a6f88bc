package generator

import (
	"context"

	"vitrine/generator/internal/exchange"
)

// ExportOptions say which fonds [Export] writes into a sheet, and where.
type ExportOptions struct {
	Content string // folder of the archive
	Fonds   string // id of the fonds
	Out     string // the sheet: .xlsx, or else CSV
	Force   bool   // overwrite it and its map
}

// Export writes the records of a fonds into a sheet, with a map by which [ImportCSV] or [ImportXLSX] reads them
// back unchanged. What is withheld stands in it too, so it may lie neither in the content nor in a site.
func Export(ctx context.Context, o ExportOptions) (*ImportReport, error) {
	if err := unmarked(ctx, o.Content); err != nil {
		return nil, err
	}
	rep, err := exchange.Export(ctx, exchange.ExportOptions{Content: o.Content, FondsID: o.Fonds, Out: o.Out, Force: o.Force})
	return rep, importError(err)
}
