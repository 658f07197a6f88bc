package diag

import (
	"encoding/json"
	"slices"
	"testing"
)

// A list that was written and read again says the same, what it dropped too.
func TestListAsData(t *testing.T) {
	var before, after List
	for i := range 3 * PerCode {
		before.Add(Warnf("many", Pos{File: "a.yaml", Line: i + 1}, "v", "e"))
	}
	before.Add(Errorf("one", Pos{File: "b.yaml"}, "lỗi", "fault").WithHint("sửa", "mend"))
	data, err := json.Marshal(&before)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &after); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(before.Sorted(), after.Sorted()) || !slices.Equal(before.Dropped(), after.Dropped()) ||
		after.Errors() != 1 || after.Warnings() != 3*PerCode {
		t.Errorf("%v %v", after.Sorted(), after.Dropped())
	}
}

// Lists that were filled apart say together what one list would have said.
func TestMerge(t *testing.T) {
	var whole, first, second List
	for i := range 3 * PerCode {
		d := Warnf("many", Pos{File: "a.yaml", Line: (i * 7) % (3 * PerCode)}, "v", "e")
		whole.Add(d)
		[]*List{&first, &second}[i%2].Add(d)
	}
	d := Errorf("one", Pos{File: "b.yaml"}, "lỗi", "fault")
	whole.Add(d)
	second.Add(d)
	first.Merge(&second)
	first.Merge(&List{})
	if !slices.Equal(whole.Sorted(), first.Sorted()) || !slices.Equal(whole.Dropped(), first.Dropped()) ||
		first.Errors() != whole.Errors() || first.Warnings() != whole.Warnings() {
		t.Errorf("%v %v, want %v %v", first.Sorted(), first.Dropped(), whole.Sorted(), whole.Dropped())
	}
}
