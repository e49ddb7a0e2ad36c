import { Column, JoinColumn, ManyToOne } from 'typeorm';
import { idColumn, timeColumn } from '../organization/column-types.js';
import type { Caller } from './caller.js';
import { User } from './user.entity.js';

/** Who made and who last changed a thing, and when. */
export abstract class AuditedEntity {
  @Column(timeColumn)
  createdAt!: string;

  @Column(timeColumn)
  updatedAt!: string;

  @Column(idColumn)
  createdById!: string;

  @ManyToOne(() => User, { nullable: false })
  @JoinColumn()
  createdBy?: User;

  @Column(idColumn)
  updatedById!: string;

  @ManyToOne(() => User, { nullable: false })
  @JoinColumn()
  updatedBy?: User;
}

export type AuditStamp = Pick<AuditedEntity, 'createdAt' | 'updatedAt' | 'createdById' | 'updatedById'>;

/** The audit fields of a thing made now by `caller`. */
export function stampCreated(caller: Pick<Caller, 'id'>, now: string): AuditStamp {
  return { createdAt: now, updatedAt: now, createdById: caller.id, updatedById: caller.id };
}
