import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import { AppError } from '../errors/app-error.js';
import { checkShape } from '../validation/check-shape.js';
import { UnreadableBody } from './json-body.js';
import { HttpProblem } from './http-problem.js';

/** Bodies against their DTO class: shape only; rules that need the database are the services'. */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype }: ArgumentMetadata): unknown {
    if (metatype === undefined) return value;
    if (value instanceof UnreadableBody) throw value.status === 415 ? new HttpProblem(415, value.error.problems) : value.error;
    const checked = checkShape(metatype as ClassConstructor<object>, value);
    if ('problems' in checked) throw new AppError('invalid', checked.problems);
    return checked.dto;
  }
}
