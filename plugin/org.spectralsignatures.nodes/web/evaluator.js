/** The view of the Backdoor Evaluator: the networks side by side, the poison, confusions, and the backdoor as ROC curve. */
import { chart, countAxis, dotted, escaped, hatched, xAxis, yAxis } from "./charts.js";
import { confusion } from "./confusion.js";
import { choice, count, el, facts, fill, headings, inText, mount, number, percent, table, whole } from "./dom.js";
import { connect } from "./service.js";
import { colours, STYLE } from "./style.js";

const NAMES = { before: "Before removal", after: "After removal", reference: "Never poisoned" };
const LINES = { before: ["poison", "solid"], after: ["clean", "dashed"], reference: ["third", "dotted"] };

const nameOf = (network) => NAMES[network] ?? network;

function story(networks) {
    const [before, after, reference] = ["before", "after", "reference"].map((name) => networks.find((n) => n.name === name));
    const text = [`Before the removal the network takes ${percent(before.success)} of the marked images for the target`
        + ` and classifies ${percent(before.accuracy)} of the clean ones rightly.`];
    if (after) {
        text.push(`After it: ${percent(after.success)} and ${percent(after.accuracy)}.`);
        if (Number.isFinite(after.left) && Number.isFinite(after.poison)) {
            text.push(`${whole(after.left)} of ${count(after.poison, "poisoned image")} were left in the training set.`);
        }
    }
    if (reference) {
        text.push(`A network that never saw poison takes ${percent(reference.success)} of them for the target: what is due to mistakes, not to the backdoor.`);
    }
    return text.join(" ");
}

function rates(networks, width) {
    const { clean, poison, text } = colours();
    const bars = (name, key, color, decal) => ({
        name, type: "bar", barMaxWidth: 56, itemStyle: { color, decal }, data: networks.map((n) => (Number.isFinite(n[key]) ? 100 * n[key] : null)),
        label: { show: true, position: "top", color: text, fontSize: 11, formatter: ({ value }) => (Number.isFinite(value) ? value.toFixed(1) : "") },
    });
    return {
        named: true,
        grid: { left: 52, right: 8, top: 24, bottom: 44 },
        xAxis: xAxis("", { type: "category", data: networks.map((n) => nameOf(n.name)), axisLabel: { interval: 0, width: (width - 60) / networks.length - 8, overflow: "break", lineHeight: 15 } }),
        yAxis: yAxis("% of images", { type: "value", min: 0, max: 100, nameGap: 36 }),
        tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, confine: true, valueFormatter: (v) => (Number.isFinite(v) ? `${v.toFixed(2)} %` : "–") },
        series: [bars("Clean accuracy", "accuracy", clean), bars("Attack success rate", "success", poison, hatched())],
    };
}

function poison(networks) {
    const { third, poison: left } = colours();
    const bars = (name, key, color, decal) => ({
        name, type: "bar", stack: "poison", barMaxWidth: 26, itemStyle: { color, decal }, data: networks.map((n) => n[key]),
    });
    return {
        named: true,
        grid: { left: 112, right: 24, top: 8, bottom: 44 },
        xAxis: countAxis(xAxis, "poisoned images"),
        yAxis: yAxis("", { type: "category", inverse: true, data: networks.map((n) => nameOf(n.name)) }),
        tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, confine: true, valueFormatter: (v) => whole(v) },
        series: [bars("Removed", "removed", third), bars("Left", "left", left, hatched())],
    };
}

function roc(curves) {
    const palette = colours();
    const area = { type: "value", min: 0, max: 100 };
    return {
        named: true,
        grid: { left: 60, right: 20, top: 12, bottom: 48 },
        xAxis: xAxis("clean images above, in %", area),
        yAxis: yAxis("marked images above, in %", area),
        tooltip: {
            trigger: "item", confine: true,
            formatter: ({ seriesName, value }) => `${escaped(seriesName)}<br>${value[0].toFixed(1)} % of the clean, ${value[1].toFixed(1)} % of the marked images`,
        },
        series: [...curves.map((c) => ({
            name: `${nameOf(c.network)} (AUC ${number(c.auc)})`, type: "line", symbol: "circle", symbolSize: 5, showSymbol: c.points.length < 60,
            color: palette[LINES[c.network]?.[0] ?? "fourth"], lineStyle: { width: 2, type: LINES[c.network]?.[1] ?? "solid" }, data: c.points.map(([x, y]) => [100 * x, 100 * y]),
        })), dotted([[0, 0], [100, 100]])],
    };
}

async function draw(root, onEnd, service) {
    const overview = await service.initialData();
    const { networks, curves } = overview;
    const { title, card } = headings(root);
    const counted = networks.filter((n) => Number.isFinite(n.left) && n.name !== "reference");
    const bars = chart("Clean accuracy and attack success rate of each network", onEnd, 300);
    const poisoned = chart("Poisoned images removed and left", onEnd, 180);
    const curve = chart("ROC curve of marked against clean images by the probability of the target", onEnd, 340);
    const confusions = confusion(onEnd);
    const message = el("p", { class: "hint", "aria-live": "polite" });
    let network = networks[0].name;
    let images = "clean";
    const ask = service.place((answer) => {
        confusions.set(answer);
        message.textContent = images === "marked" && overview.target !== null ? `Marked images are to be taken for ${inText(overview.target)}.` : "";
    }, (error) => {
        confusions.set(null);
        message.textContent = error.message;
    });
    service.knows(overview.first, "confusions", network, images);
    const show = () => ask("confusions", network, images);
    fill(root,
        title("Backdoor before and after removal"),
        el("p", {}, story(networks)),
        overview.engine ? facts([["Computed on", overview.engine]]) : null,
        el("div", { class: "grid" },
            card("Accuracy and attack", bars.element, table("Clean accuracy is to stay high, the attack success rate to fall to that of the reference.", [
                ["Network", (n) => nameOf(n.name), { left: true }],
                ["Clean accuracy", (n) => percent(n.accuracy, 2)],
                ["Attack success rate", (n) => percent(n.success, 2)],
            ], networks)),
            card("Poison in the training set", counted.length === 0
                ? el("p", { class: "hint" }, "Connect the kept images, with the flag of the Backdoor Injector, to see how much poison was removed.")
                : [poisoned.element, table("Removal precision is the share of poison among the removed images.", [
                    ["Network", (n) => nameOf(n.name), { left: true }],
                    ["Poison", (n) => whole(n.poison)],
                    ["Removed", (n) => whole(n.removed)],
                    ["Left", (n) => whole(n.left)],
                    ["Removal precision", (n) => percent(n.precision)],
                ], counted)]),
            card("Confusion of classes", el("div", { class: "bar" },
                choice("Network", networks.map((n) => [n.name, nameOf(n.name)]), network, (value) => {
                    network = value;
                    show();
                }),
                choice("Images", [["clean", "Clean test images"], ["marked", "Marked test images"]], images, (value) => {
                    images = value;
                    show();
                })), message, confusions.element),
            card("Marked against clean images (ROC)", el("p", { class: "hint" }, curves.length === 0
                ? "There are no clean and marked images of other classes than the target to compare."
                : `By the network's probability of the target ${inText(overview.target)}; images of the target itself are left out. `
                    + "An area of 1: the mark decides. An area of 0.5: the mark changes nothing."), curves.length === 0 ? null : curve.element)));
    const figures = (n) => `${nameOf(n.name)}: clean accuracy ${percent(n.accuracy)}, attack success rate ${percent(n.success)}`;
    bars.set((width) => rates(networks, width), `Accuracy and attack. ${networks.map(figures).join("; ")}`);
    if (counted.length > 0) {
        poisoned.set(() => poison(counted), `Poison. ${counted.map((n) => `${nameOf(n.name)}: ${whole(n.removed)} removed, ${whole(n.left)} left`).join("; ")}`);
    }
    if (curves.length > 0) {
        curve.set(() => roc(curves), `ROC curves. ${curves.map((c) => `${nameOf(c.network)}: area ${number(c.auc)}`).join("; ")}`);
    }
    show();
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root, onEnd) => draw(root, onEnd, connect(service)));
