import { bilingual } from '/kit/bilingual.js';

export const shown = bilingual;
