import { start } from '../../src/app/start.ts';
import { readConfig } from '../../src/config/config.ts';
import { beMeasured } from './measured-process.ts';

/** The product's own server, as `serve` starts it. Argument: the repository's folder; settings from the environment. */
const root = process.argv[2] ?? '.';
const running = await start(readConfig(root), root);
beMeasured(running.port, () => running.stop());
