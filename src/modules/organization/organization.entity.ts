import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, nameColumn, timeColumn } from './column-types.js';

/** A tenant: the root of everything that is kept. */
@Entity('organization')
@Index('uq_organization_name', ['name'], { unique: true })
export class Organization {
  @PrimaryColumn(idColumn)
  id!: string;

  @Column(nameColumn)
  name!: string;

  /** `name` in folded case, for searches that ignore it. */
  @Column(nameColumn)
  nameFolded!: string;

  @Column(timeColumn)
  createdAt!: string;

  @Column(timeColumn)
  updatedAt!: string;
}
