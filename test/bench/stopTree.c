/*
 * stopTree PID: what the native host's tree/stop does, step by step, with nothing but system calls: stop from the top,
 * wait until all threads are still, take in the children; SIGTERM to all; continue leaves first; wait for the ends.
 * Prints how many milliseconds it took. Only for trees that do not change meanwhile.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define MOST 20000

static pid_t pids[MOST];
static struct pollfd members[MOST];
static int count;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static int tell(int fd, int number)
{
    return (int)syscall(SYS_pidfd_send_signal, fd, number, NULL, 0);
}

static ssize_t read_file(const char *path, char *text, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read(fd, text, size - 1);
    close(fd);
    text[length < 0 ? 0 : length] = '\0';
    return length;
}

static void add(pid_t pid)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd < 0 || count == MOST)
        return;
    pids[count] = pid;
    members[count++] = (struct pollfd){.fd = fd, .events = POLLIN};
}

/* Calls `each` for every thread until one says 0. */
static int all_threads(pid_t pid, int (*each)(const char *thread))
{
    char path[64];
    int still = 1;
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *threads = opendir(path);
    for (struct dirent *entry; still && threads && (entry = readdir(threads));) {
        char thread[512];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(thread, sizeof thread, "%s/%s", path, entry->d_name);
        still = each(thread);
    }
    if (threads)
        closedir(threads);
    return still;
}

static int is_still(const char *thread)
{
    char path[600], text[1024];
    snprintf(path, sizeof path, "%s/stat", thread);
    if (read_file(path, text, sizeof text) <= 0)
        return 1;
    return strchr("TtZX", strrchr(text, ')')[2]) != NULL;
}

static int add_children(const char *thread)
{
    static char text[1 << 17];
    char path[600];
    snprintf(path, sizeof path, "%s/children", thread);
    read_file(path, text, sizeof text);
    for (char *rest = text, *word; (word = strsep(&rest, " "));)
        if (*word)
            add(atoi(word));
    return 1;
}

static void freeze(void)
{
    for (int from = 0; from < count;) {
        int to = count;
        for (int i = from; i < to; i++)
            tell(members[i].fd, SIGSTOP);
        for (int i = from; i < to; i++) {
            while (!all_threads(pids[i], is_still))
                sched_yield();
            all_threads(pids[i], add_children);
        }
        from = to;
    }
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    double begin = now();
    add(atoi(argv[1]));
    freeze();
    for (int i = 0; i < count; i++)
        tell(members[i].fd, SIGTERM);
    for (int i = count - 1; i >= 0; i--)
        tell(members[i].fd, SIGCONT);
    for (int i = 0; i < count; i++)
        while (poll(&members[i], 1, -1) != 1)
            ;
    printf("%d %.3f\n", count, now() - begin);
    return 0;
}
