import { Body } from '@nestjs/common';
import { ValidationPipe } from './validation.pipe.js';

const pipe = new ValidationPipe();

/** The body as its DTO class wants it, or 400. The pipe stands here and not before every parameter of every route: see `IdParam`. */
export const CheckedBody = (): ParameterDecorator => Body(pipe);
