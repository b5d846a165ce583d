import { awaitLink, letIn } from '/kit/let-in.js';
import { LiveTimeline } from '/kit/live-timeline.js';
import { keepOffline } from '/kit/offline-page.js';
import './door-app.js';

/** Pixels of CSS per millimetre of glass, by the diagonal in inches. */
const GLASSES = { 8: 7.41, 10: 5.88, 13: 6.54 };

const refused = await letIn();
const parameters = new URLSearchParams(location.search);

function setGlass() {
  const glass = parameters.get('glass') ?? (Math.max(screen.width, screen.height) >= 1600 ? '13' : '10');
  const mm = Number(parameters.get('mm')) || GLASSES[glass] || GLASSES[10];
  document.documentElement.style.setProperty('--mm', `${mm}px`);
  if (parameters.get('palette') === 'safe') {
    document.documentElement.dataset.palette = 'safe';
  }
}

function open() {
  const app = document.createElement('door-app');
  app.refused = refused;
  const room = parameters.get('room') ?? '';
  if (/^[a-z0-9][a-z0-9-]{0,39}$/.test(room)) {
    app.live = new LiveTimeline(room);
    app.live.start();
  }
  document.body.append(app);
  return app;
}

setGlass();
const app = open();
keepOffline(() => app.idle);
awaitLink();
