// Numbers with decimals as people here write them: "12,5". Points have at most two.

/** null for an empty text, and for what is no number. */
export const decimalOf = (text: string): number | null => {
  const bare = text.trim().replace(",", ".");
  return bare !== "" && Number.isFinite(Number(bare)) ? Number(bare) : null;
};

export const written = (value: number | null): string => (value === null ? "" : String(value).replace(".", ","));
