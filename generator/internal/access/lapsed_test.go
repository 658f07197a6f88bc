package access

import (
	"fmt"
	"testing"

	"vitrine/generator/internal/record"
)

// Where more decisions are named than a verdict has bits, those that share the last one
// are withheld together: none that is not in force is ever shown.
func TestManyDecisionsOfObjects(t *testing.T) {
	var u record.Unit
	for i := range 12 {
		u.Objects = append(u.Objects, record.Object{Kind: record.Str{V: "page"}, ClearedBy: record.Str{V: fmt.Sprintf("qd-%02d", i)}})
	}
	u.Objects = append(u.Objects, record.Object{Kind: record.Str{V: "page"}})
	for i := range 12 {
		var met decisions
		v := Verdict{Parts: Metadata | Images}
		for n := range i + 1 {
			v.lapsed = 1 << met.place(fmt.Sprintf("qd-%02d", n))
		}
		want := 12
		if i >= lastLapsed {
			want = 8
		}
		shown := v.View(&u).Objects
		if len(shown) != want || len(v.InForce(ObjectClearances(&u))) != want-1 {
			t.Errorf("without the decision %d: %d objects, %d in force", i, len(shown), len(v.InForce(ObjectClearances(&u))))
		}
		for _, o := range shown {
			if o.Seq.V == i+1 {
				t.Errorf("object %d is shown", o.Seq.V)
			}
		}
	}
}
