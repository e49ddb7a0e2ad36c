import cliProgress from 'cli-progress';

/** Told how far some work is. */
export type Progress = (done: number, of: number) => void;

/**
 * Runs long work with a bar on standard error while a person watches: on a terminal only, so that neither a log nor a pipe is
 * filled with it, and never beside JSON. Standard output is for results.
 */
export async function withProgress<T>(
  label: string,
  json: boolean,
  work: (progress: Progress) => Promise<T>,
  stream = process.stderr,
): Promise<T> {
  if (!stream.isTTY || json) return work(() => undefined);
  const bar = new cliProgress.SingleBar(
    { stream, format: `${label} {bar} {percentage}% {value}/{total} {eta_formatted}`, hideCursor: true, clearOnComplete: true, fps: 10 },
    cliProgress.Presets.shades_classic,
  );
  let state: 'waiting' | 'shown' | 'over' = 'waiting';
  const end = (): void => {
    if (state === 'shown') bar.stop();
    state = 'over';
  };
  try {
    return await work((done, of) => {
      if (state === 'waiting') {
        state = 'shown';
        bar.start(of, done);
      } else if (state === 'shown') bar.update(done);
      // What comes then may print results on the same terminal.
      if (done >= of) end();
    });
  } finally {
    end();
  }
}
