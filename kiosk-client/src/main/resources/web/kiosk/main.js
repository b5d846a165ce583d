import { LiveSite } from '/kit/live-site.js';
import { keepOffline } from '/kit/offline-page.js';
import './kiosk-app.js';

function open() {
  const app = document.createElement('kiosk-app');
  const site = new URLSearchParams(location.search).get('site') ?? '';
  if (/^[a-z0-9][a-z0-9-]{0,39}$/.test(site)) {
    app.live = new LiveSite(site);
    app.live.start();
  }
  document.body.append(app);
}

open();
keepOffline(() => true);
