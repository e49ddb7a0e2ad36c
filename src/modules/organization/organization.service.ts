import { Injectable } from '@nestjs/common';
import { OrganizationRepository } from './organization.repository.js';

/** Tenants are made by the admin commands only; the API just reads them. */
@Injectable()
export class OrganizationService {
  constructor(private readonly organizations: OrganizationRepository) {}

  find(name: string): Promise<{ id: string; name: string } | undefined> {
    return this.organizations.findByName(name);
  }
}
