/** Loaded into the service: on SIGUSR2 an error that nobody catches. */
process.on('SIGUSR2', () => {
  if (process.env.FAULT_THROW === 'rejection') void Promise.reject(new Error('hunter2'));
  else
    setImmediate(() => {
      throw new Error('hunter2');
    });
});
