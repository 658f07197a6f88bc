package page

import (
	"fmt"
	"hash/fnv"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Room is a part of the site that has a path word of its own.
type Room string

// The rooms of a site.
const (
	RoomFonds        Room = "fonds"
	RoomAgents       Room = "agents"
	RoomPlaces       Room = "places"
	RoomEvents       Room = "events"
	RoomSubjects     Room = "subjects"
	RoomExhibitions  Room = "exhibitions"
	RoomGallery      Room = "gallery"
	RoomTimeline     Room = "timeline"
	RoomRepositories Room = "repositories"
	RoomSearch       Room = "search"
	RoomBrowse       Room = "browse"
	RoomData         Room = "data"
	RoomAbout        Room = "about"
	RoomGuide        Room = "guide"
	RoomVisit        Room = "visit"
	RoomTerms        Room = "terms"
	RoomStatistics   Room = "statistics"
	RoomOnThisDay    Room = "on-this-day"
	RoomRequest      Room = "request"
)

// words holds the path word of every room in every language. A language that
// is missing here uses the English words.
var words = map[string]map[Room]string{
	"vi": {
		RoomFonds: "phong-luu-tru", RoomAgents: "nhan-vat-to-chuc", RoomPlaces: "dia-danh", RoomEvents: "su-kien",
		RoomSubjects: "chu-de", RoomExhibitions: "trung-bay", RoomGallery: "thu-vien-anh", RoomTimeline: "dong-thoi-gian",
		RoomRepositories: "kho-luu-tru", RoomSearch: "tim-kiem", RoomBrowse: "duyet", RoomData: "du-lieu", RoomAbout: "gioi-thieu", RoomGuide: "huong-dan",
		RoomVisit: "tham-quan", RoomTerms: "thuat-ngu", RoomStatistics: "thong-ke", RoomOnThisDay: "ngay-nay-nam-xua",
		RoomRequest: "phieu-yeu-cau",
	},
	"en": {
		RoomFonds: "fonds", RoomAgents: "agents", RoomPlaces: "places", RoomEvents: "events",
		RoomSubjects: "subjects", RoomExhibitions: "exhibitions", RoomGallery: "gallery", RoomTimeline: "timeline",
		RoomRepositories: "repositories", RoomSearch: "search", RoomBrowse: "browse", RoomData: "downloads", RoomAbout: "about", RoomGuide: "guide",
		RoomVisit: "visit", RoomTerms: "terms", RoomStatistics: "statistics", RoomOnThisDay: "on-this-day",
		RoomRequest: "request",
	},
}

// UnitPage is the unit whose page a path is, whatever the language: a record in the folder
// of a fonds, or the fonds itself; the later pages of its list are others. ok is false for any
// other path.
func UnitPage(file string) (id string, ok bool) {
	dir, name := path.Split(file)
	folder, fonds := path.Split(strings.TrimSuffix(dir, "/"))
	lang, room := path.Split(strings.TrimSuffix(folder, "/"))
	if fonds == "" || strings.Count(lang, "/") > 1 || !isWordOf(RoomFonds, room) {
		return "", false
	}
	if id, ok = strings.CutSuffix(name, ".html"); !ok || strings.Contains(id, ".") {
		return "", false
	}
	if id == "index" {
		id = fonds
	}
	return id, true
}

// LaterPage is the unit of whose list a path is a later page, as UnitPage is that of a first one.
func LaterPage(file string) (id string, ok bool) {
	dir, name := path.Split(file)
	id, key, parted := strings.Cut(name, ".")
	if key, ok = strings.CutSuffix(key, ".html"); !parted || !ok || key == "" {
		return "", false
	}
	return UnitPage(dir + id + ".html")
}

// TimelineYear is the year whose entries a page of the timeline lists, the first where there
// are several. ok is false for any other path.
func TimelineYear(file string) (year int, ok bool) {
	dir, name := path.Split(file)
	lang, room := path.Split(strings.TrimSuffix(dir, "/"))
	name, ok = strings.CutSuffix(name, ".html")
	if !ok || strings.Count(lang, "/") > 1 || !isWordOf(RoomTimeline, room) {
		return 0, false
	}
	year, err := strconv.Atoi(name)
	return year, err == nil
}

// pageRooms are the rooms that hold pages of content/pages.
var pageRooms = []Room{RoomAbout, RoomVisit, RoomGuide, RoomTerms}

// Articles are the words in a path by which a page of content/pages can be called: none where
// the path lies in a room of something else.
func Articles(file string) (names []string) {
	dir, name := path.Split(file)
	name, ok := strings.CutSuffix(name, ".html")
	if dir == "" || !ok {
		return nil
	}
	names = append(strings.Split(strings.TrimSuffix(dir, "/"), "/"), name)
	for _, table := range words {
		for room, word := range table {
			if at := slices.Index(names, word); at >= 0 && at < 2 && !slices.Contains(pageRooms, room) { // behind a language or not
				return nil
			}
		}
	}
	return names
}

func isWordOf(room Room, word string) bool {
	for _, table := range words {
		if table[room] == word {
			return true
		}
	}
	return false
}

// FolderSearch is the folder of the index that the search page reads.
const FolderSearch = "search-index"

// FolderIIIF is the folder of what viewers and catalogues of other houses read: the
// tiles of images, and the descriptions of records.
const FolderIIIF = "iiif"

// Manifest is the description of a unit for others.
func Manifest(id string) string { return FolderIIIF + "/" + id + "/manifest.json" }

// Collection lists the descriptions beneath a unit, or those of the site where id is
// empty. key says which part of a long one it is.
func Collection(id, key string) string {
	folder := FolderIIIF + "/"
	if id != "" {
		folder += id + "/"
	}
	return folder + strings.TrimSuffix(keyed("collection", key), ".html") + ".json"
}

// FolderMedia is the folder of pictures and recordings.
const FolderMedia = "media"

// placards is the folder of the pictures by which pages are shared.
const placards = "placards"

// Placard is the path of the picture by which a page of an id in a language is shared; of the
// home page the id is empty. sum tells all that stands on it. No sign in the name makes it that of a
// derivative of a master.
func Placard(id, lang, sum string) string {
	if id != "" {
		id = "." + id
	}
	return FolderMedia + "/" + placards + "/" + sum + id + "." + lang + ".jpg"
}

// PlacardOf is what the picture of a path below the folder of media is a placard of; ok is false
// where it is none.
func PlacardOf(path string) (id, lang string, ok bool) {
	rest, in := strings.CutPrefix(path, placards+"/")
	parts := strings.Split(rest, ".")
	if !in || len(parts) < 3 || len(parts) > 4 || parts[len(parts)-1] != "jpg" {
		return "", "", false
	}
	if len(parts) == 4 {
		id = parts[1]
	}
	return id, parts[len(parts)-2], true
}

// FolderData is the folder of what others take away to use it in programs of their own.
const FolderData = "data"

// Finding is the archival description of a fonds, as EAD3.
func Finding(fonds string) string { return FolderData + "/" + fonds + findingEnd }

const findingEnd = ".ead3.xml"

// FondsOfFinding is the fonds that the file at a path describes; ok is false where it is
// no such file.
func FondsOfFinding(path string) (fonds string, ok bool) {
	rest, in := strings.CutPrefix(path, FolderData+"/")
	fonds, ok = strings.CutSuffix(rest, findingEnd)
	return fonds, in && ok && fonds != "" && !strings.Contains(fonds, "/")
}

// FondsOfReferences is the fonds about whose records the file at a path is; ok is false
// where it is no such file.
func FondsOfReferences(path string) (fonds string, ok bool) {
	rest, in := strings.CutPrefix(path, FolderData+"/")
	fonds, end, _ := strings.Cut(rest, ".") // no id has a dot
	return fonds, in && fonds != "" && IsReferenceEnd("."+end)
}

// IsReferenceEnd reports whether names of files about references end so.
func IsReferenceEnd(end string) bool { return end == ".ris" || end == ".bib" || end == ".csl.json" }

// References are the references to the records of a fonds, as a file of a format.
func References(fonds, end string) string { return FolderData + "/" + fonds + end }

// FondsOfTable is the fonds whose records the table at a path holds; ok is false where it is
// no such file.
func FondsOfTable(path string) (fonds string, ok bool) {
	rest, in := strings.CutPrefix(path, FolderData+"/")
	fonds, end, _ := strings.Cut(rest, ".") // no id has a dot
	return fonds, in && fonds != "" && (end == "csv" || end == "jsonl")
}

// Table is the table of the records of a fonds, as a file of a format.
func Table(fonds, end string) string { return FolderData + "/" + fonds + end }

// OAI is the static repository of the site, for aggregators.
const OAI = FolderData + "/oai.xml"

// RiC is the description of the archive in the ontology Records in Contexts.
const RiC = FolderData + "/ric-o.ttl"

// Database is the file of SQLite with the records of the archive.
const Database = FolderData + "/archive.sqlite"

// CatalogTurtle and CatalogLinked say what can be downloaded, to portals of open data.
const (
	CatalogTurtle = FolderData + "/catalog.ttl"
	CatalogLinked = FolderData + "/catalog.jsonld"
)

// IsWhole reports whether a file is about the whole archive.
func IsWhole(path string) bool {
	return path == OAI || path == Database || path == RiC || path == CatalogTurtle || path == CatalogLinked || IsResourceList(path)
}

// IsResourceList reports whether a file is one of the lists of what may be gathered, which are
// made when all else of a site is.
func IsResourceList(path string) bool {
	return path == SourceDescription || strings.HasPrefix(path, folderResources+"/")
}

// SourceDescription leads to the lists of what may be gathered, where the standard wants it.
const SourceDescription = ".well-known/resourcesync"

const folderResources = FolderData + "/resourcesync"

// CapabilityList says which lists there are.
const CapabilityList = folderResources + "/capabilitylist.xml"

// ResourceList is the list of what may be gathered, or the index of such lists; of these part is
// the number, from 1.
func ResourceList(part int) string {
	if part == 0 {
		return folderResources + "/resourcelist.xml"
	}
	return folderResources + "/resourcelist." + strconv.Itoa(part) + ".xml"
}

// Reserved returns the words that no id may be: the codes and the path words of every
// language, the fixed folders of a site, and "index".
func Reserved() []string {
	out := []string{"index", FolderMedia, FolderIIIF, FolderSearch, FolderData, "assets"}
	for lang, table := range words {
		out = append(out, lang)
		for _, w := range table {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// URLs makes the path of every page, from the site root, slash-separated and
// always naming a file. The first language stands at the root, the others
// under /<lang>/.
//
// Where a page shows a list that is broken into pages, key says which of them:
// it is empty for the first page and the id of its first entry for another
// (followed by a dot and a word where the id alone would name two).
type URLs struct{ Languages []string }

// Prefix is the folder of a language: "" for the first, "en/" for English.
func (u URLs) Prefix(lang string) string {
	if len(u.Languages) == 0 || lang == u.Languages[0] {
		return ""
	}
	return lang + "/"
}

// Word is the path word of a room.
func Word(lang string, r Room) string {
	if w, ok := words[lang][r]; ok {
		return w
	}
	return words["en"][r]
}

// Home is the first page of a language.
func (u URLs) Home(lang string) string { return u.Prefix(lang) + "index.html" }

// Index is the index page of a room.
func (u URLs) Index(lang string, r Room, key string) string {
	return u.Prefix(lang) + Word(lang, r) + "/" + keyed("index", key)
}

// In is a page in a room, named by an id.
func (u URLs) In(lang string, r Room, id, key string) string {
	return u.Prefix(lang) + Word(lang, r) + "/" + keyed(id, key)
}

// Fonds is the page of a fonds.
func (u URLs) Fonds(lang, fonds, key string) string {
	return u.Prefix(lang) + Word(lang, RoomFonds) + "/" + fonds + "/" + keyed("index", key)
}

// Record is the page of a series, file, item or part.
func (u URLs) Record(lang, fonds, id, key string) string {
	return u.Prefix(lang) + Word(lang, RoomFonds) + "/" + fonds + "/" + keyed(id, key)
}

// Exhibition is the page of an exhibition.
func (u URLs) Exhibition(lang, id string) string {
	return u.Prefix(lang) + Word(lang, RoomExhibitions) + "/" + id + "/index.html"
}

// GalleryOf is the gallery narrowed by a facet ("decade", "form",
// "fonds") to one value.
func (u URLs) GalleryOf(lang, facet, value, key string) string {
	return u.Prefix(lang) + Word(lang, RoomGallery) + "/" + facetWord(lang, facet) + "/" + keyed(value, key)
}

// BrowseOf is the list of the records that share the value of a facet ("form",
// "creator") and a decade, such as "1940"; "undated" is those without one.
func (u URLs) BrowseOf(lang, facet, value, decade, key string) string {
	if decade == "undated" {
		decade = facetWord(lang, decade)
	}
	return u.Prefix(lang) + Word(lang, RoomBrowse) + "/" + facetWord(lang, facet) + "/" + value + "/" + keyed(decade, key)
}

// BrowseBy is the index of the values of a facet.
func (u URLs) BrowseBy(lang, facet, key string) string {
	return u.Prefix(lang) + Word(lang, RoomBrowse) + "/" + facetWord(lang, facet) + "/" + keyed("index", key)
}

// BrowseAll is the list of all records that share the value of a facet: "fonds".
func (u URLs) BrowseAll(lang, facet, value, key string) string {
	return u.Prefix(lang) + Word(lang, RoomBrowse) + "/" + facetWord(lang, facet) + "/" + keyed(value, key)
}

var facetWords = map[string]map[string]string{
	"vi": {"decade": "thap-nien", "form": "loai-hinh", "fonds": "phong", "creator": "tac-gia", "undated": "khong-ro-nam"},
	"en": {"decade": "decade", "form": "form", "fonds": "fonds", "creator": "creator", "undated": "undated"},
}

func facetWord(lang, facet string) string {
	if w, ok := facetWords[lang][facet]; ok {
		return w
	}
	return facetWords["en"][facet]
}

// Article is a page of content/pages; name is its path there without
// extension, such as "about" or "guide/scans". The first part is translated
// where it is the word of a room.
func (u URLs) Article(lang, name string) string {
	first, rest, nested := strings.Cut(name, "/")
	if w, ok := words["en"][Room(first)]; ok && w != "" {
		first = Word(lang, Room(first))
	}
	if !nested || rest == "index" {
		return u.Prefix(lang) + first + "/index.html"
	}
	return u.Prefix(lang) + first + "/" + rest + ".html"
}

// maxName is the longest file name that is made of two ids. File systems allow
// 255 bytes, and what writes the site may put some behind it.
const maxName = 240

// keyed names a page of a list. A dot cannot stand in an id, so the name never
// meets that of a record; and the devices of Windows, which are known by what
// stands before the first dot, are no ids.
func keyed(name, key string) string {
	if key == "" {
		return name + ".html"
	}
	if len(name)+len(key) > maxName {
		h := fnv.New64a()
		h.Write([]byte(key)) // never fails
		key = fmt.Sprintf("%016x", h.Sum64())
	}
	return name + "." + key + ".html"
}

// Rel is the relative link from one page of the site to a file of the site.
// Both are paths from the site root. A fragment on the target is kept.
func Rel(from, to string) string {
	target, fragment := to, ""
	if i := strings.IndexByte(to, '#'); i >= 0 {
		target, fragment = to[:i], to[i:]
	}
	if fragment == "#" {
		fragment = ""
	}
	if from == target && fragment != "" {
		return fragment
	}
	folder := path.Dir(from)
	if folder == "." {
		return target + fragment
	}
	common := commonFolders(folder, target)
	if common > len(folder) {
		return target[common:] + fragment
	}
	return strings.Repeat("../", 1+strings.Count(folder[common:], "/")) + target[common:] + fragment
}

// commonFolders is how many bytes of a path lead through the same folders as
// another path, with the slashes behind them.
func commonFolders(folder, target string) int {
	common := 0
	for common < len(folder) {
		end := len(folder)
		if i := strings.IndexByte(folder[common:], '/'); i >= 0 {
			end = common + i
		}
		if end >= len(target) || target[end] != '/' || target[common:end] != folder[common:end] {
			break
		}
		common = end + 1
	}
	return common
}

// Root is the relative prefix that leads from a page to the site root.
func Root(from string) string { return strings.Repeat("../", strings.Count(from, "/")) }
