import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn, wordColumn } from '../organization/column-types.js';
import type { ProjectRole } from '../user/roles.js';
import { User } from '../user/user.entity.js';
import { Project } from './project.entity.js';

/** A user's role in a project. */
@Entity('project_member')
@Index('ix_project_member_user', ['userId', 'projectId', 'role'])
export class ProjectMember {
  @PrimaryColumn(idColumn)
  projectId!: string;

  @ManyToOne(() => Project, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn()
  project?: Project;

  @PrimaryColumn(idColumn)
  userId!: string;

  @ManyToOne(() => User, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn()
  user?: User;

  @Column(wordColumn)
  role!: ProjectRole;

  @Column(timeColumn)
  createdAt!: string;
}
