package vi

import (
	"slices"
	"strings"
)

// MaxID is the greatest length of an id or slug in bytes. File systems take 255
// for a name, and suffixes such as ".en.html" or "-1280.webp" are added to it.
const MaxID = 200

// devices are the names that Windows keeps for itself, with any extension.
var devices = strings.Fields(`con prn aux nul
	com0 com1 com2 com3 com4 com5 com6 com7 com8 com9
	lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9`)

// IsDevice reports whether Windows keeps a name, in lower case and without its
// extension, for itself.
func IsDevice(stem string) bool { return slices.Contains(devices, stem) }

// taken reports whether a name cannot be that of a page: index names the page
// of a folder.
func taken(name string) bool { return name == "index" || IsDevice(name) }

// IDError says in both languages why an id cannot be used.
type IDError struct {
	Vi, En string
}

// Error returns the English wording.
func (e *IDError) Error() string { return e.En }

// Slug returns s as a part of an address: folded, with hyphens for everything
// but letters a to z and digits (Đường Kách mệnh: duong-kach-menh). It is empty
// or a valid id: longer ones than MaxID are cut at a hyphen, and a reserved
// name gets x- before it.
func Slug(s string) string {
	out := make([]byte, 0, len(s))
	gap := false
	for _, c := range []byte(Fold(s)) {
		if !alnum(c) {
			gap = true
			continue
		}
		if gap && len(out) > 0 {
			out = append(out, '-')
		}
		gap = false
		out = append(out, c)
	}
	slug := cut(string(out))
	if taken(slug) {
		return "x-" + slug
	}
	return slug
}

func cut(slug string) string {
	if len(slug) <= MaxID {
		return slug
	}
	if i := strings.LastIndexByte(slug[:MaxID+1], '-'); i > 0 {
		return slug[:i]
	}
	return slug[:MaxID]
}

func alnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
}

// ValidID returns nil if s can be the id of a record: [a-z0-9]+([-_][a-z0-9]+)*,
// no longer than MaxID, no device name of Windows, not "index" and none of the
// further reserved words. Otherwise the error is an *IDError.
func ValidID(s string, reserved ...string) error {
	switch {
	case s == "":
		return &IDError{Vi: "mã định danh để trống", En: "the id is empty"}
	case len(s) > MaxID:
		return &IDError{Vi: "mã định danh dài quá 200 ký tự", En: "the id is longer than 200 characters"}
	case !idShape(s):
		return &IDError{
			Vi: `mã định danh chỉ gồm chữ thường a–z, chữ số và dấu "-" hoặc "_" đơn ở giữa`,
			En: `an id has only lower-case letters a-z, digits, and single "-" or "_" between them`,
		}
	case taken(s) || slices.Contains(reserved, s):
		return &IDError{Vi: `"` + s + `" là từ dành riêng, không dùng làm mã định danh`, En: `"` + s + `" is reserved and cannot be an id`}
	}
	return nil
}

func idShape(s string) bool {
	for i := 0; i < len(s); i++ {
		joint := (s[i] == '-' || s[i] == '_') && i > 0 && i < len(s)-1 && alnum(s[i-1])
		if !joint && !alnum(s[i]) {
			return false
		}
	}
	return true
}
