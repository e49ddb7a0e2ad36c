import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Columns } from '../../fql/columns.js';
import { checkDefinition } from '../../fql/fql.js';
import { columnsOf } from '../model/model-columns.js';
import { checkColumns } from '../model/model-content.js';
import { ModelService } from '../model/model.service.js';
import type { Caller } from '../user/caller.js';
import { fqlHost } from './fql-host.js';
import type { RecheckSegmentsDto } from './recheck.dto.js';
import { brokenShown, type RecheckResource } from './recheck.resource.js';
import { SegmentRepository } from './segment.repository.js';

/** UTF-16 units of definitions that one request looks through: some seconds of work, 1,000 units for each of 10,000 segments. */
const textLimit = 10_000_000;
/** Milliseconds until others get their turn. */
const turn = 10;

/** Patterns do not depend on columns, and those that are stored have been checked: compiling them again is most of the work. */
const host = { ...fqlHost, checkPattern: () => undefined };

/** What would become of a model's segments if it had other columns. Nothing is changed. */
@Injectable()
export class RecheckService {
  constructor(
    private readonly models: ModelService,
    private readonly segments: SegmentRepository,
  ) {}

  async recheck(caller: Caller, modelId: string, dto: RecheckSegmentsDto): Promise<RecheckResource> {
    const model = await this.models.require(caller, modelId, 'read');
    const columns = columnsOf({ schema_version: 1, columns: checkColumns(dto.columns) });
    const tally = new Tally(columns);
    let since = performance.now();
    for await (const page of this.segments.pagesOf(model.id)) {
      for (const segment of page) {
        tally.add(segment);
        if (performance.now() - since < turn) continue;
        await breathe();
        since = performance.now();
      }
    }
    return tally.result();
  }
}

class Tally {
  private readonly counts = { segment: 0, broken: 0, unchecked: 0 };
  private readonly broken: RecheckResource['broken'][number][] = [];
  private left = textLimit;

  constructor(private readonly columns: Columns) {}

  add({ id, name, definition }: { id: string; name: string; definition: string }): void {
    this.counts.segment += 1;
    this.left -= definition.length;
    if (this.left < 0) {
      this.counts.unchecked += 1;
      return;
    }
    const verdict = checkDefinition(definition, this.columns, host);
    if (verdict.valid) return;
    this.counts.broken += 1;
    if (this.broken.length < brokenShown) this.broken.push({ id, name, definition, errors: verdict.errors });
  }

  result(): RecheckResource {
    const { segment, broken, unchecked } = this.counts;
    return {
      segment_count: segment,
      ok_count: segment - broken - unchecked,
      broken_count: broken,
      unchecked_count: unchecked,
      broken: this.broken,
    };
  }
}
