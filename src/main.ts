import 'reflect-metadata';
import { processEnv } from './config/process-env.js';

// The environment first: a refusal then takes a tenth of a second, not the time to load the whole application.
const env = processEnv();
const { startService } = await import('./start.js');
await startService(env);
