package access

import (
	"slices"
	"strings"
)

// These are tables and no part of the rule profile: whoever left a word out of them
// would let one person pass for two. All are folded.

// styles are what may stand before or behind the name of a person without making it
// another person's: ways of address, academic degrees and ranks.
var styles = phrases(`d c, dc, dong chi, ong, ba, anh, chi, co, chu, bac, em, cu, ngai, mr, mrs, ms, miss, sir, madam, comrade,
	gs, pgs, ts, tskh, ths, cn, ks, bs, ls, cvc, nsnd, nsut, ngnd, ngut, dr, prof, phd, ph d, ma, m a, msc, m sc, ba, b a, mba, bsc,
	pho giao su, giao su, tien si khoa hoc, tien si, tien sy, thac si, thac sy, cu nhan, ky su, bac si, bac sy, luat su, nha giao, nha su hoc, nha nghien cuu,
	professor, associate professor, assoc prof, doctor,
	dai ta, thuong ta, trung ta, thieu ta, dai tuong, thuong tuong, trung tuong, thieu tuong, chuan tuong, dai uy, thuong uy, trung uy, thieu uy,
	general, colonel, captain, major, lieutenant`)

// offices are what begins a title of office, or the name of a body, that may stand
// before or behind a name; what follows in them may be anything.
var offices = phrases(`truong phong, pho phong, pho truong phong, truong ban, pho ban, pho truong ban, truong kho, pho kho, truong bo phan, truong nhom, to truong, to pho, nhom truong,
	cuc truong, pho cuc truong, vu truong, pho vu truong, vien truong, pho vien truong, giam doc, pho giam doc, tong giam doc, quyen giam doc,
	chu tich, pho chu tich, chu nhiem, pho chu nhiem, bi thu, pho bi thu, chanh van phong, pho chanh van phong, chi cuc truong, pho chi cuc truong, hieu truong, pho hieu truong,
	bo truong, thu truong, thu ky, uy vien, chuyen vien, chuyen vien chinh, chuyen vien cao cap, luu tru vien, luu tru vien chinh, luu tru vien trung cap, vien chuc, can bo, nhan vien, thanh vien,
	ky thay, thua lenh, tm, kt, tl, tuq, q, quyen, nguyen truong, nguyen pho, nguyen giam doc, nguyen cuc truong,
	phong, ban, cuc, chi cuc, vu, vien, so, trung tam, bao tang, van phong, kho, to, khoa, dang uy, tinh uy, thanh uy, huyen uy, uy ban, bo, don vi,
	head, deputy head, director, deputy director, acting director, chief, deputy chief, chief archivist, archivist, senior archivist, curator, secretary, deputy secretary, manager, officer, editor, chair, chairman, chairwoman, president, vice president,
	department, office, archive, archives, museum, division, section, library, institute, center, centre`)

// families are the family names that a name behind a title of office begins with.
var families = strings.Fields(`an au bach bang banh bui ca cai cam cao chau chu chung co cong cu dam dan dang dao dau dinh do doan doi dong duong ha han ho hoang hong hua huynh
	kha khong khuat khuc kieu kim la lac lai lam le leu lo loc luc luong luu ly ma mac mach mai man manh nghiem ngo ngoc nguy nguyen nham ninh nong on ong pham phan phi pho phu phung
	quach quan sam si son su ta tang thach thai than thanh thi thieu tieu to ton tong tra tran trang trieu trinh truong tu tuong uong ung van vi vien vo vu vuong xa yen`)

func phrases(list string) (out [][]string) {
	for p := range strings.SplitSeq(list, ",") {
		out = append(out, strings.Fields(p))
	}
	return out
}

// begins counts the words of the longest phrase of a table that a text begins with.
func begins(table [][]string, words []string) (n int) {
	for _, p := range table {
		if len(p) > n && len(p) <= len(words) && slices.Equal(p, words[:len(p)]) {
			n = len(p)
		}
	}
	return n
}
