package edtf

import "fmt"

// Day is a day of the proleptic Gregorian calendar, counted from 1 January of
// year 1, which is 0. Years before that are numbered as in ISO 8601: year 0 is
// 1 BC.
type Day int32

// The first and the last day this package can name. An open or unknown end
// resolves to one of them.
const (
	MinDay Day = -3652425 // -9999-01-01
	MaxDay Day = 3652058  // 9999-12-31
)

const (
	daysPer400Years = 146097
	// marchToJanuary is the number of days from 1 March of year 0 to 1 January
	// of year 1.
	marchToJanuary = 306
)

// DayOf returns the day of a year, a month 1–12 and a day of that month.
func DayOf(year, month, day int) Day {
	// Counting years from March puts the leap day last, so that the lengths of
	// the months before it follow one formula.
	month -= 3
	if month < 0 {
		month += 12
		year--
	}
	era := floorDiv(year, 400)
	yearOfEra := year - era*400
	dayOfYear := (153*month+2)/5 + day - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return Day(era*daysPer400Years + dayOfEra - marchToJanuary)
}

// YMD returns the year, the month 1–12 and the day of the month.
func (d Day) YMD() (year, month, day int) {
	n := int(d) + marchToJanuary
	era := floorDiv(n, daysPer400Years)
	dayOfEra := n - era*daysPer400Years
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	m := (5*dayOfYear + 2) / 153
	day = dayOfYear - (153*m+2)/5 + 1
	year = era*400 + yearOfEra
	month = m + 3
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

// Year returns the year the day is in.
func (d Day) Year() int {
	year, _, _ := d.YMD()
	return year
}

// String returns the day as "2006-01-02", with a minus before years below 0.
func (d Day) String() string {
	year, month, day := d.YMD()
	sign := ""
	if year < 0 {
		sign, year = "-", -year
	}
	return fmt.Sprintf("%s%04d-%02d-%02d", sign, year, month, day)
}

// addMonths moves a day by whole months. A day the new month does not have
// becomes its last one.
func (d Day) addMonths(n int) Day {
	year, month, day := d.YMD()
	index := year*12 + month - 1 + n
	year = floorDiv(index, 12)
	month = index - year*12 + 1
	return DayOf(year, month, min(day, daysIn(year, month)))
}

// daysIn returns the number of days of a month.
func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func clampDay(d Day) Day { return min(max(d, MinDay), MaxDay) }

// floorDiv divides and rounds down, which years before 0 need.
func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
