// Every page of the desk, once: its address, its name, who sees it in the menu, and where its code is.
import type { JSX } from "preact";
import type { Route } from "../router";
import type { Observable } from "../observable";
import type { Role } from "./rights";
import type { Key } from "./say";
import { waiting } from "./waiting";

export interface DeskPage {
  /** First part of the address; the parts after it are handed to the page. */
  path: string;
  name: Key;
  /** Who may open it; the first of the menu is a person's home. */
  roles: Role[];
  inMenu: boolean;
  /** A number beside its name in the menu: what waits there. */
  count?: Observable<number>;
  load: () => Promise<{ default: (props: { parts: Route }) => JSX.Element }>;
}

export const PAGES: DeskPage[] = [
  { path: "contests", name: "menu_contests", roles: ["organiser"], inMenu: true, load: () => import("./contests/page") },
  { path: "new", name: "menu_new", roles: ["organiser"], inMenu: true, load: () => import("./contests/new") },
  { path: "rounds", name: "menu_rounds", roles: ["organiser", "operator"], inMenu: true, load: () => import("./rounds/page") },
  { path: "results", name: "menu_results", roles: ["organiser"], inMenu: true, load: () => import("./results/page") },
  { path: "banks", name: "menu_banks", roles: ["organiser"], inMenu: true, load: () => import("./banks/page") },
  { path: "bank-import", name: "qb_import", roles: ["organiser"], inMenu: false, load: () => import("./banks/upload") },
  { path: "items", name: "menu_items", roles: ["organiser"], inMenu: true, load: () => import("./banks/items") },
  { path: "unit", name: "menu_of_unit", roles: ["officer"], inMenu: true, load: () => import("./officer/overview") },
  {
    path: "charts",
    name: "menu_charts",
    roles: ["organiser", "operator", "officer"],
    inMenu: true,
    load: () => import("./pictures/page"),
  },
  { path: "not-yet", name: "menu_of_not_yet", roles: ["officer"], inMenu: true, load: () => import("./officer/not-yet") },
  { path: "roster", name: "menu_of_roster", roles: ["officer"], inMenu: true, load: () => import("./officer/roster") },
  { path: "reports", name: "menu_of_reports", roles: ["officer"], inMenu: true, load: () => import("./officer/reports") },
  { path: "prizes", name: "menu_prizes", roles: ["organiser", "officer"], inMenu: true, load: () => import("./prizes/page") },
  { path: "unit-reports", name: "menu_of_settings", roles: ["organiser"], inMenu: true, load: () => import("./officer/settings") },
  { path: "emulation", name: "menu_em", roles: ["organiser", "officer"], inMenu: true, load: () => import("./emulation/page") },
  {
    path: "confirmations",
    name: "menu_confirmations",
    roles: ["organiser"],
    inMenu: true,
    count: waiting,
    load: () => import("./confirmations/page"),
  },
  { path: "people", name: "menu_people", roles: ["organiser", "officer", "operator"], inMenu: true, load: () => import("./people/page") },
  {
    path: "passwords",
    name: "menu_passwords",
    roles: ["officer", "organiser", "operator"],
    inMenu: true,
    load: () => import("./passwords/page"),
  },
  { path: "audit", name: "menu_audit", roles: ["organiser", "operator"], inMenu: true, load: () => import("./audit/page") },
];
