import { describe, expect, test } from '@jest/globals';
import { parseModelAddress } from './model-address.js';

describe('parseModelAddress', () => {
  test.each<[string, object]>([
    ['0190A6B2-7C1E-7000-8000-000000000001', { id: '0190a6b2-7c1e-7000-8000-000000000001' }],
    ['0190a6b27c1e70008000000000000001', { id: '0190a6b2-7c1e-7000-8000-000000000001' }],
    ['churn/churn_model/v1', { project: 'churn', name: 'churn_model', version: 'v1' }],
    ['churn/my model/2024 spring', { project: 'churn', name: 'my model', version: '2024 spring' }],
    ['churn/a/b/c/v1', { project: 'churn', name: 'a/b/c', version: 'v1' }],
  ])('%s', (text, address) => {
    expect(parseModelAddress(text)).toEqual(address);
  });

  test.each(['', 'churn', 'churn/churn_model', 'churn/churn_model/', '/churn_model/v1', 'churn//v1', 'a b/m/v1', '0190a6b2'])(
    'refuses %j',
    (text) => {
      expect(() => parseModelAddress(text)).toThrow(/project\/model\/version such as churn\/churn_model\/v1/);
    },
  );
});
