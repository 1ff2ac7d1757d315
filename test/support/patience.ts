/** How much longer than on a quiet machine a test waits before it gives up: an emulated processor is that much slower. */
export const patience = Number(process.env.PIDFD_PATIENCE ?? 2);
