import { applyTheme } from './preferences.js';
import './words.js';
import './console-app.js';

applyTheme();
document.body.append(document.createElement('console-app'));
