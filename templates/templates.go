// Package templates embeds the templates, styles, interface texts, icons and
// fonts of a site.
package templates

import "embed"

// FS holds the files as they lie in this folder. The fonts are put into
// vendor/ by vendor.mjs; without them a site falls back on the fonts of the
// reader's machine.
//
//go:embed icons layout pages parts i18n all:vendor
var FS embed.FS
