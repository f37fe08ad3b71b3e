/* Makes system calls on the store's files fail, in a program that knows nothing of it: preloaded by scripts/torture.
 *
 *   FAULTY_FOLDER  only files under this path, but for the logs there
 *   FAULTY_CALL    write, sync, open or rename
 *   FAULTY_AT      which call of that kind fails, counted from 1; 0 fails none
 *   FAULTY_ERRNO   with what
 *   FAULTY_FOR     once, or good: that one, or that one and all after it
 *   FAULTY_COUNTS  a file that is told at the exit how many calls of each kind there were
 *   FAULTY_UNDO    a file that is told of every write to a database before it is done, with the bytes that it replaces, and of
 *                  every sync after it: whoever kills the program can take back what was never synced, as a power cut does
 *
 * An "open" is one that may write; a "write" that fails has written nothing. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { WRITE, SYNC, OPEN, RENAME, KINDS };
static const char *const names[KINDS] = {"write", "sync", "open", "rename"};
static atomic_long counts[KINDS];
static const char *folder;
static enum kind chosen = KINDS;
static long at;
static int code;
static int for_good;
static int undo = -1;

__attribute__((constructor)) static void begin(void) {
    folder = getenv("FAULTY_FOLDER");
    const char *call = getenv("FAULTY_CALL");
    for (int kind = 0; call && kind < KINDS; kind++)
        if (strcmp(call, names[kind]) == 0) chosen = kind;
    const char *text = getenv("FAULTY_AT");
    at = text ? atol(text) : 0;
    text = getenv("FAULTY_ERRNO");
    code = text ? atoi(text) : EIO;
    text = getenv("FAULTY_FOR");
    for_good = text && strcmp(text, "good") == 0;
    text = getenv("FAULTY_UNDO");
    if (text) undo = open(text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("FAULTY_COUNTS");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file) return;
    for (int kind = 0; kind < KINDS; kind++) fprintf(file, "%s %ld\n", names[kind], atomic_load(&counts[kind]));
    fclose(file);
}

static int is_ours(const char *path) {
    if (!folder || !path || strncmp(path, folder, strlen(folder)) != 0) return 0;
    size_t length = strlen(path);
    return length < 4 || strcmp(path + length - 4, ".log") != 0;
}

static int is_ours_fd(int fd) {
    char link[40], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_ours(path);
}

/* Counts a call; true where it is to fail, with errno set. */
static int fails(enum kind kind) {
    long number = atomic_fetch_add(&counts[kind], 1) + 1;
    if (kind != chosen || at == 0 || (for_good ? number < at : number != at)) return 0;
    errno = code;
    return 1;
}

/* What stands before the path, the old bytes and the new ones in FAULTY_UNDO. */
struct entry {
    uint64_t kind; /* 0 write, 1 truncate, 2 sync */
    uint64_t path, offset, size_before, old, new;
};

/* Tells FAULTY_UNDO of a change to a database; in one write, so that an entry is whole or the last. */
static void note(int fd, uint64_t kind, const void *bytes, size_t count, off_t offset) {
    char link[40], path[4096];
    struct stat about;
    if (undo < 0) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0 || fstat(fd, &about) != 0) return;
    path[length] = 0;
    if (!is_ours(path) || !strstr(path, ".sqlite")) return;
    size_t end = kind == 1 ? (size_t)about.st_size : (size_t)offset + count;
    size_t old = end > (size_t)offset ? end - (size_t)offset : 0;
    char *text = malloc(sizeof(struct entry) + (size_t)length + old + count);
    if (!text) abort();
    char *place = text + sizeof(struct entry);
    memcpy(place, path, (size_t)length);
    place += length;
    ssize_t found = old ? pread(fd, place, old, offset) : 0;
    if (found < 0) found = 0;
    place += found;
    if (count) memcpy(place, bytes, count);
    place += count;
    struct entry entry = {kind, (uint64_t)length, (uint64_t)offset, (uint64_t)about.st_size, (uint64_t)found, count};
    memcpy(text, &entry, sizeof entry);
    if (syscall(SYS_write, undo, text, place - text) != place - text) abort();
    free(text);
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *bytes, size_t count) {
    REAL(write);
    return is_ours_fd(fd) && fails(WRITE) ? -1 : real(fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    return is_ours_fd(fd) && fails(WRITE) ? -1 : real(fd, parts, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    REAL(pwrite);
    note(fd, 0, bytes, count, offset);
    return is_ours_fd(fd) && fails(WRITE) ? -1 : real(fd, bytes, count, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    REAL(pwrite64);
    note(fd, 0, bytes, count, offset);
    return is_ours_fd(fd) && fails(WRITE) ? -1 : real(fd, bytes, count, offset);
}

int ftruncate(int fd, off_t length) {
    REAL(ftruncate);
    note(fd, 1, NULL, 0, length);
    return is_ours_fd(fd) && fails(WRITE) ? -1 : real(fd, length);
}

int ftruncate64(int fd, off64_t length) {
    REAL(ftruncate64);
    note(fd, 1, NULL, 0, length);
    return is_ours_fd(fd) && fails(WRITE) ? -1 : real(fd, length);
}

int fsync(int fd) {
    REAL(fsync);
    if (is_ours_fd(fd) && fails(SYNC)) return -1;
    int outcome = real(fd);
    if (outcome == 0) note(fd, 2, NULL, 0, 0);
    return outcome;
}

int fdatasync(int fd) {
    REAL(fdatasync);
    if (is_ours_fd(fd) && fails(SYNC)) return -1;
    int outcome = real(fd);
    if (outcome == 0) note(fd, 2, NULL, 0, 0);
    return outcome;
}

int rename(const char *from, const char *to) {
    REAL(rename);
    return is_ours(to) && fails(RENAME) ? -1 : real(from, to);
}

int renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags) {
    REAL(renameat2);
    return is_ours(to) && fails(RENAME) ? -1 : real(from_fd, from, to_fd, to, flags);
}

int link(const char *from, const char *to) {
    REAL(link);
    return is_ours(to) && fails(RENAME) ? -1 : real(from, to);
}

static int may_write(int flags) { return (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT); }

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *path, int flags, ...) {
    REAL(open);
    MODE(flags)
    return may_write(flags) && is_ours(path) && fails(OPEN) ? -1 : real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    REAL(open64);
    MODE(flags)
    return may_write(flags) && is_ours(path) && fails(OPEN) ? -1 : real(path, flags, mode);
}

int openat(int folder_fd, const char *path, int flags, ...) {
    REAL(openat);
    MODE(flags)
    return may_write(flags) && is_ours(path) && fails(OPEN) ? -1 : real(folder_fd, path, flags, mode);
}
