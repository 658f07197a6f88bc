package access

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

// One person cannot prepare and approve under two spellings of a name.
func TestOnePersonHoweverWritten(t *testing.T) {
	const name = "Nguyễn Văn An"
	for _, other := range []string{
		name, "Ông Nguyễn Văn An", "TS. Nguyễn Văn An", "Nguyen Van An", "NGUYỄN VĂN AN", "nguyễn  văn\u00a0an ", "N. V. An", "N.V.A", "N. V. A.", "NV An", "Ng. Văn An", "NVA",
		"Nguyễn Văn An – Trưởng phòng", "Nguyễn Văn An, Phó Chánh Văn phòng", "Nguyễn Văn An (Cục Lưu trữ)", "Nguyễn Văn An - Giám đốc", "An, Nguyễn Văn", "An Nguyễn Văn", "An Nguyen",
		"nguyenvanan@vi-du.vn", "an.nguyenvan@vi-du.vn", "annv@vi-du.vn", "nvan2@vi-du.vn", "an.nv@vi-du.vn", "Nguyễn Văn An <luutru@vi-du.vn>", "PGS.TS. Nguyễn Văn An", "Đ/c Nguyễn Văn An",
		"Đồng chí Nguyễn Văn An, Uỷ viên", "Trưởng phòng Nguyễn Văn An", "Trưởng phòng Lưu trữ Nguyễn Văn An", "Phó Giám đốc Trung tâm Lưu trữ Nguyễn Văn An", "Trưởng phòng: Nguyễn Văn An", "Mr. Nguyễn Văn An", "Dr Nguyen Van An, PhD",
		"Head of Archives Nguyễn Văn An", "Nguyễn Văn An, Director", "Nguyễn-Văn-An", "Nguy\u200bễn Văn An", "Ｎguyễn Văn An", norm.NFD.String(name), "Nguyễn An", "Nguyen Văn An", "An", "Đại tá, ThS. Nguyễn Văn An", "NguyễnVănAn", "Nguyễn Văn An.",
		"Nguyễn Văn An và Lê Bình", "Lê Bình và Nguyễn Văn An", "Lê Bình & Nguyễn Văn An", "Lê Bình; Nguyễn Văn An", "Ông Lê Bình cùng bà Hoa và ông Nguyễn Văn An", "Le Binh and Nguyen Van An", "Lê Bình (Phòng 1) và Nguyễn Văn An (Phòng 2)",
		"Lê Bình, Nguyễn Văn An", "Lê Bình / Nguyễn Văn An", "Lê Bình - Nguyễn Văn An", "Lê Bình | Nguyễn Văn An", "Lê Bình (Nguyễn Văn An)", "Lê Bình hoặc Nguyễn Văn An", "Lê Bình. Nguyễn Văn An", "Lê Bình: Nguyễn Văn An", "Lê Bình • Nguyễn Văn An", "Lê Bình · Nguyễn Văn An", "Lê Bình → Nguyễn Văn An", "Lê Bình、Nguyễn Văn An", "Lê Thị Bình, Nguyễn Văn An, Trần Lan",
		"Lưu trữ viên Nguyễn Văn An", "Người duyệt: Nguyễn Văn An", "Nguyễn Văn An/Trưởng phòng", "Nguyễn Văn An Trưởng phòng Lưu trữ", "KT. TRƯỞNG PHÒNG, Nguyễn Văn An",
	} {
		if !samePerson(name, other) || !samePerson(other, name) {
			t.Errorf("%q and %q are told apart", name, other)
		}
	}
	for _, pair := range [][2]string{
		{"Trưởng phòng Nguyễn An", "Phó phòng Tổ chức Nguyễn An"}, {"Trưởng phòng Lưu trữ Nguyễn An", "Nguyễn An"}, {"Lê Thị Hoà", "Lê Thị Hòa"}, {"Lý Thị Mỹ", "Lí Thị Mĩ"}, {"Ðỗ Quý", "Đỗ Quí"},
		{"Trần Lan và Lê Bình", "Lý Hoa và Lê Bình"}, {"Trần Lan, Trần Thị Bình", "Lê Văn Cường, Trần Thị Bình"}, {"Trần Lan / Trần Thị Bình", "Lê Cường / bà Trần Thị Bình"}, {"1. Trần Lan 2. Trần Thị Bình", "1. Lê Cường 2. Trần Thị Bình"}, {"Nguyễn Văn An (cùng Trần Thị Bình)", "Trần Thị Bình"}, {"lan.tran@a.vn", "lan.tran@b.vn"}, {"Trần Lan", "lan.tran@b.vn"}, {"Le An", "Lê Ân"}, {"A", "A (Giám đốc)"}, {"Bà Triệu", "Triệu"},
		{"-", "?"}, {"1", "2"}, {"Nguyễn Văn An", "123"}, {"Nguyễn Văn A", "Nguyễn Văn А"}, {"Hoa", "Ноа"}, {"Nguyễn Văn A", "Nguyễn Văn Α"}, {"Nguyễn Văn An", "Nguyễn Vαn An"}, {"Nguyễn Văn A", "Nguyễn Văn Ꭺ"},
	} {
		if !samePerson(pair[0], pair[1]) || !samePerson(pair[1], pair[0]) {
			t.Errorf("%q and %q are told apart", pair[0], pair[1])
		}
	}
}

// Two people are two, with one family name, one office and one given name too.
func TestTwoPeople(t *testing.T) {
	for _, pair := range [][2]string{
		{"Nguyễn Văn An", "Nguyễn Văn Ân"}, {"Nguyễn Văn An", "Nguyễn Văn Ẩn"}, {"Nguyễn Văn An", "Nguyễn Vân An"}, {"Nguyễn Văn An", "Nguyễn Thị An"}, {"Nguyễn Văn An", "Trần Văn An"}, {"Nguyễn Văn An", "Nguyễn Văn Anh"},
		{"Ông Nguyễn Văn An", "Ông Nguyễn Văn Bình"}, {"Nguyễn Văn An – Trưởng phòng", "Trần Bình – Trưởng phòng"}, {"Trưởng phòng Nguyễn Văn An", "Trưởng phòng Trần Văn An"}, {"Trưởng phòng Lưu trữ Nguyễn An", "Trưởng phòng Lưu trữ Trần Bình"},
		{"Nguyễn Văn An (Cục Lưu trữ)", "Lê Bình (Cục Lưu trữ)"}, {"An, Nguyễn Văn", "Bình, Nguyễn Văn"}, {"nguyenvanan@vi-du.vn", "nguyenvanbinh@vi-du.vn"}, {"Lê An", "Lê Ân"}, {"Lê Thị Thuỳ", "Lê Thị Thuý"}, {"Hoàng Lan", "Hoàng Liên"},
		{"Nguyễn Văn An và Lê Bình", "Trần Lan"}, {"Nguyễn Văn An, Lê Bình", "Trần Lan, Lý Hoa"}, {"TS. Nguyễn Văn An", "TS. Lê Bình"}, {"Nguyễn Văn An, Hà Nội", "Trần Thị Bình, Hà Nội"}, {"Nguyễn Văn An và Lê Thị Hoa, Đại học Vinh", "Trần Thị Bình và Lý Thị Mai, Đại học Vinh"}, {"Nguyễn Văn An, Đại học Vinh", "Trần Thị Bình, Đại học Vinh"}, {"Nguyễn Văn An (Nghệ An)", "Trần Thị Bình (Nghệ An)"}, {"An Nguyen, National Archives", "Binh Tran, National Archives"}, {"Nguyễn Văn An, Phòng Lưu trữ", "Lê Bình, Phòng Lưu trữ"}, {"Nguyễn Văn An, Ban Tuyên giáo Tỉnh uỷ", "Lê Bình, Ban Tuyên giáo Tỉnh uỷ"}, {"Nguyễn Văn An, Phòng Tổ chức và Cán bộ", "Lê Bình, Phòng Tổ chức và Cán bộ"}, {"Nguyễn Văn An và Lê Bình", "Trần Lan và Lý Hoa"}, {"Trưởng phòng Hành chính và Lưu trữ Nguyễn Văn An", "Trần Thị Bình"},
		{"A", "B"}, {"Một", "Hai"}, {"Người lập mẫu", "Người duyệt mẫu"}, {"Anh", "Chi"}, {"Bà Trưng", "Bà Triệu"}, {"Đồng Văn Chí", "Văn Chí"}, {"Tô Ngọc Vân", "Tô Ngọc Văn"}, {"Phan Bội Châu", "Phan Châu Trinh"}, {"Đỗ Văn Ba", "Đỗ Văn Bá"},
		{"Phó Đức Chính", "Phó Đức Thành"}, {"Tổ Hữu Lan", "Tổ Hữu Mai"}, {"N. V. An", "T. V. An"}, {"Иван Петров", "Nguyễn Văn An"}, {"王小明", "李大山"},
	} {
		if samePerson(pair[0], pair[1]) || samePerson(pair[1], pair[0]) {
			t.Errorf("%q and %q are taken for one", pair[0], pair[1])
		}
	}
}
