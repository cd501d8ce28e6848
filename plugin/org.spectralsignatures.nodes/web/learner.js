/** The view of the learners: loss and accuracy over the epochs, the learning rate or length of the steps below, and what to make of it. */
import { chart, xAxis, yAxis } from "./charts.js";
import { count, el, facts, fill, headings, mount, number, percent, table, whole } from "./dom.js";
import { connect } from "./service.js";
import { colours, STYLE } from "./style.js";

const points = (value) => `${number(100 * Math.abs(value), 2)} points`;

function duration(seconds) {
    if (seconds < 60) {
        return `${number(seconds, 3)} s`;
    }
    return seconds < 3600 ? `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
        : `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

/** Why a training ended early; whether it still rose does not matter then, but images learned by heart do. */
function end({ ended, epochs, verdict }, overfit) {
    return `The training ended after epoch ${epochs.length} of ${ended.epochs}, since the training accuracy was at least ${number(100 * ended.accuracy, 6)} % in two epochs `
        + `in a row.${verdict === "OVERFIT" ? ` ${overfit}` : ""}`;
}

function story(history) {
    const judged = history.validated ? "validation accuracy" : "training accuracy";
    const span = history.span === 1 ? "in the last epoch" : `over the last ${history.span} epochs`;
    const told = {
        SHORT: "One epoch tells no trend: train for more.",
        RISING: `The ${judged} still rose by ${points(history.gain)} ${span}: more epochs are likely to help.`,
        OVERFIT: `The training accuracy is ${points(history.gap)} above the validation accuracy, which no longer rises: the network learns its images `
            + "by heart. More epochs will not help; more images, augmentation or weight decay may.",
        FALLING: `The ${judged} fell by ${points(history.gain)} ${span}: the learning rate may be too high, or the training too long.`,
        SETTLED: `The ${judged} no longer changes (${points(history.gain)} ${span}): more epochs are not likely to help.`,
    };
    const converged = `The training ended after epoch ${history.epochs.length}, since the loss no longer fell.${history.verdict === "OVERFIT" ? ` ${told.OVERFIT}` : ""}`;
    return (history.converged ? converged : history.ended ? end(history, told.OVERFIT) : told[history.verdict])
        + (history.validated ? "" : " There were no validation images: how well it does on other images is not known.");
}

function option(history, unit, digits, series) {
    const single = history.epochs.length === 1;
    return {
        named: series.length > 1,
        grid: { left: 64, right: 20, top: 16, bottom: 48 },
        xAxis: xAxis("epoch", { type: "value", min: single ? 0 : 1, max: single ? 2 : history.epochs.length, minInterval: 1 }),
        yAxis: yAxis(unit, { type: "value", min: 0, axisLabel: { formatter: (v) => number(v, 3) } }),
        tooltip: {
            trigger: "axis", confine: true,
            formatter: (found) => [`Epoch ${found[0].value[0]}`, ...found.map((p) => `${p.marker}${p.seriesName}: ${number(p.value[1], digits)}`)].join("<br>"),
        },
        series: series.map(([name, key, color, symbol, scale = 1], i) => ({
            name, type: "line", symbol, symbolSize: 7, showSymbol: history.epochs.length <= 40, color,
            lineStyle: { width: 2, type: i === 0 ? "solid" : "dashed" },
            data: history.epochs.filter((e) => Number.isFinite(e[key])).map((e) => [e.epoch, scale * e[key]]),
        })),
    };
}

async function draw(root, onEnd, service) {
    const history = await service.initialData();
    const { title, card, wide } = headings(root);
    const last = history.epochs[history.epochs.length - 1];
    const accuracy = chart("Accuracy over the epochs", onEnd, 280);
    const loss = chart("Loss over the epochs", onEnd, 280);
    const rateName = history.stepLength ? "Length of the step" : "Learning rate";
    const rate = chart(`${rateName} over the epochs`, onEnd, 160);
    const pair = (key) => [["Training", key, colours().clean, "circle"],
        ...(history.validated ? [["Validation", `validation${key[0].toUpperCase()}${key.slice(1)}`, colours().poison, "triangle"]] : [])];
    fill(root,
        title("Training"),
        el("p", {}, story(history)),
        history.doubt && el("p", {}, `If you look for backdoors with this network: ${history.doubt}.`),
        facts([
            ["Training accuracy", percent(last.accuracy)],
            history.validated && ["Validation accuracy", percent(last.validationAccuracy)],
            ["Training loss", number(last.loss)],
            history.validated && ["Validation loss", number(last.validationLoss)],
            ["Epochs", history.ended ? `${whole(history.epochs.length)} of ${whole(history.ended.epochs)}` : whole(history.epochs.length)],
            ["Training time", duration(history.seconds)],
            history.imagesPerSecond !== null && ["Images per second", number(history.imagesPerSecond, 3)],
        ]),
        el("div", { class: "grid" },
            card("Accuracy", accuracy.element),
            card("Loss", loss.element),
            card(rateName, rate.element),
            card("What was trained", table(history.stepLength ? "Each epoch looks at all training images, once or more." : "Each epoch shows every training image once.", [
                ["Fact", ([name]) => name, { left: true }],
                ["Value", ([, value]) => (/^\d+$/.test(value) ? whole(Number(value)) : value), { left: true }],
            ], Object.entries(history.facts))),
            wide("Epochs", table(`${count(history.epochs.length, "epoch")}; loss in nats.`, [
                ["Epoch", (e) => whole(e.epoch)],
                [rateName, (e) => number(e.rate)],
                ["Loss", (e) => number(e.loss)],
                ["Accuracy", (e) => percent(e.accuracy)],
                ...(history.validated ? [["Validation loss", (e) => number(e.validationLoss)],
                    ["Validation accuracy", (e) => percent(e.validationAccuracy)]] : []),
                ["Seconds", (e) => number(e.seconds, 3)],
            ], history.epochs))));
    const told = (what, shown) => `${what} over ${count(history.epochs.length, "epoch")}, at last ${shown("")} in training${history.validated ? `, ${shown("validation")} in validation` : ""}`;
    accuracy.set(() => {
        const shares = option(history, "accuracy in %", 4, pair("accuracy").map((s) => [...s, 100]));
        shares.yAxis.max = 100;
        return shares;
    }, told("Accuracy", (of) => percent(of ? last.validationAccuracy : last.accuracy)));
    loss.set(() => option(history, "loss in nats", 4, pair("loss")), told("Loss", (of) => number(of ? last.validationLoss : last.loss)));
    rate.set(() => option(history, rateName.toLowerCase(), 4, [[rateName, "rate", colours().third, "rect"]]), `${rateName} over the epochs, at last ${number(last.rate)}`);
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root, onEnd) => draw(root, onEnd, connect(service)));
