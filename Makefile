# `make run` shows Keyfob at work, `make test` runs every check. CONTRIBUTING.md says more.

# One set of flags for every build: a different one would build everything again.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
PRODUCTS := keyfob cldkctl pipecat podstack skytells videosdk keyfob-server

export SWIFT_FLAGS

.DEFAULT_GOAL := help
.PHONY: help run serve build check test test-long screenshots format clean run-packages test-packages products

help: ## this list
	@echo "Keyfob: sign-in for command-line tools"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '%-20s %s\n' "$$name" "$$text"; done

run: products ## a sign-in from start to end, with a server of its own (PRODUCT=name: that product's page; DEMO=auto: by itself)
	@Scripts/demo

serve: products ## a server on loopback, until Ctrl+C (PORT=8080; its data stays in .demo/)
	@Scripts/serve

build: test-packages ## everything, tests included
	swift build --build-tests $(SWIFT_FLAGS)

check: ## the rules of the house: imports, bans, names, sizes, format
	@Scripts/check

test: test-packages ## every kind of check, the long ones with small counts
	@.venv/bin/python Scripts/test

test-long: test-packages ## the same with the full counts, and a table of what they measured
	@KEYFOB_TEST_SCALE=long .venv/bin/python Scripts/test

screenshots: test-packages products ## pictures of every page and terminal screen, in Artifacts/screenshots
	@KEYFOB_SCREENSHOTS=Artifacts/screenshots .venv/bin/python -m pytest -q Tests/blackbox/test_screenshots*.py

format: ## formats the Swift code in place
	swift format --in-place --parallel --recursive Package.swift Sources Tests

clean: ## removes what was built and made here
	rm -rf .build .venv .vendors .demo Artifacts

products: run-packages
	@set -e; for product in $(PRODUCTS); do swift build $(SWIFT_FLAGS) --product $$product; done

run-packages:
	@Scripts/install-debian run

test-packages:
	@Scripts/install-debian test
	@Scripts/python-environment
