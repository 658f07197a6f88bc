package publish

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// Message is a sentence for people in both languages, with advice.
type Message struct {
	Vi, En         string // a lower-case sentence without a full stop
	HintVi, HintEn string // what to do about it; may be empty
}

// Error is an error that reaches people.
type Error struct {
	Message
	Err error // the cause, if the system gave one
}

// Error returns the English sentence and the cause.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.En
	}
	return e.En + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Kinds of refusal a caller may want to tell apart with errors.Is.
var (
	ErrLocked   = errors.New("locked")         // another build holds the output folder
	ErrForeign  = errors.New("foreign files")  // files that Vitrine did not write are in the way
	ErrBadPath  = errors.New("bad path")       // a path that not every system can hold
	ErrTwice    = errors.New("claimed twice")  // two pages want the same place
	ErrStale    = errors.New("not intact")     // a kept file is not as the last build left it
	ErrFinished = errors.New("stage finished") // the stage was committed or aborted before
)

func errLocked(out, pid string) error {
	who, whoVi := "another build", "một lần dựng khác"
	if pid != "" {
		who, whoVi = "another build (process "+pid+")", "một lần dựng khác (tiến trình "+pid+")"
	}
	return &Error{Message{
		Vi:     fmt.Sprintf("%s đang ghi vào %s", whoVi, out),
		En:     fmt.Sprintf("%s is writing to %s", who, out),
		HintVi: "chờ lần dựng đó xong rồi chạy lại, hoặc chọn thư mục khác bằng --out",
		HintEn: "wait until it is done and run again, or choose another folder with --out",
	}, ErrLocked}
}

func errForeign(out string) error {
	return &Error{Message{
		Vi:     fmt.Sprintf("thư mục %s không trống và không do Vitrine ghi", out),
		En:     fmt.Sprintf("the folder %s is not empty and was not written by Vitrine", out),
		HintVi: "chọn thư mục khác bằng --out, hoặc thêm --adopt để Vitrine dùng thư mục này (tệp lạ được giữ, trừ tệp trùng tên với tệp của trang thì bị ghi đè)",
		HintEn: "choose another folder with --out, or add --adopt to let Vitrine use this one (foreign files are kept, but those with the name of a file of the site are overwritten)",
	}, ErrForeign}
}

func errConflicts(out string, paths []string, n int) error {
	list := strings.Join(paths, ", ")
	if n > len(paths) {
		list += fmt.Sprintf(" … (%d)", n)
	}
	return &Error{Message{
		Vi:     fmt.Sprintf("trong %s có tệp không do Vitrine ghi nằm ở chỗ của trang mới: %s", out, list),
		En:     fmt.Sprintf("in %s files that Vitrine did not write stand where new pages belong: %s", out, list),
		HintVi: "chuyển các tệp đó đi nơi khác, hoặc thêm --adopt để ghi đè (thư mục và liên kết lạ thì phải tự chuyển)",
		HintEn: "move them elsewhere, or add --adopt to overwrite them (foreign folders and links have to be moved by hand)",
	}, ErrForeign}
}

func errBadPath(path, vi, en string) error {
	return &Error{Message{
		Vi: fmt.Sprintf("không thể ghi tệp %q: %s", path, vi),
		En: fmt.Sprintf("cannot write a file %q: %s", path, en),
	}, ErrBadPath}
}

func errTwice(path, other string) error {
	m := Message{
		Vi: fmt.Sprintf("hai trang cùng đòi chỗ %q", path),
		En: fmt.Sprintf("two pages claim the place %q", path),
	}
	if other != path {
		m.Vi = fmt.Sprintf("hai trang %q và %q trùng chỗ trên máy không phân biệt chữ hoa, chữ thường", other, path)
		m.En = fmt.Sprintf("the pages %q and %q take the same place where upper and lower case are one", other, path)
	}
	return &Error{m, ErrTwice}
}

func errStale(path string) error {
	return &Error{Message{
		Vi:     fmt.Sprintf("tệp %q không còn như lần dựng trước", path),
		En:     fmt.Sprintf("the file %q is not as the last build left it", path),
		HintVi: "chạy lại lệnh",
		HintEn: "run the command again",
	}, ErrStale}
}

func errUnfinished(out string, err error) error {
	return &Error{Message{
		Vi:     fmt.Sprintf("việc đưa trang mới vào %s bị ngắt giữa chừng", out),
		En:     fmt.Sprintf("putting the new site into %s was interrupted", out),
		HintVi: "đóng chương trình đang mở tệp trong thư mục đó, xem đĩa còn chỗ không, rồi chạy lại: lần sau sẽ làm nốt",
		HintEn: "close programs that have files there open, see that the disk has room, and run again: the next run finishes it",
	}, err}
}

// errIO wraps an error of the file system with what was being done to what.
func errIO(vi, en, path string, err error) error {
	path = filepath.ToSlash(path)
	return &Error{Message{
		Vi: fmt.Sprintf("không %s được %s", vi, path),
		En: fmt.Sprintf("cannot %s %s", en, path),
	}, err}
}

func noteRecovered(out string) Message {
	return Message{
		Vi: fmt.Sprintf("lần dựng trước bị ngắt khi đang ghi vào %s; đã làm nốt", out),
		En: fmt.Sprintf("the last build was interrupted while writing to %s; finished it", out),
	}
}

func noteClean(vi, en string) Message {
	return Message{
		Vi: "không dùng được sổ của lần dựng trước (" + vi + "); dựng lại từ đầu",
		En: "the last build's ledger cannot be used (" + en + "); building from the start",
	}
}
