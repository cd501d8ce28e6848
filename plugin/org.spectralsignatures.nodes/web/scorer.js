/** The view of the Spectral Signature Scorer: scores of a class, ranking of the classes, singular values, images. */
import { chart, xAxis, yAxis } from "./charts.js";
import { card, choice, count, el, mount, number, table, whole } from "./dom.js";
import { connect } from "./service.js";
import { COLOURS, STYLE } from "./style.js";

const share = (part, all) => `${whole(part)} of ${whole(all)}`;

function histogramOption(bars, overview, row) {
    const centres = bars.clean.map((_, i) => (bars.edges[i] + bars.edges[i + 1]) / 2);
    const cutOff = row.cutOff === null ? null : overview.roots ? Math.sqrt(row.cutOff) : row.cutOff;
    const series = (name, counts, color) => ({
        name, type: "bar", stack: "images", barWidth: "98%", itemStyle: { color }, data: counts.map((n, i) => [centres[i], n]),
    });
    const clean = series(overview.flagged ? "Clean images" : "Images", bars.clean, COLOURS.clean);
    if (cutOff !== null) {
        clean.markLine = {
            symbol: "none", silent: true, lineStyle: { color: COLOURS.text, type: "dashed", width: 2 },
            label: { formatter: "cut-off", color: COLOURS.text, position: "insideEndTop", distance: 4 }, data: [{ xAxis: cutOff }],
        };
    }
    const series2 = series("Poisoned images", bars.poisoned, COLOURS.poison);
    series2.itemStyle.decal = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.8, color: "rgba(255, 255, 255, 0.55)" };
    return {
        grid: { left: 64, right: 24, top: 40, bottom: 48 },
        legend: { show: overview.flagged, top: 0 },
        xAxis: xAxis(overview.roots ? "square root of the outlier score" : "outlier score", {
            type: "value", min: bars.edges[0], max: bars.edges[bars.edges.length - 1],
            axisLabel: { color: COLOURS.text, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: (v) => number(v, 3) },
        }),
        yAxis: yAxis("images", { type: "value", minInterval: 1 }),
        tooltip: {
            trigger: "axis", axisPointer: { type: "shadow" }, confine: true,
            formatter: (points) => {
                const i = points[0].dataIndex;
                return [`${number(bars.edges[i])} to ${number(bars.edges[i + 1])}`,
                    ...points.map((p) => `${p.marker}${p.seriesName}: ${whole(p.value[1])}`)].join("<br>");
            },
        },
        series: overview.flagged ? [clean, series2] : [clean],
    };
}

function spectrumOption(row) {
    const values = row.singularValues.filter((v) => v !== null);
    return {
        grid: { left: 64, right: 16, top: 16, bottom: 44 },
        legend: { show: false },
        xAxis: xAxis("direction", { type: "category", data: values.map((_, i) => String(i + 1)), nameGap: 26 }),
        yAxis: yAxis("singular value", { type: "value" }),
        tooltip: { trigger: "axis", confine: true, valueFormatter: (v) => number(v) },
        series: [{ name: "Singular value", type: "bar", barWidth: "50%", itemStyle: { color: COLOURS.third }, data: values }],
    };
}

async function draw(root, onEnd, service) {
    const overview = await service.initialData();
    if (overview.classes.length === 0) {
        root.replaceChildren(el("p", { class: "hint" }, "No image was scored: the table of images was empty."));
        return;
    }
    const histogram = chart("Histogram of the outlier scores of the chosen class", onEnd, 320);
    const spectrum = chart("The largest singular values of the chosen class", onEnd, 220);
    const heading = el("h2");
    const story = el("p", { class: "hint" });
    const ranking = el("div");
    const images = el("div", { "aria-live": "polite" });
    let current = overview.classes[0];
    let bars = overview.first;

    const ranked = () => table(`${count(overview.classes.length, "class", "classes")}, the most suspicious first; choose one to see its scores.`, [
        ["Class", (c) => c.label, { left: true }],
        ["Images", (c) => whole(c.rows)],
        ...(overview.flagged ? [["Poisoned", (c) => whole(c.poisoned)]] : []),
        ["Verdict", (c) => (c.suspicious ? el("span", { class: "mark" }, "suspicious") : "no sign")],
        ["p-value", (c) => number(c.p, 2)],
        ["Above cut-off", (c) => whole(c.above)],
        ["Largest singular value", (c) => number(c.singularValues[0])],
        ["to the second", (c) => (c.singularValues[1] ? number(c.singularValues[0] / c.singularValues[1], 3) : "–")],
    ], overview.classes, { pick: (c) => show(c.label), chosen: (c) => c === current });

    const list = async (from, to, offset) => {
        try {
            const found = await service.data("images", current.label, overview.roots, from, to, offset);
            const page = (text, start) => el("button", {
                type: "button", disabled: start < 0 || start >= found.total, click: () => list(from, to, start),
            }, text);
            images.replaceChildren(table(
                `${count(found.total, "image")} of ${current.label}, the highest score first${found.total > found.images.length
                    ? ` (${whole(offset + 1)} to ${whole(offset + found.images.length)})` : ""}.`, [
                    ["Row ID", (i) => i.key, { left: true }],
                    ["Score", (i) => number(i.score)],
                    ["Rank in class", (i) => whole(i.rank)],
                    ...(overview.flagged ? [["Poisoned", (i) => (i.poisoned ? el("span", { class: "mark" }, "poisoned") : "clean")]] : []),
                ], found.images), found.total > found.images.length
                ? el("div", { class: "bar" }, page("Previous", offset - found.images.length), page("Next", offset + found.images.length)) : null);
        } catch (error) {
            images.replaceChildren(el("p", { class: "hint" }, error.message));
        }
    };

    const update = () => {
        heading.textContent = `Scores of ${current.label}`;
        story.textContent = current.suspicious
            ? `${share(current.above, current.rows)} images stand apart above the cut-off: what the upper third of a clean class does not do (p = ${number(current.p, 2)}).`
            : "The upper third of the scores only gets rarer the higher they are, as in a clean class: no cut-off.";
        histogram.set(histogramOption(bars, overview, current));
        spectrum.set(spectrumOption(current));
        ranking.replaceChildren(ranked());
        select.querySelector("select").value = current.label;
        list(-Number.MAX_VALUE, Number.MAX_VALUE, 0);
    };

    const show = async (label) => {
        try {
            bars = await service.data("histogram", label, overview.roots);
            current = overview.classes.find((c) => c.label === label);
            update();
        } catch (error) {
            images.replaceChildren(el("p", { class: "hint" }, error.message));
        }
    };

    const select = choice("Class", overview.classes.map((c) => [c.label, `${c.rank}. ${c.label}`]), current.label, show);
    histogram.on("click", (event) => list(bars.edges[event.dataIndex], bars.edges[event.dataIndex + 1], 0));
    root.replaceChildren(
        el("h1", {}, "Outlier scores"),
        el("p", { class: "hint" }, `${count(overview.rows, "image")} in ${count(overview.classes.length, "class", "classes")}. Poisoned images get the highest scores of their class.`),
        el("div", { class: "bar" }, select),
        el("div", { class: "grid" },
            el("section", { class: "card" }, heading, story, histogram.element),
            card("Classes by suspicion", ranking),
            card("Images", el("p", { class: "hint" }, "Choose a bar of the histogram to list the images behind it."), images),
            card("Singular values", el("p", { class: "hint" }, "The spread of the class along its main directions; the first one gives the scores."), spectrum.element)));
    update();
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root, onEnd) => draw(root, onEnd, connect(service)));
