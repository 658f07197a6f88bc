package generator

import (
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"vitrine/generator/internal/placard"
	"vitrine/generator/internal/plan"
	"vitrine/templates"
)

// placards draws what pages are shared by; nil where the site has no address, so that nobody
// could be shown them, and where the command was made without typefaces.
func (b *build) placards() (*plan.Placards, error) {
	if b.scan.config.Site.BaseURL.V == "" {
		return nil, nil
	}
	vendor, err := fs.Sub(templates.FS, "vendor")
	if err != nil {
		return nil, err
	}
	fonts, err := placard.Load(vendor)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the typefaces: %w", err)
	}
	return &plan.Placards{Sets: fonts.Sets, Draw: func(w io.Writer, c placard.Content) error {
		sheet, err := b.sheetOf(c)
		if err != nil {
			return err
		}
		return fonts.Draw(w, c, sheet)
	}}, nil
}

// sheetOf is the picture that a placard shows, nil for none.
func (b *build) sheetOf(c placard.Content) (image.Image, error) {
	if c.Sheet == "" {
		return nil, nil
	}
	open := b.sheet
	if open == nil {
		open = b.openMade
	}
	f, err := open(c.Sheet)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return jpeg.Decode(f)
}

// openMade opens a derivative where it lies: in the cache, or in the output folder, as the last
// build left it.
func (b *build) openMade(name string) (io.ReadCloser, error) {
	f, err := os.Open(filepath.Join(b.cacheDir, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return os.Open(filepath.Join(b.o.Out, filepath.FromSlash(name)))
	}
	return f, err
}
