package exchange

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"

	"golang.org/x/text/unicode/norm"
)

// media is what a sheet takes of the files that it may name.
type media struct {
	copies []copied          // in the order of first use
	target map[string]string // lower-case path in media/ → source, of copies
}

// folder is a place where files are looked for.
type folder struct {
	files  fs.FS
	inside bool // the media folder of the fonds itself: nothing is copied
	exact  map[string]bool
	near   map[string][]string // by NFC in lower case
	base   map[string][]string // by the last part of that
}

// copied is a file that goes to media/ of the fonds.
type copied struct {
	in       fs.FS
	from, to string
}

// kinds are the kinds of digital object by the ending of their file, and the
// files that Vitrine can show.
var kinds = map[string]string{
	".jpg": "image", ".jpeg": "image", ".png": "image", ".tif": "image", ".tiff": "image", ".webp": "image",
	".pdf": "pdf", ".mp3": "audio", ".ogg": "audio", ".oga": "audio", ".wav": "audio", ".m4a": "audio", ".flac": "audio",
	".mp4": "video", ".webm": "video", ".ogv": "video", ".txt": "text", ".glb": "3d", ".gltf": "3d", ".stl": "3d",
}

// index lists the files of a folder. Its root stays open: what is copied is opened
// through it, whatever took the place of a file or folder meanwhile.
func index(root *os.Root, inside bool) (folder, error) {
	f := folder{files: content.Plain(root), inside: inside, exact: map[string]bool{}, near: map[string][]string{}, base: map[string][]string{}}
	err := fs.WalkDir(f.files, ".", func(p string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case p != "." && strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
		case e.Type().IsRegular() && utf8.ValidString(p):
			f.exact[p] = true
			key := nearly(p)
			f.near[key] = append(f.near[key], p)
			f.base[path.Base(key)] = append(f.base[path.Base(key)], p)
		}
		return nil
	})
	return f, err
}

func nearly(p string) string { return strings.ToLower(norm.NFC.String(p)) }

// find returns the file that a name means, and how its name differs.
func (f folder) find(name string) (file string, several bool) {
	if f.exact[name] {
		return name, false
	}
	for _, found := range [][]string{f.near[nearly(name)], f.base[nearly(path.Base(name))]} {
		switch len(found) {
		case 0:
		case 1:
			return found[0], false
		default:
			return "", true
		}
	}
	return "", false
}

// openMedia lists the folder of media and that of the fonds.
func (im *importer) openMedia(context.Context) error {
	if im.o.MediaDir != "" {
		root, err := os.OpenRoot(im.o.MediaDir)
		if err != nil {
			return err
		}
		if err := im.addFolder(root, false); err != nil {
			return err
		}
	}
	root, err := im.tree.Root().OpenRoot(filepath.Join("fonds", im.o.FondsID, "media"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return im.addFolder(root, true)
}

func (im *importer) addFolder(root *os.Root, inside bool) error {
	im.roots = append(im.roots, root)
	f, err := index(root, inside)
	im.folders = append(im.folders, f)
	return err
}

// findMedia looks for every file that is named, and plans the copies.
func (im *importer) findMedia(context.Context) error {
	im.media.target = map[string]string{}
	for _, d := range im.drafts {
		im.objects(d)
		d.pack()
	}
	return nil
}

// objects leaves the digital objects of a draft whose files there are.
func (im *importer) objects(d *draft) {
	im.nameBeside(d)
	if len(d.files) == 0 && !d.shows {
		return
	}
	var kept []record.Object
	dropped := len(d.unit().Objects) > len(d.files)
	for i, o := range d.unit().Objects[:min(len(d.files), len(d.unit().Objects))] {
		if im.desk != nil {
			d.files[i].as = fmt.Sprintf("%s-%03d", d.id, cmp.Or(o.Seq.V, i+1))
		}
		to, ok := im.locate(d.files[i])
		if !ok {
			d.extra(d.files[i].at.col.key, d.files[i].name)
			dropped = true
			continue
		}
		o.File.V = to
		if o.Kind.V == "" {
			o.Kind.V = kinds[strings.ToLower(path.Ext(to))]
		}
		im.texts(d, &o, d.files[i])
		kept = append(kept, o)
	}
	if dropped {
		im.keepWords(d)
	}
	im.number(d, kept)
	d.unit().Objects = kept
	im.rep.Objects += len(kept)
}

// nameBeside names the files that are called as a row is, where a system has them so and the row names none: ab.jpg, or
// the files of a folder ab. Texts are no objects but those of their pictures.
func (im *importer) nameBeside(d *draft) {
	if im.preset == nil || !im.preset.Beside || len(d.files) > 0 || d.key == "" {
		return
	}
	if im.besides == nil {
		im.besides = map[string][]string{}
		for _, f := range im.folders {
			for name := range f.exact {
				if kind := kinds[strings.ToLower(path.Ext(name))]; kind == "" || kind == "text" || f.inside {
					continue
				}
				stem := nearly(strings.TrimSuffix(path.Base(name), path.Ext(name)))
				im.besides[stem] = append(im.besides[stem], name)
				if dir := nearly(path.Base(path.Dir(name))); dir != "." && dir != stem {
					im.besides[dir] = append(im.besides[dir], name)
				}
			}
		}
	}
	names := im.besides[nearly(d.key)]
	slices.SortFunc(names, natural)
	for _, name := range names {
		d.files = append(d.files, named{name: name, at: im.keyCell(d)})
	}
	for u := d.unit(); len(u.Objects) < len(d.files); {
		u.Objects = append(u.Objects, record.Object{})
	}
}

// keepWords keeps under extra what was said of files that are not there.
func (im *importer) keepWords(d *draft) {
	for _, w := range d.words {
		d.extra(w.at.col.key, w.value)
		im.rep.each("file-words", w.at, "lời về tệp không có được giữ trong extra", "what is said of files that are not there is kept under extra")
	}
}

// number gives objects their order. Images of a document, or several of one
// record, are its pages.
func (im *importer) number(d *draft, objects []record.Object) {
	images := 0
	for _, o := range objects {
		if o.Kind.V == "image" {
			images++
		}
	}
	for i := range objects {
		if objects[i].Seq.V == 0 {
			objects[i].Seq.V = i + 1
		}
		if objects[i].Kind.V == "image" && images > 1 {
			objects[i].Kind.V = "page"
		}
	}
}

// locate finds a named file and says where it goes in media/.
func (im *importer) locate(n named) (to string, ok bool) {
	for _, f := range im.folders {
		file, several := f.find(n.name)
		if several {
			im.rep.Missing++
			im.rep.add(n.at.errorf("file-ambiguous", "nhiều tệp khớp với tên %q; bỏ đối tượng số này", "several files match the name %q; the digital object is left out", n.name))
			return "", false
		}
		if file == "" {
			continue
		}
		if kinds[strings.ToLower(path.Ext(file))] == "" {
			im.rep.add(n.at.errorf("file-kind", "chưa dùng được tệp loại %q (%s); bỏ đối tượng số này", "files of the kind %q (%s) cannot be shown; the digital object is left out", path.Ext(file), n.name).
				WithHint("đổi ảnh sang JPEG, PNG, TIFF hoặc WebP", "convert images to JPEG, PNG, TIFF or WebP"))
			return "", false
		}
		if file != n.name {
			im.rep.add(n.at.warnf("file-name", "bảng ghi %q, tệp thật tên %q", "the sheet says %q, the file is named %q", n.name, file))
		}
		return im.copyTo(f, file, n)
	}
	im.rep.Missing++
	im.rep.add(n.at.errorf("file-missing", "không thấy tệp %q; bỏ đối tượng số này", "there is no file %q; the digital object is left out", n.name))
	return "", false
}

// copyTo plans to copy a file. Two files may not end up under one name, on
// systems that do not tell capitals either.
func (im *importer) copyTo(f folder, file string, n named) (string, bool) {
	to := norm.NFC.String(file)
	if n.as != "" {
		to = n.as + strings.ToLower(path.Ext(file))
	}
	if im.uncovered(f, file, n) {
		return "", false
	}
	if f.inside {
		return file, true
	}
	if strings.ContainsAny(to, "\\:*?\"<>|") || !filepath.IsLocal(filepath.FromSlash(to)) {
		im.rep.add(n.at.errorf("file-path", "tên tệp %q không dùng được trên mọi hệ điều hành; bỏ đối tượng số này", "the file name %q cannot be used on every system; the digital object is left out", file))
		return "", false
	}
	switch other := im.media.target[strings.ToLower(to)]; {
	case other == file:
	case other == "":
		im.media.target[strings.ToLower(to)] = file
		im.media.copies = append(im.media.copies, copied{f.files, file, to})
	case n.as != "":
		im.rep.add(n.at.errorf("file-ambiguous", "tệp %q và %q cùng mang thứ tự trang ấy trong một tài liệu; bỏ đối tượng số này", "the files %q and %q have the same page number of one document; the digital object is left out", file, other))
		return "", false
	default:
		im.rep.add(n.at.errorf("file-ambiguous", "tệp %q và %q trùng tên trên Windows; bỏ đối tượng số này", "the files %q and %q have one name on Windows; the digital object is left out", file, other))
		return "", false
	}
	return to, true
}
