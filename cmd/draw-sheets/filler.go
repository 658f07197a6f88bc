package main

// filler is what stands on a page of prose whose entry gives no body: sentences that speak only of the
// sheet itself.
var filler = []string{
	"Đây là trang minh hoạ do máy vẽ để thử cách trình bày một tài liệu trên màn hình.",
	"Những dòng chữ này không chép từ văn bản nào và không phải lời của ai.",
	"Chỗ này dành cho bản chụp tài liệu khi kho lưu trữ cho phép công bố.",
	"Nếp gấp, lỗ đục, vết ố và nét mực trên trang đều do chương trình tạo ra.",
	"Không dùng trang này để trích dẫn.",
}

// prose are the kinds that would look unfinished without words.
var prose = map[string]bool{"typescript": true, "minutes": true, "handwriting-form": true, "masthead": true, "leaflet": true}

// filled gives a sheet of prose its filler, starting at a sentence that its seed chooses.
func (s Sheet) filled() Sheet {
	if len(s.Body) > 0 || len(s.Fields) > 0 || !prose[s.Kind] {
		return s
	}
	for i := range 3 {
		s.Body = append(s.Body, filler[(int(s.Seed%uint64(len(filler)))+i)%len(filler)])
	}
	return s
}
