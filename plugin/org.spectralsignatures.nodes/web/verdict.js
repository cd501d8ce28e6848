/** Shows what was found about a class: its finding in the node's words, and why where it cannot be told. */
import { el } from "./dom.js";

const STYLES = { POISONED: "mark", CANNOT_TELL: "unsure" };

export const verdict = ({ finding, text }) => el("span", { class: STYLES[finding] ?? null }, text);
