import { conflict, type AppError } from '../../errors/app-error.js';

/** Whoever counts on a model again and again finds it changed: that is a conflict like others. */
export const modelChanged = (): AppError =>
  conflict('The model was changed or deleted at the same moment.', 'Read it again, then repeat the request.');

/** How often something is tried that a change of its model may undo. */
export const attemptsOnModel = 3;
