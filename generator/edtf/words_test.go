package edtf_test

import (
	"strings"
	"testing"

	"vitrine/generator/edtf"
)

// In the expected words "_" stands for U+00A0.
func bound(s string) string { return strings.ReplaceAll(s, "_", "\u00a0") }

func TestWords(t *testing.T) {
	for _, test := range []struct{ in, vi, en string }{
		// The profile, row by row.
		{"1945-09-02", "ngày_2 tháng_9 năm_1945", "2_September 1945"},
		{"1930-02", "tháng_2 năm_1930", "February 1930"},
		{"1927", "năm_1927", "1927"},
		{"1935-03-27/1935-03-31", "từ ngày_27 đến ngày_31 tháng_3 năm_1935", "27–31_March 1935"},
		{"1930-01-06/1930-02-07", "từ ngày_6 tháng_1 đến ngày_7 tháng_2 năm_1930", "6_January – 7_February 1930"},
		{"1930~", "khoảng năm_1930", "c._1930"},
		{"1930?", "năm_1930_(?)", "1930?"},
		{"1930%", "khoảng năm_1930_(?)", "c._1930?"},
		{"193X", "thập niên_1930", "1930s"},
		{"19XX", "thế kỷ_XX", "20th_century"},
		{"1930-XX", "năm_1930 (không rõ tháng)", "1930 (month unknown)"},
		{"1930-02-XX", "tháng_2 năm_1930 (không rõ ngày)", "February 1930 (day unknown)"},
		{"1945-09-02/..", "từ ngày_2 tháng_9 năm_1945 đến nay", "since 2_September 1945"},
		{"../1954-07", "trước hoặc trong tháng_7 năm_1954", "up to July 1954"},
		{"1951/", "từ năm_1951 (không rõ kết thúc)", "from 1951 (end unknown)"},
		{"/1954", "đến năm_1954 (không rõ bắt đầu)", "until 1954 (start unknown)"},
		{"1930~/1931", "từ khoảng năm_1930 đến năm_1931", "c._1930 – 1931"},
		{"1941-21", "mùa xuân năm_1941", "spring 1941"},
		{"[1929-07,1929-08]", "tháng_7 hoặc tháng_8 năm_1929", "July or August 1929"},
		{"[1930..1932]", "trong khoảng từ năm_1930 đến năm_1932", "between 1930 and 1932"},
		{"{1965,1968,1969}", "các năm_1965, 1968, 1969", "1965, 1968 and 1969"},
		{"1930-02-?18", "ngày_18_(?) tháng_2 năm_1930", "18?_February 1930"},
		{"?1930-02", "tháng_2 năm_1930 (năm chưa chắc)", "February 1930 (year uncertain)"},
		{"1945-33", "quý_I năm_1945", "Q1_1945"},
		{"1945-36", "quý_IV năm_1945", "Q4_1945"},
		{"1945-40", "nửa đầu năm_1945", "first half of 1945"},
		{"1945-41", "nửa cuối năm_1945", "second half of 1945"},

		// Seasons and thirds.
		{"1941-22", "mùa hạ năm_1941", "summer 1941"},
		{"1941-23~", "khoảng mùa thu năm_1941", "c._autumn 1941"},
		{"1941-24", "mùa đông năm_1941", "winter 1941"},
		{"1941-27", "mùa thu năm_1941 (Bắc bán cầu)", "autumn 1941 (northern hemisphere)"},
		{"1941-30?", "mùa hạ năm_1941_(?, Nam bán cầu)", "summer 1941? (southern hemisphere)"},
		{"1945-37", "bốn tháng đầu năm_1945", "first four months of 1945"},
		{"1945-38", "bốn tháng giữa năm_1945", "middle four months of 1945"},
		{"1945-39", "bốn tháng cuối năm_1945", "last four months of 1945"},

		// What an interval's ends share is said once.
		{"1935/1935", "năm_1935", "1935"},
		{"1930/1931", "từ năm_1930 đến năm_1931", "1930–1931"},
		{"1945-01~/1945-04~", "từ khoảng tháng_1 đến khoảng tháng_4 năm_1945", "c._January – c._April 1945"},
		{"1945-01/1945-03", "từ tháng_1 đến tháng_3 năm_1945", "January–March 1945"},
		{"1945-12/1946-01", "từ tháng_12 năm_1945 đến tháng_1 năm_1946", "December 1945 – January 1946"},
		{"1945-12-19/1946-01-06", "từ ngày_19 tháng_12 năm_1945 đến ngày_6 tháng_1 năm_1946", "19_December 1945 – 6_January 1946"},
		{"1945-08/1945-09-02", "từ tháng_8 đến ngày_2 tháng_9 năm_1945", "August – 2_September 1945"},
		{"1945-33/1945-35", "từ quý_I đến quý_III năm_1945", "Q1–Q3_1945"},
		{"1947-23/1947-24", "từ mùa thu đến mùa đông năm_1947", "autumn–winter 1947"},
		{"193X/194X", "từ thập niên_1930 đến thập niên_1940", "1930s–1940s"},
		{"2004-06-XX/2004-07-03", "từ tháng_6 năm_2004 (không rõ ngày) đến ngày_3 tháng_7 năm_2004", "June 2004 (day unknown) – 3_July 2004"},
		{"1984-06?/1984-08?", "từ tháng_6 năm_1984_(?) đến tháng_8 năm_1984_(?)", "June 1984? – August 1984?"},
		{"1984?/2004~", "từ năm_1984_(?) đến khoảng năm_2004", "1984? – c._2004"},
		{"1984-06-02?/..", "từ ngày_2 tháng_6 năm_1984_(?) đến nay", "since 2_June 1984?"},
		{"1984-06-02?/", "từ ngày_2 tháng_6 năm_1984_(?, không rõ kết thúc)", "from 2_June 1984? (end unknown)"},
		{"1951-XX/", "từ năm_1951 (không rõ tháng, không rõ kết thúc)", "from 1951 (month unknown, end unknown)"},
		{"../..", "không rõ thời gian", "date unknown"},

		// Qualified dates and parts.
		{"1930-02-03?", "ngày_3 tháng_2 năm_1930_(?)", "3_February 1930?"},
		{"1930-02-03%", "khoảng ngày_3 tháng_2 năm_1930_(?)", "c._3_February 1930?"},
		{"193X~", "khoảng thập niên_1930", "c._1930s"},
		{"1930-XX-XX", "năm_1930 (không rõ ngày tháng)", "1930 (month and day unknown)"},
		{"1930-XX~", "khoảng năm_1930 (không rõ tháng)", "c._1930 (month unknown)"},
		{"1930-?02-18", "ngày_18 tháng_2_(?) năm_1930", "18_February? 1930"},
		{"1930-~02", "tháng_2 năm_1930 (tháng phỏng chừng)", "February 1930 (month approximate)"},
		{"1930-02?-18", "ngày_18 tháng_2_(?) năm_1930 (năm chưa chắc)", "18_February? 1930 (year uncertain)"},
		{"?1930-02~", "khoảng tháng_2 năm_1930 (năm chưa chắc)", "c._February 1930 (year uncertain)"},
		{"1930-%02", "tháng_2_(?) năm_1930 (tháng phỏng chừng)", "February? 1930 (month approximate)"},
		{"1945-~33", "quý_I năm_1945 (thời điểm trong năm phỏng chừng)", "Q1_1945 (part of the year approximate)"},

		// Sets.
		{"[1927,1929]", "năm_1927 hoặc năm_1929", "1927 or 1929"},
		{"[1927]", "năm_1927", "1927"},
		{"{1930..1932}", "các năm_1930–1932", "1930–1932"},
		{"{1667,1668,1670..1672}", "các năm_1667, 1668, 1670–1672", "1667, 1668 and 1670–1672"},
		{"[1667,1670..1672]", "năm_1667 hoặc trong khoảng từ năm_1670 đến năm_1672", "1667 or between 1670 and 1672"},
		{"[1945-08-18..1945-08-20]", "trong khoảng từ ngày_18 đến ngày_20 tháng_8 năm_1945", "between 18 and 20_August 1945"},
		{"{1945-08-19,1945-08-23,1945-08-25}", "ngày_19, ngày_23 và ngày_25 tháng_8 năm_1945", "19, 23 and 25_August 1945"},
		{"{1945-08-19,1945-09-02}", "ngày_19 tháng_8 và ngày_2 tháng_9 năm_1945", "19_August and 2_September 1945"},
		{"{1960,1961-12}", "năm_1960 và tháng_12 năm_1961", "1960 and December 1961"},
		{"[1930?,1931]", "năm_1930_(?) hoặc năm_1931", "1930? or 1931"},
		{"[..1760-12-03]", "ngày_3 tháng_12 năm_1760 hoặc trước đó", "3_December 1760 or earlier"},
		{"[1760-12..]", "tháng_12 năm_1760 hoặc sau đó", "December 1760 or later"},
		{"{..1984}", "năm_1984 và trước đó", "1984 and earlier"},
		{"{1945-08..1945-09}", "từ tháng_8 đến tháng_9 năm_1945", "August–September 1945"},

		// Long ago.
		{"0938", "năm_938", "938"},
		{"0040-03", "tháng_3 năm_40", "March AD_40"},
		{"0000", "năm_1 trước Công nguyên", "1_BC"},
		{"-0178", "năm_179 trước Công nguyên", "179_BC"},
		{"-0178~/0938", "từ khoảng năm_179 trước Công nguyên đến năm_938", "c._179_BC – 938"},
		{"-193X", "những năm_1940–1931 trước Công nguyên", "1940–1931_BC"},
		{"-00XX", "thế kỷ_I trước Công nguyên", "1st_century_BC"},
		{"10XX", "thế kỷ_XI", "11th_century"},
		{"21XX", "thế kỷ_XXII", "22nd_century"},
	} {
		d := parse(t, test.in)
		if got := d.Words("vi"); got != bound(test.vi) {
			t.Errorf("%s in Vietnamese:\n got %q\nwant %q", test.in, got, bound(test.vi))
		}
		if got := d.Words("en"); got != bound(test.en) {
			t.Errorf("%s in English:\n got %q\nwant %q", test.in, got, bound(test.en))
		}
	}
	if d := parse(t, "1930-02"); d.Words("fr") != d.Words("en") {
		t.Error("an unknown language is not worded in English")
	}
}

func TestShort(t *testing.T) {
	for _, test := range []struct{ in, vi, en string }{
		{"1945-09-02", "2/9/1945", "2_Sep_1945"},
		{"1930-02", "2/1930", "Feb_1930"},
		{"1927", "1927", "1927"},
		{"1930~", "k._1930", "c._1930"},
		{"1930%", "k._1930?", "c._1930?"},
		{"1930-02-?18", "18/2/1930?", "18_Feb_1930?"},
		{"193X", "thập niên_1930", "1930s"},
		{"19XX", "TK_XX", "20th_c."},
		{"1930-02-XX", "2/1930", "Feb_1930"},
		{"1941-21", "xuân_1941", "spring_1941"},
		{"1945-33", "quý_I/1945", "Q1_1945"},
		{"1945-37", "4_tháng đầu_1945", "Jan–Apr_1945"},
		{"1945-41", "nửa cuối_1945", "Jul–Dec_1945"},
		{"1935-03-27/1935-03-31", "27–31/3/1935", "27–31_Mar_1935"},
		{"1930-01-06/1930-02-07", "6/1–7/2/1930", "6_Jan – 7_Feb_1930"},
		{"1945-01/1945-03", "1–3/1945", "Jan–Mar_1945"},
		{"1945-08/1945-09-02", "8/1945–2/9/1945", "Aug_1945 – 2_Sep_1945"},
		{"1930/1931", "1930–1931", "1930–1931"},
		{"1930~/1931", "k._1930 – 1931", "c._1930 – 1931"},
		{"1945-33/1945-35", "quý_I – quý_III/1945", "Q1–Q3_1945"},
		{"1945-09-02/..", "2/9/1945–", "2_Sep_1945 –"},
		{"../1954", "–1954", "–1954"},
		{"1951/", "1951–?", "1951–?"},
		{"/1954", "?–1954", "?–1954"},
		{"../..", "không rõ thời gian", "date unknown"},
		{"[1929-07,1929-08]", "7/1929 hoặc 8/1929", "Jul_1929 or Aug_1929"},
		{"{1965,1968,1969}", "1965, 1968, 1969", "1965, 1968, 1969"},
		{"{1961,1965,1968,1969}", "1961, …, 1969", "1961, …, 1969"},
		{"-0178", "179_TCN", "179_BC"},
	} {
		d := parse(t, test.in)
		if got := d.Short("vi"); got != bound(test.vi) {
			t.Errorf("%s in Vietnamese: got %q, want %q", test.in, got, bound(test.vi))
		}
		if got := d.Short("en"); got != bound(test.en) {
			t.Errorf("%s in English: got %q, want %q", test.in, got, bound(test.en))
		}
	}
}

func TestCommemoration(t *testing.T) {
	for _, test := range []struct {
		in               string
		month, day, year int
		vi, en           string
	}{
		{"02-03", 2, 3, 0, "ngày_3 tháng_2", "3_February"},
		{"--09-02", 9, 2, 0, "ngày_2 tháng_9", "2_September"},
		{"02-29", 2, 29, 0, "ngày_29 tháng_2", "29_February"},
		{"1930-02-03", 2, 3, 1930, "ngày_3 tháng_2 năm_1930", "3_February 1930"},
	} {
		month, day, year, err := edtf.Commemoration(test.in)
		if err != nil || month != test.month || day != test.day || year != test.year {
			t.Errorf("%s is month %d, day %d, year %d, %v", test.in, month, day, year, err)
		}
		if got := edtf.CommemorationWords(test.in, "vi"); got != bound(test.vi) {
			t.Errorf("%s in Vietnamese: got %q, want %q", test.in, got, bound(test.vi))
		}
		if got := edtf.CommemorationWords(test.in, "en"); got != bound(test.en) {
			t.Errorf("%s in English: got %q, want %q", test.in, got, bound(test.en))
		}
	}
	for _, in := range []string{"", "2-3", "3/2", "02-30", "13-01", "02-XX", "1930-02", "1930-02-03?", "--", "1930/1931"} {
		if _, _, _, err := edtf.Commemoration(in); err == nil {
			t.Errorf("%q is taken for a day of commemoration", in)
		}
		if words := edtf.CommemorationWords(in, "vi"); words != "" {
			t.Errorf("%q is worded %q", in, words)
		}
	}
}
