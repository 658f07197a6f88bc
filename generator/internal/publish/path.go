package publish

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// checkPath accepts the paths that every common file system and web server can
// hold under the same name: the rules of Windows are the strictest
// (learn.microsoft.com, "Naming Files, Paths, and Namespaces").
func checkPath(path string) error {
	if !utf8.ValidString(path) || !norm.NFC.IsNormalString(path) {
		return errBadPath(path, "tên phải là UTF-8 dạng NFC", "names are UTF-8 in form NFC")
	}
	for part := range strings.SplitSeq(path, "/") {
		if vi, en := checkName(part); en != "" {
			return errBadPath(path, vi, en)
		}
	}
	return nil
}

// checkName says what is wrong with one component of a path.
func checkName(name string) (vi, en string) {
	switch {
	case name == "":
		return "đường dẫn phải tương đối và không có phần trống", "a path is relative and has no empty part"
	case name == "." || name == "..":
		return "đường dẫn không được chứa . hoặc ..", "a path has no . or .. in it"
	case strings.ContainsFunc(name, forbidden):
		return `tên không được chứa ký tự điều khiển hay < > : " | ? * \`, `a name has no control characters and none of < > : " | ? * \`
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return "tên không được kết thúc bằng dấu chấm hay dấu cách", "a name does not end in a dot or a space"
	case len(name) > 255:
		return "tên dài quá 255 byte", "a name is longer than 255 bytes"
	case isDevice(name):
		return "đó là tên thiết bị của Windows", "this is the name of a device on Windows"
	}
	return "", ""
}

func forbidden(r rune) bool {
	return unicode.IsControl(r) || strings.ContainsRune(`<>:"|?*\`, r)
}

// isDevice reports whether Windows takes the name, with any extension, for a
// device.
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToUpper(strings.TrimRight(stem, " "))
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	for _, port := range []string{"COM", "LPT"} {
		if n, ok := strings.CutPrefix(stem, port); ok && utf8.RuneCountInString(n) == 1 {
			return strings.Contains("0123456789¹²³", n)
		}
	}
	return false
}

// fold maps names that a case-insensitive file system takes for one to one.
func fold(path string) string {
	return strings.Map(func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }, path)
}

// folded reports whether fold would leave the path as it is, without
// allocating.
func folded(path string) bool {
	for _, r := range path {
		if r != unicode.ToLower(unicode.ToUpper(r)) {
			return false
		}
	}
	return true
}

// prefixes iterates over the path and the folders above it, longest first.
func prefixes(path string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for path != "" {
			if !yield(path) {
				return
			}
			path = path[:max(0, strings.LastIndexByte(path, '/'))]
		}
	}
}

// dirOf returns the folder of a path, "." for one at the top.
func dirOf(path string) string {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i]
	}
	return "."
}

// under reports whether path lies inside the folder dir; everything lies
// inside ".".
func under(dir, path string) bool {
	return dir == "." || len(path) > len(dir) && path[len(dir)] == '/' && path[:len(dir)] == dir
}
