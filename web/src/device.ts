// What is kept on the device. A full or forbidden storage is no reason to fail: then the page lives in memory.

const PREFIX = "hoithi.";

export interface Drawer {
  read<T>(name: string): T | null;
  /** False when it could not be kept. */
  write(name: string, value: unknown): boolean;
  remove(name: string): void;
  names(prefix: string): string[];
}

/** localStorage: stays when the page is closed. */
export const device = drawer(() => localStorage);

/** Another tab wrote `name` onto the device. */
export function hearTabs(name: string, heard: () => void): void {
  addEventListener("storage", (event) => event.key === PREFIX + name && heard());
}

/** sessionStorage: until this tab is closed. */
export const tab = drawer(() => sessionStorage);

function drawer(open: () => Storage): Drawer {
  const held = <T>(work: (storage: Storage) => T, otherwise: T): T => {
    try {
      return work(open());
    } catch {
      return otherwise;
    }
  };
  return {
    read: <T>(name: string) => held((storage) => JSON.parse(storage.getItem(PREFIX + name) ?? "null") as T | null, null),
    write: (name, value) => held((storage) => (storage.setItem(PREFIX + name, JSON.stringify(value)), true), false),
    remove: (name) => held((storage) => storage.removeItem(PREFIX + name), undefined),
    names: (prefix) =>
      held(
        (storage) =>
          Object.keys(storage)
            .filter((key) => key.startsWith(PREFIX + prefix))
            .map((key) => key.slice(PREFIX.length)),
        [],
      ),
  };
}
