/** The view of the Spectral Signature Scorer: scores of a class, ranking of the classes, singular values, images. */
import { chart, countAxis, hatched, xAxis, yAxis } from "./charts.js";
import { choice, count, el, facts, fill, headings, inText, mount, named, number, replaceTable, table, whole } from "./dom.js";
import { ALL, pages } from "./pages.js";
import { connect } from "./service.js";
import { colours, STYLE } from "./style.js";
import { verdict } from "./verdict.js";

const LOGARITHMIC = "logarithmic";

const UNTOLD = "Nothing follows from its scores: look at the images themselves.";

/** Heights of bars on an axis of powers of two, which begins one step below 1, so that a single image has a bar. */
const POWERS = {
    height: (n) => Math.log2(n) + 1,
    axis: () => yAxis("images, logarithmic axis", {
        type: "value", min: 0, interval: 1, axisLabel: { formatter: (v) => (v === 0 ? "0" : whole(2 ** (v - 1))) },
    }),
};

const LINEAR = { height: (n) => n, axis: () => countAxis(yAxis, "images") };

function histogramOption(bars, overview, row, { height, axis }) {
    const { clean, poison, text } = colours();
    const centres = bars.clean.map((_, i) => (bars.edges[i] + bars.edges[i + 1]) / 2);
    const cutOff = row.cutOff === null ? null : overview.roots ? Math.sqrt(row.cutOff) : row.cutOff;
    const scores = (options) => xAxis(overview.roots ? "square root of the outlier score" : "outlier score", {
        type: "value", min: bars.edges[0], max: bars.edges[bars.edges.length - 1],
        axisLabel: { showMinLabel: false, showMaxLabel: false, formatter: (v) => number(v, 3) }, ...options,
    });
    const series = (name, counts, color, more) => ({
        name, type: "bar", barMinHeight: 3, data: counts.map((n, i) => [centres[i], n === 0 ? null : height(n), n]), ...more, itemStyle: { color, ...more.itemStyle },
    });
    const marks = cutOff === null ? undefined : {
        symbol: "none", silent: true, lineStyle: { color: text, type: "dashed", width: 2 },
        label: { formatter: "cut-off", color: text, position: "insideEndTop", distance: 4 }, data: [{ xAxis: cutOff }],
    };
    const all = series(overview.flagged ? "Clean images" : "Images", bars.clean, clean, { barWidth: "98%", markLine: marks });
    const poisoned = series("Poisoned images", bars.poisoned, poison, { barWidth: "50%", xAxisIndex: 1, itemStyle: { decal: hatched() } });
    return {
        named: overview.flagged,
        grid: { left: 64, right: 24, top: 16, bottom: 48 },
        xAxis: [scores({}), scores({ show: false })],
        yAxis: axis(),
        tooltip: {
            trigger: "axis", axisPointer: { type: "shadow" }, confine: true,
            formatter: (points) => {
                const i = points[0].dataIndex;
                return [`${number(bars.edges[i])} to ${number(bars.edges[i + 1])}`,
                    ...points.map((p) => `${p.marker}${p.seriesName}: ${whole(p.value[2])}`)].join("<br>");
            },
        },
        series: overview.flagged ? [all, poisoned] : [all],
    };
}

function spectrumOption(values) {
    return {
        grid: { left: 64, right: 16, top: 16, bottom: 44 },
        xAxis: xAxis("direction", { type: "category", data: values.map((_, i) => String(i + 1)), nameGap: 26 }),
        yAxis: yAxis("singular value", { type: "value", axisLabel: { formatter: (v) => number(v, 3) } }),
        tooltip: { trigger: "axis", confine: true, valueFormatter: (v) => number(v) },
        series: [{ name: "Singular value", type: "bar", barWidth: "50%", itemStyle: { color: colours().third }, data: values }],
    };
}

/** What the verdict means for the images of the class where several methods were asked. */
function storyOfMethods(row) {
    switch (row.verdict.finding) {
        case "POISONED":
            return `By ${row.evidence}, ${whole(row.above)} of ${count(row.rows, "image")} stand apart: what the upper third of a clean class does not do (p = ${number(row.p, 2)}, times the number of methods that were asked).`;
        case "NOTHING_FOUND":
            return `By none of the methods does the upper third of the scores do more than get rarer the higher they are; the strongest evidence is that of ${row.evidence} (p = ${number(row.p, 2)}).`;
        default:
            return UNTOLD;
    }
}

/** What the verdict means for the images of the class where the classes were compared. */
function storyOfClasses(row) {
    switch (row.verdict.finding) {
        case "POISONED":
            return `The class falls into two subgroups far more clearly than the others (p = ${number(row.p, 2)}); ${whole(row.above)} of ${count(row.rows, "image")} more likely belong to the smaller one.`;
        case "NOTHING_FOUND":
            return `The class falls into two subgroups no more clearly than classes do (p = ${number(row.p, 2)}).`;
        default:
            return UNTOLD;
    }
}

/** What the verdict means for the images of the class. */
function story(row) {
    switch (row.verdict.finding) {
        case "POISONED":
            return `${whole(row.above)} of ${count(row.rows, "image")} stand apart above the cut-off: what the upper third of a clean class does not do (p = ${number(row.p, 2)}).`;
        case "NOTHING_FOUND":
            return row.cutOff === null ? "The upper third of the scores only gets rarer the higher they are, as in a clean class; there is no cut-off."
                : `The dashed line is the cut-off where the scores part best, with ${count(row.above, "image")} above it; but a gap like that is found in clean classes too (p = ${number(row.p, 2)}).`;
        default:
            return UNTOLD;
    }
}

async function draw(root, onEnd, service) {
    const overview = await service.initialData();
    const { title, head, card } = headings(root);
    if (overview.classes.length === 0) {
        fill(root, title("Outlier scores"), el("p", { class: "hint" }, "No image was scored: the table of images was empty."));
        return;
    }
    const stories = { TAIL: story, TAILS: storyOfMethods, CLASSES: storyOfClasses };
    let current = overview.classes[0];
    let bars = overview.first;
    let bar = ALL;
    let scale = LOGARITHMIC;
    const histogram = chart("Histogram of the outlier scores of the chosen class", onEnd, 320, (at) => {
        const i = bars.edges.findIndex((edge, k) => k > 0 && at <= edge) - 1;
        if (i >= 0 && bars.clean[i] + bars.poisoned[i] > 0) {
            list(i);
        }
    });
    const spectrum = chart("The largest singular values of the chosen class", onEnd, 220);
    const heading = head();
    const words = el("p", { "aria-live": "polite" });
    const ranking = el("div");
    const message = el("p", { class: "hint", role: "status" });
    const images = pages("images", service, (offset) => ["images", current.label, overview.roots, bar, offset], (found) => table(`Images of ${inText(current.label)}, the highest score first.`, [
        ["Row ID", (i) => i.key, { left: true }],
        ["Score", (i) => number(i.score)],
        ["Rank", (i) => whole(i.rank)],
        ...(overview.flagged ? [["Poisoned", (i) => (i.poisoned ? el("span", { class: "mark" }, "poisoned") : "clean")]] : []),
    ], found.items));
    const list = (chosen) => {
        bar = chosen;
        barChoice.querySelector("select").value = String(chosen);
        images.go(0);
    };
    const barChoice = choice("Scores", [], String(ALL), (value) => list(Number(value)));

    const ranked = () => table(`${count(overview.classes.length, "class", "classes")}, the most suspicious first; choose one to see its scores.`, [
        ["Class", (c) => c.label, { left: true }],
        ["Verdict", (c) => verdict(c.verdict), { words: true }],
        ["p-value", (c) => number(c.p, 2)],
        ...(overview.test === "TAILS" ? [["Evidence", (c) => c.evidence]] : []),
        [overview.test === "TAILS" ? "Standing apart" : "Above cut-off", (c) => (c.cutOff === null && c.above === 0 ? "–" : whole(c.above))],
        ["Images", (c) => whole(c.rows)],
        ...(overview.flagged ? [["Known poison", (c) => whole(c.poisoned)]] : []),
        ["Largest singular value", (c) => number(c.singularValues[0])],
        ["First to second", (c) => (c.singularValues[1] ? number(c.singularValues[0] / c.singularValues[1], 3) : "–")],
    ], overview.classes, { pick: (c) => show(c.label), chosen: (c) => c === current });

    const drawHistogram = () => histogram.set(() => histogramOption(bars, overview, current, scale === LOGARITHMIC ? POWERS : LINEAR),
        `Histogram of the outlier scores of ${current.label}: ${count(current.rows, "image")}, ${current.cutOff === null ? "no cut-off" : `${whole(current.above)} above the cut-off at ${number(current.cutOff)}`}`);

    const update = () => {
        const values = current.singularValues.filter(Number.isFinite);
        fill(heading, "Scores of ", named(current.label));
        fill(words, "Verdict: ", verdict(current.verdict), ". ", stories[overview.test](current));
        drawHistogram();
        spectrum.show(values.length > 0);
        spectrum.set(() => spectrumOption(values), `The largest singular values of ${current.label}: ${values.map((v) => number(v)).join(", ") || "none"}`);
        replaceTable(ranking, ranked());
        classChoice.querySelector("select").value = current.label;
        const filled = bars.clean.map((n, i) => [i, n, bars.poisoned[i]]).filter(([, n, p]) => n + p > 0).reverse();
        fill(barChoice.querySelector("select"), el("option", { value: ALL }, "all scores"), filled.map(([i, n, p]) => el("option", { value: i },
            `${number(bars.edges[i])} to ${number(bars.edges[i + 1])}: ${count(n + p, "image")}${p > 0 ? `, ${whole(p)} poisoned` : ""}`)));
        list(ALL);
    };

    const ask = service.place((answer) => {
        bars = answer;
        current = overview.classes.find((c) => c.label === answer.label);
        message.textContent = "";
        update();
    }, (error) => {
        message.textContent = error.message;
        classChoice.querySelector("select").value = current.label;
    });
    service.knows(overview.first, "histogram", current.label, overview.roots);
    const show = (label) => ask("histogram", label, overview.roots);
    const classChoice = choice("Class", overview.classes.map((c) => [c.label, `${c.rank}. ${c.label}`]), current.label, show);
    const verdicts = (finding) => whole(overview.classes.filter((c) => c.verdict.finding === finding).length);
    fill(root,
        title("Outlier scores"),
        el("p", { class: "hint" }, "Poisoned images get the highest scores of their class. Each class is judged by its own scores; the verdict is not the truth. Where a Backdoor Auditor judged the set, too, its verdict counts: it also asks the network."),
        facts([
            ["Images", whole(overview.rows)],
            ["Classes", whole(overview.classes.length)],
            ["Called poisoned", verdicts("POISONED")],
            ["Nothing found", verdicts("NOTHING_FOUND")],
            ["Cannot tell", verdicts("CANNOT_TELL")],
            overview.engine && ["Computed on", overview.engine],
        ]),
        el("div", { class: "bar" }, classChoice, choice("Count axis", [[LOGARITHMIC, "Logarithmic: shows single images"], ["linear", "Linear"]], scale, (value) => {
            scale = value;
            drawHistogram();
        })), message,
        el("div", { class: "grid" },
            el("section", { class: "card" }, heading, words, histogram.element),
            card("Classes by suspicion", ranking),
            card("Images", el("p", { class: "hint" }, "Click a bar of the histogram, or choose its scores here, to list the images behind it."), el("div", { class: "bar" }, barChoice), images.element, el("p", { class: "hint more" }, "The scorer is given numbers, not pictures: the view of the Top-k Remover shows the pictures by score, whether they are removed or not.")),
            card("Singular values", el("p", { class: "hint" }, "The spread of the class along its main directions; by the method of the paper the first one gives the scores."), spectrum.element)));
    update();
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root, onEnd) => draw(root, onEnd, connect(service)));
