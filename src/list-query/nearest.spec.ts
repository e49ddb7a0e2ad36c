import { describe, expect, test } from '@jest/globals';
import { nearest } from './nearest.js';

describe('nearest', () => {
  const names = ['id', 'name', 'created_at', 'created_by.email', 'model.name'];
  test.each([
    ['nam', 'name'],
    ['nmae', 'name'],
    ['NAME', 'name'],
    ['createdAt', 'created_at'],
    ['created_by_email', 'created_by.email'],
    ['create_at', 'created_at'],
    ['ids', 'id'],
    ['definition', undefined],
    ['', undefined],
    ['x'.repeat(100_000), undefined],
  ])('%.20s → %s', (word, meant) => expect(nearest(word, names)).toBe(meant));
});
