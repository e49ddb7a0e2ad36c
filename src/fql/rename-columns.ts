import type { Node } from './ast.js';
import { quoteColumn, writeColumn } from './source-text.js';
import { postorder } from './tree-walk.js';

/**
 * A definition with other names for some of its columns: only the names change, what its author wrote round them stays. Where a column
 * stands is told by the checked tree, so a text or a function of the same name is left alone, and two names may change places.
 */
export function renameColumns(text: string, tree: Node, names: ReadonlyMap<string, string>): string {
  const edits = postorder(tree)
    .flatMap((node) => {
      const name = node.kind === 'column' ? names.get(node.name) : undefined;
      if (node.kind !== 'column' || name === undefined) return [];
      // What was quoted stays so: in `not"max age"` a bare name would run into the word before it.
      return [{ ...node.nameSpan, written: node.quoted ? quoteColumn(name) : writeColumn(name) }];
    })
    .sort((a, b) => a.start - b.start);
  let end = 0;
  let renamed = '';
  for (const edit of edits) {
    renamed += text.slice(end, edit.start) + edit.written;
    end = edit.end;
  }
  return renamed + text.slice(end);
}
