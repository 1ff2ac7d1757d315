/** PID_MAX_LIMIT on 64 bits, include/linux/threads.h. */
export const largestPid = 4_194_304;
