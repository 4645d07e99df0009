import "@theme/theme.css";
import "./style/base.css";
import "./style/contest.css";
import "./style/forms.css";
import "./style/paper.css";
import "./style/results.css";
import { render } from "preact";
import { App } from "./app";
import { startSpeaking } from "./messages";
import { route } from "./router";
import { findSession } from "./session";

/** Pages that are of no use without a session. */
const PERSONAL = ["start", "paper", "receipt", "review", "me", "own", "my-data", "emulation"];

async function start() {
  await Promise.all([startSpeaking(), findSession(PERSONAL.includes(route.value[0] ?? ""))]);
  const root = document.getElementById("app")!;
  root.textContent = "";
  render(<App />, root);
  // In a development server there is none.
  if (import.meta.env.PROD && "serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => undefined);
}

void start();
