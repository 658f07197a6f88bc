package schema

import (
	"path"
	"reflect"
	"slices"
	"strings"

	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
)

// Kind is a kind of YAML file.
type Kind struct {
	Name string // of its schema: "record"
	Is   string // what it holds, in Vietnamese

	model    reflect.Type
	levels   func() []record.Term // of description that stand in such a file; nil for all
	required []string             // besides what its struct always needs
	defaults bool                 // it has the key defaults
}

// Kinds are the kinds of file that have a schema, and all that an archive has: the longer
// texts of pages and the blocks of exhibitions are YAML within Markdown, which no editor checks.
var Kinds = []Kind{
	{Name: "site", Is: "cấu hình của trang: site.yaml", model: reflect.TypeFor[record.Site]()},
	{Name: "fonds", Is: "mô tả phông hoặc sưu tập: fonds.yaml", model: reflect.TypeFor[record.Unit](), levels: tops(true), required: []string{"reference", "dates"}, defaults: true},
	{Name: "record", Is: "bản ghi trong phông: nhóm, hồ sơ, tài liệu", model: reflect.TypeFor[record.Unit](), levels: tops(false), required: []string{"parent"}},
	{Name: "repository", Is: "cơ quan lưu giữ", model: reflect.TypeFor[record.Repository]()},
	{Name: "agent", Is: "nhân vật, tổ chức", model: reflect.TypeFor[record.Agent]()},
	{Name: "place", Is: "địa danh", model: reflect.TypeFor[record.Place]()},
	{Name: "event", Is: "sự kiện", model: reflect.TypeFor[record.Event]()},
	{Name: "subject", Is: "chủ đề", model: reflect.TypeFor[record.Subject]()},
	{Name: "clearance", Is: "quyết định cho phép công bố", model: reflect.TypeFor[record.Clearance]()},
	{Name: "exhibition", Is: "trưng bày: exhibition.yaml", model: reflect.TypeFor[record.Exhibition]()},
	{Name: "profile", Is: "bộ quy tắc", model: reflect.TypeFor[record.Profile]()},
	{Name: "markings", Is: "những chỗ đã có người xem: markings.yaml", model: reflect.TypeFor[record.Markings]()},
	{Name: "cover", Is: "lệnh che ảnh cho «vitrine redact»", model: reflect.TypeFor[record.Cover]()},
}

// tops are the levels that stand in a fonds.yaml, or those that do not.
func tops(top bool) func() []record.Term {
	return func() []record.Term {
		return slices.DeleteFunc(slices.Clone(record.Vocabulary("level")), func(t record.Term) bool { return record.IsTop(t.Key) != top })
	}
}

// byContent are the kinds by what package content calls a file.
var byContent = map[content.Kind]string{
	content.KindSite: "site", content.KindFonds: "fonds", content.KindRecords: "record", content.KindRepository: "repository", content.KindAgent: "agent",
	content.KindPlace: "place", content.KindEvent: "event", content.KindSubject: "subject", content.KindClearance: "clearance",
	content.KindExhibition: "exhibition", content.KindProfile: "profile", content.KindMarkings: "markings",
}

// Modeline is the line that tells an editor the schema of a file, whose path is relative to the
// content folder; empty where there is none. Each document of a file needs one of its own, at
// its head.
func Modeline(file string) string {
	f, ok := content.Classify(file)
	name := byContent[f.Kind]
	if !ok || name == "" {
		return ""
	}
	return "# yaml-language-server: $schema=" + strings.Repeat("../", strings.Count(path.Clean(file), "/")) + content.SchemaDir + "/" + name + ".json"
}

// required are the keys without which a record, or a part of one, is an error.
var required = map[string][]string{
	"Site": {"title"}, "Unit": {"id", "level", "title"},
	"Access": {"state"}, "Declassification": {"former_marking", "decision"}, "Withdrawal": {"date", "reason"},
	"Object": {"kind", "file"}, "Redaction": {"count", "grounds", "by", "date", "derived_from_sha256"},
	"Repository": {"id", "name"}, "Agent": {"id", "type", "name"}, "Place": {"id", "name"}, "Event": {"id", "title"}, "Subject": {"id", "label"},
	"Clearance": {"id"}, "Exhibition": {"id", "title"}, "Section": {"title"}, "ClosingPeriod": {"personal", "after", "years"},
	"Acknowledged": {"file", "text", "by", "date"}, "Named": {"file", "text", "by", "date"},
	"Cover": {"record", "by"}, "CoveredWords": {"text", "ground"}, "Box": {"left", "top", "width", "height", "ground"},
}

// shape is what the value of a key must look like, beyond what its type says.
type shape struct {
	name   string
	schema func(filled bool) object
}

func shaped(name, pattern_, message string, types ...string) shape {
	return shape{name, func(filled bool) object { return alone(pattern(pattern_, message, or(filled, types...)...)) }}
}

// shapes are by struct and key.
var shapes = func() map[string]shape {
	id := shaped("Id", `^\s*[a-z0-9]+(?:[-_][a-z0-9]+)*\s*$`, "mã chỉ gồm chữ thường a–z, chữ số và dấu - hoặc _ đơn ở giữa", str, number)
	day := shaped("Day", `^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$`, `ngày viết năm-tháng-ngày, ví dụ "2030-01-01"`, str)
	hash := shaped("Hash", `^\s*[0-9a-f]{64}\s*$`, "mã băm SHA-256 gồm 64 chữ số hệ 16, chữ thường", str)
	out := map[string]shape{
		"Access.embargo_until": day, "Withdrawal.date": day, "Redaction.date": day, "Acknowledged.date": day, "Named.date": day,
		"Object.derived_from_sha256": hash, "Redaction.derived_from_sha256": hash,
		"Scope.max_px": shaped("Pixels", `^\s*(?:full|[1-9][0-9]*)\s*$`, "số điểm ảnh, ví dụ 1600, hoặc full", integer, str),
	}
	for _, owner := range []string{"Unit", "Repository", "Agent", "Place", "Event", "Subject", "Clearance", "Exhibition", "Section"} {
		out[owner+".id"] = id
	}
	return out
}()
