package access

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// ObjectClearance is what an object of a record says of a decision of its own.
type ObjectClearance struct {
	Clearance   string // its id
	Needs       Parts  // of which something would be shown
	Pictures    bool   // it is shown by pictures
	Placeholder bool   // these are illustrations, not originals
	At          record.At
}

// ObjectClearances are those of a record, in the order of its objects.
func ObjectClearances(u *record.Unit) (out []ObjectClearance) {
	for _, o := range u.Objects {
		if o.ClearedBy.V != "" {
			out = append(out, ObjectClearance{o.ClearedBy.V, partsIn(o), o.HasPictures(), o.HasPictures() && o.Placeholder.V, o.ClearedBy.At})
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
// the object, is an error, and the objects are withheld. Where time alone keeps it from
// being in force it is as with the clearance of a record, which may expire while nobody
// looks: the object is left out with a warning, and all else stands.
func (g *Gate) Narrow(v Verdict, id, fonds, file string, objects []ObjectClearance) (Verdict, []diag.Diagnostic) {
	var ds []diag.Diagnostic
	var met decisions
	for _, o := range objects {
		place := met.place(o.Clearance)
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
		switch why {
		case ReasonNone:
		case ReasonExpired, ReasonNotYetValid:
			v.lapsed |= 1 << place
			ds = append(ds, o.left(file, g.Explain(why, Facts{Clearance: n})))
			continue
		default:
			ds = append(ds, o.refused(file, g.Explain(why, Facts{Clearance: n})))
			v = v.withoutObjects()
			continue
		}
		v.terms = termsOf(v.terms.purposes()&c.purposes, v.terms.limit())
		if c.maxPx > 0 && (v.MaxPx == 0 || c.maxPx < v.MaxPx) {
			v.MaxPx = c.maxPx
		}
	}
	return v, ds
}

// left is the warning that an object is left out, since its decision is not in force.
func (o ObjectClearance) left(file string, why diag.Text) diag.Diagnostic {
	return diag.Warnf("object-lapsed", o.At.In(file), "đối tượng này không được đưa lên trang: %[1]s", "this object is not shown: %[2]s", why.Vi, why.En).
		WithHint("ghi quyết định đang có hiệu lực nếu đã có; nếu không thì không phải làm gì", "name a clearance that is in force if there is one; else nothing is to be done")
}

// refused is the fault that its decision does not release an object.
func (o ObjectClearance) refused(file string, why diag.Text) diag.Diagnostic {
	return diag.Errorf("object-clearance", o.At.In(file), "quyết định %[1]s không cho công bố đối tượng này: %[2]s", "the clearance %[1]s does not release this object: %[3]s", o.Clearance, why.Vi, why.En).
		WithHint("ghi quyết định có hiệu lực, gồm bản ghi này và mọi phần mà đối tượng có; hoặc bỏ đối tượng ra", "name one that is in force, covers the record and all parts that the object has; or take the object out")
}

// lapsed tells which of the decisions that the objects of a record name are not in force:
// bit n that of the n-th by [decisions]. The last stands for all from there on, so that
// where a record names more the one withholds the other.
type lapsed uint8

const lastLapsed = 7

// decisions are those that objects name, in the order in which they first do.
type decisions []string

// place is the bit of a decision.
func (d *decisions) place(id string) int {
	i := slices.Index(*d, id)
	if i < 0 {
		i = len(*d)
		*d = append(*d, id)
	}
	return min(i, lastLapsed)
}

// lacks reports whether an object is left out since the decision that it names is not in
// force. It is to be asked for each object of the record in their order.
func (v Verdict) lacks(met *decisions, clearance string) bool {
	return clearance != "" && v.lapsed>>met.place(clearance)&1 != 0
}

// Lapsed reports whether some object is left out since its decision is not in force.
func (v Verdict) Lapsed() bool { return v.lapsed != 0 }

// InForce are the objects with a decision of their own that this does not leave out.
func (v Verdict) InForce(objects []ObjectClearance) (out []ObjectClearance) {
	var met decisions
	for _, o := range objects {
		if !v.lacks(&met, o.Clearance) {
			out = append(out, o)
		}
	}
	return out
}

// Append appends all that a verdict says of what may be shown to b, so that two can be
// compared.
func (v Verdict) Append(b []byte) []byte {
	b = append(b, byte(v.Parts), byte(v.Reason), byte(v.Purposes()), byte(v.lapsed))
	return binary.AppendUvarint(b, uint64(v.MaxPx))
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
		for _, id := range slices.Sorted(maps.Keys(c.about)) {
			if !yield(c.id, c.about[id]) {
				return
			}
		}
	}
}
