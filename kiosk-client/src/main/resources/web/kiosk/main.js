import { awaitLink, letIn } from '/kit/let-in.js';
import { LiveSite } from '/kit/live-site.js';
import { keepOffline } from '/kit/offline-page.js';
import './kiosk-app.js';

const refused = await letIn();

function open() {
  const app = document.createElement('kiosk-app');
  app.refused = refused;
  const site = new URLSearchParams(location.search).get('site') ?? '';
  if (/^[a-z0-9][a-z0-9-]{0,39}$/.test(site)) {
    app.live = new LiveSite(site);
    app.live.start();
  }
  document.body.append(app);
  return app;
}

const app = open();
keepOffline(() => app.atRest);
awaitLink();
