import { useEffect, useState } from "preact/hooks";

/** A value that tells when it was replaced. */
export class Observable<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }

  set value(next: T) {
    this.current = next;
    [...this.listeners].forEach((listener) => listener());
  }

  /** Returns the way to stop hearing. */
  hear(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

/** The value in a component, which is drawn again when it changes. */
export function useValue<T>(observable: Observable<T>): T {
  const [, draw] = useState(0);
  useEffect(() => observable.hear(() => draw((count) => count + 1)), [observable]);
  return observable.value;
}
