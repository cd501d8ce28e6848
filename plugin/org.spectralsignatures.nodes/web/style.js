/** Colours that colour-blind people tell apart (after Okabe and Ito), on a light or a dark page, and the style of all views. */

/** What is drawn on a light page. Text and marks have a contrast of 4.5 : 1 and more with what they stand on. */
const LIGHT = {
    clean: "#0072B2", poison: "#D55E00", third: "#009E73", fourth: "#E69F00", text: "#3E3A39", faint: "#6E6A69", line: "#D9D6D4", rule: "#ECEAE9",
    page: "#FFFFFF", raised: "#F6F5F4", empty: "#F0EEED", edge: "#8A8685", hover: "#F0F6FA", chosen: "#DCEBF5", mark: "#A64800",
    error: "#A4260B", warned: "#FDF3EE", shade: "#0000002E", hatch: "rgba(255, 255, 255, 0.55)", scale: ["#FFFFFF", "#C6DDEE", "#5BA3CF", "#005A8D"],
};

const DARK = {
    clean: "#56B4E9", poison: "#F28E4B", third: "#33C79E", fourth: "#F0B440", text: "#E8E4E1", faint: "#B5AFAC", line: "#4A4644", rule: "#3A3735",
    page: "#1E1D1C", raised: "#2A2827", empty: "#2F2D2B", edge: "#8A8582", hover: "#25313A", chosen: "#1F3A4D", mark: "#FFA869",
    error: "#FF9F85", warned: "#3A241B", shade: "#000000B3", hatch: "rgba(30, 29, 28, 0.6)", scale: ["#262524", "#1F4159", "#2F78A8", "#8CCBF0"],
};

const preference = globalThis.matchMedia("(prefers-color-scheme: dark)");

/** The colours for the page as it is now. */
export const colours = () => (preference.matches ? DARK : LIGHT);

/** Calls when the page becomes dark or light; the answer ends that. */
export function whenColoursChange(changed) {
    preference.addEventListener("change", changed);
    return () => preference.removeEventListener("change", changed);
}

const variables = (palette) => Object.entries(palette).filter(([, value]) => typeof value === "string").map(([name, value]) => `--${name}: ${value};`).join(" ");

export const STYLE = `
:host { ${variables(LIGHT)} color-scheme: light; display: block; height: 100%; overflow: auto; background: var(--page); }
@media screen and (prefers-color-scheme: dark) { :host { ${variables(DARK)} color-scheme: dark; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.view { container-type: inline-size; font: 14px/1.45 "Roboto", "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: var(--text); padding: 16px; min-width: 280px; }
.title, .head, .sub { font-weight: 600; overflow-wrap: anywhere; }
.title { font-size: 18px; margin: 0 0 4px; }
.head { font-size: 14px; margin: 0 0 8px; }
.sub { font-size: 13px; margin: 0 0 4px; }
p { margin: 0 0 8px; overflow-wrap: anywhere; }
.hint { color: var(--faint); }
.conclusion { font-size: 16px; font-weight: 600; border-left: 4px solid var(--clean); padding: 4px 0 4px 12px; margin: 8px 0; }
.error { color: var(--error); border-left: 4px solid var(--poison); padding: 8px 12px; background: var(--warned); }
.bar { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: end; margin: 8px 0 12px; }
.grid { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); align-items: start; }
.card { border: 1px solid var(--line); border-radius: 4px; padding: 12px; min-width: 0; }
.wide { grid-column: 1 / -1; }
.chart { width: 100%; height: 300px; }
.chart.picks { cursor: pointer; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 0 0 4px; padding: 0; list-style: none; font-size: 12px; }
.legend li { display: flex; align-items: center; gap: 6px; overflow-wrap: anywhere; }
.legend svg { flex: none; }
.choice { display: flex; flex-direction: column; gap: 2px; font-size: 12px; color: var(--faint); max-width: 100%; }
select, button { font: inherit; color: var(--text); background: var(--page); border: 1px solid var(--edge); border-radius: 3px; padding: 5px 10px; max-width: 100%; }
button:not(:disabled), select { cursor: pointer; }
button:disabled { color: var(--faint); border-style: dashed; }
:focus-visible { outline: 2px solid var(--clean); outline-offset: 1px; }
tr:focus-visible { outline-offset: -2px; }
.scroll { overflow: auto; max-height: 360px; background: linear-gradient(to right, var(--page) 30%, transparent) 0 0 / 32px 100% no-repeat local,
    linear-gradient(to left, var(--page) 30%, transparent) 100% 0 / 32px 100% no-repeat local,
    linear-gradient(to top, var(--page) 30%, transparent) 0 100% / 100% 32px no-repeat local,
    linear-gradient(to right, var(--shade), transparent) 0 0 / 12px 100% no-repeat scroll,
    linear-gradient(to left, var(--shade), transparent) 100% 0 / 12px 100% no-repeat scroll,
    linear-gradient(to top, var(--shade), transparent) 0 100% / 100% 10px no-repeat scroll; }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
.caption { color: var(--faint); margin-bottom: 4px; font-size: 12px; }
th, td { padding: 4px 8px; border-bottom: 1px solid var(--rule); text-align: right; }
td { white-space: nowrap; }
thead th { position: sticky; top: 0; background: var(--raised); font-weight: 600; vertical-align: bottom; }
th.left, td.left { text-align: left; white-space: normal; overflow-wrap: anywhere; min-width: 9ch; }
td.words { text-align: left; white-space: normal; min-width: 12ch; }
th.words { text-align: left; }
tbody tr[tabindex] { cursor: pointer; }
tbody tr[tabindex]:hover { background: var(--hover); }
tr.chosen { background: var(--chosen); box-shadow: inset 3px 0 var(--clean); }
.facts { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 12px; padding: 0; list-style: none; }
.facts li { border: 1px solid var(--line); border-radius: 4px; padding: 6px 12px; min-width: 96px; max-width: 100%; overflow-wrap: anywhere; }
.facts b { display: block; font-size: 18px; font-weight: 600; }
.facts span { font-size: 12px; color: var(--faint); }
.facts b span { font-size: inherit; color: inherit; }
.facts b .mark { color: var(--mark); }
.tiles { display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(min(var(--tile, 96px), var(--most, 30%)), 1fr)); margin: 0; padding: 0; list-style: none; }
.tile { margin: 0; min-width: 0; }
.tile img, .picture { display: block; width: 100%; aspect-ratio: 1; object-fit: contain; image-rendering: pixelated; background: var(--empty); }
.tile.poison img, .tile.poison .picture { box-shadow: 0 0 0 3px var(--poison); margin-bottom: 6px; }
.tile figcaption { font-size: 12px; line-height: 1.35; margin-top: 3px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.tile figcaption .mark { display: block; }
.tile figcaption small { display: block; font-size: inherit; color: var(--faint); overflow: hidden; text-overflow: ellipsis; }
.picture.none { display: grid; place-items: center; font-size: 12px; color: var(--faint); border: 1px dashed var(--faint); }
.end { display: block; direction: rtl; text-align: left; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.frame { display: block; position: relative; width: 100%; }
.frame img, .frame .picture { aspect-ratio: auto; height: 100%; }
.box { position: absolute; border: 2px dashed #fff; outline: 1px dashed #000; outline-offset: -2px; pointer-events: none; }
.pager { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; margin: 0 0 8px; font-size: 13px; font-variant-numeric: tabular-nums; }
.pager span { margin-right: 4px; }
.pager button { padding: 2px 10px; }
.split { display: grid; gap: 16px; grid-template-columns: minmax(220px, 320px) minmax(0, 1fr); align-items: start; }
.split.single { grid-template-columns: minmax(0, 1fr); }
.single .side { display: none; }
.side .scroll { max-height: 520px; }
.stack { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); }
.amount { display: block; min-width: 64px; }
.amount i { display: block; height: 3px; background: var(--clean); margin: 2px 0 0 auto; }
.trigger { display: flex; flex-wrap: wrap; gap: 16px; }
.trigger .tile { width: min(200px, calc(50% - 8px)); }
.trigger figcaption, .parts figcaption { white-space: normal; }
.parts { margin-top: 12px; --tile: 120px; }
.pairs { display: grid; gap: 16px 24px; grid-template-columns: repeat(auto-fill, minmax(min(calc(3 * var(--tile, 96px) + 16px), 100%), 1fr)); margin: 0; padding: 0; list-style: none; }
.pair { display: grid; gap: 2px 8px; grid-template-columns: repeat(3, minmax(0, 1fr)); align-items: start; }
.twins { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(min(216px, 100%), 1fr)); margin: 0; padding: 0; list-style: none; }
.twin { display: grid; gap: 2px 4px; grid-template-columns: repeat(2, minmax(0, 1fr)); align-items: start; border: 1px solid var(--line); border-radius: 4px; padding: 6px; }
.twin figcaption, .twin small, .twin .end { direction: ltr; white-space: normal; overflow-wrap: anywhere; }
.notes { margin: 0 0 12px; padding: 0 0 0 20px; overflow-wrap: anywhere; }
.amounts { display: flex; min-width: 80px; height: 12px; background: var(--empty); }
.amounts .read { background: var(--clean); }
.amounts .left { background: repeating-linear-gradient(135deg, var(--poison) 0 3px, var(--page) 3px 5px); }
.key { grid-column: 1 / -1; margin: 0; font-size: 12px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.key small { font-size: inherit; color: var(--faint); }
.cut { display: flex; flex-wrap: wrap; gap: 0 8px; border-top: 3px solid var(--text); padding: 4px 0 0; margin: 12px 0 16px; font-size: 13px; font-variant-numeric: tabular-nums; }
.more { margin: 8px 0 0; }
.mark { color: var(--mark); font-weight: 600; }
.sample { display: flex; align-items: center; gap: 8px; }
.sample img, .sample .picture { flex: none; width: 64px; aspect-ratio: 1; object-fit: contain; image-rendering: pixelated; background: var(--empty); }
.unsure { color: var(--text); font-style: italic; }
@container (min-width: 721px) { th.left, td.left { min-width: 10ch; } td.words { min-width: 14ch; } }
@container (max-width: 720px) { .split { grid-template-columns: minmax(0, 1fr); } .side .scroll { max-height: 220px; } }
@media (max-width: 480px) { .view { padding: 8px; } .card { padding: 8px; } th, td { padding: 4px 6px; } }
`;
