/** RFC 7518 section 3.2: an HMAC key is at least as long as the hash output, 32 bytes for SHA-256. */
const leastBytes = 32;

/** Fewer different bytes than this is a pattern, not a secret. */
const leastDifferent = 6;

/** Words that betray a copied example or a placeholder. */
const placeholders = /change.?me|replace.?me|placeholder|your.?secret|put.?your/i;

/** Why `secret` cannot sign tokens, or undefined when it can. Never repeats the secret. */
export function weakSecret(secret: Buffer): string | undefined {
  const { length } = secret;
  if (length < leastBytes)
    return `must have a secret of at least ${leastBytes} bytes (it has ${length}); make one with: openssl rand -base64 48`;
  if (new Set(secret).size < leastDifferent) return 'is a repeated pattern; make a random one with: openssl rand -base64 48';
  if (placeholders.test(secret.toString('latin1')))
    return 'looks like a placeholder or an example; make a random one with: openssl rand -base64 48';
  return undefined;
}
