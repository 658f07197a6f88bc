package derive

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Kind says in one word what is wrong with a master.
type Kind string

// The kinds of problem a master can have.
const (
	Empty         Kind = "empty"           // no bytes at all
	Broken        Kind = "broken"          // damaged or cut short
	LiesAboutSize Kind = "lies-about-size" // promises more pixels than its bytes can hold
	TooLarge      Kind = "too-large"       // needs more memory than any build may use
	Unsupported   Kind = "unsupported"     // a format, or a variety of one, that is not read
	Unreadable    Kind = "unreadable"      // not there, no file, or not open to whoever builds
	Changing      Kind = "changing"        // written to while it was read
	NoFilm        Kind = "no-film"         // sound alone where a film should be
	Film          Kind = "film"            // a film where sound alone should be
	Uncopied      Kind = "uncopied"        // a PDF of which there can be no clean copy
	NoDecoder     Kind = "no-decoder"      // sound whose wave, or a film whose picture, would take a program that is not there
	Undecoded     Kind = "undecoded"       // sound or film of which that program makes nothing
)

// Error is a problem with a master that its owner can do something about. The caller knows
// which record names the file and makes the diagnostic.
type Error struct {
	Kind           Kind
	Vi, En         string // lower-case sentences without a full stop
	HintVi, HintEn string // what to do about it
	cause          error
}

var _ error = (*Error)(nil)

// Error is the English sentence.
func (e *Error) Error() string { return e.En }

// Unwrap is what the decoder said, if anything.
func (e *Error) Unwrap() error { return e.cause }

var hints = map[Kind][2]string{
	Empty: {"chép lại tệp từ nguồn", "copy the file again from its source"},
	Broken: {"chép lại tệp từ nguồn, hoặc mở tệp bằng phần mềm ảnh rồi lưu lại; nếu không được thì quét lại",
		"copy the file again from its source, or open it in an image program and save it anew; failing that, scan again"},
	LiesAboutSize: {"tệp có thể đã bị cắt cụt hoặc bị sửa: chép lại từ nguồn",
		"the file may have been cut short or tampered with: copy it again from its source"},
	TooLarge: {"lưu một bản nhỏ hơn của ảnh và dùng bản ấy", "save a smaller copy of the image and use that"},
	Unsupported: {"lưu lại thành JPEG, PNG, hoặc TIFF RGB hay thang xám 8 bit (không nén hoặc nén LZW)",
		"save it as JPEG, PNG, or as an 8-bit RGB or grey TIFF (uncompressed or LZW)"},
	Unreadable: {"đặt tệp thường vào đúng chỗ, cho phép người dựng trang đọc; không dùng liên kết trỏ ra ngoài thư mục nội dung",
		"put a regular file there that whoever builds may read; links that lead out of the content folder are not followed"},
	Uncopied: {"các trang vẫn được đăng thành ảnh. Muốn có tệp tải về: mở tệp bằng phần mềm PDF, bỏ mật khẩu, mã lệnh, lớp, phần bị che hay bị cắt rồi in thành một PDF mới; nếu đã che thì che bằng «vitrine redact»",
		"the pages are published as pictures all the same. To have the file for download as well, open it in a PDF program, remove the password, scripts, layers and what is covered or cropped, and print it as a new PDF; what was covered is for «vitrine redact»"},
	NoDecoder: {"cài ffmpeg rồi dựng lại trang; không có nó, ghi âm vẫn được công bố và nghe được, chỉ thiếu dạng sóng",
		"install ffmpeg and build the site again; without it the sound is published and plays all the same, only its wave is missing"},
	Undecoded: {"nghe thử tệp; tệp vẫn được công bố. Nếu tệp tốt, cập nhật ffmpeg hoặc mã hoá lại: ffmpeg -i tệp -map_metadata -1 -c:a aac tệp-mới.m4a; giữ bản gốc trong kho",
		"listen to the file; it is published all the same. If it is sound, update ffmpeg or encode it anew: ffmpeg -i file -map_metadata -1 -c:a aac new-file.m4a; keep the master in the archive"},
	Changing: {"chờ chép xong tệp rồi chạy lại lệnh", "wait until the file has been copied and run the command again"},
}

func problem(kind Kind, vi, en string) *Error {
	h := hints[kind]
	return &Error{Kind: kind, Vi: vi, En: en, HintVi: h[0], HintEn: h[1]}
}

// broken tells of damage in a file of the named format.
func broken(format, vi, en string) *Error {
	return problem(Broken, fmt.Sprintf("tệp %s bị hỏng: %s", format, vi), fmt.Sprintf("the %s file is damaged: %s", format, en))
}

// cut tells of a file that ends too early.
func cut(format string) *Error {
	return broken(format, "dữ liệu kết thúc giữa chừng", "it ends too early")
}

// undecodable passes on what a decoder said.
func undecodable(format string, cause error) *Error {
	e := problem(Broken,
		fmt.Sprintf("không giải mã được tệp %s, có lẽ tệp bị hỏng (%v)", format, cause),
		fmt.Sprintf("the %s file cannot be decoded and is probably damaged (%v)", format, cause))
	e.cause = cause
	return e
}

// unreadable passes on why a master cannot be opened.
func unreadable(cause error) *Error {
	why := cause
	var pe *fs.PathError
	if errors.As(cause, &pe) {
		why = pe.Err
	}
	e := problem(Unreadable, fmt.Sprintf("không mở được tệp (%v)", why), fmt.Sprintf("the file cannot be opened (%v)", why))
	e.cause = cause
	return e
}

func changing() *Error {
	return problem(Changing, "tệp bị ghi trong lúc đang đọc", "the file was written to while it was read")
}

func lies(format, vi, en string) *Error {
	return problem(LiesAboutSize, fmt.Sprintf("tệp %s khai sai kích thước: %s", format, vi),
		fmt.Sprintf("the %s file is wrong about its size: %s", format, en))
}

// tooFewBytes tells of a header that promises w × h pixels which the data cannot hold.
func tooFewBytes(format string, w, h int) *Error {
	return lies(format, fmt.Sprintf("khai %d × %d điểm ảnh nhưng không đủ dữ liệu", w, h),
		fmt.Sprintf("it claims %d × %d pixels but has too little data for them", w, h))
}

// onPage names the page, from 0, of a master of several that has a problem.
func onPage(err error, page int, in Info) error {
	var e *Error
	if in.Pages < 2 || !errors.As(err, &e) {
		return err
	}
	named := *e
	named.Vi, named.En = fmt.Sprintf("trang %d: %s", page+1, e.Vi), fmt.Sprintf("page %d: %s", page+1, e.En)
	return &named
}

func unsupported(vi, en string) *Error {
	return problem(Unsupported, vi+" chưa được hỗ trợ", en+" is not supported")
}

// tools say how a file of a format that is not read becomes one that is: libvips is
// free, and packaged for every system.
var tools = map[string]string{
	"JPEG 2000": "vips copy %[1]s.jp2 %[1]s.tif", "HEIC": "vips copy %[1]s.heic %[1]s.jpg[Q=95]", "AVIF": "vips copy %[1]s.avif %[1]s.jpg[Q=95]",
	"JPEG XL": "vips copy %[1]s.jxl %[1]s.tif", "BigTIFF": "vips copy %[1]s.tif %[1]s-moi.tif[compression=lzw]", "GIF": "vips copy %[1]s.gif %[1]s.png",
	"BMP": "vips copy %[1]s.bmp %[1]s.png", "PGM": "vips copy %[1]s.pgm %[1]s.png", "PPM": "vips copy %[1]s.ppm %[1]s.png", "PBM": "vips copy %[1]s.pbm %[1]s.png",
}

// convertible tells of a format that is known and not read, and how it is converted.
func convertible(format string) *Error {
	e := unsupported("ảnh dạng "+format, "the format "+format)
	if tool, ok := tools[format]; ok {
		return e.converted(tool)
	} else if format == "PDF" {
		e.HintVi, e.HintEn = "đặt tệp mang đuôi .pdf và ghi kind: pdf: từng trang được vẽ thành ảnh", "let its name end in .pdf and write kind: pdf: each page is drawn as a picture"
	}
	return e
}

// converted says by which command of libvips the file becomes one that is read.
func (e *Error) converted(tool string, more ...any) *Error {
	vi, en := fmt.Sprintf(tool, append([]any{"anh"}, more...)...), fmt.Sprintf(tool, append([]any{"image"}, more...)...)
	e.HintVi, e.HintEn = "chuyển sang dạng đọc được, chẳng hạn bằng libvips: "+vi, "convert it to a format that is read, for example with libvips: "+strings.Replace(en, "-moi", "-new", 1)
	return e
}

// tooManyPages tells of a master that would fill a page of the site beyond use.
func tooManyPages(pages int) *Error {
	e := problem(TooLarge, fmt.Sprintf("tệp có %d trang, quá giới hạn %d trang", pages, MaxPages),
		fmt.Sprintf("the file has %d pages, more than the limit of %d", pages, MaxPages))
	e.HintVi, e.HintEn = "tách tệp thành nhiều phần, mỗi phần là một đối tượng hoặc một bản ghi", "split the file into parts, each an object or a record of its own"
	return e
}

func tooLarge(in Info, need, limit int64) *Error {
	const mib = 1 << 20
	return problem(TooLarge,
		fmt.Sprintf("ảnh %d × %d điểm cần khoảng %d MiB bộ nhớ, quá giới hạn %d MiB", in.Width, in.Height, need/mib, limit/mib),
		fmt.Sprintf("the image of %d × %d pixels needs about %d MiB of memory, more than the limit of %d MiB", in.Width, in.Height, need/mib, limit/mib))
}
