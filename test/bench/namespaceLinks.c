/* Reads the eight namespace links of every process by path; prints how many processes and how many milliseconds. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static const char *const types[] = {"cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts"};

int main(void)
{
    struct timespec begin, end;
    char path[64], link[64];
    int processes = 0;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    DIR *proc = opendir("/proc");
    if (!proc)
        return 1;
    for (struct dirent *entry; (entry = readdir(proc));) {
        int pid = atoi(entry->d_name);
        if (pid <= 0)
            continue;
        processes++;
        for (int type = 0; type < 8; type++) {
            snprintf(path, sizeof path, "/proc/%d/ns/%s", pid, types[type]);
            if (readlink(path, link, sizeof link) < 0)
                break; /* gone, or not permitted: so are the others */
        }
    }
    closedir(proc);
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%d %f\n", processes,
           (end.tv_sec - begin.tv_sec) * 1e3 + (end.tv_nsec - begin.tv_nsec) / 1e6);
    return 0;
}
