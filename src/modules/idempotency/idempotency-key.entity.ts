import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { idColumn, jsonColumn, timeColumn, wordColumn } from '../organization/column-types.js';
import { Organization } from '../organization/organization.entity.js';
import { User } from '../user/user.entity.js';

/** What a user's request under an `Idempotency-Key` was answered with. Written in the transaction of the change: both are there or neither. */
@Entity('idempotency_key')
@Index('ix_idempotency_key_expiry', ['userId', 'expiresAt'])
@Index('ix_idempotency_key_time', ['expiresAt'])
export class IdempotencyKey {
  @PrimaryColumn(idColumn)
  organizationId!: string;

  @ManyToOne(() => Organization, { nullable: false })
  @JoinColumn()
  organization?: Organization;

  @PrimaryColumn(idColumn)
  userId!: string;

  @ManyToOne(() => User, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn()
  user?: User;

  /** As sent: printable ASCII. */
  @PrimaryColumn({ ...idColumn, length: 255 })
  requestKey!: string;

  /** SHA-256 of what was asked for, in hexadecimal digits. */
  @Column(wordColumn)
  requestHash!: string;

  /** JSON: the `data` of the answer. Only successes are kept, and each of the routes has one. */
  @Column(jsonColumn)
  answer!: string;

  @Column(timeColumn)
  createdAt!: string;

  @Column(timeColumn)
  expiresAt!: string;
}
