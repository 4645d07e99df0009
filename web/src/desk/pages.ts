// Every page of the desk, once: its address, its name, who sees it in the menu, and where its code is.
import type { JSX } from "preact";
import type { Route } from "../router";
import type { Role } from "./rights";
import type { Key } from "./say";

export interface DeskPage {
  /** First part of the address; the parts after it are handed to the page. */
  path: string;
  name: Key;
  /** Who may open it; the first of the menu is a person's home. */
  roles: Role[];
  inMenu: boolean;
  load: () => Promise<{ default: (props: { parts: Route }) => JSX.Element }>;
}

export const PAGES: DeskPage[] = [
  { path: "contests", name: "menu_contests", roles: ["organiser"], inMenu: true, load: () => import("./contests/page") },
  { path: "new", name: "menu_new", roles: ["organiser"], inMenu: true, load: () => import("./contests/new") },
  { path: "rounds", name: "menu_rounds", roles: ["organiser", "operator"], inMenu: true, load: () => import("./rounds/page") },
  { path: "results", name: "menu_results", roles: ["organiser"], inMenu: true, load: () => import("./results/page") },
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
  { path: "unit-reports", name: "menu_of_settings", roles: ["organiser"], inMenu: true, load: () => import("./officer/settings") },
  { path: "audit", name: "menu_audit", roles: ["organiser", "operator"], inMenu: true, load: () => import("./audit/page") },
];
