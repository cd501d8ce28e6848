/** The view of the Detection Evaluator: ROC curve, precision and recall, poison left, and the spectrum with and without poison. */
import { chart, dotted, xAxis, yAxis } from "./charts.js";
import { choice, count, el, fill, headings, mount, number, percent, share, table, whole } from "./dom.js";
import { connect } from "./service.js";
import { colours, STYLE } from "./style.js";

function option(x, y, points, color, more = {}) {
    return {
        grid: { left: 64, right: 24, top: 28, bottom: 48 },
        xAxis: xAxis(x, { type: "value", min: 0, max: 100 }),
        yAxis: yAxis(y, { type: "value", min: 0, ...more.yAxis }),
        tooltip: { trigger: "axis", confine: true, formatter: ([p]) => `${x}: ${number(p.value[0], 3)}<br>${y}: ${number(p.value[1], 3)}` },
        series: [{
            name: y, type: "line", symbol: "circle", symbolSize: 5, showSymbol: points.length < 60, color, lineStyle: { width: 2 }, data: points,
            markLine: more.markLine,
        }, ...(more.series ?? [])],
    };
}

const inPercent = (points) => points.map(([x, y]) => [100 * x, 100 * y]);

const vertical = (x) => ({
    symbol: "none", silent: true, lineStyle: { color: colours().text, type: "dashed", width: 1.5 },
    label: { formatter: "1.5 × the poison", color: colours().text, position: "end", align: x > 50 ? "right" : "left" }, data: [{ xAxis: x }],
});

function story(detection) {
    const quality = !Number.isFinite(detection.auc) ? "There are no clean images beside the poison, so that no area can be given."
        : `A poisoned image scores above a clean one with probability ${number(detection.auc)} (AUC; 0.5 is chance).`;
    return `${quality} Removing ${whole(detection.removed)} of ${count(detection.rows, "image")}, one and a half times the poison, leaves `
        + `${number(detection.left, 3)} of ${whole(detection.poison)} poisoned.`;
}

async function draw(root, onEnd, service) {
    const overview = await service.initialData();
    const { title, card, wide } = headings(root);
    if (overview.labels.length === 0) {
        fill(root, title("Detection of poison"), el("p", { class: "hint" }, "No image is flagged as poisoned: there is nothing to detect."));
        return;
    }
    const roc = chart("ROC curve of the chosen class", onEnd, 300);
    const precision = chart("Precision against recall of the chosen class", onEnd, 300);
    const removal = chart("Poison left against the share of the chosen class that is removed", onEnd, 300);
    const text = el("p", { "aria-live": "polite" });
    const own = (label) => overview.detections.filter((d) => d.label === label).pop();
    const update = (curves) => {
        const detection = own(curves.label);
        text.textContent = story(detection);
        const area = Number.isFinite(detection.auc) ? `, area ${number(detection.auc)}` : "";
        roc.set(() => option("clean images removed, in %", "poison removed, in %", inPercent(curves.roc), colours().clean,
            { yAxis: { max: 100 }, series: [dotted([[0, 0], [100, 100]])] }), `ROC curve of ${curves.label}${area}`);
        const chance = 100 * share(detection.poison, detection.rows);
        precision.set(() => option("poison removed (recall), in %", "poison among removed, in %", inPercent(curves.precision), colours().third,
            { yAxis: { max: 100 }, series: [dotted([[0, chance], [100, chance]])] }),
            `Precision against recall of ${curves.label}, average precision ${number(detection.averagePrecision)}`);
        removal.set(() => option("share of the class removed, in %", "poisoned images left", curves.removal.map(([x, y]) => [100 * x, y]), colours().poison, {
            yAxis: { max: detection.poison, minInterval: 1 }, markLine: vertical(100 * share(detection.removed, detection.rows)),
            series: [dotted([[0, detection.poison], [100, 0]])],
        }), `Poison left against the share of ${curves.label} that is removed: ${number(detection.left, 3)} of ${whole(detection.poison)} after ${whole(detection.removed)} images`);
    };
    const ask = service.place(update, (error) => {
        text.textContent = error.message;
        [roc, precision, removal].forEach((c) => c.clear());
    });
    service.knows(overview.first, "curves", overview.labels[0]);
    const show = (label) => ask("curves", label);
    fill(root,
        title("Detection of poison"),
        el("div", { class: "bar" }, choice("Class with poison", overview.labels.map((l) => [l, l]), overview.labels[0], show)),
        text,
        el("div", { class: "grid" },
            card("ROC curve", roc.element),
            card("Precision and recall", precision.element),
            card("Poison left", removal.element),
            card("Detections", table("At 1.5: as many images removed as one and a half times the poison.", [
                ["Name", (d) => d.name, { left: true }],
                ["Class", (d) => d.label, { left: true }],
                ["AUC", (d) => number(d.auc)],
                ["Left at 1.5", (d) => number(d.left)],
                ["Average precision", (d) => number(d.averagePrecision)],
                ["Precision at 1.5", (d) => percent(d.precision)],
                ["Recall at 1.5", (d) => percent(d.recall)],
                ["Images", (d) => whole(d.rows)],
                ["Poison", (d) => whole(d.poison)],
            ], overview.detections)),
            overview.spectra.length === 0 ? null : wide("What the poison does to the spectrum",
                table("Poison shifts the mean of its class and adds to the largest singular value.", [
                    ["Class", (s) => s.name, { left: true }],
                    ["Images", (s) => whole(s.rows)],
                    ["Norm of mean", (s) => number(s.meanNorm)],
                    ["Shift of mean", (s) => number(s.shift)],
                    ["Singular value 1", (s) => number(s.singularValues[0])],
                    ["Singular value 2", (s) => number(s.singularValues[1])],
                    ["Singular value 3", (s) => number(s.singularValues[2])],
                ], overview.spectra)),
            el("p", { class: "hint wide" }, "Dotted lines: what scores that know nothing would reach.")));
    show(overview.labels[0]);
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root, onEnd) => draw(root, onEnd, connect(service)));
