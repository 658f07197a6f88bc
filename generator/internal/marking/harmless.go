package marking

import (
	"strings"
	"unicode/utf8"

	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// harmlessText are words of which a marking is a part, or seems to be in the
// name of a file, where mật, mặt, mắt, mất and mát are written alike. What a
// stamp is called («dấu mật») is not among them: a stamp is what is looked for,
// nor is what a secret paper may be named by, as «mat-trang-1», «mat-so-12».
const harmlessText = `
	bí mật, cơ mật, bảo mật, giải mật, không mật, độ mật, ẩn mật, khu mật, tư mật, nghiêm mật, cẩn mật, chu mật, thân mật, trăng mật,
	đường mật, lấy mật, hút mật, nếm mật, rót mật, túi mật, ống mật, sỏi mật, gan mật, Lệ Mật,
	mật thám, mật vụ, mật báo, mật mã, mật lệnh, mật lịnh, mật thư, mật danh, mật khẩu, mật khu, mật hiệu, mật ước, mật đàm, mật nghị,
	mật chỉ, mật dụ, mật tấu, mật viện, mật phái, mật ngữ, mật kế, mật đạo, mật thất, mật tông, mật giáo, mật độ, mật thiết,
	mật ong, mật mía, mật gấu, mật hoa, mật ngọt,
	buổi tối mật, đêm tối mật, chiều tối mật, tối mật thám, tới mặt trận,

	mặt trước, mặt sau, mặt trong, mặt ngoài, mặt trên, mặt dưới, mặt phải, mặt trái, mặt bên, mặt lưng, mặt bìa, mặt báo, mặt chữ,
	mặt trận, mặt đất, mặt nước, mặt trời, mặt biển, mặt cắt, mặt bằng, mặt đường, mặt cầu, mặt tiền, mặt phố, mặt đứng, mặt nạ,
	mặt hàng, mặt thật, mặt nghiêng, mặt thẳng, bề mặt, tờ mặt, khuôn mặt, gương mặt, nét mặt,
	bộ mặt, có mặt, vắng mặt, gặp mặt, họp mặt, ra mặt, lật mặt, đối mặt, trước mặt, một mặt, hai mặt, mọi mặt, tiền mặt, tay mặt,
	ra mắt, đôi mắt, con mắt, nước mắt, bịt mắt, mắt kính, mắt xích, mắt lưới, mắt thần,
	mất mùa, mất tích, mất cắp, mất nước, mất chữ, mất góc, bị mất, mát mẻ, bóng mát, nghỉ mát, mạt sát, mạt vận, Mát-xcơ-va`

// titleText are words that a paper may begin with, below or behind its stamp. Where
// a harmless word would take the first syllable of one, it is none: «MẬT BÁO CÁO»
// is no «mật báo».
const titleText = `báo cáo, danh sách, danh mục, nghị quyết, nghị định, chỉ thị, kế hoạch, bảng kê, mã số, độ khẩn`

type harmlessWords struct{ words, titles lexicon }

func newHarmless(more []record.Str) harmlessWords {
	out := harmlessWords{newLexicon(harmlessText), newLexicon(titleText)}
	for _, s := range more {
		out.words.enter(newPhrase(s.V))
	}
	return out
}

// lexicon holds words of two syllables and more by how they begin, folded.
type lexicon map[string][]phrase

func newLexicon(list string) lexicon {
	out := lexicon{}
	for text := range strings.SplitSeq(list, ",") {
		out.enter(newPhrase(text))
	}
	return out
}

// spelledKey is how many letters find a word that is spelled letter by letter.
const spelledKey = 4

// enter files a word under its first two syllables, under the first and a letter
// of the next, and under its first letters.
func (x lexicon) enter(p phrase) {
	letters := []rune(p.joined)
	if len(p.forms) < 2 || len(letters) < spelledKey {
		return
	}
	first, second := p.forms[0].fold, p.forms[1].fold
	_, n := utf8.DecodeRuneInString(second)
	for _, key := range []string{first + " " + second, first + " " + second[:n], string(letters[:spelledKey])} {
		x[key] = append(x[key], p)
	}
}

// candidates are the words of the lexicon that may begin with word j.
func (x lexicon) candidates(t *passage, j int) []phrase {
	if j+1 >= len(t.words) {
		return nil
	}
	first := vi.Fold(tidy(t.word(j)))
	if !single(t.word(j)) {
		return x[first+" "+vi.Fold(tidy(t.word(j+1)))]
	}
	for k := j + 1; k < min(j+spelledKey, len(t.words)); k++ {
		first += vi.Fold(tidy(t.word(k)))
	}
	return x[first]
}

// Of a harmless word, as many words before the marking are looked at, or as many
// single letters.
const (
	wordsBefore   = 3
	lettersBefore = 12
)

// cover reports whether the n words from i on are part of a harmless word that
// holds them all and more. One that has lost its marks is known by its letters
// only where the marking has lost its own.
func (h harmlessWords) cover(t *passage, i, n int, like likeness) bool {
	back := wordsBefore
	if single(t.word(i)) {
		back = lettersBefore
	}
	for j := max(0, i-back); j <= i; j++ {
		for _, p := range h.words.candidates(t, j) {
			m, l := t.match(p, j)
			if m <= n || j+m < i+n || l < same && !t.name && like == same {
				continue
			}
			behind := j+m > i+n
			if behind && (t.standsAlone(i, n) || h.title(t, j+m, p.forms[len(p.forms)-1].letters)) {
				continue
			}
			if t.oneWord(j, m, i) {
				return true
			}
		}
	}
	return false
}

// title reports whether the syllable before word i, of so many letters, may begin
// a paper.
func (h harmlessWords) title(t *passage, i, letters int) bool {
	if i--; single(t.word(i)) {
		i -= letters - 1 // it is spelled
	}
	for _, p := range h.titles.candidates(t, i) {
		if n, _ := t.match(p, i); n > 0 {
			return true
		}
	}
	return false
}

// standsAlone reports whether n words end their line and stand there by
// themselves, so that the line was not broken within a word.
func (t *passage) standsAlone(i, n int) bool {
	return strings.ContainsAny(t.gap(i+n), lineEnds) && t.byItself(i, n)
}
