package page

// DayIndex leads to the days of the year on which something happened or was written.
type DayIndex struct {
	Layout
	Heading string
	Months  []Month
}

// Month is a month of any year with the days that have something.
type Month struct {
	Link Link
	Days []DayLink
}

// DayLink leads to a day.
type DayLink struct {
	Day  string // "09-02"
	Link Link
}

// DayPage is a month, day by day, or one day of any year.
type DayPage struct {
	Layout
	Heading    string
	Total      int // of one day, on its first page only
	Days       []Day
	Pager      Pager
	Prev, Next *Link // months
}

// Day is a day of any year with its events and records.
type Day struct {
	ID    string
	Day   string // "09-02"
	Title string // empty where the page has that heading
	Slips []Slip
	More  *Link // to the page on which the rest stands
}
