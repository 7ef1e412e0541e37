#include "lib/base/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"

/* The kernel's structure of today; older kernels are given its beginning.  The header
 * may be older than the kernel, and the other way round. */
struct ruleset {
	uint64_t files, network, scopes;
};

enum {
	ABI_REFER = 2, ABI_TRUNCATE = 3, ABI_NETWORK = 4, ABI_DEVICES = 5, ABI_SCOPES = 6,
	FIRST_RIGHTS = (1 << 13) - 1,	/* of Linux 5.13 */
	RIGHT_REFER = 1 << 13, RIGHT_TRUNCATE = 1 << 14, RIGHT_DEVICES = 1 << 15,
	NETWORK_RIGHTS = 3,		/* bind, connect */
	SCOPES = 3			/* abstract sockets, signals */
};

/* What the libraries read when they are already running: their plugins, tables of
 * encodings and of time zones, what the processors can. */
static const char *const system_reads[] = { "/usr", "/lib", "/lib64", "/etc/ld.so.cache",
    "/etc/localtime", "/etc/fonts", "/dev/null", "/dev/zero", "/dev/urandom",
    "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system", "/sys/fs/cgroup" };

/* ---- Landlock ---- */

static int
landlock_version(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0,
	    LANDLOCK_CREATE_RULESET_VERSION);

	return version > 0 ? (int)version : 0;
}

static int
new_ruleset(int version)
{
	struct ruleset rules = { FIRST_RIGHTS, 0, 0 };
	size_t size = sizeof rules.files;

	if (version >= ABI_REFER)
		rules.files |= RIGHT_REFER;
	if (version >= ABI_TRUNCATE)
		rules.files |= RIGHT_TRUNCATE;
	if (version >= ABI_DEVICES)
		rules.files |= RIGHT_DEVICES;
	if (version >= ABI_NETWORK) {
		rules.network = NETWORK_RIGHTS;
		size = 2 * sizeof rules.files;
	}
	if (version >= ABI_SCOPES) {
		rules.scopes = SCOPES;
		size = sizeof rules;
	}
	return (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
}

/* What is not there cannot be read. */
static int
allow_reading(int ruleset, const char *path)
{
	struct landlock_path_beneath_attr rule = { LANDLOCK_ACCESS_FS_READ_FILE, -1 };
	struct stat status;
	long result;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return errno == ENOENT || errno == EACCES || errno == ENOTDIR ? 0 : -1;
	if (fstat(rule.parent_fd, &status) == 0 && S_ISDIR(status.st_mode))
		rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
	result = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH,
	    &rule, 0);
	/* A file in memory alone lies in no folder and needs no rule. */
	if (result != 0 && errno == EBADFD)
		result = 0;
	close(rule.parent_fd);
	return (int)result;
}

static int
lock_files(const struct sandbox *sandbox)
{
	int version = landlock_version(), ruleset, result = 0;
	size_t i;

	if (version == 0)
		return 0;
	ruleset = new_ruleset(version);
	if (ruleset < 0)
		return -1;
	for (i = 0; i < sizeof system_reads / sizeof *system_reads && result == 0; i++)
		result = allow_reading(ruleset, system_reads[i]);
	for (i = 0; i < sandbox->read_count && result == 0; i++)
		result = allow_reading(ruleset, sandbox->reads[i]);
	if (result == 0)
		result = (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
	close(ruleset);
	return result;
}

/* ---- seccomp ---- */

/* Writing needs no condition: all other descriptors that could be written to are closed, and
 * a memory file of the process itself does no harm. */
static const int allowed[] = {
	SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(ftruncate), SCMP_SYS(read),
	SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv),
	SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(lseek), SCMP_SYS(close),
	SCMP_SYS(stat), SCMP_SYS(fstat), SCMP_SYS(lstat), SCMP_SYS(newfstatat),
	SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
	SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(statfs),
	SCMP_SYS(fstatfs), SCMP_SYS(getdents64), SCMP_SYS(fadvise64), SCMP_SYS(dup),
	SCMP_SYS(memfd_create), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(brk),
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(mincore),
	SCMP_SYS(mlock), SCMP_SYS(munlock), SCMP_SYS(membarrier), SCMP_SYS(mbind),
	SCMP_SYS(get_mempolicy), SCMP_SYS(futex), SCMP_SYS(set_robust_list),
	SCMP_SYS(get_robust_list), SCMP_SYS(rseq), SCMP_SYS(set_tid_address),
	SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_getparam),
	SCMP_SYS(sched_getscheduler), SCMP_SYS(getcpu), SCMP_SYS(getpid),
	SCMP_SYS(gettid), SCMP_SYS(getppid), SCMP_SYS(getuid), SCMP_SYS(geteuid),
	SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(getrusage), SCMP_SYS(getrlimit),
	SCMP_SYS(sysinfo), SCMP_SYS(uname), SCMP_SYS(times), SCMP_SYS(time),
	SCMP_SYS(gettimeofday), SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres),
	SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(getrandom),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(sigaltstack), SCMP_SYS(alarm), SCMP_SYS(setitimer),
	SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group)
};

static int
allow(scmp_filter_ctx filter, int call, struct scmp_arg_cmp condition)
{
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, condition);
}

/* Files are opened for reading, memory is shared with nobody, threads are made and no
 * processes, and a process signals itself only, as abort(3) does. */
static int
add_conditions(scmp_filter_ctx filter)
{
	const uint64_t changes = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND |
	    (O_TMPFILE & ~O_DIRECTORY), id = (uint64_t)getpid();
	const uint64_t own = CLONE_VM | CLONE_THREAD | CLONE_SIGHAND;

	return allow(filter, SCMP_SYS(open), SCMP_A1(SCMP_CMP_MASKED_EQ, changes, 0)) |
	    allow(filter, SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, changes, 0)) |
	    allow(filter, SCMP_SYS(mmap), SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_SHARED, 0)) |
	    allow(filter, SCMP_SYS(mmap), SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS,
		MAP_ANONYMOUS)) |
	    allow(filter, SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_WRITE, 0)) |
	    allow(filter, SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) |
	    allow(filter, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, own, own)) |
	    allow(filter, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_GETFD)) |
	    allow(filter, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_SETFD)) |
	    allow(filter, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_GETFL)) |
	    allow(filter, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_DUPFD_CLOEXEC)) |
	    allow(filter, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)) |
	    allow(filter, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_SET_VMA)) |
	    allow(filter, SCMP_SYS(prlimit64), SCMP_A2(SCMP_CMP_EQ, 0)) |
	    allow(filter, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, id));
}

static int
lock_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int result = 0;
	size_t i;

	if (filter == NULL) {
		errno = ENOMEM;
		return -1;
	}
	for (i = 0; i < sizeof allowed / sizeof *allowed; i++)
		result |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	/* the C library then takes the older call, whose flags can be judged */
	result |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	result |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(openat2), 0);
	result |= add_conditions(filter);
	result |= seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
	if (result == 0)
		result = seccomp_load(filter);
	seccomp_release(filter);
	if (result == 0 || result == -ENOSYS || result == -EINVAL)
		return 0;	/* sandbox_lacks has said so */
	errno = result < 0 ? -result : EINVAL;
	return -1;
}

static int
has_seccomp(void)
{
	return prctl(PR_GET_SECCOMP) >= 0;
}

/* ---- descriptors ---- */

static int
is_given(const struct sandbox *sandbox, int fd)
{
	size_t i;

	for (i = 0; i < sandbox->write_count; i++)
		if (sandbox->writes[i] == fd)
			return 1;
	return fd <= STDERR_FILENO;
}

static int
close_the_rest(const struct sandbox *sandbox)
{
	DIR *open_ones = opendir("/proc/self/fd");
	struct dirent *entry;
	int fd, flags;

	if (open_ones == NULL)
		return -1;
	while ((entry = readdir(open_ones)) != NULL) {
		fd = (int)strtol(entry->d_name, NULL, 10);
		if (is_given(sandbox, fd) || fd == dirfd(open_ones))
			continue;
		flags = fcntl(fd, F_GETFL);
		if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY)
			close(fd);
	}
	closedir(open_ones);
	return 0;
}

/* ---- all of it ---- */

int
sandbox_enter(const struct sandbox *sandbox, struct buf *err)
{
	if (close_the_rest(sandbox) == 0 &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    lock_files(sandbox) == 0 && lock_calls() == 0)
		return 0;
	fault_own_system(err, "a worker cannot be sandboxed");
	return -1;
}

void
sandbox_describe(struct buf *out)
{
	int version = landlock_version();

	if (version > 0)
		buf_addf(out, "Landlock %d", version);
	else
		buf_adds(out, "no Landlock");
	buf_adds(out, has_seccomp() ? ", seccomp" : ", no seccomp");
}

int
sandbox_lacks(void)
{
	return landlock_version() == 0 || !has_seccomp();
}
