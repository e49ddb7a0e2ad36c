import { Transform } from 'class-transformer';
import { registerDecorator } from 'class-validator';
import { canonicalUuid } from '../list-query/uuid.js';

/** An id in a body: any UUID form in, canonical form out. */
export function Id(): PropertyDecorator {
  const canonical = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (canonicalUuid(value) ?? value) : value));
  return (target, property) => {
    canonical(target, property);
    registerDecorator({
      name: 'id',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => typeof value === 'string' && canonicalUuid(value) !== undefined,
        defaultMessage: (args) => `${String(property)} ${args?.value === undefined ? 'is missing' : 'must be a UUID'}.`,
      },
    });
  };
}
