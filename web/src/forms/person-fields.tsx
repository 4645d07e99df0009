// What is asked of a person, when joining and when correcting: who, where, and for a child the guardian.
import { say, sayIf } from "../messages";
import type { Errors } from "./errors";
import { Group, TextField } from "./field";
import type { Joining } from "./joining";
import { UnitFinder } from "./unit-finder";
import { complete } from "./whose";

const DIVISIONS = ["citizens", "officials", "pupils"];

export interface PartProps {
  form: Joining;
  set: (change: Partial<Joining>) => void;
  errors: Errors;
}

const textOf =
  ({ form, set }: PartProps) =>
  (name: keyof Joining) => ({ value: form[name] as string, onChange: (value: string) => set({ [name]: value }) });

/** Name, birth date, phone, e-mail. `contactHint`: beside the phone number. */
export function WhoFields({ contactHint = say("phone_hint"), ...part }: PartProps & { contactHint?: string }) {
  const { errors } = part;
  const text = textOf(part);
  return (
    <>
      <TextField
        name="name"
        label={say("full_name")}
        {...text("name")}
        wrong={errors.name}
        autoComplete={complete("name")}
        maxLength={80}
      />
      <BirthDate {...part} />
      <TextField
        name="phone"
        label={say("phone")}
        hint={contactHint}
        {...text("phone")}
        wrong={errors.phone}
        type="tel"
        inputMode="tel"
        autoComplete={complete("tel")}
        maxLength={30}
      />
      <TextField
        name="email"
        label={say("email_optional")}
        {...text("email")}
        wrong={errors.email}
        type="email"
        inputMode="email"
        autoComplete={complete("email")}
        maxLength={254}
      />
    </>
  );
}

/** Division and unit. */
export function WhereFields({ form, set, errors }: PartProps) {
  return (
    <>
      <Group name="division" label={say("division")} wrong={errors.division}>
        {DIVISIONS.map((each) => (
          <label class="tick" key={each}>
            <input type="radio" name="division" checked={form.division === each} onChange={() => set({ division: each })} />
            {sayIf(each, each)}
          </label>
        ))}
      </Group>
      <UnitFinder
        name="unit_id"
        label={say("unit")}
        hint={say("unit_hint")}
        wrong={errors.unit_id}
        tree="administrative"
        chosen={form.unit}
        onChoose={(unit) => set({ unit })}
      />
    </>
  );
}

/** Never asked for, only taken: it tells of a membership. */
export function PartyField({ form, set, errors }: PartProps) {
  return (
    <UnitFinder
      name="party_unit_id"
      label={say("party_unit")}
      hint={say("party_unit_hint")}
      wrong={errors.party_unit_id}
      tree="party"
      chosen={form.partyUnit}
      onChoose={(partyUnit) => set({ partyUnit })}
    />
  );
}

/** Three fields to type in: quicker and surer than a calendar that opens in the present month. */
function BirthDate({ form, set, errors }: PartProps) {
  const part = (name: "day" | "month" | "year", kind: string, length: number) => (
    <label>
      <span>{say(name)}</span>
      <input
        name={`birth-${name}`}
        inputMode="numeric"
        autoComplete={complete(kind)}
        maxLength={length}
        value={form[name]}
        onInput={(event) => set({ [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <Group name="birth_date" label={say("birth_date")} wrong={errors.birth_date}>
      <div class="date">
        {part("day", "bday-day", 2)}
        {part("month", "bday-month", 2)}
        {part("year", "bday-year", 4)}
      </div>
    </Group>
  );
}

export function Guardian(part: PartProps) {
  const { errors } = part;
  const text = textOf(part);
  return (
    <section class="card">
      <h2>{say("guardian")}</h2>
      <p>{say("guardian_lead")}</p>
      <TextField
        name="guardian_name"
        label={say("guardian_name")}
        {...text("guardianName")}
        wrong={errors.guardian_name}
        autoComplete="off"
        maxLength={80}
      />
      <TextField
        name="guardian_phone"
        label={say("guardian_phone")}
        {...text("guardianPhone")}
        wrong={errors.guardian_phone}
        type="tel"
        inputMode="tel"
        autoComplete="off"
        maxLength={30}
      />
    </section>
  );
}
