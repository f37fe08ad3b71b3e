// glibc shows this one to those alone who ask for GNU's own (_GNU_SOURCE), and Swift does not: rename(2).
int renameat2(int old_directory, const char *old_path, int new_directory, const char *new_path, unsigned int flags);

// The kernel's word on whether its clock is kept by NTP: adjtimex(2).
#include <sys/timex.h>
