import { describe, expect, test } from '@jest/globals';
import { weakSecret } from './weak-secret.js';

describe('weakSecret', () => {
  test.each<[string, RegExp]>([
    ['', /32 bytes/],
    ['a', /32 bytes/],
    ['secret', /32 bytes/],
    ['changeme', /32 bytes/],
    ['Zr7c0vQm4Xw9LtBn2Kp6Ys1Hd8Jf5Ga', /at least 32 bytes \(it has 31\)/],
    ['x'.repeat(32), /repeated pattern/],
    ['x'.repeat(64), /repeated pattern/],
    ['ab'.repeat(20), /repeated pattern/],
    ['abcde'.repeat(10), /repeated pattern/],
    ['put-your-secret-here-0123456789abcdef', /placeholder/],
    ['this-is-a-placeholder-for-production', /placeholder/],
    ['changeme-changeme-changeme-changeme', /placeholder/],
    ['please-change-me-0123456789abcdefghij', /placeholder/],
    ['CHANGE_ME_0123456789abcdefghijklmnop', /placeholder/],
    ['your-secret-key-goes-here-0123456789', /placeholder/],
    ['replace-me-with-32-bytes-of-randomness', /placeholder/],
    ...['replaceme', 'yoursecret', 'putyour'].map((word): [string, RegExp] => [`${word}0123456789abcdefghijklmnop`, /placeholder/]),
  ])('refuses %j, and does not repeat it', (secret, says) => {
    const reason = weakSecret(Buffer.from(secret));
    expect(reason).toMatch(says);
    if (secret.length > 8) expect(reason).not.toContain(secret);
  });

  test.each([
    'Zr7c0vQm4Xw9LtBn2Kp6Ys1Hd8Jf5Ga3', // 32 bytes
    'abcdef'.repeat(6), // six different ones
    'éééééééééééé-0123abcd', // 32 bytes in fewer characters
    'q9cV7w2mX4tL8bN1zR6kP3yF5hD0sJgAq9cV7w2mX4tL8bN1zR6kP3yF5hD0sJgA',
  ])('takes %j', (secret) => {
    expect(weakSecret(Buffer.from(secret))).toBeUndefined();
  });
});
