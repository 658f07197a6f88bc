package generator_test

import (
	"slices"
	"strings"
	"testing"
)

// A declassification lifts markings of its degree and of those below, in whatever language
// the profile knows them; a word of secrecy of which it gives no degree may be the highest.
func TestRule04_DeclassificationLiftsNoHigherDegree(t *testing.T) {
	const foreign, own = "profile: quoc-te\n", "profile: cua-kho\n"
	profiles := map[string]string{
		"profiles/cua-kho.yaml": "id: cua-kho\ntitle: \"Của kho\"\nforms: [{id: quyet-dinh, label: \"Quyết định\"}]\nsecrecy: {markings: [\"TUYỆT MẬT\", \"MẬT\", \"KÍN SỐ MỘT\", \"KÍN SỐ BA\"], circulation: [\"LƯU HÀNH NỘI BỘ\"], degrees: {mat: [\"KÍN SỐ BA\"]}}\n",
	}
	for _, c := range []struct {
		profile, was, text string
		lifted             bool
	}{
		{"", "mat", "Dấu MẬT.", true}, {"", "mat", "Dấu TỐI MẬT.", false}, {"", "mat", "LƯU HÀNH NỘI BỘ", true},
		{foreign, "mat", "TOP SECRET", false}, {foreign, "tuyet-mat", "TOP SECRET", true}, {foreign, "toi-mat", "TOP SECRET", false}, {foreign, "mat", "SECRET", true}, {foreign, "mat", "Confidential", true},
		{foreign, "mat", "СОВЕРШЕННО СЕКРЕТНО", false}, {foreign, "toi-mat", "СОВЕРШЕННО СЕКРЕТНО", true}, {foreign, "mat", "СЕКРЕТНО", true}, {foreign, "toi-mat", "TRÈS SECRET", false}, {foreign, "tuyet-mat", "TRÈS SECRET", true},
		{foreign, "mat", "MẬT - TOP SECRET", false}, {foreign, "tuyet-mat", "MẬT - TOP SECRET", true}, {"", "mat", "MẬT (trước là TUYỆT MẬT)", false}, {"", "mat", "LƯU HÀNH NỘI BỘ, TUYỆT MẬT", false},
		{own, "mat", "KÍN SỐ MỘT", false}, {own, "toi-mat", "KÍN SỐ MỘT", false}, {own, "tuyet-mat", "KÍN SỐ MỘT", true}, {own, "mat", "KÍN SỐ BA", true},
		{"", "mat", strings.Repeat("MẬT\n\n", 1001) + "TUYỆT MẬT", false}, {"", "tuyet-mat", strings.Repeat("MẬT\n\n", 1001) + "TUYỆT MẬT", true},
	} {
		access := strings.Replace(declassify, "former_marking: mat", "former_marking: "+c.was, 1)
		files := map[string]string{
			recordPath("tl-0001"): markedItem("tl-0001", access),
			strings.Replace(recordPath("tl-0001"), ".yaml", ".md", 1): c.text + "\n",
		}
		if c.profile != "" {
			files["site.yaml"] = markedArchive()["site.yaml"] + c.profile
			files["profiles/cua-kho.yaml"] = profiles["profiles/cua-kho.yaml"]
		}
		got, _ := lookThrough(t, markedWith(t, files), 2)
		found := slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "marking-found") })
		if found == c.lifted {
			t.Errorf("a declassification of %s, %.40q: found %t: %.300q", c.was, c.text, found, got)
		}
	}
	// The name of a file bears the highest of its words.
	files := map[string]string{recordPath("tl-0001"): markedItem("tl-0001", declassify+"objects: [{kind: page, seq: 1, file: mat-tuyet-mat.jpg, alt: một}]\n"), media + "mat-tuyet-mat.jpg": photograph(t, "x")}
	if got, _ := lookThrough(t, markedWith(t, files), 2); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "marking-found") }) {
		t.Errorf("mat-tuyet-mat.jpg is lifted: %q", got)
	}
}

// What a record says of the marking that its document bears is held against what was
// lifted, by all words of the profile.
func TestRule03_MarkingAsWrittenOfAHigherDegree(t *testing.T) {
	for _, c := range []struct {
		was, marked string
		wrong       bool
	}{{"mat", "Mật", false}, {"mat", "TM", true}, {"toi-mat", "T.M.", true}, {"tuyet-mat", "TM", false}, {"mat", "Top secret", true}, {"tuyet-mat", "Top secret", false}, {"mat", "Tối mật (khẩn)", true}, {"mat", "Secret", false},
		{"toi-mat", "Tuyệt đối bí mật", true}, {"mat", "Tối bí mật", true}, {"mat", "Rất mật", true}, {"tuyet-mat", "Hết sức bí mật", false}, {"mat", "Bí mật", false}, {"mat", "Tuyệt đối giữ bí mật", true}, {"mat", "Bí mật tuyệt đối", true}, {"mat", "Vô cùng bí mật", true}, {"mat", "Độ mật cao nhất", true}, {"mat", "Mật, rất khẩn", false}, {"toi-mat", "Tối mật, tối khẩn", false}, {"mat", "絕密", true}, {"mat", "Très secret", true}, {"mat", "СОВЕРШЕННО СЕКРЕТНО", true},
		{"mat", "T Ố I  M Ậ T", true}, {"mat", "TUYỆTMẬT", true}, {"toi-mat", "TuyệtMật", true}, {"mat", "Tối\u200bmật", true}, {"toi-mat", "T Ố I  M Ậ T", false}} {
		access := strings.Replace(declassify, "former_marking: mat", "former_marking: "+c.was, 1)
		got, _ := lookThrough(t, markedWith(t, map[string]string{recordPath("tl-0001"): markedItem("tl-0001", access+"doc: {secrecy_as_marked: \""+c.marked+"\"}\n")}), 2)
		if wrong := slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "marking-current") }); wrong != c.wrong {
			t.Errorf("%s marked %s: %q", c.was, c.marked, got)
		}
	}
}
