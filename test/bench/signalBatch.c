/*
 * signalBatch SIGNAL: reads "PID:INODE" lines, then for each opens the pidfd, compares its inode, sends the signal and
 * closes: what the native host's signal/batch must do at least. Prints how many milliseconds it took.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define MOST 20000

static int pids[MOST];
static unsigned long inodes[MOST];

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static int send_to(int pid, unsigned long inode, int number)
{
    struct stat stat;
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    int sent = 0;

    if (fd < 0)
        return 0;
    if (fstat(fd, &stat) == 0 && stat.st_ino == inode)
        sent = syscall(SYS_pidfd_send_signal, fd, number, NULL, 0) == 0;
    close(fd);
    return sent;
}

int main(int argc, char **argv)
{
    int number = argc > 1 ? atoi(argv[1]) : 0;
    int count = 0;
    int sent = 0;
    double begin;

    while (count < MOST && scanf("%d:%lu", &pids[count], &inodes[count]) == 2)
        count++;
    begin = now();
    for (int index = 0; index < count; index++)
        sent += send_to(pids[index], inodes[index], number);
    printf("%d %f\n", sent, now() - begin);
    return 0;
}
