import 'reflect-metadata';
import { startService } from './start.js';
import { processEnv } from './config/process-env.js';

await startService(processEnv());
