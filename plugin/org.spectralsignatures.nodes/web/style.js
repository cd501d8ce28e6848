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
.view { container-type: inline-size; font: 14px/1.45 "Roboto", "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: ${COLOURS.text}; padding: 16px; min-width: 280px; }
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
.tiles { display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(min(var(--tile, 96px), var(--most, 30%)), 1fr)); margin: 0; padding: 0; list-style: none; }
.tile { margin: 0; min-width: 0; }
.tile img, .picture { display: block; width: 100%; aspect-ratio: 1; object-fit: contain; image-rendering: pixelated; background: #F0EEED; }
.tile.poison img, .tile.poison .picture { box-shadow: 0 0 0 3px ${COLOURS.poison}; margin-bottom: 6px; }
.tile figcaption { font-size: 12px; line-height: 1.35; margin-top: 3px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.tile figcaption .mark { display: block; }
.tile figcaption small { display: block; font-size: inherit; color: ${COLOURS.faint}; overflow: hidden; text-overflow: ellipsis; }
.picture.none { display: grid; place-items: center; font-size: 12px; color: ${COLOURS.faint}; border: 1px dashed ${COLOURS.faint}; }
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
.amount i { display: block; height: 3px; background: ${COLOURS.clean}; margin: 2px 0 0 auto; }
.trigger { display: flex; flex-wrap: wrap; gap: 16px; }
.trigger .tile { width: min(200px, calc(50% - 8px)); }
.trigger figcaption, .parts figcaption { white-space: normal; }
.parts { margin-top: 12px; --tile: 120px; }
.pairs { display: grid; gap: 16px 24px; grid-template-columns: repeat(auto-fill, minmax(min(calc(3 * var(--tile, 96px) + 16px), 100%), 1fr)); margin: 0; padding: 0; list-style: none; }
.pair { display: grid; gap: 2px 8px; grid-template-columns: repeat(3, minmax(0, 1fr)); align-items: start; }
.key { grid-column: 1 / -1; margin: 0; font-size: 12px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.key small { font-size: inherit; color: ${COLOURS.faint}; }
.cut { display: flex; flex-wrap: wrap; gap: 0 8px; border-top: 3px solid ${COLOURS.text}; padding: 4px 0 0; margin: 12px 0 16px; font-size: 13px; font-variant-numeric: tabular-nums; }
.more { margin: 8px 0 0; }
h3 { font-size: 13px; margin: 0 0 4px; font-weight: 600; }
@container (max-width: 720px) { .split { grid-template-columns: minmax(0, 1fr); } .side .scroll { max-height: 220px; } }
.mark { color: #A64800; font-weight: 600; }
`;
