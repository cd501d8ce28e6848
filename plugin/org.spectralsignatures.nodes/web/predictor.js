/** The view of the Image Classifier Predictor: how sure the network is, and where labels are known, how right. */
import { chart, xAxis, yAxis } from "./charts.js";
import { confusion } from "./confusion.js";
import { card, count, el, facts, mount, number, percent, table, whole } from "./dom.js";
import { connect } from "./service.js";
import { COLOURS, STYLE } from "./style.js";

const HATCHED = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.8, color: "rgba(255, 255, 255, 0.55)" };

function histogram(overview) {
    const { edges } = overview;
    const known = overview.labelled > 0;
    const bars = (name, counts, color, decal) => ({
        name, type: "bar", stack: "images", barWidth: "96%", itemStyle: { color, decal }, data: counts.map((n, i) => [(edges[i] + edges[i + 1]) / 2, n]),
    });
    return {
        grid: { left: 64, right: 20, top: known ? 36 : 16, bottom: 48 },
        legend: { show: known, top: 0 },
        xAxis: xAxis("probability of the predicted class", { type: "value", min: 0, max: 1 }),
        yAxis: yAxis("images", { type: "value", minInterval: 1 }),
        tooltip: {
            trigger: "axis", axisPointer: { type: "shadow" }, confine: true,
            formatter: (points) => [`${number(edges[points[0].dataIndex])} to ${number(edges[points[0].dataIndex + 1])}`,
                ...points.map((p) => `${p.marker}${p.seriesName}: ${whole(p.value[1])}`)].join("<br>"),
        },
        series: known ? [bars(overview.labelled === overview.images ? "Right" : "Right or label unknown", overview.right, COLOURS.clean),
            bars("Wrong", overview.wrong, COLOURS.poison, HATCHED)] : [bars("Images", overview.right, COLOURS.clean)],
    };
}

async function draw(root, onEnd, service) {
    const overview = await service.initialData();
    if (overview.images === 0) {
        root.replaceChildren(el("h1", {}, "Predictions"), el("p", { class: "hint" }, "There was no image to classify: the table was empty."));
        return;
    }
    const bars = chart("Histogram of the probabilities of the predicted classes", onEnd, 300);
    const errors = el("div", { "aria-live": "polite" });
    const list = (found, offset) => {
        const page = (text, start) => el("button", {
            type: "button", disabled: start < 0 || start >= found.total, click: async () => {
                try {
                    list(await service.data("errors", start), start);
                } catch (error) {
                    errors.replaceChildren(el("p", { class: "hint" }, error.message));
                }
            },
        }, text);
        errors.replaceChildren(table(found.total === 0 ? "No image was taken for another class." : `${count(found.total, "image")} taken for another class, the most confident first${found.total
            > found.images.length ? ` (${whole(offset + 1)} to ${whole(offset + found.images.length)})` : ""}.`, [
            ["Row ID", (i) => i.key, { left: true }],
            ["Label", (i) => i.label, { left: true }],
            ["Taken for", (i) => i.prediction, { left: true }],
            ["Probability", (i) => number(i.probability, 3)],
        ], found.images), ...(found.total > found.images.length
            ? [el("div", { class: "bar" }, page("Previous", offset - 100), page("Next", offset + 100))] : []));
    };
    const confusions = overview.confusions === null ? null : confusion(onEnd);
    root.replaceChildren(...[
        el("h1", {}, "Predictions"),
        facts([
            ["Images", whole(overview.images)],
            confusions !== null && ["Accuracy", percent(overview.confusions.accuracy)],
            confusions !== null && ["Taken for another class", whole(overview.errors.total)],
            ["Mean probability", number(overview.meanProbability, 3)],
        ]),
        confusions === null ? el("p", { class: "hint" }, "The images have no known labels in a column 'Label': whether the predictions are right is not known.") : null,
        el("div", { class: "grid" },
            card("How sure the network is", bars.element),
            confusions === null ? null : card("Most confident errors", el("p", { class: "hint" },
                "Images that the network is sure of and wrong about are mislabelled, unusual, or marked."), errors),
            confusions === null ? null : card("Confusion of classes", confusions.element)),
    ].filter((child) => child !== null));
    bars.set(histogram(overview));
    if (confusions !== null) {
        confusions.set(overview.confusions);
        list(overview.errors, 0);
    }
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root, onEnd) => draw(root, onEnd, connect(service)));
