/* Makes the disk of one file fail, for tests: loaded with LD_PRELOAD. FMAP_FAULTS names a file; while it is there, of a hundred calls on files named fmap.db* five syncs fail with EIO,
   one write with EIO and one with ENOSPC. Chance begins at FMAP_FAULT_SEED. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static unsigned int state;
static int chance(void) {
  if (state == 0) { const char *seed = getenv("FMAP_FAULT_SEED"); state = seed ? (unsigned int)atoi(seed) : 1; }
  return rand_r(&state) % 100;
}
static int fails(int fd, int below) {
  const char *on = getenv("FMAP_FAULTS");
  if (!on || access(on, F_OK) != 0) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, "fmap.db") != NULL && chance() < below;
}
#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

int fsync(int fd) { REAL(int, "fsync", int); if (fails(fd, 5)) { errno = EIO; return -1; } return real(fd); }
int fdatasync(int fd) { REAL(int, "fdatasync", int); if (fails(fd, 5)) { errno = EIO; return -1; } return real(fd); }
static int refused(int fd) {
  if (fails(fd, 1)) { errno = EIO; return 1; }
  if (fails(fd, 1)) { errno = ENOSPC; return 1; }
  return 0;
}
ssize_t pwrite64(int fd, const void *from, size_t count, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  return refused(fd) ? -1 : real(fd, from, count, at);
}
ssize_t pwrite(int fd, const void *from, size_t count, off_t at) {
  REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
  return refused(fd) ? -1 : real(fd, from, count, at);
}
ssize_t write(int fd, const void *from, size_t count) {
  REAL(ssize_t, "write", int, const void *, size_t);
  return refused(fd) ? -1 : real(fd, from, count);
}
