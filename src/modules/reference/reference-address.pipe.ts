import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { limits } from '../../config/limits.js';
import { invalid } from '../../errors/app-error.js';
import { keyForm, kindForm } from './reference-address.js';

interface Form {
  readonly fits: (value: string) => boolean;
  readonly rule: string;
}

/** The forms of a reference's path parameters. Lengths count code points. */
const forms: Readonly<Record<string, Form>> = {
  kind: {
    fits: (value) => kindForm.test(value),
    rule: 'must be a small letter, then up to 31 small letters, digits, - and _, as in alert',
  },
  key: {
    fits: (value) => [...value].length <= limits.referenceKey && keyForm.test(value),
    rule: `must have 1 to ${limits.referenceKey} characters, none of them a control character, and no blank at either end`,
  },
};

/** The `kind` or `key` of a reference in the address, as it is; a malformed one is 400. */
@Injectable()
export class ReferenceAddressPipe implements PipeTransform<string, string> {
  transform(value: string, { data = '' }: ArgumentMetadata): string {
    const { fits, rule } = forms[data]!;
    if (fits(value)) return value;
    throw invalid({ reason: 'BadRequest', message: `The ${data} in the address ${rule}.`, field: data });
  }
}
