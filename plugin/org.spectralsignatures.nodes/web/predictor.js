/** The view of the Image Classifier Predictor: how sure the network is, and where labels are known, how right. */
import { chart, countAxis, hatched, xAxis, yAxis } from "./charts.js";
import { confusion } from "./confusion.js";
import { el, facts, fill, headings, mount, number, percent, table, whole } from "./dom.js";
import { pages } from "./pages.js";
import { connect } from "./service.js";
import { colours, STYLE } from "./style.js";

function histogram(overview) {
    const { edges } = overview;
    const { clean, poison } = colours();
    const known = overview.labelled > 0;
    const bars = (name, counts, color, decal) => ({
        name, type: "bar", stack: "images", barWidth: "96%", barMinHeight: 3, itemStyle: { color, decal },
        data: counts.map((n, i) => [(edges[i] + edges[i + 1]) / 2, n === 0 ? null : n]),
    });
    return {
        named: known,
        grid: { left: 64, right: 20, top: 16, bottom: 48 },
        xAxis: xAxis("probability of the predicted class", { type: "value", min: 0, max: 1 }),
        yAxis: countAxis(yAxis, "images"),
        tooltip: {
            trigger: "axis", axisPointer: { type: "shadow" }, confine: true,
            formatter: (points) => [`${number(edges[points[0].dataIndex])} to ${number(edges[points[0].dataIndex + 1])}`,
                ...points.map((p) => `${p.marker}${p.seriesName}: ${whole(p.value[1] ?? 0)}`)].join("<br>"),
        },
        series: known ? [bars(overview.labelled === overview.images ? "Right" : "Right or label unknown", overview.right, clean),
            bars("Wrong", overview.wrong, poison, hatched())] : [bars("Images", overview.right, clean)],
    };
}

async function draw(root, onEnd, service) {
    const overview = await service.initialData();
    const { title, card } = headings(root);
    if (overview.images === 0) {
        fill(root, title("Predictions"), el("p", { class: "hint" }, "There was no image to classify: the table was empty."));
        return;
    }
    const bars = chart("Histogram of the probabilities of the predicted classes", onEnd, 300);
    const known = overview.confusions !== null;
    const confusions = known ? confusion(onEnd) : null;
    service.knows(overview.errors, "errors", 0);
    const errors = pages("images taken for another class", service, (offset) => ["errors", offset], (found) => (found.total === 0 ? null
        : table("Images that were taken for another class, the most confident first.", [
            ["Row ID", (i) => i.key, { left: true }],
            ["Label", (i) => i.label, { left: true }],
            ["Taken for", (i) => i.prediction, { left: true }],
            ["Probability", (i) => number(i.probability, 3)],
        ], found.items)));
    fill(root,
        title("Predictions"),
        facts([
            ["Images", whole(overview.images)],
            known && ["Accuracy", percent(overview.confusions.accuracy)],
            known && ["Taken for another class", whole(overview.errors.total)],
            ["Mean probability", number(overview.meanProbability, 3)],
            overview.engine && ["Computed on", overview.engine],
        ]),
        known ? null : el("p", { class: "hint" }, "The images have no known labels in a column 'Label': whether the predictions are right is not known."),
        el("div", { class: "grid" },
            card("How sure the network is", bars.element),
            known ? card("Most confident errors", el("p", { class: "hint" },
                "Images that the network is sure of and wrong about are mislabelled, unusual, or marked."), errors.element) : null,
            known ? card("Confusion of classes", confusions.element) : null));
    bars.set(() => histogram(overview), `Histogram of the probabilities of the predicted classes of ${whole(overview.images)} images, on average ${number(overview.meanProbability, 3)}`);
    if (known) {
        confusions.set(overview.confusions);
        errors.go(0);
    }
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root, onEnd) => draw(root, onEnd, connect(service)));
