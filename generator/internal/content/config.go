package content

import (
	"embed"
	"path"
	"reflect"
	"slices"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

//go:embed profiles/*.yaml
var profiles embed.FS

// DefaultProfile is the rule profile of a site that names none.
const DefaultProfile = "dang-vn-2026"

// Config is what all records are read with.
type Config struct {
	Site    record.Site
	Profile record.Profile
}

// Config reads site.yaml and the rule profile. From then on texts are read
// in the languages of the site and forms checked against the profile.
func (t *Tree) Config() (Config, []diag.Diagnostic) {
	var c Config
	if !t.HasFile("site.yaml") {
		return c, []diag.Diagnostic{diag.Errorf("site-missing", diag.Pos{File: "site.yaml"}, "không thấy tệp site.yaml", "there is no site.yaml").
			WithHint("tạo kho mới bằng «vitrine new site THƯ-MỤC», hoặc chỉ đúng thư mục bằng --content", "make a new archive with «vitrine new site DIR», or name the right folder with --content")}
	}
	t.langs = t.firstLanguages()
	var ds []diag.Diagnostic
	Read(t, "site.yaml", func(s *record.Site, p Piece, more []diag.Diagnostic) {
		ds = append(ds, more...)
		if s != nil {
			c.Site = *s
		}
	})
	c.Site.File = "site.yaml"
	t.strict = c.Site.Strict.V
	ds = append(ds, checkSite(&c.Site)...)
	profile, more := t.profile(c.Site)
	c.Profile = profile
	for _, f := range profile.Forms {
		t.forms = append(t.forms, f.ID.V)
	}
	t.degrees = access.DegreesOf(profile.Secrecy)
	return c, append(ds, more...)
}

// firstLanguages reads the languages alone: every other text of site.yaml is
// read with them.
func (t *Tree) firstLanguages() []string {
	langs := []string{"vi"}
	Read(t, "site.yaml", func(s *record.Site, _ Piece, _ []diag.Diagnostic) {
		if s == nil || len(s.Languages) == 0 {
			return
		}
		var valid []string
		for _, l := range s.Languages {
			if isLang(l.V) && !slices.Contains(valid, l.V) {
				valid = append(valid, l.V)
			}
		}
		if len(valid) > 0 {
			langs = valid
		}
	})
	return langs
}

func checkSite(s *record.Site) []diag.Diagnostic {
	var ds []diag.Diagnostic
	if s.Title.IsZero() {
		ds = append(ds, diag.Errorf("field-missing", diag.Pos{File: s.File}, "thiếu khoá title", "the key title is missing"))
	}
	seen := map[string]bool{}
	for _, l := range s.Languages {
		if !isLang(l.V) || seen[l.V] {
			ds = append(ds, diag.Errorf("value-unknown", l.At.In(s.File), "%q không phải mã ngôn ngữ, hoặc viết hai lần", "%q is no language code, or written twice", l.V))
		}
		seen[l.V] = true
	}
	if u := s.BaseURL; u.V != "" && !ValidBase(u.V) {
		ds = append(ds, diag.Errorf("url-syntax", u.At.In(s.File), "%q không phải địa chỉ gốc", "%q is not a base address", u.V).
			WithHint("viết như https://vi-du.vn/trung-bay/: http hoặc https, không mật khẩu, đường dẫn chỉ gồm a–z, 0–9, . _ ~ - / và mã phần trăm", "write it as https://example.org/exhibition/: http or https, no password, and a path of a–z, 0–9, . _ ~ - / and percent codes alone"))
	}
	return append(ds, checkImages(s)...)
}

// checkImages looks at the numbers that the images and files of a site are held to.
func checkImages(s *record.Site) (ds []diag.Diagnostic) {
	fault := func(n record.Int, vi, en string) {
		d := diag.Errorf("value-range", n.At.In(s.File), "%d không dùng được ở đây", "%d cannot stand here", n.V)
		d.Hint = diag.Text{Vi: vi, En: en}
		ds = append(ds, d)
	}
	if n := s.Images.TilesAbove; n != nil && n.V < 0 {
		fault(*n, "viết số megapixel, từ 0 trở lên; 0 là cắt mọi ảnh", "write a number of megapixels from 0 on; 0 cuts every image")
	}
	if n := s.Images.TileSize; n.At != (record.At{}) && (n.V < 128 || n.V > 4096 || n.V%2 != 0) {
		fault(n, "viết số chẵn từ 128 đến 4096, ví dụ 512 hay 1024", "write an even number from 128 to 4096, such as 512 or 1024")
	}
	if n := s.MaxFiles; n != nil && n.V < 1 {
		fault(*n, "viết số tệp mà nơi đặt trang nhận, từ 1 trở lên", "write how many files the host takes, 1 or more")
	}
	return ds
}

// profile reads profiles/<id>.yaml, or the embedded one of that id.
func (t *Tree) profile(s record.Site) (record.Profile, []diag.Diagnostic) {
	id := s.Profile.V
	if id == "" {
		id = DefaultProfile
	}
	file := path.Join("profiles", id+".yaml")
	if safeID(id) && t.HasFile(file) {
		var out record.Profile
		var ds []diag.Diagnostic
		Read(t, file, func(p *record.Profile, _ Piece, more []diag.Diagnostic) {
			ds = append(ds, more...)
			if p != nil {
				out = *p
			}
		})
		out.File = file
		return out, append(ds, checkProfile(&out)...)
	}
	data, err := profiles.ReadFile(file)
	if err != nil {
		e := diag.Errorf("profile-unknown", s.Profile.At.In(s.File), "không có bộ quy tắc %q", "there is no rule profile %q", id)
		if near := vi.Similar(id, embeddedProfiles()); near != "" {
			e = e.WithHint("có phải %q?", "did you mean %q?", near)
		}
		data, _ = profiles.ReadFile(path.Join("profiles", DefaultProfile+".yaml"))
		p, _ := t.embedded(data)
		return p, []diag.Diagnostic{e}
	}
	return t.embedded(data)
}

// checkProfile asks for all that a closing period needs: one of which a part
// is missing would hold back nothing.
func checkProfile(p *record.Profile) (ds []diag.Diagnostic) {
	for _, c := range p.Closing {
		for _, k := range []struct {
			at  record.At
			key string
		}{{c.Personal.At, "personal"}, {c.After.At, "after"}, {c.Years.At, "years"}} {
			if k.at == (record.At{}) {
				ds = append(ds, missing(p.File, c.At, k.key))
			}
		}
	}
	return ds
}

func (t *Tree) embedded(data []byte) (record.Profile, []diag.Diagnostic) {
	d := &decoder{file: "profile", langs: []string{"vi"}}
	n, ds := parse("profile", Piece{Text: string(data), Line: 1}, nil)
	var p record.Profile
	if n != nil {
		d.structure(n, reflect.ValueOf(&p).Elem(), 0)
	}
	return p, append(ds, d.ds...)
}

func embeddedProfiles() []string {
	entries, _ := profiles.ReadDir("profiles")
	var out []string
	for _, e := range entries {
		out = append(out, e.Name()[:len(e.Name())-len(".yaml")])
	}
	return out
}
