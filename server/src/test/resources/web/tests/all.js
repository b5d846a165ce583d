import './entry.test.js';
import './server-clock.test.js';
import './language.test.js';
import './live-timeline.test.js';
import './api.test.js';
import './room-view.test.js';
import './wall-clock.test.js';
import './assume.test.js';
import './strip.test.js';
import { run } from './harness.js';

globalThis.results = await run();
