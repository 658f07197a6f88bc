// Package search builds the static index by which a reader finds records, and
// says what the words of a text are.
//
// # What is indexed
//
// A text is cut into tokens: runs of letters, which in Vietnamese are single
// syllables, and runs of digits. Each is indexed under its fold ([vi.Fold]), and with
// every place goes its canonical form ([vi.Canon]), so that a query without marks finds
// all that one with marks does, and the second can tell which hits have its marks.
// See [Tokenizer] for codes (100-CT/TW), dates and ordinals, which are indexed beside
// the tokens they are written with.
//
// A record has five fields, called lanes: title, reference (with the days, months and years
// it is dated to), names (people, places, events, subjects, keywords), summary, transcript. The
// index tells in which lanes of which records a token stands, and at which places, so that
// phrases are found and what stands side by side counts for more. Pairs of tokens are no
// terms of their own: measured on 100,000 records they took more than the places of the
// titles take, and a file more for each pair of a query.
//
// # Records
//
// Records are numbered from 0 by date, those without one last. So a span of years is a
// span of numbers, sorting by date takes no data, and hits of the same rank come oldest
// first. A change of a record's text changes no number.
//
// # Files
//
// All lie in one folder and are classic scripts, since nothing else loads from disk. Each
// calls vitrineIndex(name, value) once, name being that of the file without ".js". The root has a fixed name, the others are named by
// kind and content: <kind>-<8 characters>.js. Those of terms and bodies are cut by
// their keys (see chunk), so that a small edit changes few.
//
//	root.js     {docs, langs, titles, rows, days, terms, bodies, facets, years, undated, spans, words, events}
//	    docs     number of records
//	    langs    languages of the site, the first one first
//	    titles   {per, names, lengths}: titles of per records each; names of the files, one string,
//	             8 characters each, and how many bytes each line in them is long
//	    rows     {per, names, lengths}: the same of what is shown of a hit beside its title
//	    days     {per, names}: the same of when each record is dated to
//	    terms    {keys, names}: the first key of each file, separated by line feeds, in
//	             the order of their UTF-8 bytes; names as above
//	    bodies   {keys, names}: the same of the places in long fields
//	    facets   {key: name} of fonds, level, form, decade, creator, place, subject, access, images
//	    years    [year, first record, year, first record, …]: the records from one to the
//	             next begin in that year; undated is the first that has no date, docs if all do
//	    spans    name of the file of records that do not begin and end in the year they are
//	             numbered under; "" where there are none
//	    words    name of the file of all tokens, for what is like a token that is not found
//	    events   name of the file of events, which the timeline shows beside the records; "" where there are none
//	titles-*    [[path, title, title in the second language …]…]: path is "<fonds>/<record>", or "<fonds>"
//	            for the fonds itself; a title that is that of the first language is empty
//	rows-*      [[level, form, place, reference, date, text, picture]…]: a text is a string, or [one for each
//	            language], in which an empty one is that of the first; place are the names of the
//	            levels above, joined; picture is 0 or [path from the root of the site, width, height, alt]
//	days-*      {first, bits} of per records, those without a date left out; first is the
//	            day from which the first one is (days from 1 January of year 1, which is 0)
//	terms-*     {keys, bits}: keys is lines of key TAB canons TAB bytes TAB aliases; bits is
//	            base64 (RFC 4648, 4) of the entries, bytes long each (in base 36)
//	bodies-*    the same without aliases, of keys that stand in a summary or transcript
//	facets-*    {values: [[id, label, label in the second language …]…], bits}
//	spans-*     [record, first year, last year, record, …]
//	events-*    lines of path TAB first TAB days TAB signs TAB title TAB title in the second language …,
//	            in the order of dates: path is that of the event's page in the first language without
//	            ".html"; first and days are as those of records; among signs "v" is for what is approximate
//	            or uncertain, "k" for what is kept on another day
//	words-*     lines of fold TAB number of records (base 36) TAB commonest spelling
//
// Keys are: a token ("dang"); two that stand side by side in a name ("viet minh"), in the lane
// of names alone; a code in lower case without marks ("100-ct/tw"); a date
// ("@1945", "@1945-09", "@1945-09-02"). canons are the canonical forms that stand under
// a key, separated by commas, the commonest first. Codes and dates have none.
//
// aliases say by which other names an authority is known: the rest of a name that begins with
// this token, "=", the name to look for instead, "=", the path of its page in the first
// language without ".html"; separated by ";". A name that is the authority's own has
// nothing between the signs.
//
// Behind vitrineIndex(name,[ a line feed, files of titles and rows have a line for each record, ending in a
// line feed, all of one length. So a page that is not opened from disk can ask the server for the
// lines of a few hits alone (RFC 9110, 14.2), which takes a tenth of what the files do; where a server
// hands out no parts, or a page wants many lines of a file, it loads the file as any other. A file that would
// be more than four times as large as its lines is not padded; their length is 0, and it is always read whole.
//
// # Entries
//
// Bits come from the highest of each byte down; an entry begins with a byte.
//
//	gamma(n)    n ≥ 1: as many 0 as n has digits but one, then the digits of n (Elias)
//	rice(k, n)  n >> k times 1, a 0, the lowest k digits of n (Golomb and Rice)
//	set         gamma(size+1), and if it is not empty: k in 5 digits, then rice(k, first),
//	            rice(k, next - last - 1) …
//
// An entry of terms is, for each of the five lanes: a 0, or 1 and what stands there:
//
//	title                 the set of records, and the places
//	reference, names      gamma(forms), and for each form gamma(its number among the canons+1)
//	                      and the set of records that have it; 1 and number 0 where there are no canons
//	summary, transcript   the set of records; the places are in the entry of bodies
//
// Where in a reference or a name a token stands is not told: both are short, and their places
// took a third of the index. Whether two tokens are of one name, the pairs of names tell.
//
// places are: k in 5 digits, then for each record of the set gamma(number of places), and for
// each place rice(k, first) or rice(k, next - last - 1) and, where the key has more than one
// canon, its number as so many 1 and a 0. Places count tokens from 0; between two texts,
// paragraphs or pages of a lane one is left out. In the lane of titles a place is twice
// that, and one more for the last token of a title; a further title (in another language, or
// another name) begins at the next multiple of 64, so that its beginning is known.
//
// The bits of days are: k in 5 digits, then for each record rice(k, its first day - that of
// the record before), gamma(its days) and 1 if it is approximate or uncertain, else 0. An
// open end lies in the year 9999; a date without a beginning is the day of its end, uncertain.
//
// An entry of facets is a set for each value, one behind the other without alignment.
package search
