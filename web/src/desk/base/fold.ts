const MARKS = /[\u0300-\u036f]/g;

/** Small letters without diacritics, so that "ha giang" finds "Hà Giang". */
export const fold = (text: string): string => text.normalize("NFD").replace(MARKS, "").replace(/[đĐ]/g, "d").toLowerCase();

/** A technical name made of a title: "Công dân số 2026" -> "cong-dan-so-2026". */
export const slug = (text: string): string =>
  fold(text)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
