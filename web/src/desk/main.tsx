import "@theme/theme.css";
import "../style/base.css";
import "../style/contest.css";
import "../style/forms.css";
import "../style/paper.css";
import "./style/desk.css";
import { render } from "preact";
import { findSession } from "../session";
import { Desk } from "./app";
import { findRights } from "./rights";
import { startDeskSpeaking } from "./say";

async function start() {
  await Promise.all([
    startDeskSpeaking(),
    findSession(true)
      .then(findRights)
      .catch(() => undefined),
  ]);
  const root = document.getElementById("app")!;
  root.textContent = "";
  render(<Desk />, root);
}

void start();
