/** Shows which classes were taken for which: a map with a table of few classes, otherwise a list of the most frequent errors. */
import { chart, escaped, xAxis, yAxis } from "./charts.js";
import { count, el, fill, inText, percent, share, table, whole } from "./dom.js";
import { colours } from "./style.js";

const short = (label) => (label.length > 12 ? `${label.slice(0, 11)}…` : label);

const channels = (color) => [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));

/** The colour of a share, 0 to 1, between those of a scale. */
function shade(scale, part) {
    const at = Math.min(part, 0.9999) * (scale.length - 1);
    const [low, high] = [channels(scale[Math.floor(at)]), channels(scale[Math.floor(at) + 1])];
    return low.map((v, i) => Math.round(v + (at % 1) * (high[i] - v)));
}

/** Black or white, whichever is read better on a colour (relative luminance, WCAG 2). */
function ink(rgb) {
    const [r, g, b] = rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000000" : "#FFFFFF";
}

function option(confusions, width) {
    const { labels, matrix } = confusions;
    const { text, edge, poison, scale } = colours();
    const sums = matrix.map((row) => row.reduce((a, b) => a + b, 0));
    const left = width < 560 ? 84 : 104;
    const cell = (width - left - 12) / labels.length - 6;
    const longest = Math.max(...labels.map((label) => short(label).length));
    const turned = longest * 7 > cell;
    const depth = Math.min(84, 16 + longest * 6);
    return {
        grid: { left, right: 12, top: 8, bottom: turned ? depth + 24 : 52 },
        xAxis: xAxis("predicted class", {
            type: "category", data: labels, nameGap: turned ? depth : 30, splitArea: { show: false },
            axisLabel: { interval: 0, rotate: turned ? 60 : 0, formatter: short, hideOverlap: false, width: turned ? undefined : cell, overflow: turned ? undefined : "truncate" },
        }),
        yAxis: yAxis("true class", {
            type: "category", data: labels, inverse: true, nameGap: left - 16,
            axisLabel: { interval: 0, formatter: short, hideOverlap: false, width: left - 30, overflow: "truncate" },
        }),
        tooltip: {
            trigger: "item", confine: true,
            formatter: ({ value: [predicted, truth, images] }) => `${count(images, "image")} of ${escaped(inText(labels[truth]))} taken for ${escaped(inText(labels[predicted]))}`
                + `<br>${percent(share(images, sums[truth]))} of ${escaped(inText(labels[truth]))}`,
        },
        series: [{
            type: "heatmap",
            data: matrix.flatMap((row, truth) => row.map((images, predicted) => {
                const color = shade(scale, sums[truth] === 0 ? 0 : images / sums[truth]);
                return {
                    value: [predicted, truth, images],
                    itemStyle: { color: `rgb(${color})`, borderColor: truth === predicted ? text : edge, borderWidth: truth === predicted ? 1.5 : 0.5 },
                    label: { show: images > 0, fontSize: 11, color: ink(color) },
                };
            })),
            label: { show: true, formatter: ({ value }) => whole(value[2]) },
            emphasis: { itemStyle: { borderColor: poison, borderWidth: 2 } },
        }],
    };
}

/** A place for confusions; set shows other ones, or none. */
export function confusion(onEnd) {
    const map = chart("Map of the true and the predicted classes; the table below lists the errors", onEnd, 360);
    const errors = el("div");
    const note = el("p", { class: "hint" });
    return {
        element: el("div", {}, note, map.element, errors),
        set(confusions) {
            const shown = confusions !== null && confusions.images > 0;
            note.hidden = confusions === null;
            note.textContent = !shown ? "There are no images with a known class."
                : `${percent(confusions.accuracy)} of ${count(confusions.images, "image")} were given their own class.${confusions.matrix
                    ? " Rows are true classes; the stronger the colour, the larger the share of the row." : ""}`;
            map.show(shown && confusions.matrix !== null);
            fill(errors, !shown ? null : confusions.errors.length === 0 ? el("p", {}, "No class was taken for another.") : table("The most frequent errors.", [
                ["True class", (e) => e.truth, { left: true }],
                ["Taken for", (e) => e.predicted, { left: true }],
                ["Images", (e) => whole(e.images)],
                ["Share of the class", (e) => percent(e.share)],
            ], confusions.errors));
            if (shown && confusions.matrix !== null) {
                map.set((width) => option(confusions, width));
            }
        },
    };
}
