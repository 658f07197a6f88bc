module vitrine

go 1.26.0

require (
	aead.dev/minisign v0.3.0 // signs the manifest of an edition, in the form of the tool minisign
	github.com/alecthomas/chroma/v2 v2.27.0 // highlights listings as classes, without inline styles
	github.com/alecthomas/kong v1.17.0 // the command line
	github.com/chromedp/cdproto v0.159.0 // tests: the protocol that chromedp speaks
	github.com/chromedp/chromedp v0.23.0 // tests: drives Chromium through the built site
	github.com/fsnotify/fsnotify v1.10.1 // tells the live preview which files changed
	github.com/goccy/go-yaml v1.19.2 // places of YAML syntax errors, where yaml.v3 names a wrong line
	github.com/google/go-cmp v0.7.0 // tests: differences between structures
	github.com/hajimehoshi/go-mp3 v0.3.4 // decodes MP3, for the waves of sounds
	github.com/jfreymuth/vorbis v1.0.2 // decodes Vorbis, for the waves of sounds
	github.com/klippa-app/go-pdfium v1.21.4 // text, covered places and pictures of PDF pages, by PDFium in WebAssembly
	github.com/kovidgoyal/imaging v1.9.0 // resampling kernels; how inks look by a profile (the fork of disintegration/imaging that is kept)
	github.com/pion/opus v0.1.0 // decodes Opus, for the waves of sounds
	github.com/rogpeppe/go-internal v1.16.0 // tests: testscript and txtar
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3 // tests: holds the archives and thousands of values against the JSON Schemas, in the process (it passes the suite of the standard)
	github.com/tetratelabs/wazero v1.12.0 // runs PDFium in a box without files, within limits of memory and time
	github.com/vbauerster/mpb/v8 v8.9.3 // progress bars on a terminal
	github.com/xuri/excelize/v2 v2.11.1 // writes workbooks with pictures; it does not read them for us, see exchange/xlsx
	github.com/yuin/goldmark v1.8.7 // Markdown
	golang.org/x/image v0.47.0 // TIFF and WebP decoders, LZW as PDF files have it, fonts and outlines of the drawn sheets
	golang.org/x/net v0.62.0 // parses pages that were made (in tests, and where a withdrawn record is cut out of them), and hOCR
	golang.org/x/sync v0.24.0 // the byte budget of image work
	golang.org/x/sys v0.49.0 // locks and the console on Windows, limits of a decoder on Linux
	golang.org/x/term v0.47.0 // whether a person is watching
	golang.org/x/text v0.43.0 // Unicode normal forms, width and character sets
	gopkg.in/yaml.v3 v3.0.1 // YAML as nodes that keep line and column
	modernc.org/sqlite v1.62.0 // writes the database for download, with full-text search (FTS5), without cgo
)

require github.com/lucasb-eyer/go-colorful v1.4.1 // tests: the difference of two colours as people see it

require (
	github.com/BurntSushi/toml v1.4.1-0.20240526193622-a339e1f7089c // indirect
	github.com/VividCortex/ewma v1.2.0 // indirect
	github.com/acarl005/stripansi v0.0.0-20180116102854-5a71ef0e047d // indirect
	github.com/dlclark/regexp2/v2 v2.2.1 // indirect
	github.com/dustin/go-humanize v1.1.0 // indirect
	github.com/go-json-experiment/json v0.0.0-20260213210345-44df1a37e875 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/jolestar/go-commons-pool/v2 v2.1.2 // indirect
	github.com/kovidgoyal/go-parallel v1.1.1 // indirect
	github.com/kovidgoyal/go-shm v1.0.0 // indirect
	github.com/mattn/go-isatty v0.0.24 // indirect
	github.com/mattn/go-runewidth v0.0.16 // indirect
	github.com/ncruces/go-strftime v1.1.0 // indirect
	github.com/remyoudompheng/bigfft v0.0.0-20230129092748-24d4a6f8daec // indirect
	github.com/richardlehane/mscfb v1.0.9 // indirect
	github.com/richardlehane/msoleps v1.0.6 // indirect
	github.com/rivo/uniseg v0.4.7 // indirect
	github.com/rwcarlsen/goexif v0.0.0-20190401172101-9e8deecbddbd // indirect
	github.com/tiendc/go-deepcopy v1.7.2 // indirect
	github.com/xuri/efp v0.0.3-0.20260924042702-217b81952dec // indirect
	github.com/xuri/nfp v0.0.2-0.20250530014748-2ddeb826f9a9 // indirect
	golang.org/x/crypto v0.58.0 // indirect
	golang.org/x/exp/typeparams v0.0.0-20231108232855-2478ac86f678 // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/tools v0.52.0 // indirect
	honnef.co/go/tools v0.8.2 // indirect
	modernc.org/libc v1.80.1 // indirect
	modernc.org/mathutil v1.7.1 // indirect
	modernc.org/memory v1.12.1 // indirect
)

// Checks the code; `make lint` runs it.
tool honnef.co/go/tools/cmd/staticcheck
