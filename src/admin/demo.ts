import type { Fixture } from './fixture.js';

/** The demo's user who may try everything: Org Admin, and Project Admin of its project. */
export const demoUser = 'demo@acme.test';

const columns = [
  { name: 'customer_id', data_type: 'str' },
  { name: 'creditscore', data_type: 'int', min: 350, max: 850 },
  { name: 'geography', data_type: 'category', categories: ['California', 'Florida', 'Hawaii', 'Massachusetts', 'New York', 'Texas'] },
  { name: 'gender', data_type: 'category', categories: ['Female', 'Male', 'Nonbinary'] },
  { name: 'age', data_type: 'int', min: 18, max: 92 },
  { name: 'tenure', data_type: 'int', min: 0, max: 40 },
  { name: 'balance', data_type: 'float' },
  { name: 'numofproducts', data_type: 'int', min: 1, max: 4 },
  { name: 'hascrcard', data_type: 'bool' },
  { name: 'isactivemember', data_type: 'bool' },
  { name: 'estimatedsalary', data_type: 'float', min: 0, max: 200_000 },
  { name: 'comment', data_type: 'str' },
  { name: 'seen_at', data_type: 'timestamp' },
  { name: 'predicted_churn', data_type: 'float', min: 0, max: 1 },
  { name: 'churn', data_type: 'category', categories: ['no', 'yes'] },
];

const spec = {
  inputs: [
    'creditscore',
    'geography',
    'gender',
    'age',
    'tenure',
    'balance',
    'numofproducts',
    'hascrcard',
    'isactivemember',
    'estimatedsalary',
    'comment',
  ],
  outputs: ['predicted_churn'],
  targets: ['churn'],
  metadata: ['customer_id', 'seen_at'],
};

const model = {
  name: 'churn_classifier',
  task: 'binary_classification' as const,
  input_type: 'structured' as const,
  spec,
  task_params: { binary_classification_threshold: 0.5, target_class_order: ['no', 'yes'] },
};

const segment = (name: string, definition: string, description: string, author = 'wanda@acme.test') => ({
  name,
  definition,
  description,
  created_by: author,
});

/** What an empty embedded database is filled with, so that a newcomer sees real things at once. */
export const demoFixture: Fixture = {
  organizations: [
    {
      name: 'demo',
      users: [
        { email: demoUser, full_name: 'Demo Admin', role: 'Org Admin' },
        { email: 'petra@acme.test', full_name: 'Petra Project Admin' },
        { email: 'wanda@acme.test', full_name: 'Wanda Writer' },
        { email: 'victor@acme.test', full_name: 'Victor Viewer' },
      ],
      projects: [
        {
          name: 'bank_churn',
          members: [
            { email: demoUser, role: 'Project Admin' },
            { email: 'petra@acme.test', role: 'Project Admin' },
            { email: 'wanda@acme.test', role: 'Project Writer' },
            { email: 'victor@acme.test', role: 'Project Viewer' },
          ],
          models: [
            {
              ...model,
              version: 'v1',
              description: 'First version, without the salary band.',
              columns,
              segments: [
                segment('Seniors', 'age > 65', 'Customers above 65'),
                segment('Hawaii over 50', "age > 50 and geography == 'Hawaii'", 'For the island offer'),
                segment('Young and inactive', 'age < 30 and not isactivemember', 'Likely to leave early'),
                segment('High balance', 'balance >= 150000', 'Private banking watches these'),
                segment('No credit card', 'not hascrcard', ''),
                segment('Likely churners', 'predicted_churn > 0.8', 'The model is sure of these', 'petra@acme.test'),
              ],
            },
            {
              ...model,
              version: 'v2',
              description: 'Second version, with the salary band.',
              columns: [...columns, { name: 'salary_band', data_type: 'category', categories: ['high', 'low', 'middle'] }],
              segments: [
                segment('Seniors', 'age > 65', 'Customers above 65'),
                segment('Low score, many products', 'creditscore < 500 and numofproducts >= 3', ''),
                segment('Missed churners', "predicted_churn < 0.5 and churn == 'yes'", 'False negatives', 'petra@acme.test'),
                segment('Mainland women', "gender == 'Female' and geography != 'Hawaii'", 'Fairness review'),
                segment('Complaints', "match(comment, '(?i)complain|angry|cancel')", 'What people write'),
                segment('Balance over salary', 'balance / estimatedsalary > 2', 'Savings of two years or more'),
                segment('Unknown band', 'is_null(salary_band)', 'Rows to be completed'),
              ],
            },
          ],
        },
      ],
    },
  ],
};
