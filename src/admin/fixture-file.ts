import { parse } from 'yaml';
import { parseJson } from './parse-json.js';
import { readTextFile, unusable } from './text-file.js';

/** What a YAML or JSON file holds. @throws AppError when it cannot be read or parsed, naming the place */
export function readFixture(path: string): unknown {
  const text = readTextFile(path);
  return path.endsWith('.json') ? parseJson(text, path) : parseYaml(text, path);
}

function parseYaml(text: string, path: string): unknown {
  if (text.trim() === '') throw unusable(`The file ${path}`, 'is empty', 'It must hold a list of organizations.');
  try {
    return parse(text, { uniqueKeys: true });
  } catch (error) {
    // The first line says what and where; the lines after it show the place.
    const [what = '', ...place] = String((error as Error).message)
      .trimEnd()
      .split('\n');
    throw unusable(`The file ${path}`, 'is not valid YAML', [what.replace(/:$/, ''), ...place.filter((line) => line !== '')].join('\n'));
  }
}
