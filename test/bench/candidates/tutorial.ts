/**
 * The way tutorials teach: Nest on Express, TypeORM repositories with relations, `secretOrKey` a string. Same tables, same answers;
 * no roles, no audit, no language. In one file, so that it is seen at a glance.
 */
import 'reflect-metadata';
import { Body, Controller, Get, HttpCode, Injectable, Module, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Column, Entity, ILike, JoinColumn, ManyToOne, PrimaryColumn, type FindOptionsWhere, type Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

const { DATABASE_URL, JWT_SECRET = '' } = process.env;

@Entity()
class Organization {
  @PrimaryColumn() id!: string;
  @Column() name!: string;
}

@Entity()
class Project {
  @PrimaryColumn() id!: string;
  @Column() name!: string;
  @Column() asset_type!: string;
}

@Entity()
class Model {
  @PrimaryColumn() id!: string;
  @Column() name!: string;
  @Column() version!: string;
  @Column() organization_id!: string;
  @Column() project_id!: string;
}

@Entity()
class User {
  @PrimaryColumn() id!: string;
  @Column() full_name!: string;
  @Column() email!: string;
  @Column() organization_id!: string;
}

@Entity()
class Segment {
  @PrimaryColumn() id!: string;
  @Column() name!: string;
  @Column() name_folded!: string;
  @Column() description!: string;
  @Column() description_folded!: string;
  @Column() definition!: string;
  @Column() definition_folded!: string;
  @Column() fingerprint!: string;
  @Column({ type: 'datetime', precision: 3 }) created_at!: Date;
  @Column({ type: 'datetime', precision: 3 }) updated_at!: Date;
  @ManyToOne(() => Organization) @JoinColumn({ name: 'organization_id' }) organization!: Organization;
  @ManyToOne(() => Project) @JoinColumn({ name: 'project_id' }) project!: Project;
  @ManyToOne(() => Model) @JoinColumn({ name: 'model_id' }) model!: Model;
  @ManyToOne(() => User) @JoinColumn({ name: 'created_by_id' }) created_by!: User;
  @ManyToOne(() => User) @JoinColumn({ name: 'updated_by_id' }) updated_by!: User;
}

const relations = { organization: true, project: true, model: true, created_by: true, updated_by: true };

const compact = ({ id, full_name, email }: User) => ({ id, full_name, email });
const toResource = ({ id, name, description, definition, organization, project, model, created_at, updated_at, ...by }: Segment) => ({
  id,
  name,
  description,
  definition,
  organization: { id: organization.id, name: organization.name },
  project: { id: project.id, name: project.name, asset_type: project.asset_type },
  model: { id: model.id, name: model.name, version: model.version },
  created_at,
  updated_at,
  created_by: compact(by.created_by),
  updated_by: compact(by.updated_by),
});

@Injectable()
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {
    super({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: JWT_SECRET });
  }

  validate({ sub }: { sub: string }): Promise<User | null> {
    return this.users.findOneBy({ id: sub });
  }
}

@Controller('v3')
@UseGuards(AuthGuard('jwt'))
class SegmentController {
  constructor(
    @InjectRepository(Segment) private readonly segments: Repository<Segment>,
    @InjectRepository(Model) private readonly models: Repository<Model>,
    @InjectRepository(User) private readonly users: Repository<User>,
  ) {}

  @Get('segments')
  find(@Req() { user }: { user: User }, @Query('limit') limit = '50', @Query('offset') offset = '0', @Query('search') search?: string) {
    const organization = { id: user.organization_id };
    const like = ILike(`%${search}%`);
    const places: FindOptionsWhere<Segment>[] = [
      { organization, name_folded: like },
      { organization, description_folded: like },
      { organization, definition_folded: like },
      { organization, project: { name: like } },
      { organization, model: { name: like } },
    ];
    return this.page(search === undefined ? { organization } : places, Number(limit), Number(offset));
  }

  @Get('segments/:id')
  async get(@Param('id') id: string) {
    const segment = await this.segments.findOneOrFail({ where: { id }, relations });
    return { api_version: '3.0', kind: 'NORMAL', data: toResource(segment) };
  }

  @Get('models/:id/segments')
  findOfModel(@Param('id') id: string, @Query('limit') limit = '50', @Query('offset') offset = '0', @Query('filter') filter?: string) {
    const model = { id };
    const where = filter === undefined ? { model } : { model, name: JSON.parse(filter).rules[0].value as string };
    return this.page(where, Number(limit), Number(offset));
  }

  @Post('segments')
  @HttpCode(200)
  async create(@Body() { model_id, name, description, definition }: Record<'model_id' | 'name' | 'description' | 'definition', string>) {
    const model = await this.models.findOneByOrFail({ id: model_id });
    const [author] = await this.users.findBy({ organization_id: model.organization_id });
    const id = uuidv7();
    const now = new Date();
    await this.segments.save({
      id,
      name,
      name_folded: name.toLowerCase(),
      description,
      description_folded: description.toLowerCase(),
      definition,
      definition_folded: definition.toLowerCase(),
      fingerprint: '',
      organization: { id: model.organization_id },
      project: { id: model.project_id },
      model,
      created_at: now,
      updated_at: now,
      created_by: author,
      updated_by: author,
    });
    return this.get(id);
  }

  private async page(where: FindOptionsWhere<Segment> | FindOptionsWhere<Segment>[], take: number, skip: number) {
    const order = { name: 'ASC', id: 'ASC' } as const;
    const [segments, total] = await this.segments.findAndCount({ where, relations, order, take, skip });
    const items = segments.map(toResource);
    const data = {
      page_size: take,
      item_count: items.length,
      total,
      page_count: Math.max(1, Math.ceil(total / take)),
      page_index: Math.floor(skip / take) + 1,
      offset: skip,
      items,
    };
    return { api_version: '3.0', kind: 'PAGINATED', data };
  }
}

const entities = [Organization, Project, Model, User, Segment];

@Module({
  imports: [
    PassportModule,
    TypeOrmModule.forRoot({ type: 'mariadb', url: DATABASE_URL, entities, timezone: 'Z', charset: 'utf8mb4' }),
    TypeOrmModule.forFeature(entities),
  ],
  controllers: [SegmentController],
  providers: [JwtStrategy],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(0, '127.0.0.1');
console.log(await app.getUrl());
