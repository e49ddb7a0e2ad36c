import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { ApiErrors, ApiNormal } from '../../http/api-answers.decorator.js';
import { QueryParams, type ParamForm } from '../../http/query-params.decorator.js';
import type { Caller } from '../user/caller.js';
import {
  clientName,
  clientVersion,
  ServerInfoResource,
  serverVersion,
  toServerInfoResource,
  VersionCompatibilityResource,
} from './server.resource.js';

const word = ({ pattern, example }: ParamForm) => ({
  required: true,
  schema: { type: 'string' as const, pattern: pattern.source, example },
});

/** What a client asks before anything else. */
@ApiTags('Server')
@ApiBearerAuth()
@Controller('v3')
export class ServerController {
  @Get('server-info')
  @ApiOperation({
    operationId: 'getServerInfoV3',
    summary: 'Read what this server is, and whose',
    description: 'What the Python client asks before anything else.',
  })
  @ApiNormal(ServerInfoResource, 'The server.')
  @ApiErrors()
  info(@CurrentUser() caller: Caller, @QueryParams([]) _query: object): ServerInfoResource {
    return toServerInfoResource(caller);
  }

  @Get('version-compatibility')
  @ApiOperation({
    operationId: 'getVersionCompatibilityV3',
    summary: 'Ask whether a client of this version is served',
    description: 'Every release is.',
  })
  @ApiQuery({ name: 'client_version', description: 'Version of the client.', ...word(clientVersion) })
  @ApiQuery({ name: 'client_name', description: 'Name of the client.', ...word(clientName) })
  @ApiNormal(VersionCompatibilityResource, 'It is.')
  @ApiErrors()
  compatibility(@QueryParams({ client_version: clientVersion, client_name: clientName }) _query: object): VersionCompatibilityResource {
    return { server_version: serverVersion, is_compatible: true };
  }
}
