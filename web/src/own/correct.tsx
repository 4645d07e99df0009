// Correcting the own data. Registration decides what is right; this saves a round trip.
import { useState } from "preact/hooks";
import { call } from "../api";
import { clock } from "../clock";
import { birthDate, isChild } from "../forms/birth";
import { ErrorSummary } from "../forms/errors";
import { EMPTY, Joining, joinBody, missing, placed } from "../forms/joining";
import { Guardian, PartyField, WhereFields, WhoFields } from "../forms/person-fields";
import { told, useSending } from "../forms/sending";
import { say } from "../messages";
import type { Unit } from "../types";
import type { Me } from "./types";

interface Props {
  me: Me;
  unit: Unit | null;
  partyUnit: Unit | null;
  done: (me: Me) => void;
}

export function Correct({ me, unit, partyUnit, done }: Props) {
  const [form, setForm] = useState<Joining>(() => filled(me, unit, partyUnit));
  const { errors, round, busy, sendIt } = useSending();
  const set = (change: Partial<Joining>) => setForm((before) => ({ ...before, ...change }));

  const submit = (event: Event) => {
    event.preventDefault();
    const { password: _, ...wrong } = missing(form, [], clock.now());
    return sendIt({
      missing: wrong,
      doing: say("own_sending"),
      ask: () => call<Me>("PATCH", "/api/registration/me", { body: changed(form, me) }),
      refusal: (error) => placed(told(error), []),
      then: (answer) => done(answer.body),
    });
  };
  return (
    <details>
      <summary>{say("own_correct")}</summary>
      <form onSubmit={submit} noValidate>
        <ErrorSummary errors={errors} round={round} />
        <WhoFields form={form} set={set} errors={errors} contactHint={say("own_contact_hint")} />
        <WhereFields form={form} set={set} errors={errors} />
        <PartyField form={form} set={set} errors={errors} />
        {isChild(birthDate(form), clock.now()) && <Guardian form={form} set={set} errors={errors} />}
        <p class="quiet">{say("own_correct_note")}</p>
        <p class="row">
          <button type="submit" disabled={busy !== null}>
            {say("own_save")}
          </button>
        </p>
        <p role="status">{busy}</p>
      </form>
    </details>
  );
}

function filled(me: Me, unit: Unit | null, partyUnit: Unit | null): Joining {
  const [year = "", month = "", day = ""] = (me.birth_date ?? "").split("-");
  const guardian = { guardianName: me.guardian?.name ?? "", guardianPhone: me.guardian?.phone ?? "" };
  const contact = { phone: me.phone ?? "", email: me.email ?? "" };
  return { ...EMPTY, name: me.name, day, month, year, ...contact, division: me.division, unit, partyUnit, ...guardian };
}

/** Only what differs is sent: a guardian who is sent again would have agreed again. */
function changed(form: Joining, me: Me): Record<string, unknown> {
  const { password: _, consents: __, language: ___, guardian, ...wanted } = joinBody(form, [], "vi", clock.now());
  const known = me as unknown as Record<string, unknown>;
  const differing = Object.entries(wanted).filter(([name, value]) => value !== known[name]);
  const same = !guardian || (form.guardianName === me.guardian?.name && form.guardianPhone === me.guardian?.phone);
  return { ...Object.fromEntries(differing), ...(same ? {} : { guardian }) };
}
