// A question's picture: its place is kept free before it is there, so that no option moves under a finger.
import type { Pictured, Question } from "../types";

const SIZE = /\.(\d+)x(\d+)$/;

const address = (reference: string): string => `/api/exam/pictures/${encodeURIComponent(reference)}`;

export function Picture({ picture: { reference, alt } }: { picture: Pictured }) {
  const [, width, height] = SIZE.exec(reference) ?? [];
  return <img class="pictured" src={address(reference)} alt={alt} width={width} height={height} decoding="async" />;
}

/** Fetches the pictures of a paper while there is network; the service worker keeps them. */
export function fetchAhead(questions: Question[]): void {
  for (const { picture } of questions) if (picture) new Image().src = address(picture.reference);
}
