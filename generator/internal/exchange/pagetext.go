package exchange

import (
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/pagetext"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// beside are the endings of texts that are looked for beside an image, by its name.
// A web page of that name is more often a caption or a copy than hOCR.
var beside = []string{".xml", ".hocr", ".txt", ".md"}

// texts finds the file of text of an object: that which the sheet names, else one
// of the name of an image that lies beside it. It is then named in the record, as
// nothing is read that no record names; that it may be shown is for a clearance
// to say.
func (im *importer) texts(d *draft, o *record.Object, n named) {
	named := false
	for _, t := range []**record.Transcript{&o.Transcript, &o.Translation} {
		if *t != nil && (*t).File.V != "" {
			named = true
			im.namedText(d, t, n)
		}
	}
	if o.Transcript == nil && !named && o.IsImage() {
		im.textBeside(o, n)
	}
}

// namedText plans to copy a file of text that the sheet names; one that cannot be
// taken is left out, and kept under extra.
func (im *importer) namedText(d *draft, t **record.Transcript, n named) {
	for _, w := range d.words {
		if strings.Contains(w.value, (*t).File.V) {
			n.at = w.at
		}
	}
	name := path.Clean(strings.TrimLeft(strings.ReplaceAll((*t).File.V, `\`, "/"), "/"))
	refused := func(problem diag.Diagnostic) {
		im.rep.add(problem)
		d.extra(n.at.col.key, name)
		if (*t).File.V = ""; (*t).Text.IsZero() {
			*t = nil
		}
	}
	if unsafePath(name) {
		refused(n.at.errorf("file-path", "%q chỉ ra ngoài thư mục ảnh nên bị từ chối; giữ trong extra", "%q leads out of the media folder and is refused; it is kept under extra", name))
		return
	}
	for _, f := range im.folders {
		file, several := f.find(name)
		switch {
		case several:
			refused(n.at.errorf("file-ambiguous", "nhiều tệp khớp với tên %q; bỏ tệp lời này", "several files match the name %q; this file of text is left out", name))
			return
		case file == "":
			continue
		}
		if why, fault := unfitText(f.files, file); fault {
			refused(n.at.errorf("text-refused", "không nhận tệp lời %[1]q: %[2]s", "the file of text %[1]q is not taken: %[3]s", name, why.Vi, why.En))
			return
		}
		if to, ok := im.copyTo(f, file, n); ok {
			(*t).File.V = to
		} else {
			refused(n.at.errorf("file-path", "bỏ tệp lời %q", "the file of text %q is left out", name))
		}
		return
	}
	im.rep.Missing++
	refused(n.at.errorf("file-missing", "không thấy tệp lời %q; giữ tên trong extra", "there is no file of text %q; its name is kept under extra", name))
}

// textBeside names the one text that lies beside an image.
func (im *importer) textBeside(o *record.Object, n named) {
	for _, f := range im.folders {
		image, several := f.find(n.name)
		if several || image == "" {
			if several {
				return
			}
			continue
		}
		stem := strings.TrimSuffix(image, path.Ext(image))
		var found []string
		for _, ending := range beside {
			for _, file := range f.near[nearly(stem+ending)] {
				if !im.isObject(file) && (ending != ".xml" || isPageText(f.files, file)) {
					found = append(found, file)
				}
			}
		}
		switch {
		case len(found) == 0:
		case len(found) > 1:
			im.rep.add(n.at.warnf("text-ambiguous", "cạnh ảnh %q có nhiều tệp lời (%s); không ghi tệp nào", "several texts lie beside the image %q (%s); none is named in the record", image, strings.Join(found, ", ")))
		default:
			im.takeText(f, found[0], o, n)
		}
		return
	}
}

func (im *importer) takeText(f folder, file string, o *record.Object, n named) {
	if why, fault := unfitText(f.files, file); fault {
		im.rep.add(n.at.warnf("text-refused", "không nhận tệp lời %[1]q cạnh ảnh: %[2]s", "the text %[1]q beside the image is not taken: %[3]s", file, why.Vi, why.En))
		return
	}
	if to, ok := im.copyTo(f, file, n); ok {
		o.Transcript = &record.Transcript{File: record.Str{V: to}}
		im.rep.each("text-found", n.at, "tệp lời cùng tên nằm cạnh ảnh được ghi vào transcript", "texts of the same name beside images were named in transcript")
	}
}

// isObject reports whether a row names a file as a digital object of its own.
func (im *importer) isObject(file string) bool {
	if im.asObjects == nil {
		im.asObjects = map[string]bool{}
		for _, d := range im.drafts {
			for _, n := range d.files {
				im.asObjects[path.Base(nearly(n.name))] = true
			}
		}
	}
	return im.asObjects[path.Base(nearly(file))]
}

// isPageText tells the text of a page from other XML: the metadata that programs
// put beside an image.
func isPageText(files fs.FS, file string) bool {
	data, err := readSome(files, file)
	return err == nil && pagetext.Is(data)
}

// readSome reads a file as far as a text of a page may go.
func readSome(files fs.FS, file string) ([]byte, error) {
	f, err := files.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, pagetext.MaxSize+1))
}

// unfitText says why a file of text would be an error of a build.
func unfitText(files fs.FS, file string) (why diag.Text, fault bool) {
	data, err := readSome(files, file)
	if err != nil {
		return diag.T("không đọc được", "it cannot be read"), true
	}
	text := string(data)
	switch ending := strings.ToLower(path.Ext(file)); {
	case content.HasPlaces(file):
		if p, ds := pagetext.Read(file, data); p == nil {
			return ds[len(ds)-1].Msg, true
		} else {
			text = p.Text()
		}
	case ending != ".txt" && ending != ".md":
		return diag.T("loại tệp này không phải lời của trang", "files of this kind are no text of a page"), true
	case len(data) > pagetext.MaxSize || !utf8.Valid(data):
		return diag.T("tệp không phải UTF-8, hoặc quá lớn", "it is not UTF-8, or too large"), true
	case ending == ".md":
		_, ds := markup.Render(markup.Source{Text: text}, func(string) (string, diag.Text, bool) { return "", diag.Text{}, false })
		if i := slices.IndexFunc(ds, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }); i >= 0 {
			return ds[i].Msg, true
		}
	}
	if encoding, _, found := vi.Legacy(text); found {
		return diag.T("văn bản dùng bảng mã %s", "the text is in the encoding %s", encoding), true
	}
	return diag.Text{}, false
}
