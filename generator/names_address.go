package generator

import (
	"net/url"
	"strings"
	"unicode"
)

// site is where the pages of a site stand.
type site struct {
	host   string // in small letters, with the port where it is not that of the scheme; "" for none
	folder string // beneath it, with no slash at its ends
}

// siteAt reads the address of a site.
func siteAt(base string) site {
	_, rest, ok := strings.Cut(base, "://")
	if !ok {
		return site{}
	}
	host, folder := divided(rest)
	return site{host, folder}
}

// divided are the host and the path of an address behind its scheme, as every server and
// browser takes them: without what may be written in another way or left out.
func divided(address string) (host, folder string) {
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		address = address[:i]
	}
	host, folder, _ = strings.Cut(address, "/")
	host = strings.ToLower(host[strings.LastIndexByte(host, '@')+1:])
	for _, port := range []string{":443", ":80", ":", "."} {
		host = strings.TrimSuffix(host, port)
	}
	if plain, err := url.PathUnescape(folder); err == nil {
		folder = plain
	}
	var steps []string
	for step := range strings.SplitSeq(folder, "/") {
		switch step {
		case "", ".":
		case "..":
			steps = steps[:max(0, len(steps)-1)]
		default:
			steps = append(steps, step)
		}
	}
	return host, strings.Join(steps, "/")
}

// within is an address as it stands beneath the folder of the site; ok is false where it
// leads elsewhere.
func (s site) within(address string) (path string, ok bool) {
	host, folder := divided(address)
	if host != s.host || s.folder != "" && folder != s.folder && !strings.HasPrefix(folder, s.folder+"/") {
		return "", false
	}
	return strings.TrimPrefix(strings.TrimPrefix(folder, s.folder), "/"), true
}

// inAddresses finds the site's own addresses of what has no page, however they end, in
// whatever language and however they are written: behind a scheme, or from its host on
// as this is written in site.yaml.
func (n *names) inAddresses(text string, each func(mentionOf) (told bool)) {
	if n.site.host == "" {
		return
	}
	left := maxNamed
	enough := func(m mentionOf) bool {
		if each(m) {
			left--
		}
		return left <= 0
	}
	n.behind(text, "://", len("://"), enough)
	n.behind(text, n.site.host, 0, enough)
}

// behind finds addresses that begin at a mark, or so many bytes behind it, until there are
// enough.
func (n *names) behind(text, mark string, skip int, enough func(mentionOf) bool) {
	for at := 0; ; {
		i := strings.Index(text[at:], mark)
		if i < 0 {
			return
		}
		from := at + i + skip
		end := len(text)
		if i := strings.IndexFunc(text[from:], endsAddress); i >= 0 {
			end = from + i
		}
		if skip > 0 || !strings.HasSuffix(text[:from], "://") {
			if m, ok := n.address(text, from, end); ok && enough(m) {
				return
			}
		}
		at = max(end, from+1)
	}
}

func endsAddress(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(`<>()[]"'«»“”`, r)
}

func (n *names) address(text string, from, end int) (mentionOf, bool) {
	raw := strings.TrimRight(text[from:end], ".,;:!")
	path, ok := n.site.within(visible(raw))
	if !ok {
		return mentionOf{}, false
	}
	id, ok := n.ofAddress(path, raw)
	if !ok {
		return mentionOf{}, false
	}
	why, _ := n.why(id)
	return mentionOf{from: from, to: from + len(raw), id: id, as: raw, key: "://" + id, why: why}, true
}

// visible is an address without what readers do not see in it.
func visible(address string) string {
	for i := range len(address) {
		if size, hyphen := withinID(address[i:]); size > 0 && !hyphen {
			return strings.Map(func(r rune) rune {
				if size, hyphen := withinID(string(r)); size > 0 && !hyphen {
					return -1
				}
				return r
			}, address)
		}
	}
	return address
}

// ofAddress is what has no page and would stand at an address; raw is how that is written.
func (n *names) ofAddress(address, raw string) (id string, ok bool) {
	address = plainAddress(address)
	if id, ok := n.addresses[address]; ok {
		return id, !n.told(id, raw)
	}
	for part := range strings.SplitSeq(address, "/") {
		if part, _, _ = strings.Cut(part, "."); n.isHidden(part) && !n.told(part, raw) {
			return part, true
		}
	}
	return "", false
}

// told reports whether an id is found as a word in what is written, too.
func (n *names) told(id, raw string) (found bool) {
	n.inIDs(raw, func(m mentionOf) bool { found = found || m.as == id; return false })
	return found
}

// plainAddress is an address within the site without what may be left out.
func plainAddress(address string) string {
	return strings.Trim(strings.TrimSuffix(strings.TrimSuffix(address, ".html"), "index"), "/")
}
