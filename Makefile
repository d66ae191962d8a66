# Everything here works with go, git, make and coreutils in PATH, but for the targets that say what else they need.

.POSIX:

# Tools of the checks, at one version for everybody. They are run and not listed in go.mod: see CONTRIBUTING.md.
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.9.0

# Where make wsdl gets the WSDLs from: {URL}/soap11 and {URL}/soap12.
URL = https://api.trackunit.com/public

# How long make fuzz spends on each target.
FUZZTIME = 60s

# Which cases make corpus takes, and what they are held against.
EVERY = 1
BASELINE = cmd/wsdlgen/internal/scoreboard/baseline.txt

# The cases of WSDL_CORPUS that make bench reads long answers of. In turn they have small lists full of attributes; choices and
# wildcards; types that xsi:type tells; unqualified names; simple content with attributes; collections in three namespaces;
# and deep lists under one prefix.
SERVICES = gowsdlsoap-navblue,gowsdl-epcglobal-epcis-query-1-2,strongsoap-addlist-xsi-type-soap,savon-betfair,rubiii-zanox-export-service,wcf-collectiontypes,gowsdl-ec2

# Which packages make race and lint look at.
PKGS = ./...

help: ## Show this list
	@while IFS= read -r line; do case $$line in \
	[a-z]*:*'##'*) name=$${line%%:*}; printf '%-16s%s\n' "$$name" "$${line#*'## '}" ;; \
	esac; done < Makefile

demo: ## Show what the client does, against a simulator of the service, over SOAP 1.1 and 1.2
	go run ./cmd/trackunit demo

test: ## Run all tests
	go test ./...

race: ## Run all tests with the race detector; needs a C compiler
	CGO_ENABLED=1 go test -race $(PKGS)

generate: ## Make the generated code anew, after a change of wsdl/ or of wsdlgen
	go generate ./...

check-generated: ## Fail if make generate would change anything
	@before=$$(git diff HEAD; git status --porcelain); \
	go generate ./... || exit 1; \
	after=$$(git diff HEAD; git status --porcelain); \
	if [ "$$before" != "$$after" ]; then \
	echo 'generated code is stale: this is what make generate changes'; \
	git --no-pager diff --stat; git status --short; exit 1; fi

lint: ## Run gofmt, go vet and staticcheck
	@unformatted=$$("$$(go env GOROOT)/bin/gofmt" -l .) || exit 1; \
	if [ -n "$$unformatted" ]; then echo 'not formatted:'; echo "$$unformatted"; exit 1; fi
	go vet $(PKGS)
	go run $(STATICCHECK) $(PKGS)

vuln: ## Look for known vulnerabilities; needs the network
	go run $(GOVULNCHECK) $(PKGS)

fuzz: ## Run each fuzz target for FUZZTIME
	@for pkg in $$(go list $(PKGS)); do \
	for target in $$(go test -list '^Fuzz' "$$pkg"); do \
	case $$target in Fuzz*) \
	echo "$$pkg $$target"; \
	go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x "$$pkg" || exit 1 ;; \
	esac; done; done

soak: ## Download a year of 2,000 units from a simulator that fails, in virtual time: about ten minutes
	SOAK=virtual go test -count=1 -timeout 2h -v -run '^TestSoak$$' .

soak-real: ## The same with 200 units in real time: a few minutes
	SOAK=real go test -count=1 -timeout 1h -v -run '^TestSoakInRealTime$$' .

bench: ## Measure the codec beside encoding/xml: a line a figure, with the ratio
	CGO_ENABLED=0 go run ./internal/bench
	@if [ -n "$$WSDL_CORPUS" ]; then \
	go run ./cmd/wsdlgen/internal/scoreboard -speed -only $(SERVICES) "$$WSDL_CORPUS"; fi

bench-docs: ## The same, written to docs/performance.md with a plot
	CGO_ENABLED=0 go run ./internal/bench -o docs

wsdl: ## Get the WSDLs anew from URL, and show what changed; TRACKUNIT_TOKEN is the login, where one is wanted
	@WSDLGEN_USER="$${TRACKUNIT_TOKEN:+API}" WSDLGEN_PASSWORD="$${TRACKUNIT_TOKEN:-}" \
	go run ./cmd/wsdlgen fetch -o wsdl "soap11.wsdl=$(URL)/soap11" "soap12.wsdl=$(URL)/soap12"
	@echo 'next: make generate test'

corpus: ## Run wsdlgen on the folder of WSDLs in WSDL_CORPUS: a scoreboard, held against the last one. EVERY=5 takes a fifth
	@if [ -z "$$WSDL_CORPUS" ]; then echo 'set WSDL_CORPUS to a folder of WSDLs'; exit 1; fi
	go run ./cmd/wsdlgen/internal/scoreboard -quick $(EVERY) -baseline $(BASELINE) -o corpus-failures.txt "$$WSDL_CORPUS"

corpus-update: ## Run the scoreboard and make what it finds the one that later runs are held against
	go run ./cmd/wsdlgen/internal/scoreboard -baseline $(BASELINE) -update -o corpus-failures.txt "$$WSDL_CORPUS"

.PHONY: help demo test race generate check-generated lint vuln fuzz soak soak-real bench bench-docs wsdl corpus corpus-update
