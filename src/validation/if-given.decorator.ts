import { ValidateIf } from 'class-validator';

/** A member that may be left out; null is no way to do that. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_: object, value: unknown) => value !== undefined);
