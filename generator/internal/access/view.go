package access

import "vitrine/generator/internal/record"

// View returns the record without what the verdict withholds and without what
// is internal by rule: appraisal, operators, imported columns, what the archive
// notes for itself in the access block, and a marking whose lifting is not on
// record.
func (v Verdict) View(u *record.Unit) *record.Unit {
	if !v.Published() {
		return nil
	}
	out := *u
	out.Appraisal, out.Extra = record.Text{}, nil
	out.Access.Personal, out.Access.CurrentMarking, out.Access.Note = record.Str{}, record.Str{}, record.Text{}
	if out.Access.Declassification.FormerMarking.V == "" {
		out.Doc.Secrecy, out.Access.Declassification = record.Text{}, record.Declassification{}
	}
	out.Objects = nil
	var met decisions
	for i, o := range u.Objects {
		if v.lacks(&met, o.ClearedBy.V) {
			continue
		}
		if o, ok := v.shown(o); ok {
			if v.Lapsed() {
				o.Seq.V = o.Number(i) // it keeps its address, and is what others name by its number
			}
			out.Objects = append(out.Objects, o)
		}
	}
	return &out
}

// objectParts are the parts that an object of a kind shows. Of a PDF these are
// pictures of its pages; whoever hands on its text or the file asks for Transcript.
var objectParts = map[string]Parts{"page": Images, "image": Images, "pdf": Images, "3d": Images, "text": Transcript, "audio": Audio, "video": Video}

// Files are the files of an object of which something is shown where these parts are
// cleared, as a clearance that lists its files must.
func (p Parts) Files(o record.Object) []string {
	shown, ok := Verdict{Parts: p}.shown(o)
	if !ok {
		return nil
	}
	return shown.Files()
}

// PartsOf are the parts that a scope names.
func PartsOf(s record.Scope) (p Parts) {
	for _, name := range s.Parts {
		p |= partNames[name.V]
	}
	return p
}

// shown is what is shown of an object: of a picture that may not be, whose words may,
// these alone. Where something was covered in the picture its words are withheld too,
// since nobody could hold them against it.
func (v Verdict) shown(o record.Object) (record.Object, bool) {
	parts, known := objectParts[o.Kind.V]
	switch {
	case !known:
		return o, false
	case v.Parts.Has(parts):
		return v.object(o), true
	case parts == Images && v.Parts.Has(Transcript) && (o.Transcript != nil || o.Translation != nil) && !o.IsCovered():
		return record.Object{Kind: record.Str{V: record.KindWords}, Seq: o.Seq, Transcript: o.Transcript, Translation: o.Translation, At: o.At}, true
	}
	return o, false
}

// object withholds what is internal, the words of a page or recording where only
// its picture or sound is cleared, and the picture that stands for a recording
// where pictures are not.
func (v Verdict) object(o record.Object) record.Object {
	o.Capture.Operator, o.ClearedBy = record.Str{}, record.Str{}
	if r := o.Redaction; r != nil {
		o.Redaction = &record.Redaction{Count: r.Count, Grounds: r.Grounds, At: r.At}
	}
	if !v.Parts.Has(Transcript) {
		o.Transcript, o.Translation = nil, nil
		o.Captions, o.AudioDesc, o.Chapters = record.Str{}, record.Str{}, record.Str{}
	}
	if !v.Parts.Has(Images) {
		o.Poster = record.Str{}
	}
	return o
}

// MayTake reports whether readers may take the file of an object away, to use it
// without the site: the clearance says so (purpose offline) and releases all that the
// file holds. That of a PDF holds its pages at their full size and its text, and none in
// which something is covered goes out.
func (v Verdict) MayTake(o record.Object) bool {
	holds, full := Parts(0), true
	switch o.Kind.V {
	case "audio":
		holds = Audio
	case "video":
		holds = Video
	case "pdf":
		holds, full = Images|Transcript, v.MaxPx == 0 && !o.IsCovered()
	}
	return holds != 0 && full && v.For(Offline).Parts.Has(holds)
}

// MayTakePictures reports whether readers are offered the pictures of a record to take
// away, in the sizes that are shown.
func (v Verdict) MayTakePictures() bool { return v.For(Offline).Parts.Has(Images) }
