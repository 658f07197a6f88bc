package record

// Site is site.yaml.
type Site struct {
	Title       Text          `key:"title"`
	Subtitle    Text          `key:"subtitle"`
	Languages   []Str         `key:"languages"`
	Profile     Str           `key:"profile"`
	Repository  Str           `key:"repository"`
	BaseURL     Str           `key:"base_url"`
	Strict      Bool          `key:"strict"`
	Features    Features      `key:"features"`
	Institution Institution   `key:"institution"`
	Licence     Licence       `key:"licence"`
	Contact     ContactForm   `key:"contact"`
	Notice      Text          `key:"notice"`
	Home        Home          `key:"home"`
	Holdings    []Holding     `key:"holdings"`
	Navigation  []Str         `key:"navigation" vocab:"navigation"`
	Publication Publication   `key:"publication" empty:"never"`
	Server      []Str         `key:"server" vocab:"server"` // kinds of server whose files lie in the site
	Images      ImageSettings `key:"images"`
	Gateway     Str           `key:"oai_gateway" vocab:"url"` // that serves the static repository of the site to harvesters
	MaxFiles    *Int          `key:"max_files"`               // that the host of the site takes; a site of more is warned of
	File        string
	At          At
}

// Features are parts of a site that can be switched off; absent means on, but that
// References makes files for each record only where it is true.
type Features struct {
	Search     *Bool `key:"search"`
	References *Bool `key:"references"`
	Downloads  *Bool `key:"downloads"`
}

// ImageSettings say which images are cut into tiles, for viewers that come close.
type ImageSettings struct {
	TilesAbove *Int `key:"tiles_above"` // megapixels of the image as it is published; 12 where absent
	TileSize   Int  `key:"tile_size"`   // side in pixels; 512 where absent
}

// Publication holds the rules of publication that are for a house to choose.
type Publication struct {
	ReviewOverdue Str `key:"review_overdue" vocab:"severity" empty:"never"` // what a clearance past its review_by is; a warning where absent
}

// Institution is who publishes the site and answers for it.
type Institution struct {
	Name        Text `key:"name"`
	Address     Text `key:"address"`
	Email       Str  `key:"email"`
	Phone       Str  `key:"phone"`
	Responsible Text `key:"responsible"`
}

// Licence of the descriptions (objects have rights of their own).
type Licence struct {
	Text Text `key:"text"`
	URI  Str  `key:"uri" vocab:"url"`
}

// ContactForm is where errors in a description are reported.
type ContactForm struct {
	Email    Str  `key:"email"`
	FormNote Text `key:"form_note"`
}

// Home chooses what the first page shows.
type Home struct {
	Lead        Str   `key:"lead"`
	Exhibitions []Str `key:"exhibitions"`
	Intro       Text  `key:"intro"`
}

// Holding is a declared figure of the holdings, with its date and source.
type Holding struct {
	Label  Text `key:"label"`
	Value  Text `key:"value"`
	Date   Date `key:"date"`
	Source Text `key:"source"`
}
