#include "lib/base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/dryrun.h"
#include "lib/base/fault.h"
#include "lib/base/guard.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"

void
io_init(const char *tool)
{
	struct stat status;

	end_set_tool(tool);
	msg_silence_libraries();
	guard_start();
	umask(077);
	setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_MESSAGES, "C");	/* reasons in manifests are English */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);	/* EFBIG, as ENOSPC on a full disk */
	if (fstat(STDOUT_FILENO, &status) == 0 && S_ISREG(status.st_mode))
		fchmod(STDOUT_FILENO, 0600);
}

int
io_is_piped(void)
{
	struct stat status;

	return fstat(STDOUT_FILENO, &status) == 0 && S_ISFIFO(status.st_mode);
}

const char *
io_user(void)
{
	const struct passwd *account = getpwuid(geteuid());

	return account != NULL ? account->pw_name : "?";
}

/* ---- standard output ---- */

static void
output_failed(void)
{
	if (errno == EPIPE) {
		guard_remove_all();
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	msg_die("cannot write standard output: %s", strerror(errno));
}

void
io_print(const char *bytes, size_t len)
{
	if (fwrite(bytes, 1, len, stdout) != len)
		output_failed();
}

int
io_finish(int status)
{
	fault_end();
	errno = 0;
	if (fflush(stdout) != 0 || ferror(stdout) || fclose(stdout) != 0 ||
	    dryrun_end() != 0)
		output_failed();
	return status;
}

int
io_redirect(const char *path, struct io_product *product, struct buf *err)
{
	int before = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	struct stat status;
	int fd;

	if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
		fd = open(path, O_WRONLY | O_CLOEXEC);
	else if (io_product_open(product, path, err) == 0)
		fd = product->fd;
	else
		return -1;
	if (before >= 0 && fd >= 0 && dup2(fd, STDOUT_FILENO) >= 0)
		return before;
	fault_own_system(err, "cannot write '%s'", path);
	return -1;
}

/* ---- lines ---- */

int
io_lines_open(struct io_lines *lines, const char *path, struct buf *err)
{
	memset(lines, 0, sizeof *lines);
	if (path == NULL || strcmp(path, "-") == 0) {
		lines->file = stdin;
		lines->name = "<stdin>";
		return 0;
	}
	lines->file = fopen(path, "re");
	lines->name = path;
	lines->own = 1;
	if (lines->file == NULL) {
		fault_system(err, "cannot open '%s'", path);
		return -1;
	}
	return 0;
}

int
io_lines_next(struct io_lines *lines, struct buf *line, int *whole, struct buf *err)
{
	int c;

	buf_clear(line);
	*whole = 0;
	flockfile(lines->file);
	while ((c = getc_unlocked(lines->file)) != EOF && c != '\n')
		if (line->len < IO_LINE_MAX) {
			buf_reserve(line, 1);
			line->data[line->len++] = (char)c;
		}
	funlockfile(lines->file);
	if (line->len > 0)
		line->data[line->len] = '\0';
	if (c == EOF && ferror(lines->file)) {
		fault_system(err, "cannot read '%s'", lines->name);
		return -1;
	}
	if (c == EOF && line->len == 0)
		return 0;
	lines->number++;
	*whole = c == '\n' && line->len < IO_LINE_MAX;
	if (line->len > 0 && line->data[line->len - 1] == '\r')
		line->data[--line->len] = '\0';
	return 1;
}

void
io_lines_close(struct io_lines *lines)
{
	if (lines->own && lines->file != NULL)
		fclose(lines->file);
	lines->file = NULL;
}

/* ---- whole files ---- */

int
io_read_file(const char *path, size_t limit, struct buf *out, struct buf *err)
{
	enum { PIECE = 1 << 16 };
	size_t start = out->len;
	struct stat status;
	ssize_t got = 0;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		fault_system(err, "cannot open '%s'", path);
		return -1;
	}
	if (fstat(fd, &status) == 0 && status.st_size > 0 &&
	    (unsigned long long)status.st_size <= limit)
		buf_reserve(out, (size_t)status.st_size + PIECE);
	do {
		out->len += (size_t)got;
		if (out->len - start > limit)
			break;
		got = read(fd, buf_reserve(out, PIECE), PIECE);
	} while (got > 0);
	out->data[out->len] = '\0';
	if (got < 0)
		fault_system(err, "cannot read '%s'", path);
	else if (out->len - start > limit)
		buf_addf(err, "'%s' has more than %zu bytes", path, limit);
	close(fd);
	return got < 0 || out->len - start > limit ? -1 : 0;
}

ssize_t
io_read_at(int fd, void *bytes, size_t len, unsigned long long offset)
{
	struct buf noted = BUF_INIT;
	ssize_t got;

	do
		got = pread(fd, bytes, len, (off_t)offset);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		fault_system(&noted, "cannot read from the disk");
	buf_release(&noted);
	return got;
}

int
io_memory_file(const void *bytes, size_t len, struct buf *name, struct buf *err)
{
	int fd = memfd_create("tc", MFD_CLOEXEC);

	if (fd < 0 || io_write_all(fd, bytes, len) != 0) {
		fault_own_system(err, "cannot keep a file in memory");
		if (fd >= 0)
			close(fd);
		return -1;
	}
	buf_addf(name, "/proc/self/fd/%d", fd);
	return fd;
}

int
io_read_only(int fd, struct buf *err)
{
	char name[32];
	int again;

	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	again = open(name, O_RDONLY | O_CLOEXEC);
	if (again >= 0 && dup3(again, fd, O_CLOEXEC) == fd) {
		close(again);
		return 0;
	}
	fault_own_system(err, "cannot open a temporary file again");
	if (again >= 0)
		close(again);
	return -1;
}

int
io_make_directory(const char *path, struct buf *err)
{
	char *copy = xstrdup(path), *slash;
	int result = 0;

	for (slash = copy + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		if (mkdir(copy, 0700) != 0 && errno != EEXIST)
			break;
		*slash = '/';
	}
	if (mkdir(path, 0700) != 0 && errno != EEXIST) {
		fault_own_system(err, "cannot make the directory '%s'", path);
		result = -1;
	}
	free(copy);
	return result;
}

int
io_write_all(int fd, const void *bytes, size_t len)
{
	const char *next = bytes;
	ssize_t done;

	while (len > 0) {
		done = write(fd, next, len);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return -1;
		next += done;
		len -= (size_t)done;
	}
	return 0;
}

int
io_product_write(const struct io_product *product, const void *bytes, size_t len,
    struct buf *err)
{
	if (io_write_all(product->fd, bytes, len) == 0)
		return 0;
	fault_own_system(err, "cannot write '%s'", dryrun_is() ? product->part : product->path);
	return -1;
}

int
io_store(const char *tmp, const char *path, const void *bytes, size_t len,
    struct buf *err)
{
	static unsigned long serial;
	struct buf name = BUF_INIT;
	int fd, result = -1;

	buf_addf(&name, "%s/%ld-%lu", tmp, (long)getpid(), serial++);
	unlink(name.data);
	fd = open(name.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 || io_write_all(fd, bytes, len) != 0) {
		fault_own_system(err, "cannot write '%s'", name.data);
		goto out;
	}
	if (rename(name.data, path) != 0) {
		fault_own_system(err, "cannot rename to '%s'", path);
		goto out;
	}
	result = 0;
out:
	if (fd >= 0)
		close(fd);
	if (result != 0)
		unlink(name.data);
	buf_release(&name);
	return result;
}
