package content

import (
	"net/url"
	"path"
	"regexp"
	"strings"
)

var (
	baseHost = regexp.MustCompile(`^(?:[\p{L}\p{M}\p{Nd}._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$`)
	basePath = regexp.MustCompile(`^(?:/(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})*)*$`)
)

// ValidBase reports whether a string can be the address of a site. It stands in every page
// and its path in the files for web servers, to which a bracket, a semicolon or a dollar is
// syntax: so a path has plain characters, or codes of others, and no address tells a
// password. A path that says it in two ways, by dots or a coded slash, is none.
func ValidBase(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || !baseHost.MatchString(u.Host) {
		return false
	}
	_, rest, ok := strings.Cut(s, "://")
	host, way, slash := strings.Cut(rest, "/")
	if slash {
		way = "/" + way
	}
	if !ok || host != u.Host || !basePath.MatchString(way) || strings.Contains(strings.ToLower(way), "%2f") {
		return false
	}
	if strings.ContainsFunc(u.Path, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune("\\;{}$\"'#", r) }) {
		return false
	}
	plain := strings.TrimSuffix(u.Path, "/")
	return plain == "" || path.Clean(plain) == plain
}
