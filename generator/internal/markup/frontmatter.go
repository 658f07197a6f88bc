package markup

import (
	"strings"

	"vitrine/generator/diag"
)

// FrontMatter cuts a page into the YAML between two `---` lines at its head
// and the Markdown after them, each with its place. Without front matter
// yaml is empty; an unclosed one is an error and all of the text is yaml.
func FrontMatter(content string, pos diag.Pos) (yaml string, yamlPos diag.Pos, body Source, ds []diag.Diagnostic) {
	content = strings.ReplaceAll(strings.TrimPrefix(content, "\ufeff"), "\r\n", "\n")
	whole := Source{Text: content, Pos: pos}
	first, rest, _ := strings.Cut(content, "\n")
	if strings.TrimRight(first, " \t") != "---" {
		return "", pos, whole, nil
	}
	start := len(content) - len(rest)
	at := start
	for line := range strings.Lines(rest) {
		end := at + len(line)
		if strings.TrimRight(line, " \t\n") == "---" {
			return content[start:at], whole.at(start), Source{Text: content[end:], Pos: whole.at(end)}, nil
		}
		at = end
	}
	fault := diag.Errorf("markdown-front-matter", pos, "phần đầu trang mở bằng --- nhưng không đóng", "the front matter opens with --- and is not closed").
		WithHint("thêm một dòng --- sau các trường", "add a line --- after the fields")
	return rest, whole.at(start), Source{Pos: whole.at(len(content))}, []diag.Diagnostic{fault}
}
