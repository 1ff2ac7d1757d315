/** How much longer than on a quiet machine a test waits before it gives up: an emulated processor is that much slower. */
export const patience = Number(process.env.PIDFD_PATIENCE ?? 2);

/** In an emulated machine, what is asked many times is asked fewer times: it runs whole on this machine's own kernel. */
export const isEmulated = process.env.PIDFD_EMULATED === '1';
