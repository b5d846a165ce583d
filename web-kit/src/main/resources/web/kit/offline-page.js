/**
 * Installs the worker that keeps a page whole without network, and takes up a new build once the page may be reloaded.
 *
 * @param {() => boolean} mayReload whether nobody is using the page
 */
export async function keepOffline(mayReload) {
  if (!('serviceWorker' in navigator)) {
    return;
  }
  const hadWorker = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (hadWorker) {
      reloadWhen(mayReload);
    }
  });
  const registration = await navigator.serviceWorker.register('service-worker.js');
  setInterval(() => registration.update().catch(() => undefined), UPDATE_EVERY_MS);
}

const UPDATE_EVERY_MS = 15 * 60_000;
const ASK_AGAIN_MS = 5_000;

function reloadWhen(mayReload) {
  if (mayReload()) {
    location.reload();
  } else {
    setTimeout(() => reloadWhen(mayReload), ASK_AGAIN_MS);
  }
}
