import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { invalid } from '../errors/app-error.js';
import { quote } from '../list-query/quote.js';

/** A yes-or-no query parameter, in any letter case since the Python client sends `True`; absent is no. */
@Injectable()
export class FlagPipe implements PipeTransform<unknown, boolean> {
  transform(value: unknown, { data = 'flag' }: ArgumentMetadata): boolean {
    if (value === undefined) return false;
    const word = typeof value === 'string' ? value.toLowerCase() : undefined;
    if (word === 'true' || word === 'false') return word === 'true';
    const given = typeof value === 'string' ? `, not ${quote(value)}` : ', and given once';
    throw invalid({ reason: 'BadRequest', message: `The parameter ${data} must be true or false${given}.`, field: data });
  }
}
