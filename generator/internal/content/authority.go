package content

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"sync"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
)

// Authority is any of the kinds that have a file of their own in a flat folder.
type Authority interface {
	record.Repository | record.Agent | record.Place | record.Event | record.Subject | record.Clearance
}

// ReadAuthorities reads every authority of a file, which may hold several.
func ReadAuthorities[T Authority](t *Tree, f File, each func(v *T, line int, ds []diag.Diagnostic)) {
	Read(t, f.Path, func(v *T, p Piece, ds []diag.Diagnostic) {
		if v != nil {
			ds = append(ds, t.finish(v, f)...)
			if c, ok := any(v).(*record.Clearance); ok {
				ds = append(ds, t.empties(c, p)...)
			}
		}
		each(v, p.Line, ds)
	})
}

// ReadAuthority reads one again, by the line of its piece.
func ReadAuthority[T Authority](t *Tree, f File, line int) *T {
	var out *T
	ReadAuthorities(t, f, func(v *T, l int, _ []diag.Diagnostic) {
		if l == line {
			out = v
		}
	})
	return out
}

// finish sets the file, reads the Markdown beside it and checks what can be
// checked in the record alone.
func (t *Tree) finish(v any, f File) []diag.Diagnostic {
	var ds []diag.Diagnostic
	need := func(ok bool, at record.At, key string) {
		if !ok {
			ds = append(ds, missing(f.Path, at, key))
		}
	}
	var bodies *[]record.Body
	var id record.Str
	var at record.At
	switch a := v.(type) {
	case *record.Repository:
		a.File, id, at = f.Path, a.ID, a.At
		need(!a.Name.IsZero(), at, "name")
	case *record.Agent:
		a.File, id, at, bodies = f.Path, a.ID, a.At, &a.Bodies
		need(!a.Name.IsZero(), at, "name")
		need(a.Type.V != "", at, "type")
	case *record.Place:
		a.File, id, at, bodies = f.Path, a.ID, a.At, &a.Bodies
		need(!a.Name.IsZero(), at, "name")
	case *record.Event:
		a.File, id, at, bodies = f.Path, a.ID, a.At, &a.Bodies
		need(!a.Title.IsZero(), at, "title")
		ds = append(ds, checkCommemoration(f.Path, a.CommemoratedOn)...)
	case *record.Subject:
		a.File, id, at, bodies = f.Path, a.ID, a.At, &a.Bodies
		need(!a.Label.IsZero(), at, "label")
	case *record.Clearance:
		a.File, id, at = f.Path, a.ID, a.At
		ds = append(ds, t.idList(a)...)
	}
	ds = append(ds, checkID(f.Path, id, at)...)
	if bodies != nil && safeID(id.V) {
		texts, more := t.bodies(path.Join(path.Dir(f.Path), id.V))
		*bodies = texts
		ds = append(ds, more...)
	}
	return ds
}

// idList reads the list that lies beside a clearance, if one does. Its bytes
// stay as they are, for their hash was decided on.
func (t *Tree) idList(c *record.Clearance) []diag.Diagnostic {
	if !safeID(c.ID.V) {
		return nil
	}
	name := path.Join(path.Dir(c.File), c.ID.V+".txt")
	data, err := t.readFile(name, maxText)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if c.List = (&record.IDList{File: name, Text: string(data)}); err != nil {
		return []diag.Diagnostic{unreadable(name, err)}
	}
	return nil
}

func missing(file string, at record.At, key string) diag.Diagnostic {
	return diag.Errorf("field-missing", at.In(file), "thiếu khoá %s", "the key %s is missing", key)
}

// safeID reports whether an id can be part of a path.
func safeID(id string) bool { return vi.ValidID(id) == nil }

var reserved = sync.OnceValue(page.Reserved)

// checkID checks the shape of an id and that it is no reserved word.
func checkID(file string, id record.Str, at record.At) []diag.Diagnostic {
	if id.V == "" {
		return []diag.Diagnostic{missing(file, at, "id")}
	}
	err := vi.ValidID(id.V, reserved()...)
	if err == nil {
		return nil
	}
	d := diag.Errorf("id-syntax", id.At.In(file), "", "%v", err)
	if ie, ok := err.(*vi.IDError); ok {
		d.Msg = diag.Text{Vi: ie.Vi, En: ie.En}
	}
	if slices.Contains(reserved(), id.V) {
		d = d.WithHint("từ này là một phần của địa chỉ các trang (thư mục, mã ngôn ngữ); thêm chữ hoặc số, ví dụ %[1]q", "this word is a part of the addresses of pages (a folder, the code of a language); add letters or digits, such as %[1]q", id.V+"-01")
	} else if slug := vi.Slug(id.V); slug != "" && slug != id.V {
		d = d.WithHint("có thể dùng %q", "you could use %q", slug)
	}
	return []diag.Diagnostic{d}
}
