#include "lib/base/io.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"

/*
 * What has to be removed when the tool is ended: a signal handler cannot be
 * given state, so this is the one list of the process.  A slot is filled before
 * the file is made and emptied after it is gone.
 */
enum { PENDING_MAX = 64 };
static char pending[PENDING_MAX][PATH_MAX];
static volatile sig_atomic_t pending_used[PENDING_MAX];
static pid_t pending_owner;

int
io_guard(const char *path)
{
	int i;

	for (i = 0; i < PENDING_MAX; i++)
		if (!pending_used[i] && strlen(path) < PATH_MAX) {
			memcpy(pending[i], path, strlen(path) + 1);
			pending_used[i] = 1;
			return 0;
		}
	return -1;
}

void
io_unguard(const char *path)
{
	int i;

	for (i = 0; i < PENDING_MAX; i++)
		if (pending_used[i] && strcmp(pending[i], path) == 0)
			pending_used[i] = 0;
}

/* A directory of files, with nothing but system calls: a handler may not call
 * opendir. */
static void
remove_directory(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	_Alignas(struct dirent64) char entries[4096];
	const struct dirent64 *entry;
	ssize_t got, at;

	while (fd >= 0 && (got = getdents64(fd, entries, sizeof entries)) > 0)
		for (at = 0; at < got; at += entry->d_reclen) {
			entry = (const struct dirent64 *)(entries + at);
			unlinkat(fd, entry->d_name, 0);
		}
	if (fd >= 0)
		close(fd);
	rmdir(path);
}

static void
remove_pending(void)
{
	int i;

	if (getpid() != pending_owner)
		return;
	for (i = 0; i < PENDING_MAX; i++)
		if (pending_used[i] && unlink(pending[i]) != 0 &&
		    errno == EISDIR)
			remove_directory(pending[i]);
}

static void
die_by_signal(int number)
{
	remove_pending();
	signal(number, SIG_DFL);
	raise(number);
}

void
io_init(const char *tool)
{
	static const int fatal[] = { SIGTERM, SIGINT, SIGHUP };
	struct sigaction action;
	struct stat status;
	size_t i;

	msg_set_tool(tool);
	msg_at_exit(remove_pending);
	pending_owner = getpid();
	umask(077);
	setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_MESSAGES, "C");	/* reasons in manifests are English */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);	/* EFBIG, as ENOSPC on a full disk */
	memset(&action, 0, sizeof action);
	action.sa_handler = die_by_signal;
	action.sa_flags = (int)SA_RESETHAND | SA_NODEFER;
	for (i = 0; i < sizeof fatal / sizeof *fatal; i++)
		sigaction(fatal[i], &action, NULL);
	if (fstat(STDOUT_FILENO, &status) == 0 && S_ISREG(status.st_mode))
		fchmod(STDOUT_FILENO, 0600);
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
		remove_pending();
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
	errno = 0;
	if (fflush(stdout) != 0 || ferror(stdout) || fclose(stdout) != 0)
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
	buf_addf(err, "cannot write '%s': %s", path, strerror(errno));
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
		buf_addf(err, "cannot open '%s': %s", path, strerror(errno));
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
		if (line->len < IO_LINE_MAX)
			buf_addc(line, c);
	funlockfile(lines->file);
	if (c == EOF && ferror(lines->file)) {
		buf_addf(err, "cannot read '%s': %s", lines->name, strerror(errno));
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
		buf_addf(err, "cannot open '%s': %s", path, strerror(errno));
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
		buf_addf(err, "cannot read '%s': %s", path, strerror(errno));
	else if (out->len - start > limit)
		buf_addf(err, "'%s' has more than %zu bytes", path, limit);
	close(fd);
	return got < 0 || out->len - start > limit ? -1 : 0;
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
		buf_addf(err, "cannot make the directory '%s': %s", path,
		    strerror(errno));
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
io_store(const char *tmp, const char *path, const void *bytes, size_t len,
    struct buf *err)
{
	static unsigned long serial;
	struct buf name = BUF_INIT;
	int fd, result = -1;

	buf_addf(&name, "%s/%ld-%lu", tmp, (long)getpid(), serial++);
	fd = open(name.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || io_write_all(fd, bytes, len) != 0) {
		buf_addf(err, "cannot write '%s': %s", name.data, strerror(errno));
		goto out;
	}
	if (rename(name.data, path) != 0) {
		buf_addf(err, "cannot rename to '%s': %s", path, strerror(errno));
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

/* ---- products ---- */

char *
io_part_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t directory = slash != NULL ? (size_t)(slash + 1 - path) : 0;
	struct buf name = BUF_INIT;

	buf_add(&name, path, directory);
	buf_addf(&name, ".%s.part", path + directory);
	return buf_detach(&name);
}

int
io_product_open(struct io_product *product, const char *path, struct buf *err)
{
	struct stat status;

	memset(product, 0, sizeof *product);
	product->fd = -1;
	if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
		buf_addf(err, "cannot write '%s': not a regular file", path);
		return -1;
	}
	product->path = xstrdup(path);
	product->part = io_part_name(path);
	product->fd = open(product->part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (product->fd < 0) {
		buf_addf(err, "cannot write '%s': %s", path, strerror(errno));
		goto fail;
	}
	if (flock(product->fd, LOCK_EX | LOCK_NB) != 0) {
		buf_addf(err, "another run is writing '%s'", path);
		goto fail;
	}
	if (ftruncate(product->fd, 0) != 0 || io_guard(product->part) != 0) {
		buf_addf(err, "cannot write '%s'", path);
		goto fail;
	}
	return 0;
fail:
	if (product->fd >= 0)
		close(product->fd);
	free(product->part);
	free(product->path);
	memset(product, 0, sizeof *product);
	product->fd = -1;
	return -1;
}

/* 1 the same bytes, 0 others, -1 no such file. */
static int
same_bytes(const char *path, const char *other)
{
	FILE *a = fopen(path, "re"), *b = fopen(other, "re");
	int result = a == NULL ? -1 : b != NULL, c;

	while (result == 1 && (c = getc_unlocked(a)) == getc_unlocked(b))
		if (c == EOF)
			goto out;
	if (result == 1)
		result = 0;
out:
	if (a != NULL)
		fclose(a);
	if (b != NULL)
		fclose(b);
	return result;
}

static int
sync_directory_of(const char *path)
{
	char *copy = xstrdup(path), *slash = strrchr(copy, '/');
	int fd, result;

	if (slash != NULL)
		slash[1] = '\0';
	fd = open(slash != NULL ? copy : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	result = fd < 0 ? -1 : fsync(fd);
	if (fd >= 0)
		close(fd);
	free(copy);
	return result;
}

int
io_product_publish(struct io_product *product, enum io_publish_flags flags,
    struct buf *err)
{
	int same, fd, result = -1;

	/* The name may have been written anew by a library: sync what it is. */
	fd = open(product->part, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) != 0) {
		buf_addf(err, "cannot write '%s': %s", product->path, strerror(errno));
		goto out;
	}
	same = same_bytes(product->path, product->part);
	if (same == 0 && !(flags & IO_REPLACE)) {
		buf_addf(err, "'%s' exists with other content; --force replaces it",
		    product->path);
		goto out;
	}
	if (same != 1 && (rename(product->part, product->path) != 0 ||
	    sync_directory_of(product->path) != 0)) {
		buf_addf(err, "cannot write '%s': %s", product->path, strerror(errno));
		goto out;
	}
	result = 0;
out:
	if (fd >= 0)
		close(fd);
	io_product_release(product);
	return result;
}

void
io_product_release(struct io_product *product)
{
	if (product->part != NULL) {
		unlink(product->part);
		io_unguard(product->part);
	}
	if (product->fd > 0)
		close(product->fd);
	free(product->part);
	free(product->path);
	memset(product, 0, sizeof *product);
	product->fd = -1;
}
