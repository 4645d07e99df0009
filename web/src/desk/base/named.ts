import { sayIf } from "../say";

/** The errors with the name of their field before each, for the summary on top: "from 0 to 300" of what? */
export const named = (errors: Record<string, string>, labelOf: (path: string) => string = plainly): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([path, sentence]) => [path, path ? `${labelOf(path)}: ${sentence}` : sentence]));

const plainly = (path: string): string => sayIf(path, sayIf(`window_${path}`, path));
