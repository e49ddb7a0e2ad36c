import { functions, type ParameterType } from './functions.js';

/** The function table as the wire shows it (`contract.md` section 7). */
export interface CatalogueFunction {
  readonly name: string;
  readonly category: 'row' | 'aggregate';
  readonly grouping: string;
  readonly description: string;
  readonly parameters: readonly CatalogueParameter[];
  readonly return_type: string;
}

interface CatalogueParameter {
  readonly name: string;
  readonly type: string;
  readonly is_required: boolean;
  readonly default?: number;
  readonly kind: 'positional' | 'keyword';
}

/** `Branch`, `Value` and `Pattern` say more to the checker than a reader needs. */
const wireTypes: Readonly<Record<ParameterType, string>> = {
  Number: 'Number',
  Boolean: 'Boolean',
  String: 'String',
  Value: 'Any',
  Any: 'Any',
  Branch: 'Any',
  Pattern: 'String',
};

/** All functions, row-level ones first, in documentation order. */
export function functionCatalogue(): CatalogueFunction[] {
  return [...functions.values()].map(({ name, category, grouping, description, parameters, result }) => ({
    name,
    category,
    grouping,
    description,
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      type: wireTypes[parameter.type],
      is_required: parameter.required,
      ...(parameter.default === undefined ? {} : { default: parameter.default }),
      kind: parameter.kind,
    })),
    return_type: wireTypes[result],
  }));
}
