/** Colours that colour-blind people tell apart (after Okabe and Ito), and the style of all views. */

export const COLOURS = {
    clean: "#0072B2",
    poison: "#D55E00",
    third: "#009E73",
    fourth: "#E69F00",
    text: "#3E3A39",
    faint: "#6E6A69",
    line: "#D9D6D4",
};

export const STYLE = `
:host { display: block; height: 100%; overflow: auto; background: #fff; }
* { box-sizing: border-box; }
.view { font: 14px/1.45 "Roboto", "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: ${COLOURS.text}; padding: 16px; min-width: 280px; }
h1 { font-size: 18px; margin: 0 0 4px; font-weight: 600; }
h2 { font-size: 14px; margin: 0 0 8px; font-weight: 600; }
p { margin: 0 0 8px; overflow-wrap: anywhere; }
.hint { color: ${COLOURS.faint}; }
.error { color: #A4260B; border-left: 4px solid #D55E00; padding: 8px 12px; background: #FDF3EE; }
.bar { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: end; margin: 8px 0 12px; }
.grid { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); align-items: start; }
.card { border: 1px solid ${COLOURS.line}; border-radius: 4px; padding: 12px; min-width: 0; }
.wide { grid-column: 1 / -1; }
.chart { width: 100%; height: 300px; }
.choice { display: flex; flex-direction: column; gap: 2px; font-size: 12px; color: ${COLOURS.faint}; max-width: 100%; }
select, button { font: inherit; color: ${COLOURS.text}; background: #fff; border: 1px solid #9B9796; border-radius: 3px; padding: 5px 10px; max-width: 100%; }
button:not(:disabled), select { cursor: pointer; }
button:disabled { color: #9B9796; }
:focus-visible { outline: 2px solid ${COLOURS.clean}; outline-offset: 1px; }
.scroll { overflow: auto; max-height: 360px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
.caption { color: ${COLOURS.faint}; margin-bottom: 4px; font-size: 12px; }
th, td { padding: 4px 8px; border-bottom: 1px solid #ECEAE9; text-align: right; }
td { white-space: nowrap; }
th { position: sticky; top: 0; background: #F6F5F4; font-weight: 600; vertical-align: bottom; }
th.left, td.left { text-align: left; white-space: normal; overflow-wrap: anywhere; min-width: 9ch; }
tbody tr[tabindex] { cursor: pointer; }
tbody tr[tabindex]:hover { background: #F0F6FA; }
tr.chosen { background: #DCEBF5; box-shadow: inset 3px 0 ${COLOURS.clean}; }
.facts { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 12px; padding: 0; list-style: none; }
.facts li { border: 1px solid ${COLOURS.line}; border-radius: 4px; padding: 6px 12px; min-width: 96px; }
.facts b { display: block; font-size: 18px; font-weight: 600; }
.facts span { font-size: 12px; color: ${COLOURS.faint}; }
.tiles { display: grid; gap: 10px; grid-template-columns: repeat(auto-fill, minmax(96px, 1fr)); margin: 0; padding: 0; list-style: none; }
.tile { margin: 0; min-width: 0; }
.tile img, .picture { display: block; width: 100%; aspect-ratio: 1; object-fit: contain; image-rendering: pixelated; background: #F0EEED; border: 2px solid transparent; }
.tile.poison img { border-color: ${COLOURS.poison}; }
.tile figcaption { font-size: 12px; line-height: 1.3; margin-top: 3px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.tile figcaption small { display: block; color: ${COLOURS.faint}; overflow: hidden; text-overflow: ellipsis; }
.mark { color: #A64800; font-weight: 600; }
`;
