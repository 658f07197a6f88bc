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
// A record has short fields, whose words are told apart by a mask (title 1, reference
// 2, names of people, places, events, subjects and keywords 4, date 8), and two long
// ones, which are lanes: summary 0 and transcript 1. Of the short fields adjacent pairs
// of tokens are indexed as terms; of the long ones the places of each token, since pairs
// of these would be two thirds of the index.
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
// calls vitrineIndex(name, value) once. The root has a fixed name, the others are named by
// kind and content: <kind>-<8 characters>.js. Those of terms and bodies are cut by
// their keys (see chunk), so that a small edit changes few.
//
//	root.js     {docs, langs, titles, rows, terms, bodies, facets, years, undated, spans, words}
//	    docs     number of records
//	    langs    languages of the site, the first one first
//	    titles   {per, names}: titles of per records each; names of the files, one string,
//	             8 characters each
//	    rows     {per, names}: the same of what is shown of a hit beside its title
//	    terms    {keys, names}: the first key of each file, separated by line feeds, in
//	             the order of their UTF-8 bytes; names as above
//	    bodies   {keys, names}: the same of the places in long fields
//	    facets   {key: name} of fonds, level, form, decade, creator, place, subject, access, images
//	    years    [year, first record, year, first record, …]: the records from one to the
//	             next begin in that year; undated is the first that has no date, docs if all do
//	    spans    name of the file of records that do not begin and end in the year they are
//	             numbered under; "" where there are none
//	    words    name of the file of all tokens, for what is like a token that is not found
//	titles-*    one string of lines: path TAB title TAB title in the second language …; a
//	            title that is the first language's is empty. path is "<fonds>/<record>",
//	            or "<fonds>" for the fonds itself.
//	rows-*      {places: [[row of titles…]…], rows: [[level, form, place, reference, date,
//	            text, picture]…]}; see [Row]
//	terms-*     {keys, bits}: keys is lines of key TAB canons TAB bytes TAB aliases; bits is
//	            base64 (RFC 4648, 4) of the entries, bytes long each (in base 36)
//	bodies-*    the same without aliases
//	facets-*    {values: [[id, label, label in the second language …]…], bits}
//	spans-*     [record, first year, last year, record, …]
//	words-*     lines of fold TAB number of records (base 36) TAB commonest spelling
//
// Keys are: a token ("dang"); a pair ("dang vien"); the token that begins a title
// ("dang ^") or ends one ("vien $"); a code in lower case without marks ("100-ct/tw");
// a date ("@1945", "@1945-09", "@1945-09-02"). canons are the canonical forms that
// stand under a key, separated by commas, the commonest first; of a pair both, with a
// blank between. Codes and dates have none.
//
// aliases say by which other names an authority is known: the rest of a name that begins with
// this token, "=", the name to look for instead, "=", the path of its page in the first
// language without ".html"; separated by ";". A name that is the authority's own has
// nothing between the signs.
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
// An entry of terms is: gamma(segments+1), each segment being gamma(canon+1), the mask
// in 4 digits, and the set of records that have the key in that form in just these short
// fields; then for each lane 1 and the set of records that have it there, or 0.
//
// An entry of bodies is, for each lane that the entry of terms has: k in 5 digits, then for
// each record of its set gamma(places), and for each place rice(k, first) or
// rice(k, next - last - 1) and, where the key has more than one canon, its number as
// so many 1 and a 0. Places count tokens from 0; between two paragraphs, pages or
// languages one is left out.
//
// An entry of facets is a set for each value, one behind the other without alignment.
package search
