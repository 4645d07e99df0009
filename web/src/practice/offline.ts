// The first visit may come before the service worker does: what was fetched until then is asked for again, so that it keeps it.

const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
/** This file itself came past the worker. */
const early = workers !== undefined && !workers.controller;

/** Kept for a visit without network. This file is out of the browser's cache then: it costs no data. */
export function keepForLater(address: string): void {
  if (!early) return;
  const ask = () => [address, import.meta.url].forEach((each) => void fetch(each).catch(() => undefined));
  if (workers.controller) ask();
  else workers.addEventListener("controllerchange", ask, { once: true });
}
