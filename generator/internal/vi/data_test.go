package vi

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// sharedData holds real texts that are not part of the repository.
const sharedData = "../../../../shared/data/vietnamese"

func readShared(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(sharedData, name))
	if os.IsNotExist(err) {
		t.Skipf("skipped: no %s; the real texts are not on this machine", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func lines(s string) []string { return strings.Split(strings.TrimSpace(s), "\n") }

func sharedWards(t *testing.T) []string {
	t.Helper()
	var provinces []struct {
		FullName string
		Wards    []struct{ FullName string }
	}
	if err := json.Unmarshal([]byte(readShared(t, "provinces-wards-2025-vn.json")), &provinces); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range provinces {
		names = append(names, p.FullName)
		for _, w := range p.Wards {
			names = append(names, w.FullName)
		}
	}
	return names
}

func TestRealTextIsRepairedOnlyWhereWrong(t *testing.T) {
	all := sharedWards(t)
	for _, name := range []string{"ud-vtb-sentences.txt", "given-names-boy.txt", "given-names-girl.txt"} {
		all = append(all, lines(readShared(t, name))...)
	}
	if len(all) < 6000 {
		t.Fatalf("only %d strings", len(all))
	}
	for _, s := range all {
		if enc, at, ok := Legacy(s); ok {
			t.Errorf("%q is taken for %s at %q", s, enc, s[at:])
		}
		// The lists of given names have Eth for Đ throughout.
		want := strings.ReplaceAll(norm.NFC.String(s), "Ð", "Đ")
		got, fixes := Repair(s)
		if got != want {
			t.Errorf("%+q became %+q: %+v", s, got, fixes)
		}
	}
}

func TestRealTextInOldEncodingsIsFound(t *testing.T) {
	for enc, convert := range map[string]func(string) string{"TCVN3": toTCVN3, "VNI": toVNI, "VIQR": toVIQR} {
		found, all := 0, 0
		for _, s := range lines(readShared(t, "ud-vtb-sentences.txt")) {
			if len(convert(s)) == len(s) || len([]rune(Fold(s)))+12 > len(norm.NFD.String(s)) {
				continue // too little in it that is Vietnamese
			}
			all++
			if got, _, ok := Legacy(convert(s)); ok && got == enc {
				found++
			} else {
				t.Logf("%s not found (%s): %s", enc, got, convert(s))
			}
		}
		if found*1000 < all*995 {
			t.Errorf("%s is found in %d of %d sentences", enc, found, all)
		}
	}
}

func TestDeclarationBecomesNFC(t *testing.T) {
	html := readShared(t, "udhr-vie.html")
	if norm.NFC.IsNormalString(html) {
		t.Fatal("the file is in NFC already; the test proves nothing")
	}
	got, fixes := Repair(html)
	if !norm.NFC.IsNormalString(got) || len(fixes) == 0 || fixes[0].Kind != NotNFC {
		t.Errorf("not in NFC, or not reported: %+v", fixes)
	}
}

func TestSyllablesSortConsistently(t *testing.T) {
	words := lines(readShared(t, "vi_VN.dic"))[1:]
	if len(words) < 6000 {
		t.Fatalf("only %d syllables", len(words))
	}
	keys := make([][]byte, len(words))
	for i, w := range words {
		keys[i] = SortKey(w)
	}
	slices.SortFunc(words, Compare)
	slices.SortFunc(keys, bytes.Compare)
	closed := map[string]bool{} // letters whose run of tones is over
	lastLetters, lastTone := "", byte(0)
	for i, w := range words {
		if !bytes.Equal(SortKey(w), keys[i]) {
			t.Fatalf("Compare and SortKey disagree at %q", w)
		}
		c := Canon(w)
		bare, tone := c[:len(c)-1], c[len(c)-1]
		if bare != lastLetters {
			closed[lastLetters] = true
			lastLetters, lastTone = bare, 0
		}
		if closed[bare] || tone < lastTone {
			t.Errorf("%q stands apart from the other tones of %q", w, bare)
		}
		lastTone = tone
	}
}
