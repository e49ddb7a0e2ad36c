import { churn } from './fixtures.js';

let made = 0;

/** A body that creates a model as it is, under a name of its own, in the project churn. */
export const modelBody = (changes: object = {}) => ({
  name: `model ${++made}`,
  project_id: churn.id,
  input_type: 'structured',
  task: 'not_set',
  schema: { columns: [{ name: 'age', data_type: 'int' }] },
  spec: { inputs: ['age'] },
  ...changes,
});
