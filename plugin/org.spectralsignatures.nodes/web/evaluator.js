/** The view of the Backdoor Evaluator: the networks side by side, the poison, confusions, and the backdoor as ROC curve. */
import { chart, xAxis, yAxis } from "./charts.js";
import { confusion } from "./confusion.js";
import { card, choice, count, el, mount, number, percent, table, whole } from "./dom.js";
import { connect } from "./service.js";
import { COLOURS, STYLE } from "./style.js";

const NAMES = { before: "Before removal", after: "After removal", reference: "Never poisoned" };
const LINES = { before: [COLOURS.poison, "solid"], after: [COLOURS.clean, "dashed"], reference: [COLOURS.third, "dotted"] };
const HATCHED = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.8, color: "rgba(255, 255, 255, 0.55)" };

function story(networks) {
    const [before, after, reference] = ["before", "after", "reference"].map((name) => networks.find((n) => n.name === name));
    const text = [`Before the removal the network takes ${percent(before.success)} of the marked images for the target`
        + ` and classifies ${percent(before.accuracy)} of the clean ones rightly.`];
    if (after) {
        text.push(`After it: ${percent(after.success)} and ${percent(after.accuracy)}.`);
        if (after.left !== null) {
            text.push(`${whole(after.left)} of ${count(after.poison, "poisoned image")} were left in the training set.`);
        }
    }
    if (reference) {
        text.push(`A network that never saw poison takes ${percent(reference.success)} of them for the target: what is due to mistakes, not to the backdoor.`);
    }
    return text.join(" ");
}

function rates(networks) {
    const bars = (name, key, color, decal) => ({
        name, type: "bar", barMaxWidth: 56, itemStyle: { color, decal }, data: networks.map((n) => (n[key] === null ? null : 100 * n[key])),
        label: { show: true, position: "top", color: COLOURS.text, fontSize: 11, formatter: ({ value }) => `${value.toFixed(1)}` },
    });
    return {
        grid: { left: 60, right: 16, top: 48, bottom: 32 },
        xAxis: { ...xAxis("", { type: "category", data: networks.map((n) => NAMES[n.name] ?? n.name) }), axisLabel: { color: COLOURS.text, interval: 0, width: 64, overflow: "break" } },
        yAxis: yAxis("% of images", { type: "value", min: 0, max: 100 }),
        tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, confine: true, valueFormatter: (v) => (v === null ? "–" : `${v.toFixed(2)} %`) },
        series: [bars("Clean accuracy", "accuracy", COLOURS.clean), bars("Attack success rate", "success", COLOURS.poison, HATCHED)],
    };
}

function poison(networks) {
    const bars = (name, key, color, decal) => ({
        name, type: "bar", stack: "poison", barMaxWidth: 26, itemStyle: { color, decal }, data: networks.map((n) => n[key]),
    });
    return {
        grid: { left: 112, right: 24, top: 32, bottom: 44 },
        xAxis: xAxis("poisoned images", { type: "value", minInterval: 1 }),
        yAxis: { ...yAxis("", { type: "category", inverse: true, data: networks.map((n) => NAMES[n.name] ?? n.name) }) },
        tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, confine: true },
        series: [bars("Removed", "removed", COLOURS.third), bars("Left", "left", COLOURS.poison, HATCHED)],
    };
}

function roc(curves) {
    return {
        grid: { left: 60, right: 20, top: 52, bottom: 48 },
        xAxis: xAxis("clean images above, in %", { type: "value", min: 0, max: 100 }),
        yAxis: yAxis("marked images above, in %", { type: "value", min: 0, max: 100 }),
        tooltip: { trigger: "item", confine: true, formatter: ({ seriesName, value }) => `${seriesName}<br>${value[0].toFixed(1)} % of the clean, ${value[1].toFixed(1)} % of the marked images` },
        series: [...curves.map((c) => ({
            name: `${NAMES[c.network] ?? c.network} (AUC ${number(c.auc)})`, type: "line", symbol: "circle", symbolSize: 5, showSymbol: c.points.length < 60,
            color: LINES[c.network]?.[0], lineStyle: { width: 2, type: LINES[c.network]?.[1] }, data: c.points.map(([x, y]) => [100 * x, 100 * y]),
        })), { type: "line", name: "Chance", symbol: "none", silent: true, color: COLOURS.faint, lineStyle: { width: 1, type: "dotted" }, data: [[0, 0], [100, 100]] }],
    };
}

async function draw(root, onEnd, service) {
    const overview = await service.initialData();
    const { networks, curves } = overview;
    const counted = networks.filter((n) => n.left !== null && n.name !== "reference");
    const bars = chart("Clean accuracy and attack success rate of each network", onEnd, 300);
    const poisoned = chart("Poisoned images removed and left", onEnd, 180);
    const curve = chart("ROC curve of marked against clean images by the probability of the target", onEnd, 340);
    const confusions = confusion(onEnd);
    const message = el("p", { class: "hint", "aria-live": "polite" });
    let network = networks[0].name;
    let images = "clean";
    const show = async () => {
        try {
            confusions.set(await service.data("confusions", network, images));
            message.textContent = images === "marked" && overview.target !== null ? `Marked images are to be taken for ${overview.target}.` : "";
        } catch (error) {
            message.textContent = error.message;
        }
    };
    root.replaceChildren(
        el("h1", {}, "Backdoor before and after removal"),
        el("p", {}, story(networks)),
        el("div", { class: "grid" },
            card("Accuracy and attack", bars.element, table("Clean accuracy is to stay high, the attack success rate to fall to that of the reference.", [
                ["Network", (n) => NAMES[n.name] ?? n.name, { left: true }],
                ["Clean accuracy", (n) => percent(n.accuracy, 2)],
                ["Attack success rate", (n) => percent(n.success, 2)],
            ], networks)),
            card("Poison in the training set", ...(counted.length === 0
                ? [el("p", { class: "hint" }, "Connect the kept images, with the flag of the Backdoor Injector, to see how much poison was removed.")]
                : [poisoned.element, table("Removal precision is the share of poison among the removed images.", [
                    ["Network", (n) => NAMES[n.name] ?? n.name, { left: true }],
                    ["Poison", (n) => whole(n.poison)],
                    ["Removed", (n) => whole(n.removed)],
                    ["Left", (n) => whole(n.left)],
                    ["Removal precision", (n) => percent(n.precision ?? NaN)],
                ], counted)])),
            card("Confusion of classes", el("div", { class: "bar" },
                choice("Network", networks.map((n) => [n.name, NAMES[n.name] ?? n.name]), network, (value) => {
                    network = value;
                    show();
                }),
                choice("Images", [["clean", "Clean test images"], ["marked", "Marked test images"]], images, (value) => {
                    images = value;
                    show();
                })), message, confusions.element),
            card("Marked against clean images (ROC)", el("p", { class: "hint" }, curves.length === 0
                ? "There are no clean and marked images of other classes than the target to compare."
                : `By the network's probability of the target ${overview.target}; images of the target itself are left out. `
                    + "An area of 1: the mark decides. An area of 0.5: the mark changes nothing."), curves.length === 0 ? null : curve.element)));
    bars.set(rates(networks));
    if (counted.length > 0) {
        poisoned.set(poison(counted));
    }
    if (curves.length > 0) {
        curve.set(roc(curves));
    }
    confusions.set(overview.first);
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root, onEnd) => draw(root, onEnd, connect(service)));
