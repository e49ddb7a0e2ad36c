import { ApiProperty } from '@nestjs/swagger';
import { OrganizationCompact } from '../organization/organization.resource.js';
import type { Caller } from '../user/caller.js';

/** The release of the API that is spoken here. The Python client compares it, as plain SemVer, and deletes projects from 25.2.0 on. */
export const serverVersion = '25.2.0';
const release = { example: serverVersion, pattern: '^\\d+\\.\\d+\\.\\d+$', description: 'Release of the API.' };

class FeatureFlagsResource {
  @ApiProperty({ example: true, description: 'Segments are served.' })
  enable_segments_ui!: boolean;

  @ApiProperty({ example: false, description: 'Fairness metrics are served.' })
  fairness!: boolean;
}

export class ServerInfoResource {
  @ApiProperty(release)
  server_version!: string;

  @ApiProperty({ type: FeatureFlagsResource, description: 'What is served.' })
  feature_flags!: FeatureFlagsResource;

  @ApiProperty({ type: OrganizationCompact, description: 'The tenant of the caller.' })
  organization!: OrganizationCompact;
}

export const toServerInfoResource = (caller: Caller): ServerInfoResource => ({
  server_version: serverVersion,
  feature_flags: { enable_segments_ui: true, fairness: false },
  organization: { id: caller.organizationId, name: caller.organizationName },
});

/** A client's version: `3.14.1`, also `3.15.0rc1` or `3.15.0.dev2+local`. */
export const clientVersion = { pattern: /^\d{1,9}(?:\.\d{1,9}){1,3}(?:\.?[A-Za-z+-][A-Za-z0-9.+-]{0,31})?$/, example: '3.14.1' };
export const clientName = { pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, example: 'python-sdk' };

export class VersionCompatibilityResource {
  @ApiProperty(release)
  server_version!: string;

  @ApiProperty({ example: true, description: 'Always true: no release of a client is shut out.' })
  is_compatible!: boolean;
}
