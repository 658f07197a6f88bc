package generator

import (
	"archive/zip"
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/generator/internal/dossier"
	"vitrine/generator/internal/excise"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/record"
)

// maxParcelFile is how many bytes of a file within a zip are looked through; a larger one may hold anything.
const maxParcelFile = 16 << 20

// parcels are the zips for hosts among the papers of editions that hold something of the record, or
// might, since they cannot be read: who unpacks one there brings it back.
type parcels struct{ held, unread []string }

func (o WithdrawOptions) parcels(ctx context.Context, u *record.Unit) (out parcels, err error) {
	c := excise.New(cmp.Or(o.known, o.ID))
	c.Seek(titlesOf(u)...)
	papers := filepath.Join(filepath.Dir(location.Real(o.Content)), papersName)
	editions, err := os.ReadDir(papers)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return out, err
	}
	for _, e := range editions {
		name := filepath.Join(papers, e.Name(), dossier.ZipName)
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if held, err := o.bringsBack(ctx, c, name); err != nil {
			out.unread = append(out.unread, name)
		} else if held {
			out.held = append(out.held, name)
		}
		if err := ctx.Err(); err != nil {
			return out, err
		}
	}
	return out, nil
}

// bringsBack reports whether a zip holds something of the record: by the names of its files, and only
// then by what stands in them.
func (o WithdrawOptions) bringsBack(ctx context.Context, c *excise.Cut, name string) (bool, error) {
	parcel, err := zip.OpenReader(name)
	if err != nil {
		return false, err
	}
	defer parcel.Close()
	own := func(f *zip.File) bool {
		return excise.IsOwn(f.Name, o.ID) || excise.IsOwn(f.Name, cmp.Or(o.known, o.ID))
	}
	within := func(f *zip.File) bool {
		return ctx.Err() == nil && legible(f.Name) && !strings.HasPrefix(f.Name, "assets/") && holdsWithin(c, f)
	}
	return slices.ContainsFunc(parcel.File, own) || slices.ContainsFunc(parcel.File, within), nil
}

// holdsWithin reports whether a file of a zip holds what is looked for; one that cannot be read may.
func holdsWithin(c *excise.Cut, f *zip.File) bool {
	r, err := f.Open()
	if err != nil {
		return true
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxParcelFile+1))
	return err != nil || len(data) > maxParcelFile || c.Holds(f.Name, data)
}
