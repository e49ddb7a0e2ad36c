import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'http:public';

/** The few routes that answer without a token; a test holds the list. */
export const Public = () => SetMetadata(PUBLIC, true);
