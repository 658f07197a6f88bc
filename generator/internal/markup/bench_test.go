package markup

import "testing"

// aScope is a description as most records have it: plain paragraphs.
const aScope = "Ông Phong nói: “Em cứ ngồi xuống đây, thưa câu chuyện rồi em sẽ hiểu”. Kim có vẻ rất lo lắng cho ông vào ngày 2 tháng 9 năm 1945, tờ 12.\n\n" +
	"Nói rồi Thanh giở danh sách lớp đọc vanh vách tên tuổi, địa chỉ, điện thoại của Hùng. Ông Chương ra ngoài thì tên áo kẻ bám theo sau.\n"

const aTitle = "Cô ta không có âm mưu xui Nam bỏ vợ hay muốn chính thức lấy Nam"

func BenchmarkInline(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = Inline(Source{Text: aTitle}, nil)
	}
}

func BenchmarkPlain(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = Plain(aTitle)
	}
}

func BenchmarkSummary(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = Summary(aScope, 160)
	}
}
