// Package templates embeds the templates, styles, scripts, interface texts,
// icons and fonts of a site.
package templates

import "embed"

// FS holds the files as they lie in this folder. What comes from npm is put into
// vendor/ by vendor.mjs; without it a site falls back on the fonts of the
// reader's machine, and shows documents as plain pictures.
//
//go:embed icons layout pages parts scripts i18n all:vendor
var FS embed.FS
