package access

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// Every field of a record is filled with a word of its own, for each kind of
// object one object. What comes through the view is compared with a rule for
// every field that may be withheld; a field that is added to the record and
// stands in no rule is part of the description.

// withheldAlways are internal by rule.
var withheldAlways = []string{"Appraisal", "Extra", "Access.Personal", "Access.CurrentMarking", "Access.Note", "Objects.Capture.Operator", "Objects.ClearedBy", "Objects.Redaction.By", "Objects.Redaction.Date", "Objects.Redaction.DerivedFrom"}

// withheldWords are those of a page or recording, withheld with the transcript.
var withheldWords = []string{"Objects.Transcript", "Objects.Translation", "Objects.Captions", "Objects.AudioDesc", "Objects.Chapters"}

func under(field string, list []string) bool {
	return slices.ContainsFunc(list, func(p string) bool { return field == p || strings.HasPrefix(field, p+".") })
}

// expected says by itself which words may come through.
func expected(field, kind string, parts Parts) bool {
	needs := map[string]Parts{"": Metadata, "page": Images, "image": Images, "3d": Images, "pdf": Images, "text": Transcript, "audio": Audio, "video": Video}
	need, known := needs[kind]
	switch {
	case !known, !parts.Has(Metadata), under(field, withheldAlways):
		return false
	case under(field, withheldWords):
		need |= Transcript
	case field == "Objects.Poster":
		need |= Images
	}
	return parts&need == need
}

// planter fills a value with words that name the place they are put in.
type planter struct{ kinds []string }

func (p planter) fill(t *testing.T, v reflect.Value, field, kind string) {
	word := fmt.Sprintf("<%s|%s>", field, kind)
	switch x := v.Addr().Interface().(type) {
	case *record.Date:
		d, err := edtf.Parse("1945-09-02")
		if err != nil {
			t.Fatal(err)
		}
		x.Date = d
		return
	case *[]record.Object:
		for _, k := range p.kinds {
			var o record.Object
			p.fill(t, reflect.ValueOf(&o).Elem(), field, k)
			o.Kind.V = k
			*x = append(*x, o)
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(word)
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				name := field + "." + f.Name
				if f.Name == "V" || f.Name == "Langs" {
					name = field
				}
				p.fill(t, v.Field(i), strings.TrimPrefix(name, "."), kind)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		p.fill(t, v.Index(0), field, kind)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		p.fill(t, v.Elem(), field, kind)
	case reflect.Int, reflect.Int32:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Array:
	default:
		t.Fatalf("%s: nobody knows how to fill a %s", field, v.Type())
	}
}

// words are the planted words in a value, by the places they were put in.
func words(v reflect.Value, into map[string]bool) {
	switch v.Kind() {
	case reflect.String:
		into[v.String()] = true
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				words(v.Field(i), into)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			words(v.Index(i), into)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			words(v.Elem(), into)
		}
	}
}

func TestViewLetsThroughWhatIsClearedAndNothingElse(t *testing.T) {
	var kinds []string
	for _, k := range record.Vocabulary("object_kind") {
		kinds = append(kinds, k.Key)
	}
	var u record.Unit
	planter{append(kinds, "unheard-of")}.fill(t, reflect.ValueOf(&u).Elem(), "", "")
	planted := map[string]bool{}
	words(reflect.ValueOf(u), planted)
	if len(planted) < 250 {
		t.Fatalf("only %d words were planted", len(planted))
	}
	for parts := range Parts(1 << 5) {
		through := map[string]bool{}
		if out := (Verdict{Parts: parts}).View(&u); out != nil {
			words(reflect.ValueOf(*out), through)
		}
		for word := range planted {
			field, kind, marked := strings.Cut(strings.Trim(word, "<>"), "|")
			if !marked {
				continue
			}
			if want := expected(field, kind, parts); through[word] != want {
				t.Errorf("parts %05b: %s of %q comes through: %v", parts, field, kind, through[word])
			}
		}
	}
}

// What was marked is said only where the lifting is on record.
func TestViewShowsNoMarkingThatWasNotLifted(t *testing.T) {
	var u record.Unit
	planter{}.fill(t, reflect.ValueOf(&u).Elem(), "", "")
	u.Access.Declassification.FormerMarking.V = ""
	through := map[string]bool{}
	words(reflect.ValueOf(*Verdict{Parts: Metadata}.View(&u)), through)
	for word := range through {
		if field := strings.Trim(word, "<>|"); under(field, []string{"Doc.Secrecy", "Access.Declassification"}) {
			t.Errorf("%s comes through", field)
		}
	}
}

// Of a picture that may not be shown nothing comes through but its words, and not these
// where something was covered in it.
func TestWordsWithoutTheirPicture(t *testing.T) {
	var o record.Object
	planter{}.fill(t, reflect.ValueOf(&o).Elem(), "Objects", "page")
	for _, kind := range []string{"page", "image", "pdf", "3d"} {
		o.Kind.V, o.Redaction, o.Redacted.V = kind, nil, false
		v := Verdict{Parts: Metadata | Transcript | Audio | Video}
		out := v.View(&record.Unit{Objects: []record.Object{o}}).Objects
		if len(out) != 1 || out[0].HasPictures() || out[0].Kind.V != record.KindWords || out[0].Number(0) != o.Number(0) {
			t.Fatalf("%s: %+v", kind, out)
		}
		got := map[string]bool{}
		words(reflect.ValueOf(out[0]), got)
		for word := range got {
			if field, _, _ := strings.Cut(strings.Trim(word, "<>"), "|"); word != "" && word != record.KindWords && !under(field, []string{"Objects.Transcript", "Objects.Translation", "Objects.At"}) {
				t.Errorf("%s: %s comes through", kind, word)
			}
		}
		if files := v.Parts.Files(o); !slices.Equal(files, []string{o.Transcript.File.V, o.Translation.File.V}) {
			t.Errorf("%s: a decision would list %q", kind, files)
		}
		for _, change := range []func(*record.Object){
			func(o *record.Object) { o.Redacted.V = true }, func(o *record.Object) { o.Redaction = &record.Redaction{} }, func(o *record.Object) { o.Transcript, o.Translation = nil, nil },
		} {
			covered := o
			change(&covered)
			if out := v.View(&record.Unit{Objects: []record.Object{covered}}).Objects; len(out) > 0 {
				t.Errorf("%s: %+v", kind, out)
			}
		}
	}
}

// A file is taken away where its clearance allows all of it, and nowhere else: each of
// the conditions is dropped in its turn.
func TestMayTake(t *testing.T) {
	object := func(kind string) record.Object { return record.Object{Kind: str(kind)} }
	file := func(change func(*record.Clearance)) Verdict {
		c := signed()
		c.Scope.Parts = strs("metadata", "images", "transcript", "audio", "video")
		c.Scope.Purposes, c.Scope.MaxPx = strs("web-exhibition", "offline"), str("full")
		change(&c)
		v, _ := judge(t, c, state("public"), today)
		return v
	}
	parts := func(parts ...string) Verdict {
		return file(func(c *record.Clearance) { c.Scope.Parts = strs(parts...) })
	}
	covered, marked := object("pdf"), object("pdf")
	covered.Redaction, marked.Redacted = &record.Redaction{}, record.Bool{V: true}
	all := file(func(*record.Clearance) {})
	for name, c := range map[string]struct {
		v    Verdict
		want bool
	}{
		"all": {all, true}, "to be seen on the site": {file(func(c *record.Clearance) { c.Scope.Purposes = strs("web-exhibition", "bulk-download", "harvesting") }), false},
		"without pictures": {parts("metadata", "transcript"), false}, "nothing": {Verdict{}, false},
	} {
		if c.v.MayTakePictures() != c.want {
			t.Errorf("pictures, %s: %t", name, !c.want)
		}
	}
	for _, c := range []struct {
		name   string
		v      Verdict
		object record.Object
		want   bool
	}{
		{"a PDF", all, object("pdf"), true},
		{"a sound", all, object("audio"), true},
		{"a film", all, object("video"), true},
		{"a picture", all, object("page"), false},
		{"a PDF without its pictures", parts("metadata", "transcript", "audio", "video"), object("pdf"), false},
		{"a PDF without its text", parts("metadata", "images", "audio", "video"), object("pdf"), false},
		{"a PDF without its description", parts("images", "transcript"), object("pdf"), false},
		{"a PDF in a smaller size", file(func(c *record.Clearance) { c.Scope.MaxPx = str("9000") }), object("pdf"), false},
		{"a PDF in the usual size", file(func(c *record.Clearance) { c.Scope.MaxPx = record.Str{} }), object("pdf"), false},
		{"a PDF to be seen on the site", file(func(c *record.Clearance) { c.Scope.Purposes = strs("web-exhibition", "bulk-download", "harvesting") }), object("pdf"), false},
		{"a PDF that is not for the site", file(func(c *record.Clearance) { c.Scope.Purposes = strs("offline") }), object("pdf"), false},
		{"a PDF in which something is covered", all, covered, false},
		{"a PDF that says so", all, marked, false},
		{"a sound without the part", parts("metadata", "video"), object("audio"), false},
		{"a film without the part", parts("metadata", "audio"), object("video"), false},
		{"nothing", Verdict{}, object("pdf"), false},
	} {
		if got := c.v.MayTake(c.object); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
	if v, _ := judge(t, signed(), state("metadata-only"), today); v.MayTake(object("pdf")) {
		t.Error("a PDF of which the description alone is public")
	}
}
