// glibc shows this one to those alone who ask for GNU's own (_GNU_SOURCE), and Swift does not: rename(2).
int renameat2(int old_directory, const char *old_path, int new_directory, const char *new_path, unsigned int flags);

// What adjtimex(2) fills in, as 64-bit Linux lays it out; the status alone is read here. <sys/timex.h> itself would make this
// one of several modules that own `timespec`, and Swift takes that from one of them by chance.
struct kernel_clock {
    unsigned int modes;
    long offset, frequency, maximum_error, estimated_error;
    int status;
    char rest[208 - 44];
};
int read_kernel_clock(struct kernel_clock *clock) __asm__("adjtimex");
