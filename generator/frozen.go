package generator

import (
	"errors"
	"io/fs"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
)

// A file that changed after the decision on its record is not the one decided
// on, whatever its kind: the site may show what it says, its length or that it
// is there at all. And one that is not what its record says was spoilt or
// swapped.

// looksAt reports whether the files of a record are looked at: it has some that
// may be shown.
func (s *scan) looksAt(c *catalog.Catalog, row int32) bool {
	return c.Has(row, catalog.HasObjects)
}

// freeze is what the clearance of a record demands of its files.
type freeze struct {
	s     *scan
	u     *record.Unit
	fonds string            // whose media folder holds them
	names []string          // of all files that the record names, by their paths in the content folder
	sums  map[string]string // SHA-256 demanded of them, in lower hex; empty where none is
	read  map[string]string // SHA-256 of those of which a copy was made, as they were while it was
	all   bool              // no file may be shown but those that are listed
	real  bool              // its clearance has decided on it: it is no draft
	own   map[string]demand // by files of objects that name a decision of their own, what that demands besides
}

// demand is the SHA-256 that a clearance demands of a file, empty where it lists its
// files and not this one.
type demand struct{ clearance, sha256 string }

func (s *scan) freezeOf(c *catalog.Catalog, row int32, u *record.Unit) *freeze {
	cleared := c.Verdict(row).Reason == access.ReasonNone // a draft is not decided on yet
	f := &freeze{s: s, u: u, fonds: c.ID(c.Fonds(row)), sums: map[string]string{}, own: map[string]demand{}, read: map[string]string{}, real: cleared, all: cleared && s.gate.FreezesAll(c.Facts(row))}
	for _, o := range u.Objects {
		for _, file := range o.Files() {
			name := f.path(file)
			f.names = append(f.names, name)
			if sum, ok := s.gate.Frozen(c.Facts(row), name); ok {
				f.sums[name] = sum
			}
			if sum, ok, all := s.gate.FrozenBy(o.ClearedBy.V, name); ok || all && cleared {
				f.own[name] = demand{o.ClearedBy.V, sum}
			}
		}
	}
	return f
}

// path is the path of a file of the record in the content folder.
func (f *freeze) path(file string) string { return content.MediaPath(f.fonds, file) }

// holds compares the file of an object with the hash that the record gives, and
// its files with their frozen hashes: its own, its words and its poster, as far as they
// are shown. One that was added to a record, or stands in place of another, is not one
// decided on either: where the decision takes in what comes later, if other files of
// the record are listed, else in any case. It reports whether all is well; what is not
// is reported.
func (f *freeze) holds(im *images, o record.Object) (ok bool, err error) {
	if ok, err = f.intact(im, o); err != nil {
		return false, err
	}
	ok = f.bound(o) && ok
	for _, file := range o.Named() {
		demands := []demand{{f.u.Clearance.V, f.sums[f.path(file.V)]}}
		if len(f.sums) == 0 && !f.all {
			demands = nil
		}
		if own, ok := f.own[f.path(file.V)]; ok {
			demands = append(demands, own)
		}
		for _, d := range demands {
			one, err := f.decided(im, o, file, d)
			if err != nil {
				return false, err
			}
			ok = ok && one
		}
	}
	return ok, nil
}

// intact compares the file of an object with the hash in the record.
func (f *freeze) intact(im *images, o record.Object) (bool, error) {
	want := o.SHA256.V
	if want == "" || o.File.V == "" {
		return true, nil
	}
	have, err := f.digest(im, o, o.File)
	if have != "" && !strings.EqualFold(have, want) {
		f.s.diags.Add(diag.Errorf("object-changed", o.SHA256.At.In(f.u.File), "tệp %s không còn đúng mã băm ghi trong bản ghi", "the file %s has not the hash that the record gives", o.File.V).
			WithHint("lấy lại tệp từ bản lưu; nếu tệp được thay có chủ ý, ghi mã mới: %s", "take the file back from the preserved copy; if it was replaced on purpose, write its hash: %s", have))
		return false, nil
	}
	return have != "", err
}

// decided compares a file of an object with the hash that a decision demands; it may
// not be shown where that is empty.
func (f *freeze) decided(im *images, o record.Object, file record.Str, by demand) (bool, error) {
	have, err := f.digest(im, o, file)
	switch at := file.At.In(f.u.File); {
	case have == "":
		return false, err
	case by.sha256 == "":
		f.s.diags.Add(diag.Errorf("clearance-file", at, "tệp %s được thêm vào bản ghi sau quyết định %s", "the file %s was added to the record after the decision %s", file.V, by.clearance).
			WithHint("xét tệp rồi ghi vào files của quyết định: %s: sha256:%s", "review the file, then write it into files of the clearance: %s: sha256:%s", f.path(file.V), have))
	case have != by.sha256:
		f.s.diags.Add(diag.Errorf("clearance-file", at, "tệp %s đã thay đổi sau quyết định %s", "the file %s has changed since the decision %s", file.V, by.clearance).
			WithHint("xét lại tệp rồi ghi mã băm mới vào quyết định: %s", "review the file, then write its new hash into the clearance: %s", have))
	default:
		return true, nil
	}
	return false, nil
}

// digest is the hash of a file of an object. It is empty where the file cannot
// be read, which is reported.
func (f *freeze) digest(im *images, o record.Object, file record.Str) (string, error) {
	name := f.path(file.V)
	if f.s.told != nil {
		f.s.told(name)
	}
	if sum, ok := f.read[name]; ok {
		return sum, nil
	}
	have, err := im.digest(name, o.HasPictures() && file.V == o.File.V || file.V == o.Poster.V)
	switch {
	case err != nil && im.ctx.Err() != nil:
		return "", im.ctx.Err()
	case err != nil:
		f.s.unhashed(im, file.At.In(f.u.File), name, err)
		return "", nil
	}
	return have, nil
}

// unhashed reports a file that could not be compared; that one is not there was
// reported when its record was read by a check.
func (s *scan) unhashed(im *images, at diag.Pos, name string, err error) {
	if im.headersOnly && errors.Is(err, fs.ErrNotExist) {
		return
	}
	s.diags.Add(diag.Errorf("file-unreadable", at, "không so được %s với mã băm đã ghi: %v", "cannot compare %s with the hash that was written down: %v", name, err).
		WithHint("cho phép đọc tệp rồi chạy lại lệnh", "let the file be read, then run the command again"))
}

// digest is the SHA-256 of a file in lower hex. That of an image or PDF is known to the
// cache, which read it to make its sizes.
func (im *images) digest(name string, image bool) (string, error) {
	if image {
		m, err := im.cache.Master(im.ctx, im.tree.FS(), name)
		return m.SHA256, err
	}
	return im.tree.Digest(im.ctx, name)
}
