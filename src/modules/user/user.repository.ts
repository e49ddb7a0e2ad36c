import { Injectable } from '@nestjs/common';
import { foldCase } from '../../list-query/fold-case.js';
import type { SqlRow, Statement } from '../../sql/engine.js';
import { Sql } from '../../sql/sql.js';
import type { CallerRecord } from './caller.js';
import type { OrganizationRole, ProjectRole } from './roles.js';
import { User } from './user.entity.js';

export interface UserRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly fullName: string;
  readonly role: OrganizationRole;
  readonly active: boolean;
}

/** One row for each project role, or a single one without; roles in another organization's projects do not count. */
const callerSql = `
  SELECT u.id, u.email, u.full_name, u.organization_id, o.name, u.role, u.active, p.id, m.role
  FROM user u
  JOIN organization o ON o.id = u.organization_id
  LEFT JOIN project_member m ON m.user_id = u.id
  LEFT JOIN project p ON p.id = m.project_id AND p.organization_id = u.organization_id
  WHERE u.id = ?`;

const recordSql = 'SELECT id, organization_id, email, full_name, role, active FROM user';

const toRecord = (row: SqlRow): UserRecord => ({
  id: row[0] as string,
  organizationId: row[1] as string,
  email: row[2] as string,
  fullName: row[3] as string,
  role: row[4] as OrganizationRole,
  active: Number(row[5]) === 1,
});

@Injectable()
export class UserRepository {
  constructor(private readonly sql: Sql) {}

  /** The user with their roles as they are now; undefined when there is no such user or they are disabled. */
  async findCaller(id: string): Promise<CallerRecord | undefined> {
    const rows = await this.sql.read(callerSql, [id]);
    const [first] = rows;
    if (first === undefined || !Number(first[6])) return undefined;
    const [, email, fullName, organizationId, organizationName, role] = first.map(String);
    const memberships = rows.flatMap((row) =>
      row[7] === null || row[8] === null ? [] : [[String(row[7]), row[8] as ProjectRole] as const],
    );
    return {
      id,
      email: email!,
      fullName: fullName!,
      organizationId: organizationId!,
      organizationName: organizationName!,
      role: role as OrganizationRole,
      projectRoles: new Map(memberships),
    };
  }

  async findByEmail(email: string): Promise<UserRecord | undefined> {
    const [row] = await this.sql.read(`${recordSql} WHERE email = ?`, [email]);
    return row && toRecord(row);
  }

  /** Oldest first. */
  async findOfOrganization(organizationId: string): Promise<UserRecord[]> {
    return (await this.sql.read(`${recordSql} WHERE organization_id = ? ORDER BY created_at, id`, [organizationId])).map(toRecord);
  }

  async idExists(id: string): Promise<boolean> {
    return (await this.sql.read('SELECT 1 FROM user WHERE id = ?', [id])).length > 0;
  }

  insert(user: UserRecord, now: string): Statement {
    return this.sql.insert(User, { ...user, ...folded(user), createdAt: now, updatedAt: now });
  }

  update(id: string, changes: Pick<UserRecord, 'email' | 'fullName' | 'role' | 'active'>, now: string): Statement {
    return this.sql.update(User, id, { ...changes, ...folded(changes), updatedAt: now });
  }
}

const folded = ({ email, fullName }: Pick<UserRecord, 'email' | 'fullName'>) => ({
  emailFolded: foldCase(email),
  fullNameFolded: foldCase(fullName),
});
