package access

import (
	"fmt"
	"maps"
	"slices"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// ObjectClearance is what an object of a record says of a decision of its own.
type ObjectClearance struct {
	Clearance string // its id
	Needs     Parts  // of which something would be shown
	At        record.At
}

// ObjectClearances are those of a record, in the order of its objects.
func ObjectClearances(u *record.Unit) (out []ObjectClearance) {
	for _, o := range u.Objects {
		if o.ClearedBy.V != "" {
			out = append(out, ObjectClearance{o.ClearedBy.V, partsIn(o), o.ClearedBy.At})
		}
	}
	return out
}

// partsIn are the parts of which an object holds something. A PDF has words of its own.
func partsIn(o record.Object) Parts {
	p := objectParts[o.Kind.V]
	if o.Kind.V == "pdf" || o.Transcript != nil || o.Translation != nil || o.Captions.V != "" || o.AudioDesc.V != "" || o.Chapters.V != "" {
		p |= Transcript
	}
	if o.Poster.V != "" {
		p |= Images
	}
	return p
}

// Narrow is the verdict on a record of which objects name a decision of their own. The
// record is held to that and to its own clearance: the smaller size, and the purposes of
// both. A decision that there is not, or that does not release what the record shows of
// the object, is an error, and the objects are withheld.
func (g *Gate) Narrow(v Verdict, id, fonds, file string, objects []ObjectClearance) (Verdict, []diag.Diagnostic) {
	var ds []diag.Diagnostic
	for _, o := range objects {
		n := g.Number(o.Clearance)
		if n == 0 {
			ds = append(ds, diag.Errorf("ref-unknown", o.At.In(file), "không có quyết định %q", "there is no clearance %q", o.Clearance).
				WithHint("sửa mã, hoặc bỏ cleared_by: khi ấy chỉ quyết định của bản ghi là đủ", "mend the id, or take cleared_by out: then the clearance of the record alone decides"))
			v = v.withoutObjects()
			continue
		}
		needs := o.Needs & v.Parts
		if !v.Published() || g.draft || needs == 0 {
			continue
		}
		c := &g.clearances[n-1]
		why := c.refuses(id, fonds, g.today)
		if why == ReasonNone && !c.parts.Has(needs) {
			why = ReasonObjectPart
		}
		if why != ReasonNone {
			words := g.Explain(why, Facts{Clearance: n})
			ds = append(ds, diag.Errorf("object-clearance", o.At.In(file), "quyết định %[1]s không cho công bố đối tượng này: %[2]s", "the clearance %[1]s does not release this object: %[3]s", o.Clearance, words.Vi, words.En).
				WithHint("ghi quyết định có hiệu lực, gồm bản ghi này và mọi phần mà đối tượng có; hoặc bỏ đối tượng ra", "name one that is in force, covers the record and all parts that the object has; or take the object out"))
			v = v.withoutObjects()
			continue
		}
		v.purposes &= c.purposes
		if c.maxPx > 0 && (v.MaxPx == 0 || c.maxPx < v.MaxPx) {
			v.MaxPx = c.maxPx
		}
	}
	return v, ds
}

func (v Verdict) withoutObjects() Verdict {
	v.Parts &= Metadata
	return v
}

// FrozenBy is the SHA-256 that a clearance which an object names demands of a file, as
// [Gate.Frozen] has it. all is true where it lists the files it decides on and takes in
// none that come later.
func (g *Gate) FrozenBy(clearance, file string) (sha256 string, ok, all bool) {
	f := Facts{Clearance: g.Number(clearance)}
	sha256, ok = g.Frozen(f, file)
	return sha256, ok, g.FreezesAll(f)
}

// FilesListed yields all files that clearances list, each with the id of its clearance and
// the SHA-256 demanded of it.
func (g *Gate) FilesListed(yield func(clearance, listed string) bool) {
	for i := range g.clearances {
		c := &g.clearances[i]
		for _, file := range slices.Sorted(maps.Keys(c.files)) {
			if !yield(c.id, fmt.Sprintf("%s %s %t", file, c.files[file], c.open)) {
				return
			}
		}
	}
}
