package edtf

import (
	"regexp"
	"strings"
)

// advice is a hint for what no date can be made of.
type advice struct {
	pattern func() *regexp.Regexp
	hint    hint
}

// allAdvice ends with what holds of anything written in words.
var allAdvice = []advice{
	{
		lazily(`^(?:không rõ|chưa rõ|không có|không đề|khuyết|unknown|undated|none|n\.?\s?d\.?|s\.?\s?d\.?|\?+|-+)`),
		hint{
			vi: "không rõ thời gian thì bỏ hẳn trường này",
			en: "leave the field out where the date is unknown",
		},
	},
	{
		lazily(`tết|tháng (?:giêng|chạp)|âm lịch|lunar|(?:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý) (?:tý|sửu|dần|mão|thìn|tỵ|ngọ|mùi|thân|dậu|tuất|hợi)`),
		hint{
			vi: "ngày âm lịch chép nguyên vào as_written, còn ở đây là ngày dương lịch đã tra cứu",
			en: "copy a lunar date into as_written, and put here the solar date that research gives",
		},
	},
	{
		lazily(`[^\PLxX]`),
		hint{
			vi: "viết bằng số như 1945-09-02, 1930-02 hoặc 1930~, còn lời ghi vào as_written",
			en: "write digits as in 1945-09-02, 1930-02 or 1930~, and the words into as_written",
		},
	},
}

func guessAdvice(s string) hint {
	text := strings.ToLower(strings.TrimSpace(s))
	for _, a := range allAdvice {
		if a.pattern().MatchString(text) {
			return a.hint
		}
	}
	return hint{}
}
