/** How a command ends; the help of the command line lists them. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, pendingMigrations: 3 } as const;
