import { CreateOrganizationAndUser1764000000001 } from './1764000000001-create-organization-and-user.js';
import { CreateProjectAndModel1764000000002 } from './1764000000002-create-project-and-model.js';
import { CreateSegment1764000000003 } from './1764000000003-create-segment.js';

/** Order is meaning: add new ones at the end, never edit a merged one. */
export const migrations = [CreateOrganizationAndUser1764000000001, CreateProjectAndModel1764000000002, CreateSegment1764000000003];
