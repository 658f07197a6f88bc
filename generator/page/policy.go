package page

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// ownFiles is where a page may load from: its own host and, where it was
// opened from disk, the disk. What 'self' means there is left open by CSP
// Level 3, so the scheme is named; a page from a server never gets at it.
const ownFiles = "'self' file:"

// Policy is the Content-Security-Policy (W3C, CSP Level 3) of a page: it loads
// its own scripts, styles, pictures, recordings and fonts and nothing else, sends no form
// and asks for no data. inline are the styles that stand in the page itself,
// each allowed by its SHA-256; a page has none but that for lost readers.
func Policy(inline ...string) string {
	styles := ownFiles
	for _, css := range inline {
		styles += " " + StyleHash(css)
	}
	return policy(ownFiles, styles)
}

// HeaderPolicy is the policy that a web server sends with every file of a
// site. A server never serves from disk, and only a header can say that no
// other site may show a page in a frame. hashes are those of [StyleHash].
func HeaderPolicy(hashes ...string) string {
	return policy("'self'", strings.Join(append([]string{"'self'"}, hashes...), " ")) + "; frame-ancestors 'none'"
}

func policy(own, styles string) string {
	return "default-src 'none'; script-src " + own + "; style-src " + styles + "; img-src " + own + "; media-src " + own + "; font-src " + own +
		"; connect-src " + own + "; object-src 'none'; base-uri 'none'; form-action 'none'"
}

// StyleHash is the source expression that allows a style within a page, by
// the SHA-256 of its text as it stands between the tags.
func StyleHash(css string) string {
	sum := sha256.Sum256([]byte(css))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
