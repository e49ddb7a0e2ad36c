import type { Command } from 'commander';
import { describe, expect, test } from '@jest/globals';
import { buildProgram } from './program.js';

/** Every command that does something, with its words. */
const commands = (parent: Command, words: readonly string[] = []): [string, Command][] =>
  parent.commands.flatMap((command) => {
    const name = [...words, command.name()];
    return command.commands.length > 0 ? commands(command, name) : [[name.join(' '), command]];
  });

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}

describe('help', () => {
  test.each(commands(buildProgram()))('%s says what it does, with an example that its own command line takes', (name, command) => {
    const help = helpOf(command);
    expect(command.description()).toMatch(/^[A-Z].*\.$/);
    expect(help).toMatch(new RegExp(`Examples?:\n(?:.*\n)*  (?:\\S+ )?.*admin ${name}`));
    // Options that an example gives are those that there are.
    const examples = help.slice(help.search(/Examples?:/));
    const known = command.options.map(({ long }) => long);
    const used = [...examples.matchAll(/ (--[a-z-]+)/g)].map(([, option]) => option!);
    expect(used.filter((option) => !known.includes(option))).toEqual([]);
  });

  test('results can be had as JSON wherever they are more than one word or a file', () => {
    const plain = commands(buildProgram()).filter(([, { options }]) => !options.some(({ long }) => long === '--json'));
    expect(plain.map(([name]) => name)).toEqual(['export', 'token']);
  });
});
