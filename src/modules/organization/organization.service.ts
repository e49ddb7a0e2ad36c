import { Injectable } from '@nestjs/common';
import { OrganizationRepository } from './organization.repository.js';

/** Tenants are made by the admin commands only; the API just reads them. */
@Injectable()
export class OrganizationService {
  constructor(private readonly organizations: OrganizationRepository) {}

  /** Whether nobody has put anything there yet. */
  async isEmpty(): Promise<boolean> {
    return (await this.organizations.count()) === 0;
  }
}
