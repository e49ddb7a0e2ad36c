import type { Problem } from '../errors/app-error.js';
import { lookUp, type Field, type FieldMap } from './field-map.js';
import { LIMITS } from './limits.js';
import type { Condition, FilterNode, Rule } from './list-query.js';
import { nearest } from './nearest.js';
import { OPERATORS, OTHER_WORDS, operatorsOf, type OperatorName, type Shape } from './operators.js';
import { kindOf, parseValue } from './parse-value.js';
import { meant, quote } from './quote.js';

const EXAMPLE = 'Write {"condition":"AND","rules":[{"field":"name","operator":"equal","value":"…"}]}.';

type Members = Readonly<Record<string, unknown>>;

/**
 * Filter text → checked tree, or null when there is no condition. Adds every problem it finds to `problems`, each with its JSON
 * path; the result means nothing when it added one. An empty condition says nothing and is left out of the one around it.
 */
export function parseFilter(fields: FieldMap, text: string, problems: Problem[]): FilterNode | null {
  const reader = new FilterReader(fields, problems);
  if (text.length > LIMITS.filterLength && [...text].length > LIMITS.filterLength) {
    reader.report('filter', `The filter is longer than ${LIMITS.filterLength} characters.`, 'Ask for less at once.');
    return null;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    reader.report(
      'filter',
      'The filter is not valid JSON.',
      text.includes("'") && !text.includes('"') ? 'JSON wants double quotes. ' + EXAMPLE : EXAMPLE,
    );
    return null;
  }
  return reader.node(json, 'filter', 1);
}

class FilterReader {
  private rules = 0;

  constructor(
    private readonly fields: FieldMap,
    private readonly problems: Problem[],
  ) {}

  report(field: string, message: string, help = ''): null {
    if (this.problems.length < LIMITS.problems) this.problems.push({ reason: 'InvalidFilter', message, help, field });
    return null;
  }

  node(json: unknown, path: string, depth: number): FilterNode | null {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      return this.report(path, path === 'filter' ? 'The filter must be a JSON object.' : 'A rule must be a JSON object.', EXAMPLE);
    }
    const members = json as Members;
    return Object.hasOwn(members, 'rules') || Object.hasOwn(members, 'condition')
      ? this.condition(members, path, depth)
      : this.rule(members, path);
  }

  private condition(members: Members, path: string, depth: number): Condition | null {
    if (depth > LIMITS.filterDepth)
      return this.report(path, `Conditions are nested more than ${LIMITS.filterDepth} deep.`, 'Flatten the filter.');
    this.refuseOthers(members, ['condition', 'rules'], path);
    const { condition = 'AND', rules } = members;
    if (condition !== 'AND' && condition !== 'OR') {
      const upper = typeof condition === 'string' ? condition.toUpperCase() : '';
      this.report(
        `${path}.condition`,
        'A condition is "AND" or "OR".',
        meant(upper === 'AND' || upper === 'OR' ? upper : undefined).trim(),
      );
    }
    if (!Array.isArray(rules))
      return this.report(`${path}.rules`, rules === undefined ? 'The condition has no rules.' : 'Rules must be an array.', EXAMPLE);
    const [first, ...others] = rules.map((rule, at) => this.node(rule, `${path}.rules[${at}]`, depth + 1)).filter((rule) => rule !== null);
    return first === undefined ? null : { condition: condition as Condition['condition'], rules: [first, ...others] };
  }

  private rule(members: Members, path: string): Rule | null {
    this.rules += 1;
    if (this.rules > LIMITS.filterRules) {
      return this.rules === LIMITS.filterRules + 1
        ? this.report(
            'filter',
            `The filter has more than ${LIMITS.filterRules} rules.`,
            'For several values of one field use the operator "in".',
          )
        : null;
    }
    this.refuseOthers(members, ['field', 'operator', 'value'], path);
    const found = this.field(members['field'], `${path}.field`);
    const operator = this.operator(members['operator'], found?.field, `${path}.operator`);
    if (!found || !operator) return null;
    const operands = this.operands(found.field, OPERATORS.get(operator)!.shape, members['value'], `${path}.value`, operator);
    return operands && { ...found, operator, operands };
  }

  private field(name: unknown, path: string): { name: string; field: Field } | null {
    if (typeof name !== 'string')
      return this.report(path, name === undefined ? 'The rule has no field.' : 'A field is named by a text.', this.knownFields());
    return (
      lookUp(this.fields, name) ??
      this.report(path, `There is no field ${quote(name)}.`, meant(nearest(name, this.fields.keys())) + this.knownFields())
    );
  }

  private operator(name: unknown, field: Field | undefined, path: string): OperatorName | null {
    const known = [...(field ? operatorsOf(field.type) : OPERATORS.keys())];
    const help = `The operators are: ${known.join(', ')}.`;
    if (typeof name !== 'string')
      return this.report(path, name === undefined ? 'The rule has no operator.' : 'An operator is named by a text.', help);
    const operator = OPERATORS.get(name);
    if (!operator)
      return this.report(
        path,
        `There is no operator ${quote(name)}.`,
        meant(OTHER_WORDS.get(name.toLowerCase()) ?? nearest(name, known)) + help,
      );
    if (field && !operator.types.includes(field.type)) {
      return this.report(path, `The operator "${name}" does not work on ${kindOf(field)}.`, help);
    }
    return name as OperatorName;
  }

  private operands(field: Field, shape: Shape, value: unknown, path: string, operator: string): readonly string[] | null {
    if (shape === 'none') {
      return value === undefined || value === null
        ? []
        : this.report(path, `The operator "${operator}" takes no value.`, 'Leave "value" out.');
    }
    if (value === undefined) return this.report(path, 'The rule has no value.');
    if (shape === 'one') return this.operandsOf(field, [value], () => path);
    if (!Array.isArray(value))
      return this.report(path, `The operator "${operator}" takes an array.`, shape === 'pair' ? 'Give [from, to].' : 'Give ["…", "…"].');
    if (shape === 'pair' && value.length !== 2)
      return this.report(path, `The operator "${operator}" takes exactly two values.`, 'Give [from, to].');
    if (value.length > LIMITS.setValues) return this.report(path, `A set has at most ${LIMITS.setValues} values.`);
    return this.operandsOf(field, value, (at) => `${path}[${at}]`);
  }

  private operandsOf(field: Field, values: readonly unknown[], pathOf: (at: number) => string): readonly string[] | null {
    const operands = values.flatMap((value, at) => {
      const operand = parseValue(field, value);
      if (typeof operand === 'string') return [operand];
      this.report(pathOf(at), `The value ${operand.message}.`, operand.help);
      return [];
    });
    return operands.length === values.length ? operands : null;
  }

  private refuseOthers(members: Members, known: readonly string[], path: string): void {
    for (const member of Object.keys(members)) {
      if (known.includes(member)) continue;
      const at = /^\w{1,64}$/.test(member) ? `${path}.${member}` : path;
      this.report(
        at,
        `A ${known[0] === 'field' ? 'rule' : 'condition'} has no member ${quote(member)}.`,
        `${meant(nearest(member, known))}Its members are: ${known.join(', ')}.`,
      );
    }
  }

  private knownFields = (): string => `The fields are: ${[...this.fields.keys()].join(', ')}.`;
}
