import { InvalidArgumentError } from 'commander';
import { parseModelAddress, type ModelAddress } from './model-address.js';

/** A model version on a command line. @throws InvalidArgumentError, which Commander tells */
export function modelArgument(text: string): ModelAddress {
  try {
    return parseModelAddress(text);
  } catch (error) {
    throw new InvalidArgumentError((error as RangeError).message);
  }
}
