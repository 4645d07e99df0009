// What a registration needs, and what is missing from it. Rules of registration are registration's; this only saves a round trip.
import { say } from "../messages";
import type { Purpose, Unit } from "../types";
import { birthDate, isChild } from "./birth";
import type { Errors } from "./errors";

export interface Joining {
  name: string;
  day: string;
  month: string;
  year: string;
  phone: string;
  email: string;
  password: string;
  division: string;
  unit: Unit | null;
  partyUnit: Unit | null;
  guardianName: string;
  guardianPhone: string;
  agreed: Record<string, boolean>;
}

export const EMPTY: Joining = {
  name: "",
  day: "",
  month: "",
  year: "",
  phone: "",
  email: "",
  password: "",
  division: "",
  unit: null,
  partyUnit: null,
  guardianName: "",
  guardianPhone: "",
  agreed: {},
};

/** Field -> sentence. */
export function missing(form: Joining, purposes: Purpose[], now: number): Errors {
  const born = birthDate(form);
  const found: [string, boolean, string][] = [
    ["name", form.name.trim().length >= 2, say("need_name")],
    ["birth_date", born !== null, say("need_birth_date")],
    ["phone", Boolean(form.phone.trim() || form.email.trim()), say("need_phone")],
    ["password", form.password.length >= 8, say("need_password")],
    ["division", form.division !== "", say("need_division")],
    ["unit_id", form.unit !== null, say("unit_choose")],
    [
      "guardian_name",
      !isChild(born, now) || Boolean(form.guardianName.trim() && form.guardianPhone.trim()),
      say("need_guardian"),
    ],
    ...purposes
      .filter((each) => each.required)
      .map(
        (each) =>
          [`consent-${each.purpose}`, Boolean(form.agreed[each.purpose]), say("need_consent")] as [string, boolean, string],
      ),
  ];
  return Object.fromEntries(found.filter(([, fine]) => !fine).map(([name, , sentence]) => [name, sentence]));
}

/** The body of POST /join. */
export function joinBody(form: Joining, purposes: Purpose[], language: string, now: number): Record<string, unknown> {
  const born = birthDate(form);
  const given = purposes.filter((each) => form.agreed[each.purpose]);
  return {
    name: form.name.trim(),
    birth_date: born,
    phone: form.phone.trim() || null,
    email: form.email.trim() || null,
    password: form.password,
    division: form.division,
    unit_id: form.unit?.id,
    party_unit_id: form.partyUnit?.id ?? null,
    language: language === "en" ? "en" : "vi",
    consents: given.map(({ purpose, version }) => ({ purpose, version })),
    ...(isChild(born, now) ? { guardian: { name: form.guardianName.trim(), phone: form.guardianPhone.trim() } } : {}),
  };
}

/** Registration's names of fields -> those of the form. */
export function placed(fields: Errors, purposes: Purpose[]): Errors {
  const own: Record<string, string> = {
    "guardian.name": "guardian_name",
    "guardian.phone": "guardian_phone",
    guardian: "guardian_name",
  };
  const consent = `consent-${purposes.find((each) => each.required)?.purpose ?? ""}`;
  return Object.fromEntries(
    Object.entries(fields).map(([name, sentence]) => [name.startsWith("consents") ? consent : (own[name] ?? name), sentence]),
  );
}
