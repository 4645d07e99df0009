// The public page: contests, rounds, results. Reads the public API only; every text is set as text, never as HTML.
import { messages } from "./messages.js";

const content = document.getElementById("content");
let language = localStorage.getItem("language") === "en" ? "en" : "vi";
const say = (key, ...values) => {
  const found = messages[language][key] ?? key;
  return typeof found === "function" ? found(...values) : found;
};

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null));
  return element;
}

async function load(path) {
  const response = await fetch(path, { headers: { "Accept-Language": language } });
  if (!response.ok) throw Object.assign(new Error(path), { status: response.status });
  return response.json();
}

const instant = (text) =>
  new Date(text).toLocaleString(language === "vi" ? "vi-VN" : "en-GB", {
    timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric",
  });
const seconds = (ms) => `${Math.floor(ms / 60000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}.${String(ms % 1000).padStart(3, "0")}`;
const show = (...parts) => content.replaceChildren(...parts.flat());

async function contestsPage() {
  const { contests } = await load("/api/exam/contests");
  show(make("h1", {}, say("contests")), contests.length ? await Promise.all(contests.map(contestCard)) : make("p", {}, say("none")));
}

async function contestCard(contest) {
  const states = await resultStates(contest.contest_id);
  return make("section", { class: "card" },
    make("h2", {}, contest.title),
    make("ol", { class: "rounds" }, contest.rounds.map((round) => roundLine(round, states[round.round_id]))));
}

// Scoring may not know a contest yet: then the calendar alone is shown.
async function resultStates(contestId) {
  try {
    const { rounds } = await load(`/api/scoring/contests/${encodeURIComponent(contestId)}/rounds`);
    return Object.fromEntries(rounds.map((round) => [round.round_id, round.state]));
  } catch (error) {
    if (error.status === 404) return {};
    throw error;
  }
}

function roundLine(round, results) {
  const decided = results === "provisional" || results === "official";
  const state = decided ? results : phase(round);
  return make("li", {},
    make("strong", {}, round.title),
    make("span", { class: "when" }, `${say("from")} ${instant(round.opens_at)} ${say("to")} ${instant(round.closes_at)}`),
    make("span", { class: `state ${state}` }, say(state)),
    decided ? make("a", { href: `#/rounds/${encodeURIComponent(round.round_id)}` }, say("results")) : null);
}

function phase(round) {
  const now = Date.now();
  if (now < Date.parse(round.opens_at)) return "planned";
  return now < Date.parse(round.closes_at) ? "open" : "closed";
}

async function roundPage(roundId, division) {
  const path = `/api/scoring/rounds/${encodeURIComponent(roundId)}`;
  const back = make("p", {}, make("a", { href: "#/" }, `← ${say("back")}`));
  const round = await load(path);
  if (!round.results) return show(back, make("h1", {}, round.title), make("p", {}, say("pending")));
  const [units, page] = await Promise.all([unitRows(path), load(resultsPath(path, division, 0))]);
  show(
    back,
    make("h1", {}, round.title),
    make("p", {}, make("span", { class: `state ${round.state}` }, say(round.state)), ` · ${say("summary", round.counts.attempts, round.counts.participants)}`),
    make("h2", {}, say("people")),
    divisionChoice(roundId, Object.keys(round.results.divisions ?? {}), division),
    peopleTable(path, division, page),
    make("h2", {}, say("units")),
    unitTable(units),
    downloads(path, round.results.digest),
  );
}

// The units right below the province; the province itself when it has none.
async function unitRows(path) {
  const { rows } = await load(`${path}/units`);
  if (rows.length !== 1) return rows;
  const below = await load(`${path}/units?parent_id=${encodeURIComponent(rows[0].unit_id)}`);
  const taking = below.rows.filter((row) => row.suppressed || row.participants);
  taking.sort((one, other) => one.kind.localeCompare(other.kind) || (one.place ?? Infinity) - (other.place ?? Infinity));
  return taking.length ? [...rows, ...taking] : rows;
}

const resultsPath = (path, division, after) => `${path}/results?limit=50&after=${after}${division ? `&division=${encodeURIComponent(division)}` : ""}`;

function divisionChoice(roundId, divisions, chosen) {
  const button = (name) => make("button", {
    type: "button", "aria-pressed": String(name === chosen), onclick: () => { location.hash = `#/rounds/${encodeURIComponent(roundId)}/${name ?? ""}`; },
  }, say(name ?? "all"));
  return make("div", { class: "choices", role: "group" }, button(undefined), divisions.map(button));
}

function peopleTable(path, division, first) {
  const body = make("tbody");
  const more = make("button", { type: "button" }, say("more"));
  const add = (page) => {
    body.append(...page.rows.map((row) => personRow(row, division)));
    more.hidden = page.next == null;
    more.onclick = async () => add(await load(resultsPath(path, division, page.next)));
  };
  add(first);
  return make("div", {}, make("div", { class: "scroll" }, make("table", {}, heading("place", "name", "unit", "right", "time", "prediction", "prize"), body)), more);
}

const heading = (...keys) => make("thead", {}, make("tr", {}, keys.map((key) => make("th", { scope: "col" }, say(key)))));

function personRow(row, division) {
  const name = make("td", {}, row.name ?? say("erased"), row.phone ? make("span", { class: "quiet" }, ` ${row.phone}`) : null);
  return make("tr", {},
    make("td", { class: "number" }, division ? row.division_place : row.place), name, make("td", {}, row.unit ?? row.unit_id),
    make("td", { class: "number" }, row.right ?? row.points), make("td", { class: "number" }, seconds(row.duration_ms)),
    make("td", { class: "number" }, row.prediction_error ?? "–"), make("td", { class: "prize" }, row.prize ? say(row.prize) : ""));
}

function unitTable(rows) {
  const hidden = (value) => value ?? say("suppressed");
  return make("div", { class: "scroll" }, make("table", {},
    heading("place", "unit", "participants", "roster", "rate", "mean"),
    make("tbody", {}, rows.map((row) => make("tr", {},
      make("td", { class: "number" }, row.place ?? "–"), make("td", {}, row.name ?? row.unit_id),
      make("td", { class: "number" }, hidden(row.participants)), make("td", { class: "number" }, row.roster ?? "–"),
      make("td", { class: "number" }, row.rate_percent == null ? "–" : `${row.rate_percent} %`), make("td", { class: "number" }, row.mean_points ?? "–"))))));
}

function downloads(path, digest) {
  const files = ["results.csv", "results.json", "attempts.csv", "rules.json", "units.csv"];
  return make("section", { class: "card" },
    make("h2", {}, say("files")),
    make("p", { class: "choices" }, files.map((file) => make("a", { href: `${path}/${file}`, download: "" }, file))),
    make("p", { class: "quiet" }, `${say("digest")}: `, make("code", {}, digest)));
}

async function route() {
  const [, page, id, division] = location.hash.split("/").map(decodeURIComponent);
  try {
    await (page === "rounds" && id ? roundPage(id, division || undefined) : contestsPage());
  } catch (error) {
    console.error(error);
    show(make("p", { role: "alert" }, say("failed")), make("button", { type: "button", onclick: route }, say("again")));
  }
}

function speak() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
  const button = document.getElementById("language");
  button.textContent = say("other");
  button.lang = language === "vi" ? "en" : "vi";
}

document.getElementById("language").addEventListener("click", () => {
  language = language === "vi" ? "en" : "vi";
  localStorage.setItem("language", language);
  speak();
  route();
});
addEventListener("hashchange", () => { route(); content.focus(); });
speak();
route();
