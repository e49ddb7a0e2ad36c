import { describe, expect, test } from '@jest/globals';
import { checkFixture } from './fixture.js';

/** A whole organization; `change` makes it the fixture of one row. */
function fixture(change: (organization: any) => void = () => undefined): unknown {
  const organization = {
    name: 'acme',
    users: [{ email: 'Ada@acme.test', full_name: ' Ada ', role: 'Org Admin' }],
    projects: [
      {
        name: 'churn',
        members: [{ email: 'ada@acme.test', role: 'Project Admin' }],
        models: [{ name: 'm', columns: [{ name: 'age', data_type: 'int' }], segments: [{ name: 's', definition: 'age > 1' }] }],
      },
    ],
  };
  change(organization);
  return { organizations: [organization] };
}
const problemsOf = (value: unknown) => checkFixture(value).problems.map(({ field, message }) => [field, message]);

const place = 'organizations[0]';
const model = `${place}.projects[0].models[0]`;

describe('a good fixture', () => {
  test('gets its defaults; texts are trimmed and addresses lower-cased', () => {
    expect(checkFixture(fixture())).toEqual({
      problems: [],
      fixture: {
        organizations: [
          {
            name: 'acme',
            users: [{ email: 'ada@acme.test', full_name: 'Ada', role: 'Org Admin', active: true }],
            projects: [
              {
                name: 'churn',
                asset_type: 'ML_MODEL',
                members: [{ email: 'ada@acme.test', role: 'Project Admin' }],
                models: [
                  {
                    name: 'm',
                    version: 'v1',
                    description: '',
                    task: 'not_set',
                    input_type: 'structured',
                    artifact_status: 'no_model',
                    task_params: {},
                    spec: {},
                    columns: [{ name: 'age', data_type: 'int' }],
                    segments: [{ name: 's', definition: 'age > 1', description: '' }],
                  },
                ],
              },
            ],
          },
        ],
      },
    });
  });

  test('ids of any form are made canonical', () => {
    const { fixture: checked } = checkFixture(fixture((one) => (one.id = '6F3A52A46D0C5F579A0E2F1F6A8D3C11')));
    expect(checked?.organizations[0]?.id).toBe('6f3a52a4-6d0c-5f57-9a0e-2f1f6a8d3c11');
  });
});

describe('what is wrong is told with its path', () => {
  test.each<[string, (organization: any) => void, [string, string]]>([
    ['an unknown key, with what was meant', (one) => (one.nmae = 1), [`${place}.nmae`, 'is an unknown key; did you mean "name"?']],
    ['a key of nothing', (one) => (one.q = 1), [`${place}.q`, 'is an unknown key; known are id, name, users, projects']],
    ['a missing name', (one) => delete one.name, [`${place}.name`, 'is missing']],
    [
      'a missing definition',
      (one) => delete one.projects[0].models[0].segments[0].definition,
      [`${model}.segments[0].definition`, 'is missing'],
    ],
    ['a name that is blank', (one) => (one.users[0].full_name = '  '), [`${place}.users[0].full_name`, 'must not be empty']],
    ['a name that is no text', (one) => (one.name = 5), [`${place}.name`, 'must be a text']],
    ['a name that is too long', (one) => (one.name = 'x'.repeat(256)), [`${place}.name`, 'must have at most 255 characters, not 256']],
    ['a control character', (one) => (one.name = 'a\u0000b'), [`${place}.name`, 'must not hold control characters']],
    [
      'a project name with a blank',
      (one) => (one.projects[0].name = 'a b'),
      [`${place}.projects[0].name`, 'must be made of letters, digits, - and _'],
    ],
    ['a bad address', (one) => (one.users[0].email = 'ada'), [`${place}.users[0].email`, 'must be an e-mail address']],
    [
      'a role with a typing error',
      (one) => (one.users[0].role = 'Org Amdin'),
      [`${place}.users[0].role`, 'must be "Org Admin" or "Org Member", not "Org Amdin"; did you mean "Org Admin"?'],
    ],
    [
      'a role of another place',
      (one) => (one.projects[0].members[0].role = 'Boss'),
      [`${place}.projects[0].members[0].role`, 'must be "Project Admin" or "Project Writer" or "Project Viewer", not "Boss"'],
    ],
    ['an id that is none', (one) => (one.id = 'acme'), [`${place}.id`, 'must be a UUID']],
    ['a flag that is a text', (one) => (one.users[0].active = 'yes'), [`${place}.users[0].active`, 'must be true or false']],
    ['a list that is none', (one) => (one.users = {}), [`${place}.users`, 'must be a list']],
    ['an entry that is none', (one) => (one.projects[0].models[0].segments[0] = 'age > 1'), [`${model}.segments[0]`, 'must be an object']],
  ])('%s', (_, change, problem) => {
    expect(problemsOf(fixture(change))).toEqual([problem]);
  });

  test.each<[unknown, [string, string]]>([
    [undefined, ['', 'The file is missing.']],
    [null, ['', 'The file must be an object.']],
    ['text', ['', 'The file must be an object.']],
    [[], ['', 'The file must be an object.']],
    [{}, ['organizations', 'is missing']],
    [{ organisations: [], organizations: [] }, ['organisations', 'is an unknown key; did you mean "organizations"?']],
  ])('%j is no fixture', (value, problem) => {
    expect(problemsOf(value)).toEqual([problem]);
  });

  test('all of them at once, each unknown key by itself', () => {
    const spoilt = fixture((one) => {
      Object.assign(one, { colour: 1, nmae: 1 });
      one.users[0].email = 'ada';
      one.projects[0].models[0].segments[0].name = '';
    });
    expect(problemsOf(spoilt).map(([field]) => field)).toEqual([
      `${place}.users[0].email`,
      `${model}.segments[0].name`,
      `${place}.colour`,
      `${place}.nmae`,
    ]);
  });

  test('a leaf that is wrong is replaced, so that the rest can be looked at', () => {
    const { fixture: usable } = checkFixture(
      fixture((one) => {
        one.colour = 1;
        one.id = 'acme';
        one.users[0].email = 'ada';
        one.users[0].role = 'Boss';
        one.projects[0].models[0].segments[0].name = '';
      }),
    );
    const [organization] = usable!.organizations;
    expect(organization).toMatchObject({ id: undefined, users: [{ email: expect.stringMatching(/@invalid$/), role: 'Org Admin' }] });
    expect(organization!.projects[0]!.models[0]!.segments[0]).toMatchObject({
      name: expect.stringMatching(/^unusable-/),
      definition: 'age > 1',
    });
    expect(organization!.projects[0]!.models[0]).not.toHaveProperty('created_by');
  });
});
