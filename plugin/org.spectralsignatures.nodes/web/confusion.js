/** Shows which classes were taken for which: a map with a table of few classes, otherwise a list of the most frequent errors. */
import { chart, xAxis, yAxis } from "./charts.js";
import { count, el, percent, table, whole } from "./dom.js";
import { COLOURS } from "./style.js";

const short = (label) => (label.length > 12 ? `${label.slice(0, 11)}…` : label);

function option(confusions, dense) {
    const { labels, matrix } = confusions;
    const sums = matrix.map((row) => row.reduce((a, b) => a + b, 0));
    const turned = dense && labels.length > 4 && labels.some((label) => label.length > 3);
    return {
        grid: { left: 96, right: 12, top: 8, bottom: turned ? 96 : 52 },
        legend: { show: false },
        xAxis: xAxis("predicted class", {
            type: "category", data: labels, nameGap: turned ? 78 : 30, splitArea: { show: false },
            axisLabel: { color: COLOURS.text, interval: 0, rotate: turned ? 60 : 0, formatter: short },
        }),
        yAxis: yAxis("true class", {
            type: "category", data: labels, inverse: true, nameGap: 80, axisLabel: { color: COLOURS.text, interval: 0, formatter: short },
        }),
        visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: ["#FFFFFF", "#C6DDEE", "#5BA3CF", "#005A8D"] } },
        tooltip: {
            trigger: "item", confine: true,
            formatter: ({ value: [predicted, truth, share, images] }) =>
                `${count(images, "image")} of ${labels[truth]} taken for ${labels[predicted]}<br>${percent(share)} of ${labels[truth]}`,
        },
        series: [{
            type: "heatmap",
            data: matrix.flatMap((row, truth) => row.map((images, predicted) => ({
                value: [predicted, truth, sums[truth] === 0 ? 0 : images / sums[truth], images],
                itemStyle: { borderColor: truth === predicted ? COLOURS.text : "#E4E1DF", borderWidth: truth === predicted ? 1.5 : 0.5 },
                label: { show: true, fontSize: 11, color: images / sums[truth] > 0.6 ? "#FFFFFF" : COLOURS.text },
            }))),
            label: { show: true, formatter: ({ value }) => (value[3] === 0 ? "" : whole(value[3])) },
            emphasis: { itemStyle: { borderColor: COLOURS.poison, borderWidth: 2 } },
        }],
    };
}

/** A place for confusions; set shows other ones. */
export function confusion(onEnd) {
    const map = chart("Map of the true and the predicted classes; the table below lists the errors", onEnd, 360);
    const errors = el("div");
    const note = el("p", { class: "hint" });
    const observer = new ResizeObserver(() => draw());
    let current = null;
    let dense = null;
    const draw = (force = false) => {
        const narrow = map.element.clientWidth < 560;
        if (current?.matrix && map.element.clientWidth > 0 && (force || narrow !== dense)) {
            dense = narrow;
            map.set(option(current, dense));
        }
    };
    observer.observe(map.element);
    onEnd(() => observer.disconnect());
    return {
        element: el("div", {}, note, map.element, errors),
        set(confusions) {
            current = confusions;
            note.textContent = confusions.images === 0 ? "There are no images with a known class."
                : `${percent(confusions.accuracy)} of ${count(confusions.images, "image")} were given their own class.${confusions.matrix
                    ? " Rows are true classes; the darker, the larger the share of the row." : ""}`;
            map.element.style.display = confusions.matrix && confusions.images > 0 ? "" : "none";
            errors.replaceChildren(confusions.images === 0 ? "" : table(confusions.errors.length === 0 ? "No class was taken for another."
                : "The most frequent errors.", [
                ["True class", (e) => e.truth, { left: true }],
                ["Taken for", (e) => e.predicted, { left: true }],
                ["Images", (e) => whole(e.images)],
                ["Share of the class", (e) => percent(e.share)],
            ], confusions.errors));
            draw(true);
        },
    };
}
