/** Loaded into the service: on SIGUSR2 the event loop stands still for two seconds. */
process.on('SIGUSR2', () => {
  for (const until = performance.now() + 2_000; performance.now() < until;);
});
