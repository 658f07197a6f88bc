// Loads the files of the index and reads them. They are classic scripts that call
// vitrineIndex(name, value), since nothing else loads from disk.
(function (search) {
  "use strict";

  const lanes = 5, short = 3; // title, reference, names; then summary and transcript
  const fewLines = 3; // of a file: where more are asked for, all are loaded
  const encoder = new TextEncoder();

  // compare orders keys as the index does, by their bytes in UTF-8.
  function compare(a, b) {
    const x = encoder.encode(a), y = encoder.encode(b), n = Math.min(x.length, y.length);
    for (let i = 0; i < n; i++) if (x[i] !== y[i]) return x[i] - y[i];
    return x.length - y.length;
  }

  // Bits reads numbers from bytes, the highest bit of each first.
  class Bits {
    constructor(bytes, from) {
      this.bytes = bytes;
      this.at = from * 8;
    }

    // ahead is the next 32 bits.
    ahead() {
      const b = this.bytes, i = this.at >> 3, s = this.at & 7;
      const word = (b[i] << 24) | (b[i + 1] << 16) | (b[i + 2] << 8) | b[i + 3];
      return s ? (word << s) | (b[i + 4] >> (8 - s)) : word;
    }

    digits(n) {
      if (!n) return 0;
      const out = this.ahead() >>> (32 - n);
      this.at += n;
      return out;
    }

    ones() {
      let out = 0, n;
      do {
        out += n = Math.clz32(~this.ahead());
        this.at += n;
      } while (n === 32);
      this.at++;
      return out;
    }

    gamma() {
      const zeros = Math.clz32(this.ahead());
      this.at += zeros;
      return this.digits(zeros + 1);
    }

    rice(k) { return this.ones() * 2 ** k + this.digits(k); }

    // set is a set of numbers, ascending.
    set() {
      const out = new Uint32Array(this.gamma() - 1);
      if (!out.length) return out;
      const k = this.digits(5);
      for (let i = 0, last = -1; i < out.length; i++) out[i] = last += 1 + this.rice(k);
      return out;
    }
  }

  function bytesOf(base64) { return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)); }

  // names of files are one string of 8 characters each.
  function fileAt(table, kind, i) { return kind + "-" + table.names.slice(8 * i, 8 * i + 8); }

  class Index {
    // folder is the address of the index, with a slash at its end; load(address) runs a
    // script from there and says when it has, or fails; part(address, from, to) promises the
    // text of some bytes of it, or fails, and is null where there can be none.
    constructor(folder, load = loadScript, part = /^https?:/.test(folder) ? loadPart : null) {
      this.folder = folder;
      this.load = load;
      this.part = part;
      this.files = new Map();
      this.lines = new Map();
      this.values = new Map();
      window.vitrineIndex = (name, value) => this.values.set(name, value);
    }

    // open reads the root, which everything else needs.
    async open() {
      const root = this.root = await this.file("root");
      for (const kind of ["terms", "bodies"]) this[kind + "Keys"] = root[kind].keys ? root[kind].keys.split("\n") : [];
      return this;
    }

    // file is the value of a file by its name, fetched once; made turns it into what is kept.
    file(name, made) {
      let got = this.files.get(name);
      if (!got) {
        got = this.load(this.folder + name + ".js").then(() => {
          if (!this.values.has(name)) throw new Error(name);
          const value = this.values.get(name);
          this.values.delete(name);
          return made ? made(value) : value;
        });
        this.files.set(name, got);
        got.catch(() => this.files.delete(name)); // may be asked for again
      }
      return got;
    }

    // named is the name of the file of terms or bodies in which a key stands, if it does.
    named(kind, key) {
      const keys = this[kind + "Keys"];
      let from = 0, to = keys.length; // the last whose first key is not behind this one
      while (from < to) {
        const half = (from + to) >> 1;
        if (compare(keys[half], key) > 0) to = half;
        else from = half + 1;
      }
      return from ? fileAt(this.root[kind], kind, from - 1) : "";
    }

    table(kind, key) {
      const name = this.named(kind, key);
      return name ? this.file(name, entriesOf) : Promise.resolve(null);
    }

    // term is what the index has under a key, null where it has nothing: {key, canons,
    // aliases, lanes: for each lane the occurrences there, or null}; see occurrences. Of a
    // long lane there is the set of records alone, until places are read.
    async term(key) {
      const table = await this.table("terms", key), row = table && table.rows.get(key);
      if (!row) return null;
      if (!row.read) {
        const bits = new Bits(table.bytes, row.from), canons = row.canons ? row.canons.split(",") : [""];
        row.read = { key, canons, aliases: row.aliases, lanes: [] };
        for (let l = 0; l < lanes; l++) {
          if (!bits.digits(1)) row.read.lanes.push(null);
          else if (l === 0) row.read.lanes.push(occurrences(bits, bits.set(), canons.length > 1, true));
          else row.read.lanes.push(l < short ? forms(bits) : { set: bits.set() });
        }
      }
      return row.read;
    }

    // places reads where a term stands in the long lanes.
    async places(term) {
      const long = term.lanes.slice(short).filter((l) => l && !l.at);
      if (!long.length) return;
      const table = await this.table("bodies", term.key), bits = new Bits(table.bytes, table.rows.get(term.key).from);
      for (const l of long) Object.assign(l, occurrences(bits, l.set, term.canons.length > 1, false));
    }

    // title is that of a record: [path, title, title in the second language …].
    title(n) { return this.line("titles", n); }

    // row is what is shown of a record beside its title; each text is one, or one for each
    // language.
    async row(n) {
      const [level, form, place, reference, date, text, picture] = await this.line("rows", n);
      return { level, form, place, reference, date, text, picture };
    }

    // line is the one of a record in a file of lines. Of a file of which few are asked for, these
    // alone are fetched, where all of it are of one length.
    async line(kind, n) {
      const { per, lengths } = this.root[kind], i = Math.floor(n / per), name = fileAt(this.root[kind], kind, i);
      if (!this.lines.has(name)) this.lines.set(name, { asked: new Set(), parts: new Map() });
      const { asked, parts } = this.lines.get(name);
      asked.add(n);
      await null; // a page asks for its hits in one go, and how many are wanted is known after that
      if (this.part && lengths[i] && !this.files.has(name) && (parts.has(n) || asked.size <= fewLines)) {
        const from = ("vitrineIndex(\"" + name + "\",[\n").length + (n % per) * lengths[i];
        if (!parts.has(n)) parts.set(n, this.part(this.folder + name + ".js", from, from + lengths[i]).then(lineOf));
        try {
          return await parts.get(n);
        } catch (e) {
          this.part = null; // what this server cannot do it need not be asked again
        }
      }
      return (await this.paged(kind, n))[n % per];
    }

    // paged is the file in which a record stands.
    paged(kind, n, made) { return this.file(fileAt(this.root[kind], kind, Math.floor(n / this.root[kind].per)), made); }

    // facet is [{id, labels, set}] of a facet, in the order of the index.
    facet(name) {
      if (!this.root.facets[name]) return Promise.resolve([]);
      return this.file("facets-" + this.root.facets[name], (v) => {
        const bits = new Bits(bytesOf(v.bits), 0);
        return v.values.map(([id, ...labels]) => ({ id, labels, set: bits.set() }));
      });
    }

    // words are all tokens, in the order of the index: {fold, count, spelling}.
    words() {
      if (!this.root.words) return Promise.resolve([]);
      return this.file("words-" + this.root.words, (v) => v.split("\n").filter(Boolean).map((line) => {
        const [fold, count, spelling] = line.split("\t");
        return { fold, count: parseInt(count, 36), spelling };
      }));
    }

    // begun are the numbers of the records that begin in a year: [first, one behind the last].
    begun(year) {
      const { years, undated } = this.root;
      for (let i = 0; i < years.length; i += 2) if (years[i] === year) return [years[i + 1], i + 3 < years.length ? years[i + 3] : undated];
      return [0, 0];
    }

    spans() { return this.root.spans ? this.file("spans-" + this.root.spans) : Promise.resolve([]); }
  }

  // lineOf is the value of a line, which has a comma behind it unless it is the last.
  function lineOf(text) { return JSON.parse(text.replace(/,?\s*$/, "")); }

  // entriesOf takes a file of terms or bodies in; its entries are read when asked for.
  function entriesOf({ keys, bits }) {
    const rows = new Map();
    let from = 0;
    for (const line of keys.split("\n")) {
      const [key, canons, length, aliases] = line.split("\t");
      rows.set(key, { canons, aliases: aliases || "", from });
      from += parseInt(length, 36);
    }
    return { rows, bytes: bytesOf(bits) };
  }

  // occurrences are the places in a lane of the records of a set: those of record i are at
  // from starts[i] on, canon says in which form. Titles say too which place is the last.
  function occurrences(bits, set, many, title) {
    const k = bits.digits(5), starts = new Uint32Array(set.length + 1), at = [], canon = [], last = [];
    for (let i = 0; i < set.length; i++) {
      for (let n = bits.gamma(), place = -1; n > 0; n--) {
        place += 1 + bits.rice(k);
        at.push(title ? place >> 1 : place);
        if (title) last.push(place & 1);
        canon.push(many ? bits.ones() : 0);
      }
      starts[i + 1] = at.length;
    }
    return { set, starts, at, canon, last };
  }

  // forms are the same of a lane that tells in which forms its records have a term, but not
  // where: at is missing.
  function forms(bits) {
    const list = [], set = [], starts = [], canon = [], room = 65536; // more than there are forms
    for (let n = bits.gamma(); n > 0; n--) {
      const form = bits.gamma() - 1;
      for (const record of bits.set()) list.push(record * room + form);
    }
    Float64Array.from(list).sort().forEach((x, i) => {
      const record = Math.floor(x / room);
      if (record !== set[set.length - 1]) {
        set.push(record);
        starts.push(i);
      }
      canon.push(x % room);
    });
    return { set, starts: starts.concat(canon.length), canon };
  }

  function loadScript(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => { script.remove(); resolve(); };
      script.onerror = () => { script.remove(); reject(new Error(address)); };
      document.head.append(script);
    });
  }

  async function loadPart(address, from, to) {
    const got = await fetch(address, { headers: { Range: "bytes=" + from + "-" + (to - 1) } });
    if (got.status === 206 && (got.headers.get("Content-Range") || "").startsWith("bytes " + from + "-" + (to - 1) + "/")) return got.text();
    if (got.body) got.body.cancel(); // this is all of it
    throw new Error(address);
  }

  Object.assign(search, { Index, Bits, bytesOf, lanes, short });
})(window.vitrineSearch = window.vitrineSearch || {});
