import { guardFormula } from './csv-guard.js';

/** Of a segment what another model takes back; where and by whom it was made stays behind. */
interface ExportedSegment {
  readonly name: string;
  readonly definition: string;
  readonly description: string;
}

/** How segments are written to a file, which `import-segments` reads, and of JSON a bulk create too. */
interface SegmentFormat {
  readonly type: string;
  readonly head: string;
  readonly between: string;
  readonly tail: string;
  write(segment: ExportedSegment): string;
}

export const segmentFormats = {
  json: {
    type: 'application/json; charset=utf-8',
    head: '{"segments":[',
    between: ',\n',
    tail: ']}\n',
    write: ({ name, definition, description }) => JSON.stringify({ name, definition, description }),
  },
  /** RFC 4180. Without a byte order mark spreadsheets take it for an old encoding. */
  csv: {
    type: 'text/csv; charset=utf-8',
    head: '\ufeffname,definition,description\r\n',
    between: '',
    tail: '',
    write: ({ name, definition, description }) => `${[name, definition, description].map(csvField).join(',')}\r\n`,
  },
} as const satisfies Readonly<Record<string, SegmentFormat>>;

type SegmentFormatName = keyof typeof segmentFormats;
export const segmentFormatNames = Object.keys(segmentFormats) as SegmentFormatName[];

export const isSegmentFormat = (name: string): name is SegmentFormatName => Object.hasOwn(segmentFormats, name);

function csvField(text: string): string {
  const field = guardFormula(text);
  return /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** `churn_model-v1.segments.csv`: nothing in it that a file system or a header does not take. */
export function segmentFileName(model: { name: string; version: string }, format: SegmentFormatName): string {
  const plain = `${model.name}-${model.version}`.replace(/[^\w.-]+/g, '_').replace(/^\.+/, '');
  return `${plain.slice(0, 100)}.segments.${format}`;
}

/** Pieces of the file, as the segments come. */
export async function* segmentFile(pages: AsyncIterable<readonly ExportedSegment[]>, format: SegmentFormatName): AsyncGenerator<string> {
  const { head, between, tail, write }: SegmentFormat = segmentFormats[format];
  let before = head;
  for await (const page of pages) {
    yield before + page.map(write).join(between);
    before = between;
  }
  yield before === head ? head + tail : tail;
}
