package generator_test

import (
	"html"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/internal/exchange/reference"
)

// What Zotero's connector does with a page, read anew from its translators Embedded
// Metadata, RDF and COinS (July 2026): no Zotero runs here.

// embeddedPrefixes are the prefixes of meta elements that are known without a declaration.
var embeddedPrefixes = []string{"bib", "bibo", "dc", "dcterms", "prism", "foaf", "vcard", "link", "z", "eprint", "eprints", "og", "article", "book", "rdf"}

// zoteroFields are fields that a type of item has, of those that are written (Zotero's schema).
var zoteroFields = map[string]string{
	"report":           "institution reportNumber reportType place archive archiveLocation callNumber libraryCatalog url extra",
	"manuscript":       "manuscriptType place archive archiveLocation callNumber libraryCatalog url extra",
	"letter":           "letterType archive archiveLocation callNumber libraryCatalog url extra",
	"newspaperArticle": "place archive archiveLocation callNumber libraryCatalog url extra",
	"artwork":          "artworkMedium artworkSize archive archiveLocation callNumber libraryCatalog url extra",
	"audioRecording":   "place archive archiveLocation callNumber libraryCatalog url extra",
	"film":             "archive archiveLocation callNumber libraryCatalog url extra",
	"videoRecording":   "place archive archiveLocation callNumber libraryCatalog url extra",
	"map":              "mapType place archive archiveLocation callNumber libraryCatalog url extra",
	"book":             "place archive archiveLocation callNumber libraryCatalog url extra",
	"document":         "archive archiveLocation callNumber libraryCatalog url extra",
}

// zoteroItem is what the connector makes of meta elements: its type, its fields and its
// creators, each with the name that comes last and the one before it.
type zoteroItem struct {
	kind     string
	fields   map[string]string
	creators [][2]string
}

// embedded follows Embedded Metadata: a prefix ends at the first of “.:_”, a property begins
// small; z:itemType is the type, z:X the field X, dc.creator is split at a comma where it
// has one and at its last blank where it has none.
func embedded(t *testing.T, metas []reference.Meta) zoteroItem {
	t.Helper()
	out := zoteroItem{fields: map[string]string{}}
	for _, m := range metas {
		if strings.HasPrefix(m.Name, "citation_") {
			t.Errorf("%s makes an article of it", m.Name)
		}
		i := strings.IndexAny(m.Name, ".:_")
		if i < 0 || !slices.Contains(embeddedPrefixes, strings.ToLower(m.Name[:i])) {
			continue
		}
		prefix, prop := strings.ToLower(m.Name[:i]), strings.ToLower(m.Name[i+1:i+2])+m.Name[i+2:]
		switch {
		case prefix == "z" && prop == "itemType":
			out.kind = m.Content
		case prefix == "z":
			out.fields[prop] = m.Content
		case prop == "creator":
			out.creators = append(out.creators, cleanAuthor(m.Content))
		case prop == "coverage":
			out.fields["archiveLocation"] = m.Content
		case prefix == "dc" || prefix == "dcterms":
			out.fields[map[string]string{"abstract": "abstractNote"}[prop]+map[string]string{"title": "title", "date": "date", "language": "language"}[prop]] = m.Content
		}
	}
	return out
}

// cleanAuthor is how a name is taken apart (Zotero.Utilities.cleanAuthor).
func cleanAuthor(s string) [2]string {
	comma := strings.Contains(s, ",")
	s = strings.Trim(s, " .,/[]:")
	if comma {
		last, first, _ := strings.Cut(s, ",")
		return [2]string{last, strings.TrimSpace(first)}
	}
	i := strings.LastIndex(s, " ")
	return [2]string{s[i+1:], strings.TrimSpace(s[:max(i, 0)])}
}

var metaElement = regexp.MustCompile(`<meta name="([^"]*)" content="([^"]*)">`)

func metasOf(page string) (out []reference.Meta) {
	for _, m := range metaElement.FindAllStringSubmatch(page, -1) {
		out = append(out, reference.Meta{Name: html.UnescapeString(m[1]), Content: html.UnescapeString(m[2])})
	}
	return out
}

// The connector makes of each type an item whose fields that type has, and takes no name
// apart, be it of a body, a pseudonym or a reign name.
func TestZoteroTakesEntries(t *testing.T) {
	for _, e := range hardEntries() {
		for i, n := range e.Names {
			e.Signed[i], _, _ = strings.Cut(n, " [")
		}
		item := embedded(t, e.Meta())
		if item.kind != e.Type.Zotero {
			t.Errorf("%s is a %q", e.ID, item.kind)
		}
		for f := range item.fields {
			if !slices.Contains(append(strings.Fields(zoteroFields[item.kind]), "title", "date", "language", "abstractNote"), f) {
				t.Errorf("%s: a %s has no field %q", e.ID, item.kind, f)
			}
		}
		for i, c := range item.creators {
			if c != [2]string{strings.Trim(e.Signed[i], "."), ""} {
				t.Errorf("%s: %q", e.ID, c)
			}
		}
		if len(item.creators) != len(e.Signed) || item.fields["archive"] != e.Archive || item.fields["archiveLocation"] != e.Collection+", "+e.Location || item.fields["callNumber"] != e.CallNumber {
			t.Errorf("%s: %+v", e.ID, item)
		}
	}
}

// Pages of records bear the elements and no spans, which would be taken before them; lists
// bear a span for each record. No page has what makes the connector guess at names.
func TestZoteroTakesPages(t *testing.T) {
	t.Parallel()
	out := withReferences(t)
	record := string(read(t, filepath.Join(out, "phong-luu-tru/phong-cau-mau/tl-0001.html")))
	item := embedded(t, metasOf(record))
	if item.fields["title"] != "Quyết định" || item.fields["archive"] != "Kho lưu trữ mẫu" || !strings.HasSuffix(item.fields["url"], "/phong-luu-tru/phong-cau-mau/tl-0001.html") {
		t.Errorf("%+v", item)
	}
	for _, end := range []string{".ris", ".bib", ".csl.json"} {
		if !strings.Contains(record, `href="tl-0001`+end+`"`) {
			t.Errorf("no link to %s", end)
		}
	}
	pages, spans := treeOf(t, out), 0
	for name := range pages {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		text := string(read(t, filepath.Join(out, name)))
		if strings.Contains(text, "byline") || strings.Contains(text, `rel="author"`) {
			t.Errorf("%s has what names are guessed from", name)
		}
		found := spanOfZotero.FindAllStringSubmatch(text, -1)
		if spans += len(found); strings.Contains(text, `<body class="page-record"`) && len(found) > 0 {
			t.Errorf("%s is of a record, and has spans", name)
		}
		for _, m := range found {
			v, err := url.ParseQuery(html.UnescapeString(m[1]))
			if err != nil || v.Get("ctx_ver") != "Z39.88-2004" || v.Get("rft_val_fmt") != "info:ofi/fmt:kev:mtx:dc" || v.Get("rft.title") == "" || zoteroFields[v.Get("rft.type")] == "" || !strings.HasPrefix(v.Get("rft.identifier"), "https://") {
				t.Errorf("%s: %v %v", name, v, err)
			}
		}
	}
	if spans == 0 {
		t.Error("no list has a span")
	}
}

var spanOfZotero = regexp.MustCompile(`<span class="Z3988" title="([^"]*)">`)

// Without the feature there is nothing of it; without a word in site.yaml there are files of
// whole fonds alone.
func TestReferencesCanBeSwitchedOff(t *testing.T) {
	t.Parallel()
	o := offered(t)
	count := func() (single, whole, marks int) {
		mustBuild(t, o)
		for name := range treeOf(t, o.Out) {
			page := string(read(t, filepath.Join(o.Out, name)))
			switch {
			case !strings.HasSuffix(name, ".ris") && !strings.HasSuffix(name, ".bib") && !strings.HasSuffix(name, ".csl.json"):
				marks += strings.Count(page, "Z3988") + strings.Count(page, `name="z:`)
			case strings.Contains(name, "data/"):
				whole++
			default:
				single++
			}
		}
		return single, whole, marks
	}
	if single, whole, marks := count(); single != 0 || whole != 2 || marks == 0 {
		t.Errorf("by itself: %d, %d, %d", single, whole, marks)
	}
	site := filepath.Join(o.Content, "site.yaml")
	edit(t, site, withAddress, "features: {references: false}\n"+withAddress)
	if single, whole, marks := count(); single != 0 || whole != 0 || marks != 0 {
		t.Errorf("switched off: %d, %d, %d", single, whole, marks)
	}
	edit(t, site, "references: false", "references: true, downloads: false")
	if single, whole, marks := count(); single == 0 || whole != 0 || marks == 0 {
		t.Errorf("no downloads: %d, %d, %d", single, whole, marks)
	}
}

// The table of the guide says where each part lands, in both languages.
func TestGuideNamesEveryReferenceField(t *testing.T) {
	pages := guidePages(t)
	for _, name := range []string{"cite.md", "cite.en.md"} {
		var got []reference.Field
		for _, m := range regexp.MustCompile("(?m)^\\| `([a-z_.]+)` \\| [^|]+ \\| `([^`]+)` \\| `([^`]+)` \\| `([^`]+)` \\| `([^`]+)` \\|$").FindAllStringSubmatch(pages[name], -1) {
			got = append(got, reference.Field{Key: m[1], RIS: m[2], BibTeX: m[3], CSL: m[4], Meta: m[5]})
		}
		if !slices.Equal(got, reference.Fields) {
			t.Errorf("%s has\n%+v\nand the program\n%+v", name, got, reference.Fields)
		}
	}
}
