import { learn } from '/kit/language.js';

/** The tables of the console's own pages, in `/console/lang/`. */
const TABLES = ['audit', 'board', 'devices', 'people', 'policies', 'rooms', 'shell', 'sites'];

await learn(new URL('lang/', import.meta.url), TABLES);
