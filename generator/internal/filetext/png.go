package filetext

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"io"
	"strings"
)

// png walks the chunks (PNG specification, third edition, 11.3).
func (f *file) png() {
	for off := int64(8); f.step(); {
		head := f.bytes(off, 8)
		if head == nil {
			f.miss(damaged("PNG"))
			return
		}
		n, kind := int64(binary.BigEndian.Uint32(head)), string(head[4:])
		switch kind {
		case "tEXt", "zTXt", "iTXt", "eXIf":
			f.textChunk(kind, f.block("PNG", off+8, n))
		case "IEND":
			return
		}
		off += 8 + n + 4
	}
}

// textChunk reads a chunk: a keyword, then the text, which may be packed; iTXt
// has a language and a translated keyword between them.
func (f *file) textChunk(kind string, b []byte) {
	if kind == "eXIf" {
		f.exif(b)
		return
	}
	keyword, text, ok := bytes.Cut(b, []byte{0})
	packed := kind == "zTXt"
	switch {
	case !ok:
	case kind == "zTXt" && len(text) > 0:
		text = text[1:] // the method
	case kind == "iTXt" && len(text) > 2:
		packed = text[0] != 0
		lang, rest, _ := bytes.Cut(text[2:], []byte{0})
		var translated []byte
		translated, text, ok = bytes.Cut(rest, []byte{0})
		f.tell("PNG", lang)
		f.tell("PNG", translated)
	}
	f.tell("PNG", keyword)
	if !ok {
		f.miss(damaged("PNG"))
		return
	}
	if packed {
		text = f.inflate(text)
	}
	f.keyword(string(keyword), text)
}

// keyword reads the text of a chunk by what its keyword says of it.
func (f *file) keyword(keyword string, text []byte) {
	profile, raw := strings.CutPrefix(keyword, "Raw profile type ")
	switch {
	case keyword == "XML:com.adobe.xmp":
		f.xmp(text)
	case !raw:
		f.tell("PNG "+keyword, text)
	default:
		f.rawProfile(profile, text)
	}
}

// rawProfile reads what ImageMagick writes: the name of the profile, its length,
// and its bytes in hexadecimal.
func (f *file) rawProfile(name string, text []byte) {
	words := bytes.Fields(text)
	if len(words) < 3 {
		f.miss(damaged("PNG"))
		return
	}
	b, err := hex.DecodeString(string(bytes.Join(words[2:], nil)))
	if err != nil {
		f.miss(damaged("PNG"))
		return
	}
	switch {
	case name == "xmp" || name == "APP1" && hasPrefix(b, xmpLabel):
		f.xmp(bytes.TrimPrefix(b, []byte(xmpLabel)))
	case name == "exif" || name == "APP1":
		f.exif(b)
	case hasPrefix(b, "8BIM"):
		f.photoshop(b)
	case hasPrefix(b, "\x1c"):
		f.iptc(b)
	default:
		f.tell("PNG "+name, b)
	}
}

// inflate unpacks a zlib stream, up to the limit of a block.
func (f *file) inflate(b []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		f.miss(unread("có khối nén bị hỏng", "a packed part is damaged"))
		return nil
	}
	defer z.Close()
	out, err := io.ReadAll(io.LimitReader(z, min(maxBlock, f.left)+1))
	if err != nil {
		f.miss(unread("có khối nén bị hỏng", "a packed part is damaged"))
	}
	if !f.take(int64(len(out))) {
		return nil
	}
	return out
}

// webp walks the chunks of the RIFF container.
func (f *file) webp() {
	for off := int64(12); off+8 <= f.size && f.step(); {
		head := f.bytes(off, 8)
		if head == nil {
			return
		}
		n := int64(binary.LittleEndian.Uint32(head[4:]))
		switch string(head[:4]) {
		case "EXIF":
			f.exif(f.block("WebP", off+8, n))
		case "XMP ":
			f.xmp(f.block("WebP", off+8, n))
		}
		off += 8 + n + n&1
	}
}
