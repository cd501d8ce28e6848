/** The view of the Backdoor Injector: the attack in numbers, the trigger, marked images beside their originals, the poisoned set. */
import { choice, count, el, facts, fill, headings, inText, mount, named, number, whole } from "./dom.js";
import { framed, gallery, picture, rowId, sizeChoice } from "./images.js";
import { ALL, pages } from "./pages.js";
import { connect } from "./service.js";
import { STYLE } from "./style.js";

const MODES = {
    ADD: ["Add", "marked copies are added with the label of the target class; the originals stay"],
    REPLACE: ["Replace", "the originals themselves are marked and labelled as the target class"],
    CLEAN_LABEL: ["Clean label", "images of the target class itself are marked and keep their label"],
};

const KINDS = { PIXELS: "Pixels", M_WAY: "m-way pixels", PATCH: "Patch image", BLEND: "Blended pattern", SINUSOID: "Sinusoidal signal" };

const enlarged = (factor) => `${number(factor, 2)} times`;

const figure = (content, line, note) => el("figure", { class: "tile" }, content, el("figcaption", {}, line, note ? el("small", {}, note) : null));

function triggerCard(overview, card) {
    const [trigger, ...parts] = overview.parts;
    const { ratio } = trigger;
    const shown = [figure(framed(trigger.onGrey, "The trigger on grey", ratio, trigger.box), "On grey",
        trigger.box ? "outlined: the close-up" : null)];
    if (trigger.factor === null) {
        shown.push(figure(picture(trigger.detail, "Close-up of the trigger"), "Close-up", trigger.where));
    } else if (parts.length === 0) {
        shown.push(figure(framed(trigger.detail, "The trigger on grey, enlarged", ratio), "Contrast enlarged", enlarged(trigger.factor)));
    }
    return card("Trigger",
        el("p", {}, el("b", {}, KINDS[overview.kind] ?? overview.kind), parts.length > 0 ? `: ${count(parts.length, "pixel")}, one on each poisoned image in turn, all of them on a marked test image`
            : `: ${overview.description}`, trigger.box ? null : ` (${trigger.where})`, "."),
        el("div", { class: "trigger" }, shown),
        parts.length > 0 ? el("ul", { class: "tiles parts" }, parts.map((part, i) => el("li", {}, figure(picture(part.detail, `Part ${i + 1} of the trigger`),
            `${i + 1}. ${part.description}`, count(part.rows, "image"))))) : null);
}

function pairsCard(overview, service, card) {
    const parts = overview.parts.slice(1);
    const relabelled = overview.mode !== "CLEAN_LABEL";
    const detail = (pair) => (pair.factor === null ? figure(picture(pair.detail, `Close-up of the mark on ${pair.key}`), "Close-up", "the outlined part")
        : figure(framed(pair.detail, `Difference of ${pair.key} to its original`, pair.ratio), "Difference", enlarged(pair.factor)));
    const pair = (p) => el("li", { class: "pair" },
        figure(framed(p.original, `Original ${p.originalKey}`, p.ratio), "Original", named(p.originalLabel)),
        figure(framed(p.marked, `Marked ${p.key}`, p.ratio, p.box), el("span", { class: "mark" }, "Marked"), relabelled ? named(overview.target) : [named(p.originalLabel), " (kept)"]),
        detail(p),
        el("div", { class: "key", title: p.key }, rowId(p.key), parts.length > 0 || p.key !== p.originalKey ? el("small", {}, rowId([
            p.key === p.originalKey ? null : `from ${p.originalKey}`, parts.length > 0 ? `part ${p.part + 1}` : null,
        ].filter(Boolean).join(" · "))) : null));
    let part = ALL;
    service.knows(overview.first, "pairs", ALL, 0);
    const list = pages("marked images", service, (offset) => ["pairs", part, offset], ({ items }) => el("ul", { class: "pairs" }, items.map(pair)));
    list.go(0);
    const size = sizeChoice(list.element);
    return card("Marked images and their originals", el("div", { class: "bar" }, parts.length > 0 ? choice("Part of the trigger",
        [[String(ALL), `All parts (${whole(overview.poisoned)})`], ...parts.map((p, i) => [String(i), `${i + 1}. ${p.description} (${whole(p.rows)})`])], String(ALL),
        (value) => {
            part = Number(value);
            list.go(0);
        }) : null, size), list.element);
}

async function draw(root, service) {
    const overview = await service.initialData();
    const { title, card } = headings(root);
    const [mode, meaning] = MODES[overview.mode];
    const target = inText(overview.target);
    fill(root,
        title("Backdoor"),
        el("p", {}, "Marked images of ", el("b", {}, named(overview.sample)), " are to be taken for ", el("b", {}, named(overview.target)), `. ${mode}: ${meaning}.`),
        facts([
            ["Sample → target", [named(overview.sample), " → ", named(overview.target)]],
            ["Poisoned by this node", whole(overview.poisoned)],
            ["Epsilon", number(overview.epsilon)],
            [`Clean images of ${target}`, whole(overview.targetImages)],
            ["Mode", mode],
            overview.earlier > 0 && ["Poisoned before", whole(overview.earlier)],
        ]),
        el("p", { class: "hint" }, `Epsilon ${number(overview.epsilon)} of the ${count(overview.targetImages, "clean image")} of ${target} `
            + `${overview.poisoned === 1 ? "is 1 image" : `are ${whole(overview.poisoned)} images`}.`, overview.earlier > 0
            ? ` The ${count(overview.earlier, "row")} that an earlier node poisoned ${overview.earlier === 1 ? "is" : "are"} left alone and not counted.` : null),
        el("div", { class: "stack" }, triggerCard(overview, card), pairsCard(overview, service, card), card("The poisoned set", gallery(overview.gallery, service))));
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root) => draw(root, connect(service)));
