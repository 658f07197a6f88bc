package pagetext

import (
	"strings"
	"unicode"
)

// tidy has one blank where words part, and neither control characters nor those
// that turn the direction of what follows.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// languages are the names that PAGE gives to languages, and the codes of three
// letters (ISO 639-2 and 639-3) that ALTO and hOCR use, of those that archives
// in Vietnam hold. Others are passed over: no language is better than a wrong one.
var languages = map[string]string{
	"vietnamese": "vi", "vie": "vi", "french": "fr", "fra": "fr", "fre": "fr", "english": "en", "eng": "en", "chinese": "zh", "zho": "zh", "chi": "zh",
	"chi_tra": "zh-Hant", "chi_sim": "zh-Hans", "latin": "la", "lat": "la", "russian": "ru", "rus": "ru", "german": "de", "deu": "de", "ger": "de",
	"spanish": "es", "spa": "es", "portuguese": "pt", "por": "pt", "japanese": "ja", "jpn": "ja", "korean": "ko", "kor": "ko", "lao": "lo", "khmer": "km", "khm": "km",
	"central khmer": "km", "thai": "th", "tha": "th",
}

// language is the tag of a language by what a file calls it; empty where it is
// none that is known.
func language(s string) string {
	key := strings.ToLower(strings.TrimSpace(s))
	if tag, ok := languages[key]; ok {
		return tag
	}
	code, _, _ := strings.Cut(strings.ReplaceAll(key, "_", "-"), "-") // a region matters little to who reads it aloud
	for _, tag := range languages {
		if code == tag {
			return tag
		}
	}
	return ""
}
