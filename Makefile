# Every target has one line of help, which "make" shows. On a new machine
# "make demo" and "make test" install what they need.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# May be set: make demo LISTEN=127.0.0.1:9000 DATA=/srv/demo
LISTEN   ?= 127.0.0.1:8080
FUZZTIME ?= 10s
ROUNDS   ?= 15

tool := go tool -modfile=tools/go.mod
web  := $(shell find web/css web/js web/ui -name '*.css' -o -name '*.js' -o -name '*.templ' -o -name 'ui.go')

# The Go files of the pages are not in the repository: make generates them if a page was changed or deleted.
pages   := $(shell find internal web -name '*.templ')
written := $(pages:.templ=_templ.go)
stale   := $(filter-out $(written),$(shell find internal web -name '*_templ.go'))

# The race detector runs rules and services; adapters would only test drivers.
pure = $(shell go list ./internal/... | grep -Ev '/internal/(app|site|archtest|demo|infra|test)(/|$$)|(sql|web|cli)$$')

help: ## show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: DATA ?= siida-demo
demo: build ## build and serve a made-up year on LISTEN, stored in DATA (siida-demo)
	bin/siida demo --listen "$(LISTEN)" --data "$(DATA)"

run: DATA ?= siida-data
run: build ## build and serve an installation of your own on LISTEN, stored in DATA (siida-data)
	bin/siida serve --listen "$(LISTEN)" --data "$(DATA)"

build: pages assets ## build bin/siida, which contains everything it needs
	go build -trimpath -o bin/siida ./cmd/siida

test: pages assets needs ## run every test: SQLite, PostgreSQL and a browser
	go test -timeout 20m ./...

quick: pages assets ## format, vet and test what has changed since the last commit, and what imports it
	@changed=$$(git status --porcelain --untracked-files=all -- '*.go' '*.sql' '*.templ' | awk '{ print $$NF }' | xargs -r dirname | sort -u | \
		while read -r folder; do ls "$$folder"/*.go >/dev/null 2>&1 && echo "./$$folder"; done); \
	[ -n "$$changed" ] || { echo "nothing has changed"; exit 0; }; \
	all=$$(go list -f '{{.ImportPath}} {{join .Deps " "}} {{join .TestImports " "}} {{join .XTestImports " "}}' ./... | \
		awk -v changed="$$(go list $$changed | tr '\n' ' ')" \
		'BEGIN { n = split(changed, names) } { for (i = 1; i <= n; i++) if (index($$0 " ", names[i] " ")) { print $$1; next } }'); \
	$(tool) golangci-lint fmt $$changed && go vet $$all && go test $$all

race: pages ## test rules and services under the race detector
	@.ci/needs gcc libc6-dev
	go test -race $(pure)

fuzz: pages ## run every fuzz target for FUZZTIME (10s)
	@grep -rHo --include='*_test.go' '^func Fuzz[A-Za-z0-9]*' internal | while IFS=: read -r file target; do \
		target=$${target#func }; \
		echo "$$target ($(FUZZTIME))"; \
		go test -run '^$$' -fuzz "^$$target$$" -fuzztime "$(FUZZTIME)" "./$${file%/*}" </dev/null || exit 1; \
	done

test-faults: pages needs ## kill the program KILLS (200) times at work, and try every other fault often, on both engines; SEED repeats a run
	FAULTS=long KILLS="$(KILLS)" go test -count=1 -timeout 3h -v -run '^(TestKilled|TestFault)' ./internal/app ./internal/test/upgrade

cover: pages assets needs ## run every test and print the coverage
	go test -coverpkg=./internal/... -coverprofile=cover.out ./...
	@go tool cover -func=cover.out | tail -n 1

bench: build needs ## run the benchmarks with bounds and floors, and write docs/benchmarks.md; fail if a bound is exceeded
	@{ go test -run '^$$' -bench . -skip '^Benchmark(Line|Mixed)' -benchtime "$(ROUNDS)x" $$(grep -rl --include='*_test.go' '^func Benchmark' internal | xargs dirname | sort -ru | sed 's,^,./,') && \
		go test -run '^$$' -bench '^BenchmarkLine' -benchtime 5x ./internal/test/bench && \
		go test -run '^$$' -bench '^BenchmarkMixed' -benchtime 1x ./internal/test/bench; } | \
		awk -f .ci/bench.awk

journey: pages assets needs ## measure an operator's journey over a slow line, and write docs/journey.md
	JOURNEY="$(CURDIR)/docs/journey.md" go test ./internal/test/browser -tags journey -run '^TestJourney$$' -count 1 -v

panduan: pages assets needs ## retake the pictures of the guides, and compare the guides with the pages
	mkdir -p docs/panduan/gambar
	rm -f docs/panduan/gambar/*.png
	GUIDES="$(CURDIR)/docs/panduan/gambar" go test ./internal/test/browser -run '^TestGuides' -count 1

golden: pages ## rewrite the golden files and show the changes
	go test -count 1 $$(grep -rl --include='*_test.go' '"update"' internal migrations | xargs -r dirname | sort -u | sed 's,^,./,') -update
	git --no-pager diff --stat -- '*testdata*' migrations/schema

look: pages assets needs ## take pictures of the pages into ./pictures
	mkdir -p pictures
	LOOK=all go test ./internal/test/browser -run 'TestPages|TestStandalonePages' -count 1 -artifacts -outputdir "$(CURDIR)/pictures"

lint: pages ## check style and mistakes
	$(tool) golangci-lint run ./...
	$(tool) templ fmt -fail .

generate: ## format the pages, and write their Go files
	$(tool) templ fmt .
	@$(MAKE) --no-print-directory pages

pages: $(written)

# templ generate writes only changed files, and deletes those of deleted pages.
$(written) &: $(pages) tools/go.mod $(if $(stale),FORCE)
	$(tool) templ generate
	@touch $(written)

FORCE:

assets: web/dist/app.css web/dist/app.js ## build the style sheet and the script

web/dist/app.css web/dist/app.js &: node_modules/.package-lock.json $(web)
	npm run --silent build

# Not npm ci: it stops when the registry lacks a tool for some other system.
node_modules/.package-lock.json: package-lock.json
	npm install --no-save
	@touch $@ # npm does not change it if nothing was missing

needs: ## install PostgreSQL, Chromium, poppler and LibreOffice, which the tests need (as root), or print the command
	@.ci/needs chromium postgresql poppler-utils libreoffice-calc-nogui

.PHONY: help demo run build test quick race fuzz test-faults cover bench journey panduan golden look lint generate pages FORCE assets needs
