package catalog

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// fill gives every field of a value something of its own, so that a field
// that is forgotten by the code is noticed.
func fill(v reflect.Value, random *rand.Rand) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), random)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1+random.IntN(3), 4))
		for i := range v.Len() {
			fill(v.Index(i), random)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), random)
		}
	case reflect.String:
		v.SetString([]string{"", "phông", "a\x1fb", "dài\nhai dòng"}[random.IntN(4)])
	case reflect.Bool:
		v.SetBool(random.IntN(2) == 0)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(int64(random.IntN(1<<20)) - 1<<10)
	case reflect.Uint8:
		v.SetUint(uint64(random.IntN(256)))
	case reflect.Uint32:
		v.SetUint(uint64(random.Uint32()))
	default:
		panic(v.Kind())
	}
}

func randomSummary(random *rand.Rand) (s Summary) {
	fill(reflect.ValueOf(&s).Elem(), random)
	// What the catalog never keeps: places in texts that are inherited.
	r := &s.Inherited.Rights
	r.At, r.URI.At = record.At{}, record.At{}
	for _, t := range []*record.Text{&r.Credit, &r.Holder, &r.Note} {
		t.At = record.At{}
		for i := range t.Langs {
			t.Langs[i].At = record.At{}
		}
	}
	for i := range s.Inherited.Languages {
		s.Inherited.Languages[i].At = record.At{}
	}
	s.Loc.Kept = 0 // means nothing to another run
	return s
}

func TestSummaryCode(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 1))
	for range 500 {
		a, b := randomSummary(random), Summary{ID: "x", Key: edtf.Key{Span: 1<<32 - 1}, Access: access.Statement{Embargo: 1<<31 - 1}}
		code := b.Append(a.Append(nil))
		gotA, rest, err := ReadSummary(string(code))
		if err != nil {
			t.Fatal(err)
		}
		gotB, rest, err := ReadSummary(rest)
		if err != nil || len(rest) > 0 {
			t.Fatal(err, rest)
		}
		if diff := cmp.Diff([]Summary{a, b}, []Summary{gotA, gotB}, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	}
}

// A code that is cut short anywhere is an error, never half a summary.
func TestSummaryCodeCut(t *testing.T) {
	code := randomSummary(rand.New(rand.NewPCG(8, 8))).Append(nil)
	for n := range code {
		if s, _, err := ReadSummary(string(code[:n])); err == nil || !reflect.DeepEqual(s, Summary{}) {
			t.Fatalf("cut at %d of %d: %v", n, len(code), err)
		}
	}
}

func FuzzReadSummary(f *testing.F) {
	f.Add(randomSummary(rand.New(rand.NewPCG(1, 8))).Append(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, rest, err := ReadSummary(string(b))
		if err == nil && len(rest) > len(b) {
			t.Fatal(s)
		}
	})
}
