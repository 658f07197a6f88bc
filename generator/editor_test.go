package generator_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	editorschema "vitrine/generator/internal/schema"
)

// editor holds the YAML server of editors (make test fetches it).
const editor = "testdata/editor"

// question is what the server is asked of a file; Text is what stands in it, where that is not
// on disk. With a place it is asked what may stand there and what stands there means.
type question struct {
	File   string `json:"file"`
	Text   string `json:"text,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

type editorFault struct {
	Line    int
	Message string
}

type editorAnswer struct {
	Faults    []editorFault
	Proposals []struct{ Label, Text, Says string }
	Hover     string
}

func askEditor(t *testing.T, questions []question) (answers []editorAnswer) {
	t.Helper()
	_, err := os.Stat(filepath.Join(editor, "node_modules/yaml-language-server/package.json"))
	lacking(t, err, "the YAML server of editors comes with make test, or npm ci in generator/"+editor)
	node, err := exec.LookPath("node")
	lacking(t, err, "the YAML server of editors needs Node")
	in, err := json.Marshal(questions)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "ask.cjs")
	cmd.Dir, cmd.Stdin = editor, bytes.NewReader(in)
	var errors bytes.Buffer
	cmd.Stderr = &errors
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, errors.String())
	}
	if err := json.Unmarshal(out, &answers); err != nil || len(answers) != len(questions) {
		t.Fatalf("%v: %d answers to %d questions", err, len(answers), len(questions))
	}
	return answers
}

// everyKind makes a site and something of each kind in it, and returns its content folder.
func everyKind(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "kho")
	if _, err := generator.New("site", dir, generator.NewOptions{}); err != nil {
		t.Fatal(err)
	}
	in := filepath.Join(dir, "content")
	for _, n := range []struct{ kind, id, fonds string }{{"fonds", "phong-02", ""}, {"record", "tl-0003", "phong-02"}, {"agent", "ban-moi", ""}, {"exhibition", "trung-bay-01", ""}} {
		if _, err := generator.New(n.kind, n.id, generator.NewOptions{Content: in, Fonds: n.fonds, Title: "Tên: «thử»"}); err != nil {
			t.Fatal(err)
		}
	}
	for id, o := range map[string]generator.ClearanceOptions{"kt-02": {Content: in, Fonds: "phong-01"}, "kt-03": {Content: in, Fonds: "phong-02", OpenEnded: true}} {
		if _, err := generator.NewClearance(t.Context(), id, o); err != nil {
			t.Fatal(err)
		}
	}
	return in
}

// yamlFiles are the YAML files below a folder, relative to it.
func yamlFiles(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, e fs.DirEntry, err error) error {
		if strings.HasSuffix(p, ".yaml") {
			out = append(out, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var parting = regexp.MustCompile(`(?m)^---[ \t]*\n`)

// What New writes names its schema in each document, the schema is there, and the server of
// editors has nothing to say against it. So it is with the sample archive, once its files name
// the schemas that `vitrine new schema` writes for it.
func TestEditorsTakeWhatIsWritten(t *testing.T) {
	t.Parallel()
	in := everyKind(t)
	var ask []question
	for _, file := range yamlFiles(t, in) {
		text, err := os.ReadFile(filepath.Join(in, file))
		if err != nil {
			t.Fatal(err)
		}
		line := editorschema.Modeline(file)
		for i, doc := range parting.Split(string(text), -1) {
			if first, _, _ := strings.Cut(doc, "\n"); first != line {
				t.Errorf("%s: document %d begins with %q, not with %q", file, i+1, first, line)
			}
		}
		_, target, _ := strings.Cut(line, "$schema=")
		if _, err := os.Stat(filepath.Join(in, filepath.Dir(file), target)); line == "" || err != nil {
			t.Errorf("%s has the modeline %q: %v", file, line, err)
		}
		ask = append(ask, question{File: filepath.Join(in, file)})
	}
	if len(ask) < 12 {
		t.Errorf("only %d files were written", len(ask))
	}
	written := len(ask)

	const sampleContent = "../content"
	beside := t.TempDir()
	copied, err := os.ReadFile(filepath.Join(sampleContent, "site.yaml"))
	if err == nil {
		err = os.WriteFile(filepath.Join(beside, "site.yaml"), copied, 0o600)
	}
	if err == nil {
		_, err = generator.New("schema", "", generator.NewOptions{Content: beside})
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range yamlFiles(t, sampleContent) {
		text, err := os.ReadFile(filepath.Join(sampleContent, file))
		if err != nil {
			t.Fatal(err)
		}
		line := editorschema.Modeline(file) + "\n"
		ask = append(ask, question{File: filepath.Join(beside, file), Text: line + parting.ReplaceAllString(string(text), "---\n"+line)})
	}
	if len(ask)-written < 100 {
		t.Errorf("only %d files of the sample archive were seen", len(ask)-written)
	}
	for i, a := range askEditor(t, ask) {
		for _, f := range a.Faults {
			t.Errorf("%s:%d: %s", ask[i].File, f.Line, f.Message)
		}
	}
}

// askedAt is a question about the place of the sign ‸ in a text.
func askedAt(file, text string) question {
	before, after, _ := strings.Cut(text, "‸")
	return question{File: file, Text: before + after, Line: 1 + strings.Count(before, "\n"), Column: 1 + len([]rune(before[strings.LastIndexByte(before, '\n')+1:]))}
}

// The server proposes keys and words with what they mean in Vietnamese, says what is wrong in
// every document of a file, and proposes nothing where any text may stand.
func TestEditorsCompleteAndCheck(t *testing.T) {
	t.Parallel()
	in := everyKind(t)
	file := filepath.Join(in, "fonds/phong-01/records/tl-0009.yaml")
	line := editorschema.Modeline("fonds/phong-01/records/tl-0009.yaml") + "\n"
	const head = "id: tl-0009\nlevel: item\nparent: phong-01\ntitle: Thư\n"
	cases := []struct {
		text   string
		label  string // of a proposal that must be there, with what is written for it and what it says
		writes string
		says   string
		hover  string // a part of it
		most   int    // proposals; 0 for any number, -1 for none
		mapped bool   // it is the map of an import
	}{
		{text: head + "‸\n", label: "prefer_cite", writes: "prefer_cite: ", says: "Cách trích dẫn riêng"},
		{text: head + "access:\n  ‸\n", label: "embargo_until", writes: "embargo_until: ", says: "năm-tháng-ngày"},
		{text: head + "access:\n  state: ‸\n", label: "embargo", writes: "embargo", says: "chưa đến thời hạn công bố", hover: "Mức độ tiếp cận", most: 7},
		{text: head + "creators:\n  - ‸\n", label: "role", writes: "role: ", says: "Vai trò", most: 5},
		{text: head + "creators:\n  - agent: a\n    role: ‸\n", label: "issuer", writes: "issuer", says: "cơ quan ban hành", most: 12},
		{text: head + "form: ‸\n", label: "quyet-dinh", writes: "quyet-dinh", says: "quyết định"},
		{text: head + "objects:\n  - kind: page\n    file: a.jpg\n    redacted: ‸\n", label: "true", writes: "true", most: 2},
		{text: head + "da‸tes: {created: \"1945\"}\n", label: "dates", hover: "Thời gian của tài liệu"},
		{text: head + "dates: {cre‸ated: \"1945\"}\n", hover: "\"1930~\" (khoảng)"},
		{text: head + "subtitle: ‸\n", hover: "Phụ đề", most: -1},
		{text: head + "languages: ‸\n", hover: "mã ISO 639", most: -1},
		{text: "columns:\n  Ngày: ‸\n", label: "dates.created", writes: "dates.created", mapped: true},
	}
	second := line + "id: tl-0009\nlevel: itm\nparent: phong-01\ntitle: [Thư]\naccess: {stat: public, state: public}\n---\n" + line + "id: Tài liệu\nlevel: item\ntitle: Thư\ndates: {created: \"2/9/1945\"}\n"
	ask := []question{{File: file, Text: second}}
	for _, c := range cases {
		if c.mapped {
			ask = append(ask, askedAt(filepath.Join(in, "../chi-dan.yaml"), "# yaml-language-server: $schema=content/.schema/map.json\n"+c.text))
			continue
		}
		ask = append(ask, askedAt(file, line+c.text))
	}
	answers := askEditor(t, ask)
	for i, c := range cases {
		a := answers[i+1]
		found := c.label == ""
		for _, p := range a.Proposals {
			found = found || p.Label == c.label && (c.writes == "" || p.Text == c.writes) && strings.Contains(p.Says, c.says)
		}
		if !found {
			t.Errorf("%sthere is no proposal %q that writes %q and says %q: %+v", c.text, c.label, c.writes, c.says, a.Proposals)
		}
		if n := len(a.Proposals); c.most > 0 && n > c.most || c.most < 0 && n > 0 {
			t.Errorf("%shas %d proposals: %+v", c.text, n, a.Proposals)
		}
		if !strings.Contains(a.Hover, c.hover) {
			t.Errorf("%sis explained as %q, without %q", c.text, a.Hover, c.hover)
		}
	}
	for _, want := range []editorFault{{3, "giá trị không có trong danh mục"}, {5, "ở đây cần văn bản"}, {6, "stat is not allowed"}, {9, "mã chỉ gồm chữ thường"}, {9, "parent"}, {12, "ngày viết theo EDTF"}} {
		if !slices.ContainsFunc(answers[0].Faults, func(f editorFault) bool { return f.Line == want.Line && strings.Contains(f.Message, want.Message) }) {
			t.Errorf("nothing is said of line %d, with %q: %+v", want.Line, want.Message, answers[0].Faults)
		}
	}
}
