package content

import (
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// embeddedProfile reads one embedded profile and fails on any diagnostic.
func embeddedProfile(t *testing.T, id string) record.Profile {
	t.Helper()
	data, err := profiles.ReadFile(path.Join("profiles", id+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	p, ds := (&Tree{}).embedded(data)
	for _, d := range ds {
		t.Errorf("%s: %s: %s", id, d.Pos, d.Msg.En)
	}
	return p
}

func TestEmbeddedProfiles(t *testing.T) {
	ids := embeddedProfiles()
	if want := []string{"dang-vn-2026", "nha-nuoc-2025", "quoc-te"}; !slices.Equal(ids, want) {
		t.Fatalf("profiles %v, want %v", ids, want)
	}
	for _, id := range ids {
		t.Run(id, func(t *testing.T) {
			p := embeddedProfile(t, id)
			if p.ID.V != id || !p.Title.Has("vi") || !p.Title.Has("en") {
				t.Errorf("id %q, title %v", p.ID.V, p.Title)
			}
			checkRules(t, p)
			checkForms(t, p)
			checkLabels(t, p)
			if len(p.Secrecy.Markings) == 0 || len(p.Secrecy.Circulation) == 0 || len(p.Secrecy.Warnings) == 0 {
				t.Error("a list of secrecy words is empty")
			}
		})
	}
}

func checkRules(t *testing.T, p record.Profile) {
	t.Helper()
	seen := map[string]bool{}
	for _, r := range p.Rules {
		if vi.ValidID(r.ID.V) != nil || seen[r.ID.V] {
			t.Errorf("rule %q: bad or repeated id", r.ID.V)
		}
		seen[r.ID.V] = true
		if r.Number.V == "" || !r.Title.Has("en") || !r.Note.Has("en") {
			t.Errorf("rule %s lacks number, title or note", r.ID.V)
		}
	}
	if !seen["isad-g"] {
		t.Error("no rule isad-g")
	}
}

func checkForms(t *testing.T, p record.Profile) {
	t.Helper()
	seen := map[string]bool{}
	for _, f := range p.Forms {
		label, _ := f.Label.In("vi")
		if f.ID.V != vi.Slug(label) {
			t.Errorf("form %s is labelled %q, whose slug is %s", f.ID.V, label, vi.Slug(label))
		}
		if seen[f.ID.V] || !f.Label.Has("en") || f.Group.V == "" {
			t.Errorf("form %s is repeated, or lacks English or a group", f.ID.V)
		}
		seen[f.ID.V] = true
	}
}

// checkLabels: a label words a field, a level or a part of a reference.
func checkLabels(t *testing.T, p record.Profile) {
	t.Helper()
	seen := map[string]bool{}
	for _, l := range p.Labels {
		kind, key, _ := strings.Cut(l.Key, ".")
		_, known := record.FieldByKey(l.Key)
		switch kind {
		case "level":
			known = record.LevelRank(key) >= 0
		case "reference":
			known = known || slices.Contains(Keys(record.Reference{}), key)
		}
		if !known || seen[l.Key] || !l.Text.Has("en") {
			t.Errorf("label %s: known %v, repeated %v", l.Key, known, seen[l.Key])
		}
		seen[l.Key] = true
	}
}

// What an exhibition may hold is the same in every profile, so a site can
// change its profile without touching its records.
func TestProfilesShareFormsOfExhibitions(t *testing.T) {
	common := strings.Fields(`nghi-quyet chi-thi thong-bao bao-cao cong-van bien-ban loi-keu-goi quyet-dinh quy-dinh
		ket-luan quy-che huong-dan thong-tri thong-cao tuyen-bo ke-hoach quy-hoach chuong-trinh de-an phuong-an du-an
		to-trinh chien-luoc cuong-linh-chinh-tri dieu-le-dang dieu-le giay-gioi-thieu giay-chung-nhan giay-di-duong
		giay-nghi-phep giay-moi phieu-chuyen phieu-gui thu-cong bao sach anh phim ghi-am ban-do so-do thu dien-bao
		truyen-don ap-phich nhat-ky hoi-ky ban-thao the-dai-bieu so-tay hiep-dinh luat hien-phap sac-lenh nghi-dinh
		thong-dat quan-lenh tuyen-ngon chieu di-chuc tap-tho sach-luoc luan-cuong de-cuong buc-thu tranh huy-hieu
		hien-vat ho-so-luu`)
	first := map[string]bool{}
	for i, id := range embeddedProfiles() {
		have := map[string]bool{}
		for _, f := range embeddedProfile(t, id).Forms {
			have[f.ID.V] = true
		}
		for _, f := range common {
			if !have[f] {
				t.Errorf("%s lacks %s", id, f)
			}
		}
		if i == 0 {
			first = have
		}
		for f := range first {
			if !have[f] {
				t.Errorf("%s lacks %s, which the default profile has", id, f)
			}
		}
	}
}

// Every form that the sample archive uses is in its profile.
func TestSampleArchiveForms(t *testing.T) {
	const dir = "../../../content"
	if _, err := os.Stat(dir); err != nil {
		t.Fatal(err)
	}
	tr, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tr.Close()
	if _, ds := tr.Config(); len(ds) > 0 {
		t.Fatal(ds)
	}
	forms := 0
	for f, err := range tr.Files("fonds") {
		if err != nil || f.Kind != KindRecords {
			continue
		}
		tr.Units(f, func(u *record.Unit, _ record.Loc, ds []diag.Diagnostic) {
			for _, d := range ds {
				if d.Code == "value-unknown" {
					t.Errorf("%s: %s", d.Pos, d.Msg.En)
				}
			}
			if u != nil && u.Form.V != "" {
				forms++
			}
		})
	}
	if forms < 60 {
		t.Errorf("only %d records of the sample archive have a form", forms)
	}
}
