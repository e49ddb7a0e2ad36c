import { Injectable } from '@nestjs/common';
import { foldCase } from '../../list-query/fold-case.js';
import type { Statement } from '../../sql/engine.js';
import { Sql } from '../../sql/sql.js';
import { Organization } from './organization.entity.js';

@Injectable()
export class OrganizationRepository {
  constructor(private readonly sql: Sql) {}

  async findByName(name: string): Promise<{ id: string; name: string } | undefined> {
    return this.one('SELECT id, name FROM organization WHERE name = ?', name);
  }

  async findById(id: string): Promise<{ id: string; name: string } | undefined> {
    return this.one('SELECT id, name FROM organization WHERE id = ?', id);
  }

  async names(): Promise<string[]> {
    return (await this.sql.read('SELECT name FROM organization', [])).map(String);
  }

  async count(): Promise<number> {
    return Number((await this.sql.read('SELECT COUNT(*) FROM organization', []))[0]?.[0]);
  }

  insert(id: string, name: string, now: string): Statement {
    return this.sql.insert(Organization, { id, name, nameFolded: foldCase(name), createdAt: now, updatedAt: now });
  }

  private async one(sql: string, value: string): Promise<{ id: string; name: string } | undefined> {
    const [row] = await this.sql.read(sql, [value]);
    return row === undefined ? undefined : { id: String(row[0]), name: String(row[1]) };
  }
}
