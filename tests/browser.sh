# browser.sh: Chromium for the tests of the review page.

BROWSER=${TC_BUILD:-$TC_TOP/build}/browser

# browser_missing: says why there is no browser, and is silent when there is one.
# What it needs comes from npm, by the lock file, and again when that is another one.
browser_missing() {
	command -v chromium >/dev/null || { echo "chromium is not installed"; return; }
	command -v npm >/dev/null || { echo "npm is not installed"; return; }
	if [ ! -e "$BROWSER/node_modules/axe-core/package.json" ] ||
	    ! cmp -s "$TC_TOP/tests/browser/package-lock.json" "$BROWSER/package-lock.json"; then
		mkdir -p "$BROWSER" &&
		cp "$TC_TOP"/tests/browser/package*.json "$BROWSER" &&
		(cd "$BROWSER" && timeout 60 npm ci --no-audit --no-fund --silent) \
			>/dev/null 2>&1 || echo "npm's registry cannot be reached"
	fi
}

# browse PAGE STEP...: run tests/browser/page.js on a page; see there.
browse() {
	NODE_PATH=$BROWSER/node_modules timeout 120 \
		node "$TC_TOP/tests/browser/page.js" "$PWD/profile" "$@"
}
