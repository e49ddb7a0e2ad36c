import { Argument, Option, type Command } from 'commander';
import { organizationRoles, projectRoles, type OrganizationRole, type ProjectRole } from '../modules/user/roles.js';
import type { Asked, UserAddOptions } from './people.action.js';

const running = '\nA service that runs sees it in some seconds.';
const json = ['--json', 'print one JSON object'] as const;

/** `user …` and `member …`. */
export function addPeopleCommands(program: Command): void {
  const user = program.command('user').description('Adds, disables and lists users, and gives them a role in their organization.');
  user
    .command('add <email>')
    .description('Adds a user to an organization.')
    .requiredOption('--name <name>', 'their full name')
    .requiredOption('--organization <name>', 'the organization that they belong to')
    .addOption(new Option('--role <role>', 'their role in the organization').choices(organizationRoles).default('Org Member'))
    .option('--create-organization', 'make the organization when it is not there')
    .option(...json)
    .addHelpText(
      'after',
      '\nExamples:\n  admin user add ada@acme.test --name "Ada Admin" --organization acme --role "Org Admin" --create-organization\n  admin user add wim@acme.test --name "Wim Writer" --organization acme',
    )
    .action(async (email: string, options: UserAddOptions) => (await import('./people.action.js')).addUser(email, options));
  user
    .command('disable <email>')
    .description('Shuts a user out. What they made stays, with their name.')
    .option(...json)
    .addHelpText('after', `${running}\n\nExample:\n  admin user disable wim@acme.test`)
    .action(async (email: string, options: Asked) => (await import('./people.action.js')).changeUser(email, { active: false }, options));
  user
    .command('enable <email>')
    .description('Lets a user in again.')
    .option(...json)
    .addHelpText('after', `${running}\n\nExample:\n  admin user enable wim@acme.test`)
    .action(async (email: string, options: Asked) => (await import('./people.action.js')).changeUser(email, { active: true }, options));
  user
    .command('role <email>')
    .addArgument(new Argument('<role>', 'their role in the organization').choices(organizationRoles))
    .description('Gives a user a role in their organization.')
    .option(...json)
    .addHelpText('after', `${running}\n\nExample:\n  admin user role wim@acme.test "Org Admin"`)
    .action(async (email: string, role: OrganizationRole, options: Asked) =>
      (await import('./people.action.js')).changeUser(email, { role }, options),
    );
  user
    .command('list')
    .description('Lists the users of an organization, oldest first.')
    .requiredOption('--organization <name>', 'the organization')
    .option(...json)
    .addHelpText('after', '\nExample:\n  admin user list --organization acme')
    .action(async (options: Asked & { organization: string }) => (await import('./people.action.js')).listUsers(options));

  const member = program.command('member').description('Gives users roles in projects of their organization, and takes them away.');
  member
    .command('add <project> <email>')
    .description('Gives a user a role in a project, or another one than they have.')
    .addOption(new Option('--role <role>', 'their role in the project').choices(projectRoles).makeOptionMandatory())
    .option(...json)
    .addHelpText('after', `${running}\n\nExample:\n  admin member add churn wim@acme.test --role "Project Writer"`)
    .action(async (project: string, email: string, options: Asked & { role: ProjectRole }) =>
      (await import('./people.action.js')).addMember(project, email, options),
    );
  member
    .command('remove <project> <email>')
    .description('Takes a user’s role in a project away.')
    .option(...json)
    .addHelpText('after', `${running}\n\nExample:\n  admin member remove churn wim@acme.test`)
    .action(async (project: string, email: string, options: Asked) =>
      (await import('./people.action.js')).removeMember(project, email, options),
    );
}
