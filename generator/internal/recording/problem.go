package recording

import (
	"strings"

	"vitrine/generator/diag"
)

// Kind says in one word what is wrong with a recording.
type Kind string

// The kinds of problem.
const (
	Empty       Kind = "empty"       // no bytes at all
	Broken      Kind = "broken"      // damaged or cut short
	Unsupported Kind = "unsupported" // a format or codec that browsers do not play, or that is not read
	Hidden      Kind = "hidden"      // something in it would go out that nobody sees or hears
	TooLarge    Kind = "too-large"   // its tables are larger than any recording needs
)

// Error is a problem with a recording that its owner can do something about. The
// caller knows which record names the file and makes the diagnostic.
type Error struct {
	Kind      Kind
	Msg, Hint diag.Text // sentences in lower case, without a full stop
}

var _ error = (*Error)(nil)

// Error is the English sentence.
func (e *Error) Error() string { return e.Msg.En }

var hints = map[Kind]diag.Text{
	Empty:    {Vi: "chép lại tệp từ nguồn", En: "copy the file again from its source"},
	Broken:   {Vi: "chép lại tệp từ nguồn; nếu không được, ghi lại bằng ffmpeg: ffmpeg -i tệp -map_metadata -1 -c copy tệp-mới", En: "copy the file again from its source; failing that, write it anew with ffmpeg: ffmpeg -i file -map_metadata -1 -c copy new-file"},
	TooLarge: {Vi: "chia bản ghi thành nhiều phần", En: "cut the recording into parts"},
	Unsupported: {Vi: "chuyển âm thanh sang MP3 hoặc M4A, phim sang MP4 (H.264 và AAC) hay WebM, rồi dùng bản ấy; giữ bản gốc trong kho",
		En: "convert sound to MP3 or M4A and film to MP4 (H.264 with AAC) or WebM, and use that copy; keep the master in the archive"},
}

func problem(kind Kind, vi, en string) *Error {
	return &Error{Kind: kind, Msg: diag.Text{Vi: vi, En: en}, Hint: hints[kind]}
}

func broken(f Format, vi, en string) *Error {
	name := strings.ToUpper(string(f))
	return problem(Broken, "tệp "+name+" bị hỏng: "+vi, "the "+name+" file is damaged: "+en)
}

// short tells of a file that ends too early.
func short(f Format) *Error {
	return broken(f, "dữ liệu kết thúc giữa chừng", "it ends too early")
}

func unsupported(vi, en string) *Error {
	return problem(Unsupported, vi+" chưa được hỗ trợ", en+" is not supported")
}

// unplayable tells of a codec; its name comes from the file.
func unplayable(codec string) *Error {
	codec = named(codec)
	return unsupported("mã hoá "+codec, "the codec "+codec)
}

// named is a name from a file as it can be shown.
func named(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s[:min(len(s), 40)])
}

func tooLarge(vi, en string) *Error { return problem(TooLarge, vi+" quá lớn", en+" is too large") }
