import type { Logger } from '../../src/shared/logger.ts';

export const silentLogger: Logger = { info: () => undefined, error: () => undefined };
