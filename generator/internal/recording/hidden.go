package recording

import (
	"fmt"
	"strings"
	"time"

	"vitrine/generator/diag"
)

// hidden tells of what would go out and is not played.
func hidden(vi, en string, hint diag.Text) *Error {
	return &Error{Kind: Hidden, Msg: diag.Text{Vi: vi, En: en}, Hint: hint}
}

// oneEach refuses more than one track of picture, or of sound: browsers play one.
func oneEach(pictures, sounds int) *Error {
	keep := ""
	if pictures > 0 {
		keep += "-map 0:v:0 "
	}
	if sounds > 0 {
		keep += "-map 0:a:0 "
	}
	hint := diag.Text{
		Vi: "giữ lại một luồng: ffmpeg -i tệp " + keep + "-c copy tệp-mới; 0:a:1 là luồng âm thanh thứ hai, v.v.",
		En: "keep one: ffmpeg -i file " + keep + "-c copy new-file; 0:a:1 is the second track of sound, and so on",
	}
	switch {
	case sounds > 1:
		return hidden(fmt.Sprintf("tệp có %d luồng âm thanh; trình duyệt chỉ phát một, luồng khác ra ngoài mà không ai nghe thấy", sounds),
			fmt.Sprintf("the file has %d tracks of sound; browsers play one, the others go out unheard", sounds), hint)
	case pictures > 1:
		return hidden(fmt.Sprintf("tệp có %d luồng hình; trình duyệt chỉ phát một, luồng khác ra ngoài mà không ai thấy", pictures),
			fmt.Sprintf("the file has %d tracks of picture; browsers play one, the others go out unseen", pictures), hint)
	}
	return nil
}

// switchedOff tells of a track that players are told not to play.
func switchedOff() *Error {
	return hidden("một luồng của tệp bị tắt khi phát, nhưng sẽ ra ngoài cùng tệp", "a track of the file is switched off, but goes out with it", diag.Text{
		Vi: "bỏ luồng ấy, ví dụ luồng âm thanh: ffmpeg -i tệp -map 0:v:0 -c copy tệp-mới; hoặc bật nó lên: ffmpeg -i tệp -map 0 -disposition default -c copy tệp-mới",
		En: "leave it out, the sound for instance: ffmpeg -i file -map 0:v:0 -c copy new-file; or switch it on: ffmpeg -i file -map 0 -disposition default -c copy new-file",
	})
}

// cutAway tells of what goes out with a track and is not played; 0 is how much where that is not known.
func cutAway(f Format, left time.Duration, film bool) *Error {
	name := strings.ToUpper(string(f))
	if left == 0 {
		return hidden("có phần của tệp "+name+" không có lúc nào được phát, nhưng sẽ ra ngoài cùng tệp", "a part of the "+name+" file is played at no time, but goes out with it", anew(film))
	}
	much := fmt.Sprintf("%.1f", left.Seconds())
	return hidden(strings.Replace(much, ".", ",", 1)+" giây của tệp "+name+" bị cắt bỏ khi phát nhưng vẫn nằm trong tệp, sẽ ra ngoài mà không ai thấy",
		much+" s of the "+name+" file are cut off when it is played, but still lie in it and go out unseen", anew(film))
}

// anew is how a file is encoded so that it holds only what it plays.
func anew(film bool) diag.Text {
	options, ending := "-map_metadata -1 -c:a aac", ".m4a"
	if film {
		options, ending = "-map_metadata -1 -c:v libx264 -crf 18 -pix_fmt yuv420p -c:a aac", ".mp4"
	}
	return diag.Text{
		Vi: "mã hoá lại để trong tệp chỉ còn phần được phát: ffmpeg -i tệp " + options + " tệp-mới" + ending,
		En: "encode it anew, so that it holds only what it plays: ffmpeg -i file " + options + " new-file" + ending,
	}
}
