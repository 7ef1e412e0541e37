#!/bin/sh
# What is installed, and so what the Debian package holds: every tool, page, completion, unit
# and file of share/, and nothing that uninstall leaves behind.
. "$(dirname "$0")/lib.sh"

(cd "$TC_TOP" && git ls-files share man) >tracked 2>/dev/null ||
	(cd "$TC_TOP" && find share man -type f) >tracked
make_() {
	make -s -o all -C "$TC_TOP" "$1" DESTDIR="$PWD/root" PREFIX=/usr
}
# installed PATH...: those that are not there.
installed() {
	for path in "$@"; do
		[ -s "root/usr/$path" ] || echo "no /usr/$path"
	done | { ! grep .; }
}

mkdir -p root/usr/bin
echo other >root/usr/bin/other
check "make install" make_ install
for tool in tc-ingest tc-check tc-normalize tc-layout tc-export tc-province; do
	check "$tool is installed and runs there" sh -c "root/usr/bin/$tool --help >/dev/null"
	check "... with its manual page, in Chinese too" installed "share/man/man1/$tool.1" \
		"share/man/zh_CN/man1/$tool.1"
	check "... and its completion" installed "share/bash-completion/completions/$tool"
done
check "tc-province tells its version, and helps in Chinese" sh -c '
	root/usr/bin/tc-province --version | grep -qx "tc-province [0-9.]*" &&
	root/usr/bin/tc-province --lang zh --help | grep -q "^用法：tc-province"'
# shellcheck disable=SC2046
check "every page" installed $(sed -n 's|^man/\(zh_CN/\)\{0,1\}\([^/]*\)\.\([157]\)$|share/man/\1man\3/\2.\3|p' tracked)
check "the overview by a name of its own" installed share/man/man7/tc-tools.7 share/man/zh_CN/man7/tc-tools.7
# shellcheck disable=SC2046
check "every file of share/" installed $(sed -n 's|^share/|share/tc/|p' tracked)
# shellcheck disable=SC2046
check "systemd's units" installed $(sed -n 's|^share/systemd/\(.*\.\(service\|timer\)\)$|lib/systemd/system/\1|p' tracked)
check "which call what was installed" sh -c '! grep -rn /usr/local root/usr/lib/systemd root/usr/share/tc/systemd'
check "nothing is writable to others" test -z "$(find root/usr -perm -022 ! -type l ! -name bin)"

check "the package is what make install puts there" grep -q \
	'(MAKE) install PREFIX=/usr DESTDIR=.*debian/tc-tools$' "$TC_TOP/debian/rules"
# What building needs is told to both.
sed -n '/^Build-Depends:/,/^[A-Z]/p' "$TC_TOP/debian/control" | grep -o '[a-z0-9.+-]*-dev\|pkg-config' | sort -u >package
sed -n "/^build='/,/'$/p" "$TC_TOP/scripts/setup" | grep -o '[a-z0-9.+-]*-dev\|pkg-config' |
	grep -v '^linux-libc-dev$\|^libc6-dev$' | sort -u >setup
check_same "debian/control and scripts/setup name the same libraries" setup package

check "make uninstall" make_ uninstall
check "leaves nothing, and what is others'" test "$(find root -type f -o -type l)" = root/usr/bin/other
finish
