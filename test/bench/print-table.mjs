/** The figures as one table, a block for each work. */
const columns = [
  ['requests/s', ({ rate }) => Math.round(rate).toLocaleString('en')],
  // A burst may end before its first answer.
  ['p50 ms', ({ p50 }) => p50?.toFixed(2) ?? '–'],
  ['p99 ms', ({ p99 }) => p99?.toFixed(2) ?? '–'],
  ['CPU µs', ({ cpu }) => cpu.toFixed(1)],
  ['RSS MB', ({ memory }) => memory.toFixed(0)],
  ['to floor B', ({ ratio }) => (ratio === undefined ? '' : `${ratio.toFixed(2)} ×`)],
];

export function printTable(rows) {
  const line = (first, second, cells) =>
    console.log(`${first.padEnd(17)}${second.padEnd(33)}${cells.map((cell) => cell.padStart(12)).join('')}`);
  line(
    '',
    '',
    columns.map(([title]) => title),
  );
  let last;
  for (const row of rows) {
    if (last !== undefined && last !== row.work) console.log();
    line(
      last === row.work ? '' : row.work,
      row.name,
      columns.map(([, cell]) => cell(row)),
    );
    last = row.work;
  }
  console.log();
}
