# Vitrine. `make site` builds the sample archive into public/, `make test` proves it.

GO       ?= go
NPM      ?= npm
BIN      := bin/vitrine
RELEASE  ?= $(shell git describe --tags --always --dirty 2>/dev/null)
LDFLAGS  := -s -w -X vitrine/generator.release=$(RELEASE)
BUILD    := CGO_ENABLED=0 $(GO) build -trimpath -ldflags "$(LDFLAGS)"
SOURCES  := $(shell find cmd/vitrine generator templates -name node_modules -prune -o -type f -print 2>/dev/null)
PLATFORMS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64

.PHONY: site serve build test tools lint audit fuzz bench bench-phases bench-memory bench-size bench-search bench-images bench-photographs bench-tate bench-parts bench-serve dist sheets clean
.DELETE_ON_ERROR:

site: build
	$(BIN) build --content content --out public

# The sample archive, live while it or the templates are edited.
serve: build
	$(BIN) serve --content content --open

build: $(BIN)

$(BIN): $(SOURCES) go.mod go.sum templates/vendor/.done
	$(BUILD) -o $@ ./cmd/vitrine

# Fonts come from npm by the lock file; the marks keep a second run quick.
templates/node_modules/.done: templates/package.json templates/package-lock.json
	cd templates && $(NPM) ci --no-audit --no-fund --loglevel=error
	touch $@

templates/vendor/.done: templates/node_modules/.done templates/vendor.mjs
	cd templates && node vendor.mjs
	touch $@

# What the tests and benchmarks take of others.
generator/testdata/%/node_modules/.done: generator/testdata/%/package.json generator/testdata/%/package-lock.json
	cd generator/testdata/$* && $(NPM) ci --no-audit --no-fund --loglevel=error
	touch $@

# Viewers that the tests read descriptions with. The lock file names them without what they are
# built of: after a change of version give it their new hashes by hand.
VIEWERS := generator/testdata/viewers
# The YAML server of editors, which tests ask what it says of the files of an archive.
EDITOR_SERVER := generator/testdata/editor
# Programs that the tests read reference files with.
REFERENCES := generator/testdata/references
# What the tests read linked data with: jsonld.js and the vocabulary of schema.org.
LINKED := generator/testdata/linked

# The tables of the search are printed last.
test: build tools $(VIEWERS)/node_modules/.done $(EDITOR_SERVER)/node_modules/.done $(REFERENCES)/node_modules/.done $(LINKED)/node_modules/.done
	$(GO) vet ./...
	RELEVANCE="$(CURDIR)/bin" $(GO) test -timeout 40m ./...
	@cat bin/relevance-*.txt

# What the tests need and a fresh machine lacks.
tools:
	@sh .ci/tools

lint:
	@out=$$(gofmt -l cmd generator templates/*.go); test -z "$$out" || { echo "gofmt: $$out"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

audit: lint
	$(GO) run golang.org/x/vuln/cmd/govulncheck@latest ./... || echo "govulncheck: its database is out of reach"

FUZZTIME ?= 20s
fuzz:
	@set -e; for dir in $$(grep -rlE '^func Fuzz' --include='*_test.go' generator cmd | xargs -n1 dirname | sort -u); do \
	  for f in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]*' $$dir/*_test.go | cut -d' ' -f2); do \
	    echo "$$dir $$f"; $(GO) test ./$$dir -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x; \
	  done; done

# The race against Hugo; needs the corpus writer that lies beside the checkout.
# make bench N=1000000 runs Vitrine alone.
bench: N ?= 10000 100000
bench: build
	sh .ci/bench race $(N)

# Where the time goes; make bench-phases CPUPROFILE=cpu.prof keeps a profile.
bench-phases: N ?= 100000
bench-phases: build
	sh .ci/bench phases $(N)

# What a record more takes of the memory: it is the same at any size.
bench-memory: N ?= 10000 100000 1000000
bench-memory: build
	sh .ci/bench memory $(N)

# One fonds with 100,000 items, and a folder with 100,000 files.
bench-size:
	$(GO) test ./generator -run '^$$' -bench Wide -benchtime 1x -timeout 1h

# Widths and tiles of large scans against libvips; F names the images.
bench-images: F ?= $(wildcard ../shared/data/collections/fsa-photographs/evans-fields-family-a.jpg ../shared/data/large-scans/*.jpg)
bench-images: build
	sh .ci/bench images $(F)

# The memory of 500, 1,000 and 2,000 photographs, made of the images in F in turn.
bench-photographs: F ?= $(wildcard ../shared/data/collections/fsa-photographs/*.jpg)
bench-photographs: build
	sh .ci/bench photographs $(F)

# A sheet of 69,202 rows, from CSV to a finished site: under 3 minutes and 400 MB.
bench-tate: build
	sh .ci/bench tate ../shared/data/metadata/tate/tate-artworks.csv.gz

# The search: the index of so many records, in turn with Pagefind, which takes 14 GB for 100,000;
# what the page sends and how long it takes in Chromium; the judged queries.
PAGEFIND := generator/testdata/pagefind
bench-search: N ?= 100000
bench-search: build tools $(PAGEFIND)/node_modules/.done
	sh .ci/bench search $(N)

# How long the parts take.
bench-parts:
	$(GO) test ./generator/... -run '^$$' -bench . -benchmem

# From the save of a record to the reload of its page in Chromium: of the starter
# archive, or make bench-serve CONTENT=DIR, with RECORD, PAGE and TEXT to choose
# the record. The archive is copied.
bench-serve: tools
	VITRINE_BENCH_CONTENT="$(abspath $(CONTENT))" VITRINE_BENCH_RECORD="$(RECORD)" VITRINE_BENCH_PAGE="$(PAGE)" VITRINE_BENCH_TEXT="$(TEXT)" \
	$(GO) test ./generator/preview -run '^$$' -bench SaveToReload -benchtime 20x

dist: templates/vendor/.done
	sh .ci/dist "$(PLATFORMS)" "$(RELEASE)" "$(LDFLAGS)"

sheets:
	$(GO) run ./cmd/draw-sheets

clean:
	rm -rf bin dist .vitrine templates/node_modules
	find public -mindepth 1 ! -name .gitkeep -delete
	find templates/vendor -mindepth 1 ! -name .gitkeep -delete
