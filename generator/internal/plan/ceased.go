package plan

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/edition"
	"vitrine/generator/page"
)

// What programs of other houses read has an address too, which these gather and cite:
// the descriptions of records, the feed and the sitemap. No notice can stand in the
// place of such a file, so where one was released and is gone web servers are told to
// answer 410, which clients take for gone for good (RFC 9110, 15.5.11).

const (
	feedPath    = "feed.xml"
	sitemapPath = "sitemap.xml"
)

// ForPrograms reports whether a file of the site is one that programs of others read
// at an address of its own: a description, of a fonds too, the feed, the sitemap. Parts of a sitemap
// are not: it leads to them, and nobody cites them.
func ForPrograms(file string) bool {
	_, _, ok := described(file)
	_, finding := page.FondsOfFinding(file)
	_, references := page.FondsOfReferences(file)
	_, table := page.FondsOfTable(file)
	return ok || finding || references || table || file == feedPath || file == sitemapPath
}

// IsAddress reports whether a file of the site stands at an address that stays for
// good once it is released.
func IsAddress(file string) bool {
	return path.Ext(file) == ".html" && file != "404.html" || ForPrograms(file)
}

// manifestName and collectionName are those of the files of descriptions.
var manifestName, collectionName = path.Base(page.Manifest("x")), path.Base(page.Collection("x", ""))

// described parses the path of a description into the id of its unit, empty for the
// site, and the name of its file.
func described(file string) (id, name string, ok bool) {
	rest, in := strings.CutPrefix(file, page.FolderIIIF+"/")
	if !in {
		return "", "", false
	}
	id, name, ok = strings.Cut(rest, "/")
	if !ok {
		id, name = "", rest
	}
	return id, name, name == manifestName && id != "" || isCollection(name)
}

// isCollection reports whether a name is that of a collection or of a part of one.
func isCollection(name string) bool {
	word, ending := strings.TrimSuffix(collectionName, ".json")+".", ".json"
	return name == collectionName || strings.HasPrefix(name, word) && strings.HasSuffix(name, ending) && !strings.Contains(name, "/")
}

// ceased are the addresses for programs that were released and at which nothing is.
type ceased struct {
	gone     []edition.Address
	homeless int    // how many others only want the address of the site
	first    string // of these
}

// Ceased are the addresses for programs that were released and at which nothing is any
// more, in the order of a walk.
func (p *Plan) Ceased() []edition.Address { return p.ceased.gone }

// Homeless tells of the addresses for programs that were released and are lost because
// the site has no address any more; ok is false where there are none.
func (p *Plan) Homeless(s diag.Severity) (d diag.Diagnostic, ok bool) {
	n := p.ceased.homeless
	if n == 0 {
		return d, false
	}
	at := diag.Pos{File: p.Config.Site.File, Line: 1, Col: 1}
	if written := p.Config.Site.BaseURL.At; written.Line > 0 {
		at = written.In(at.File)
	}
	d = diag.Errorf("base-url-lost", at, "thiếu base_url nên mất %[1]d địa chỉ đã phát hành cho máy khác đọc, trước hết là %[2]s", "base_url is missing; without it the site loses %[1]s for programs of others, the first at %[2]s", diag.Count(n, "released file"), p.ceased.first).
		WithHint("ghi lại dòng base_url: %[1]q vào site.yaml, hoặc gọi lệnh với --base-url", "write the line base_url: %[1]q into site.yaml again, or call the command with --base-url", p.lastBase())
	d.Severity = s
	return d, true
}

// lastBase is the address of the site in the last edition that had one.
func (p *Plan) lastBase() string {
	for _, e := range slices.Backward(p.Shelf.Editions) {
		if e.BaseURL != "" {
			return e.BaseURL
		}
	}
	return "https://…"
}

// shelfmark remembers the descriptions of the unit that was asked for last. Addresses
// come in the order of a walk, so those of a long collection follow each other.
type shelfmark struct {
	row   int32
	known bool
	parts map[string]bool // paths
}

// describes reports whether there is a description at a path, of a unit or of the site.
func (p *Plan) describes(m *shelfmark, row int32, file, name string) bool {
	switch {
	case !p.harvest() || row >= 0 && p.Catalog.Kind(row) != catalog.Unit:
		return false
	case name == manifestName:
		return p.hasManifest(row)
	case name == collectionName && row >= 0:
		return p.hasCollection(row)
	}
	if !m.known || m.row != row {
		*m = shelfmark{row, true, map[string]bool{}}
		if row < 0 || p.hasCollection(row) {
			for j := range p.collectionJobs(row) {
				m.parts[j.Path] = true
			}
		}
	}
	return m.parts[file]
}

// cease takes note of an address for programs, where nothing is there. heirs are the ids
// that answer for others.
func (p *Plan) cease(a edition.Address, m *shelfmark, heirs map[string]string) {
	if p.Gate.Draft() {
		return // it describes nothing, whatever there is
	}
	fonds, ok := page.FondsOfFinding(a.Path)
	if !ok {
		fonds, ok = page.FondsOfTable(a.Path)
	}
	if ok {
		if row, public := p.Catalog.Find(fonds); !public || !p.isFonds(row) || !p.hasFinding(row) {
			p.ceased.gone = append(p.ceased.gone, a)
		}
		return
	}
	if fonds, ok := page.FondsOfReferences(a.Path); ok {
		if row, public := p.Catalog.Find(fonds); !public || !p.isFonds(row) || !p.hasReferencesAt(row, a.Path) {
			p.ceased.gone = append(p.ceased.gone, a)
		}
		return
	}
	stands, wanted := p.base() != "", true // of the feed and the sitemap
	id, name, ok := described(a.Path)
	row := theSite
	if ok {
		public := true
		if id != "" {
			row, public = p.Catalog.Find(id)
		}
		stands = public && p.describes(m, row, a.Path, name)
		wanted = public && (row == theSite || p.allowsHarvest(row))
	}
	switch {
	case stands:
	case p.base() == "" && wanted:
		p.ceased.homeless++
		p.ceased.first = cmp.Or(p.ceased.first, a.Path)
	default:
		p.ceased.gone = append(p.ceased.gone, a)
		p.warnOfDescription(a, id, name, heirs)
	}
}

// warnOfDescription warns where a description went whose record is public, under
// whatever id, and may be gathered. Parts of a collection are not told of: a list is cut
// anew as it grows.
func (p *Plan) warnOfDescription(a edition.Address, id, name string, heirs map[string]string) {
	row, public := p.Catalog.Find(id)
	if !public {
		row, public = p.Catalog.Find(heirs[id])
	}
	whole := name == manifestName || name == collectionName
	if whole && public && p.allowsHarvest(row) && !p.asReleased(row) {
		p.report(p.descriptionGone(a, row))
	}
}

// allowsHarvest reports whether the decision on a unit lets others gather it, on
// whatever site.
func (p *Plan) allowsHarvest(row int32) bool {
	cat := p.Catalog.cat
	return cat.Kind(row) == catalog.Unit && cat.Verdict(row).For(access.Harvesting).Published()
}

// asReleased reports whether a record is as the last edition left it: then that one
// told of what went with it, and nobody need be told again.
func (p *Plan) asReleased(row int32) bool {
	states := p.history.of(row)
	if len(states) == 0 {
		return false
	}
	print, _, err := p.Fingerprint(row)
	return err == nil && states[len(states)-1].print == print
}

// descriptionGone says that a record has no description at an address any more, though
// nobody decided so. It is no error: what is described are its pictures, and these may
// go.
func (p *Plan) descriptionGone(a edition.Address, row int32) diag.Diagnostic {
	at := p.Catalog.cat.Loc(row)
	return diag.Warnf("description-gone", diag.Pos{File: at.File, Line: at.Line}, "bản ghi %q vẫn công bố và được phép thu thập, nhưng bản mô tả IIIF ở %s, đã có từ lần phát hành %d, nay không còn", "the record %q is public and may be harvested, but its IIIF description at %s, which has stood since edition %d, is gone", p.Catalog.cat.ID(row), a.Path, a.Number).
		WithHint("xem lại mã, trạng thái và ảnh (objects) của bản ghi; nếu đúng ý định thì không phải làm gì: máy chủ trả lời 410, bảng so sánh của lần phát hành tới ghi lại", "look at the id, the access state and the images (objects) of the record; if it is meant so nothing is to be done: the server answers 410, and the comparison of the next edition lists it")
}
