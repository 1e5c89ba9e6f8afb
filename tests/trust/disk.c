/* Runs a program and watches what it does to the files below a folder: records it, or has one operation fail, or
 * kills the program at one. It sees every system call, those that bypass the C library too.
 *
 * usage: disk FOLDER KINDS REPORT record|kill N|tear N|fail N ERRNO|stay N ERRNO|full N -- PROGRAM [ARG...]
 *
 * KINDS are the operations that count, by their letter: c create a file, o open one that exists, r read, w write,
 * t truncate, s sync a file, f sync a folder, y sync all, n rename, l link, u unlink, d make a folder, e remove one; `*`
 * is all.
 *
 *   record      lets all be done, and writes each to REPORT, with the bytes written to REPORT.bytes
 *   kill N      kills the program before the N-th operation (the first is 1)
 *   tear N      has a write as the N-th operation write half of its bytes, then kills the program
 *   fail N E    fails the N-th operation with the error number E
 *   stay N E    fails it and all later ones
 *   full N      is a disk that is full from the N-th operation on: the first write after it writes half, and what
 *               needs room fails with ENOSPC
 *
 * A line of REPORT is the letter, the inode, the path, and what belongs to the operation, separated by tabs; S is what
 * the program says on its standard output or standard error. Other modes than `record` list the operation that was hit.
 * The exit code is the program's, 128 and the signal's number if a signal ended it, or 120 if this tool cannot do its
 * work here.
 */
#if !defined(__linux__) || !defined(__x86_64__)
#error "disk.c knows the system calls of Linux on x86-64"
#endif
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what) {
  fprintf(stderr, "disk: %s: %s\n", what, strerror(errno));
  exit(120);
}

/* The system calls that are watched. */
static const int watched[] = {
    SYS_open, SYS_openat, SYS_openat2, SYS_creat, SYS_read, SYS_pread64, SYS_readv, SYS_preadv, SYS_preadv2, SYS_write,
    SYS_pwrite64, SYS_writev, SYS_pwritev, SYS_pwritev2, SYS_fsync, SYS_fdatasync, SYS_syncfs, SYS_sync_file_range, SYS_ftruncate,
    SYS_truncate, SYS_fallocate, SYS_rename, SYS_renameat, SYS_renameat2, SYS_link, SYS_linkat, SYS_unlink,
    SYS_unlinkat, SYS_mkdir, SYS_mkdirat, SYS_rmdir, SYS_copy_file_range, SYS_sendfile, SYS_io_uring_setup};
enum { WATCHED = sizeof watched / sizeof *watched };

/* An operation below the folder. */
struct op {
  char kind;
  ino_t inode;
  char path[PATH_MAX], other[PATH_MAX];
  off_t at;
  size_t bytes;
};

/* A thread of the program, and the operation that it is in. */
struct thread {
  pid_t id;
  int is_in, forced, kill_after;
  struct op op;
};
static struct thread threads[256];

static const char *folder, *kinds, *mode;
static size_t folder_length;
static long wanted, error_number, count;
static int is_full;
static FILE *report, *bytes;
static pid_t program;

static struct thread *thread_of(pid_t id) {
  struct thread *free = NULL;
  for (struct thread *t = threads; t < threads + 256; t++) {
    if (t->id == id) return t;
    if (!t->id && !free) free = t;
  }
  if (!free) die("too many threads");
  memset(free, 0, sizeof *free);
  free->id = id;
  return free;
}

static void copy_from(pid_t id, unsigned long address, void *to, size_t length) {
  struct iovec local = {to, length}, remote = {(void *)address, length};
  if (process_vm_readv(id, &local, 1, &remote, 1, 0) != (ssize_t)length) die("read the program's memory");
}

static void text_from(pid_t id, unsigned long address, char *to) {
  for (size_t n = 0; n < PATH_MAX; n++) {
    copy_from(id, address + n, to + n, 1);
    if (!to[n]) return;
  }
  die("read a path");
}

/* Returns 1 if a path is the folder or below it. */
static int is_below(const char *path) {
  return !strncmp(path, folder, folder_length) && (!path[folder_length] || path[folder_length] == '/');
}

/* What an open file is, by its number; without effect on the file. */
static void path_of(pid_t id, int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, fd == AT_FDCWD ? "/proc/%d/cwd" : "/proc/%d/fd/%d", id, fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = 0;
}

/* The absolute path of a name that a system call was given. */
static void resolve(pid_t id, int dir, unsigned long address, char *path) {
  static char name[PATH_MAX], all[2 * PATH_MAX];
  text_from(id, address, name);
  if (name[0] == '/') {
    strcpy(all, name);
  } else {
    path_of(id, dir, all);
    strcat(strcat(all, "/"), name);
  }
  /* Without "/./", "//" and an end of "/" or "/.". */
  char *to = path;
  for (const char *from = all; *from;) {
    if (from[0] == '/' && (from[1] == '/' || !from[1])) from++;
    else if (from[0] == '/' && from[1] == '.' && (from[2] == '/' || !from[2])) from += 2;
    else if (to - path < PATH_MAX - 1) *to++ = *from++;
    else die("resolve a path");
  }
  *to = 0;
}

static ino_t inode_of(const char *path) {
  struct stat found;
  return lstat(path, &found) ? 0 : found.st_ino;
}

/* Fills in the open file of an operation; returns 0 if it is not below the folder. */
static int is_open_file(pid_t id, int fd, struct op *op, struct stat *found) {
  char link[64];
  path_of(id, fd, op->path);
  if (!is_below(op->path)) return 0;
  snprintf(link, sizeof link, "/proc/%d/fd/%d", id, fd);
  if (stat(link, found)) die("see a file");
  op->inode = found->st_ino;
  return 1;
}

/* Where the next read or write of an open file is. */
static off_t position_of(pid_t id, int fd, const struct stat *found) {
  char name[64];
  long position = -1;
  int flags = 0;
  snprintf(name, sizeof name, "/proc/%d/fdinfo/%d", id, fd);
  FILE *file = fopen(name, "r");
  if (!file || fscanf(file, "pos: %ld flags: %o", &position, &flags) != 2) die("see the position in a file");
  fclose(file);
  return flags & O_APPEND ? found->st_size : position;
}

/* The system call that a thread is about to make, as an operation below the folder; 0 if it is none. */
static int is_operation(pid_t id, const struct user_regs_struct *regs, struct op *op) {
  const long call = regs->orig_rax;
  const unsigned long a = regs->rdi, b = regs->rsi, c = regs->rdx, d = regs->r10;
  struct stat found;
  memset(op, 0, offsetof(struct op, path));
  op->path[0] = op->other[0] = 0;
  op->at = 0, op->bytes = 0;
  switch (call) {
  case SYS_open: case SYS_creat: case SYS_openat: case SYS_openat2: {
    unsigned long flags = call == SYS_open ? b : call == SYS_openat ? c : O_CREAT | O_WRONLY | O_TRUNC;
    if (call == SYS_openat2) copy_from(id, c, &flags, sizeof flags);
    const int has_folder = call == SYS_openat || call == SYS_openat2;
    resolve(id, has_folder ? (int)a : AT_FDCWD, has_folder ? b : a, op->path);
    if (!is_below(op->path)) return 0;
    op->inode = inode_of(op->path);
    op->kind = op->inode || !(flags & O_CREAT) ? 'o' : 'c';
    if ((flags & O_TMPFILE) == O_TMPFILE) op->kind = '?';
    op->at = op->inode && (flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY;
    return 1;
  }
  case SYS_read: case SYS_pread64: case SYS_readv: case SYS_preadv: case SYS_preadv2:
    op->kind = 'r';
    op->bytes = c;
    return is_open_file(id, a, op, &found);
  case SYS_write: case SYS_pwrite64: case SYS_writev: case SYS_pwritev: case SYS_pwritev2:
    op->kind = call == SYS_pwritev || call == SYS_pwritev2 ? '?' : 'w';
    op->bytes = c;
    if (a == 1 || a == 2) {
      op->kind = 'S';
      op->inode = a;
      return 1;
    }
    if (!is_open_file(id, a, op, &found)) return 0;
    op->at = call == SYS_pwrite64 ? (off_t)d : position_of(id, a, &found);
    return 1;
  case SYS_fsync: case SYS_fdatasync:
    if (!is_open_file(id, a, op, &found)) return 0;
    op->kind = S_ISDIR(found.st_mode) ? 'f' : 's';
    return 1;
  case SYS_syncfs:
    op->kind = 'y';
    return is_open_file(id, a, op, &found);
  case SYS_ftruncate:
    op->kind = 't';
    op->at = b;
    return is_open_file(id, a, op, &found);
  case SYS_rename: case SYS_renameat: case SYS_renameat2: case SYS_link: case SYS_linkat: {
    const int has_folders = call != SYS_rename && call != SYS_link;
    op->kind = call == SYS_link || call == SYS_linkat ? 'l' : 'n';
    if (call == SYS_renameat2 && (regs->r8 & ~1UL)) op->kind = '?'; /* but RENAME_NOREPLACE */
    resolve(id, has_folders ? (int)a : AT_FDCWD, has_folders ? b : a, op->path);
    resolve(id, has_folders ? (int)c : AT_FDCWD, has_folders ? d : b, op->other);
    op->inode = inode_of(op->path);
    return is_below(op->path) || is_below(op->other);
  }
  case SYS_unlink: case SYS_unlinkat: case SYS_rmdir: case SYS_mkdir: case SYS_mkdirat: {
    const int has_folder = call == SYS_unlinkat || call == SYS_mkdirat;
    op->kind = call == SYS_mkdir || call == SYS_mkdirat ? 'd' : call == SYS_rmdir ? 'e' : 'u';
    if (call == SYS_unlinkat && (c & AT_REMOVEDIR)) op->kind = 'e';
    resolve(id, has_folder ? (int)a : AT_FDCWD, has_folder ? b : a, op->path);
    op->inode = inode_of(op->path);
    return is_below(op->path);
  }
  case SYS_sync_file_range: case SYS_fallocate:
    op->kind = '?';
    return is_open_file(id, a, op, &found);
  case SYS_truncate:
    op->kind = '?';
    resolve(id, AT_FDCWD, a, op->path);
    return is_below(op->path);
  }
  return 0;
}

static void write_down(const struct op *op) {
  fprintf(report, "%c\t%lu\t%s\t%s\t%ld\t%zu\n", op->kind, op->inode, op->path, op->other, (long)op->at, op->bytes);
}

/* Copies what a system call wrote to REPORT.bytes. */
static void keep_bytes(pid_t id, const struct user_regs_struct *regs, size_t length) {
  static char buffer[1 << 20];
  struct iovec part = {(void *)regs->rsi, length};
  for (size_t n = 0; length; n++) {
    if (regs->orig_rax == SYS_writev) copy_from(id, regs->rsi + n * sizeof part, &part, sizeof part);
    for (size_t done = 0; done < part.iov_len && length;) {
      size_t some = part.iov_len - done;
      if (some > length) some = length;
      if (some > sizeof buffer) some = sizeof buffer;
      copy_from(id, (unsigned long)part.iov_base + done, buffer, some);
      if (fwrite(buffer, 1, some, bytes) != some) die("keep bytes");
      done += some, length -= some;
    }
  }
}

static void resume(enum __ptrace_request how, pid_t id, int sent) {
  if (ptrace(how, id, 0, (long)sent) && errno != ESRCH) die("go on");
}

/* Decides what becomes of the system call that a thread is about to make. */
static void enter(pid_t id) {
  struct thread *thread = thread_of(id);
  struct user_regs_struct regs;
  if (ptrace(PTRACE_GETREGS, id, 0, &regs)) return;
  /* Programs do without these two, and then write in the usual way. */
  const long call = regs.orig_rax;
  thread->forced = call == SYS_copy_file_range || call == SYS_sendfile || call == SYS_io_uring_setup ? ENOSYS : 0;
  thread->kill_after = 0;
  const int is_op = !thread->forced && is_operation(id, &regs, &thread->op);
  if (!thread->forced && !is_op) {
    resume(PTRACE_CONT, id, 0);
    return;
  }
  if (is_op && thread->op.kind == '?') {
    errno = ENOSYS;
    die("follow a system call that this tool does not know");
  }
  if (is_op && thread->op.kind != 'S' && (*kinds == '*' || strchr(kinds, thread->op.kind))) {
    count++;
    const char kind = thread->op.kind;
    const int is_it = count == wanted;
    if (is_it && strcmp(mode, "record")) write_down(&thread->op), fflush(report);
    if (is_it && (!strcmp(mode, "kill") || (!strcmp(mode, "tear") && (kind != 'w' || thread->op.bytes < 2)))) {
      kill(program, SIGKILL);
      return;
    }
    if (is_it && !strcmp(mode, "tear")) thread->kill_after = 1;
    if ((is_it && !strcmp(mode, "fail")) || (count >= wanted && !strcmp(mode, "stay"))) thread->forced = error_number;
    if (count >= wanted && !strcmp(mode, "full") && strchr("wcd", kind)) {
      if (kind == 'w' && !is_full && thread->op.bytes > 1) {
        is_full = 1;
        regs.rdx /= 2;
      } else {
        thread->forced = ENOSPC;
      }
    }
  }
  if (thread->kill_after) regs.rdx /= 2;
  if (thread->forced) regs.orig_rax = -1;
  if (ptrace(PTRACE_SETREGS, id, 0, &regs) && errno != ESRCH) die("change a system call");
  thread->is_in = 1;
  resume(PTRACE_SYSCALL, id, 0);
}

/* Looks at what a system call did. */
static void leave(pid_t id) {
  struct thread *thread = thread_of(id);
  struct op *op = &thread->op;
  struct user_regs_struct regs;
  thread->is_in = 0;
  if (thread->kill_after) {
    kill(program, SIGKILL);
    return;
  }
  if (ptrace(PTRACE_GETREGS, id, 0, &regs)) return;
  if (thread->forced) {
    regs.rax = -(long)thread->forced;
    if (ptrace(PTRACE_SETREGS, id, 0, &regs) && errno != ESRCH) die("fail a system call");
  } else if (!strcmp(mode, "record") && (long)regs.rax >= 0) {
    if (op->kind == 'w' || op->kind == 'S') {
      op->bytes = regs.rax;
      keep_bytes(id, &regs, op->bytes);
    }
    if (op->kind == 'c' || op->kind == 'd') op->inode = inode_of(op->path);
    if (op->kind == 'o' && op->at) op->kind = 't', op->at = 0;
    write_down(op);
  }
  resume(PTRACE_CONT, id, 0);
}

/* Has the kernel stop the program at the watched system calls, and at no other. */
static void watch(void) {
  struct sock_filter filter[WATCHED + 5];
  int n = 0;
  filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
  filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 0, WATCHED + 1);
  filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (int i = 0; i < WATCHED; i++)
    filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, watched[i], WATCHED - i, 0);
  filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
  struct sock_fprog all = {n, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all)) _exit(120);
}

int main(int count_of, char **args) {
  int start = 5;
  while (start < count_of && strcmp(args[start], "--")) start++;
  if (count_of < 7 || start + 1 >= count_of) {
    fputs("usage: disk FOLDER KINDS REPORT record|kill N|tear N|fail N ERRNO|stay N ERRNO|full N -- PROGRAM [ARG...]\n", stderr);
    return 120;
  }
  folder = realpath(args[1], NULL);
  if (!folder) die(args[1]);
  folder_length = strlen(folder);
  kinds = args[2];
  mode = args[4];
  wanted = start > 5 ? atol(args[5]) : 0;
  error_number = start > 6 ? atol(args[6]) : 0;
  static char name[PATH_MAX];
  snprintf(name, sizeof name, "%s.bytes", args[3]);
  report = fopen(args[3], "w");
  bytes = fopen(strcmp(mode, "record") ? "/dev/null" : name, "w");
  if (!report || !bytes) die(args[3]);
  int ready[2];
  if (pipe2(ready, O_CLOEXEC)) die("start");
  program = fork();
  if (program < 0) die("start");
  if (!program) {
    char go;
    if (read(ready[0], &go, 1) != 1) _exit(120);
    watch();
    execvp(args[start + 1], args + start + 1);
    _exit(120);
  }
  long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK |
                 PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
  if (ptrace(PTRACE_SEIZE, program, 0, options)) die("trace the program");
  if (write(ready[1], "g", 1) != 1) die("start");
  for (;;) {
    int status;
    pid_t id = waitpid(-1, &status, __WALL);
    if (id < 0) die("wait");
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      if (id == program) {
        if (!strcmp(mode, "record")) fprintf(report, "#\t%ld\n", count);
        if (fclose(report) || fclose(bytes)) die("write the report");
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      }
      thread_of(id)->id = 0;
      continue;
    }
    const int sent = WSTOPSIG(status), event = status >> 16;
    if (event == PTRACE_EVENT_SECCOMP) enter(id);
    else if (sent == (SIGTRAP | 0x80)) leave(id);
    else if (event) resume(PTRACE_CONT, id, 0);
    else resume(PTRACE_CONT, id, sent);
  }
}
