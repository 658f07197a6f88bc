package edtf_test

import (
	"fmt"
	"slices"
	"strings"

	"vitrine/generator/edtf"
)

func ExampleParse() {
	d, err := edtf.Parse("1930-02~")
	if err != nil {
		fmt.Println(err)
		return
	}
	lo, hi := d.Bounds()
	fmt.Println(lo, hi)
	for _, lang := range []string{"vi", "en"} {
		// The spaces before numbers are U+00A0.
		fmt.Println(strings.ReplaceAll(d.Words(lang), "\u00a0", " "))
	}
	// Output:
	// 1930-02-01 1930-02-28
	// khoảng tháng 2 năm 1930
	// c. February 1930
}

func ExampleParse_hint() {
	_, err := edtf.Parse("2/9/1945")
	fmt.Println(err.(*edtf.ParseError).Hint("en"))
	fmt.Println(err.(*edtf.ParseError).Hint("vi"))
	// Output:
	// write year-month-day; did you mean "1945-09-02"?
	// viết theo thứ tự năm-tháng-ngày; có phải là "1945-09-02"?
}

func ExampleCompare() {
	var dates []edtf.Date
	for _, s := range []string{"1930", "193X", "1930-01-06", "1930-01"} {
		d, err := edtf.Parse(s)
		if err != nil {
			fmt.Println(err)
			return
		}
		dates = append(dates, d)
	}
	slices.SortFunc(dates, edtf.Compare)
	fmt.Println(dates)
	// Output:
	// [1930-01 1930 193X 1930-01-06]
}
