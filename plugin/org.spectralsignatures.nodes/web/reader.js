/** The view of the Labelled Image Reader: what was read and what was not, what is odd about the images, and the images by class. */
import { choice, count, el, facts, fill, headings, inText, mount, named, replaceTable, table, whole } from "./dom.js";
import { gallery, picture, rowId } from "./images.js";
import { pages } from "./pages.js";
import { connect } from "./service.js";
import { STYLE } from "./style.js";

/** Where a twin stands, and what that means. */
const RELATIONS = {
    OTHER_CLASS: ["another class", "One of the two labels is wrong, or one image is poison beside its source."],
    OTHER_PART: ["another part of the set", "What is measured on one part is partly known from the other."],
    SAME_CLASS: ["the same class", "Harmless as a rule; many copies of one image count as many images."],
};

/** Where there are more classes than this, their order can be chosen. */
const MANY = 10;

const REPORT = "The output Report lists all.";

const more = (n, one, many) => (n > 0 ? el("p", { class: "hint more" }, `… and ${count(n, one, many)} more. ${REPORT}`) : null);

const marked = (n) => (n > 0 ? el("span", { class: "mark" }, whole(n)) : "0");

/** Whether a class was to be read, so that it counts; others stand in the table as those that the settings left out. */
const isWanted = (c) => c.read + c.faulty > 0 || c.notChosen === 0;

/** Bars of a class, as long as its numbers; those who do not see them have the numbers in the cells beside. */
const bars = (c, most) => el("span", { class: "amounts", "aria-hidden": "true" }, [["read", c.read], ["left", c.faulty]]
    .filter(([, n]) => n > 0).map(([kind, n]) => el("i", { class: kind, style: `width: ${Math.max(0.5, (100 * n) / most)}%` })));

function classesCard({ classes, parts, fewest, faulty, notChosen }, card) {
    const { items } = classes;
    const wanted = items.filter(isWanted).map((c) => c.read);
    const most = items.reduce((largest, c) => Math.max(largest, c.read + c.faulty), 1);
    const few = items.filter((c) => c.few).length;
    const holder = el("div");
    const orders = {
        name: ["by name", () => 0],
        few: ["fewest read first", (a, b) => a.read - b.read],
        many: ["most read first", (a, b) => b.read - a.read],
        ...(faulty > 0 ? { faulty: ["most not read first", (a, b) => b.faulty - a.faulty] } : {}),
    };
    const [least, largest] = [Math.min(...wanted), Math.max(...wanted)];
    const caption = `${count(wanted.length, "class", "classes")} of ${least === largest ? "" : `${whole(least)} to `}${count(largest, "image")}${few > 0
        ? `; ${whole(few)} with fewer than ${whole(fewest)}, too few for a verdict of the Backdoor Auditor` : ""}.`;
    const show = (order) => replaceTable(holder, table(caption, [
        ["Class", (c) => c.label, { left: true }],
        ["Read", (c) => whole(c.read)],
        ...(faulty > 0 ? [["Not read", (c) => marked(c.faulty)]] : []),
        [faulty > 0 ? "Striped: not read" : "Relative size", (c) => bars(c, most), { words: true }],
        ...parts.map((part, i) => [part[0].toUpperCase() + part.slice(1), (c) => whole(c.parts[i])]),
        ...(notChosen > 0 ? [["Left out by settings", (c) => whole(c.notChosen)]] : []),
        ...(few > 0 ? [["Verdict", (c) => (c.few ? el("span", { class: "unsure" }, `needs ${whole(fewest)} images`) : ""), { words: true }]] : []),
    ], [...items].sort(orders[order][1])));
    show("name");
    return card("Images of each class", items.length > MANY ? el("div", { class: "bar" }, choice("Order", Object.entries(orders).map(([key, [text]]) => [key, text]), "name", show)) : null,
        holder, more(classes.more, "class", "classes"));
}

const reasonsCard = ({ reasons }, card) => (reasons.length === 0 ? null : card("What was not read", table("Images and other files by reason; images that could not be read come first.", [
    ["Reason", (r) => (r.fault ? el("span", { class: "mark" }, r.text) : r.text), { words: true }],
    ["Number", (r) => whole(r.count)],
    ["Class", (r) => (r.classes > 1 ? count(r.classes, "class", "classes") : r.label), { left: true }],
    ["Ending", (r) => r.endings.filter(Boolean).join(", ") || null, { left: true }],
    ["Files", (r) => r.examples || null, { left: true }],
], reasons)));

const filesCard = ({ sizes, lost, modes, arrays }, card) => (sizes || arrays.length > 0 ? card("Sizes and modes of the files",
    sizes ? el("p", {}, `${sizes.count === 1 ? `All images have ${sizes.smallest} pixels` : `${count(sizes.count, "size")}, from ${sizes.smallest} to ${sizes.largest} pixels: ${sizes.details}`}${
        modes.items.length === 1 ? `. All are stored as ${modes.items[0].name}` : ""}.`) : null,
    lost.length > 0 ? [el("p", { class: "caption" }, "What the image size takes from them:"), el("ul", { class: "notes" }, lost.map((text) => el("li", {}, text)))] : null,
    modes.items.length > 1 ? table("How the files are stored. A few that are stored unlike all others may come from another source.", [
        ["Mode", (m) => m.name, { left: true }],
        ["Images", (m) => whole(m.count)],
        ["The first", (m) => m.first, { left: true }],
    ], modes.items) : null,
    more(modes.more, "mode"),
    arrays.length > 0 ? [el("p", { class: "caption" }, "How the arrays were taken:"), el("ul", { class: "notes" }, arrays.map((text) => el("li", {}, text)))] : null) : null);

const twin = ({ key, label, address }, differs) => el("figure", { class: "tile", title: `${key}\n${label}` }, picture(address, `${key}, ${label}`),
    el("figcaption", {}, el("span", { class: differs ? "mark" : null }, named(label)), el("small", {}, rowId(key))));

function alikeCard({ alike, plain, notCompared, read }, first, service, card) {
    const limits = [
        plain > 0 && `${count(plain, "image is", "images are")} too plain or even, or smaller than 20 pixels, and compared by the pixels alone: copies that differ a little are not found.`,
        notCompared > 0 && `${count(notCompared, "image was", "images were")} not compared with all others, since too many are alike: there may be more twins.`,
    ].filter(Boolean).map((text) => el("p", { class: "hint more" }, text));
    if (alike.length === 0) {
        return card("Images that are alike", el("p", {}, read > 1 ? "No two images are the same or nearly the same, as far as they were compared." : "There is one image only."), limits);
    }
    let current = alike[0];
    const side = el("div", { class: "side" });
    const story = el("p", { "aria-live": "polite" });
    if (first) {
        service.knows(first, "pairs", current.kind, 0);
    }
    const list = pages("pairs", service, (offset) => ["pairs", current.kind, offset], ({ items, total }) => [
        el("ul", { class: "twins" }, items.map((pair) => el("li", { class: "twin" }, [pair.first, pair.second].map((image) => twin(image, pair.first.label !== pair.second.label))))),
        2 * total < current.images ? el("p", { class: "hint more" }, `${count(total, "pair is", "pairs are")} kept for this view, from as many classes as possible. The output Report counts all and names some of each class.`) : null,
    ]);
    const show = (kind) => {
        current = kind;
        const [where, meaning] = RELATIONS[kind.relation];
        story.textContent = `${count(kind.images, "image")} of ${count(kind.classes, "class", "classes")} ${kind.images === 1 ? "has" : "have"} a twin (${kind.likeness}) in ${where}. ${meaning}`;
        replaceTable(side, table(`${count(alike.length, "kind")} of twins${alike.length > 1 ? "; choose one to see its pairs" : ""}.`, [
            ["Twin in", (k) => RELATIONS[k.relation][0], { words: true }],
            ["How alike", (k) => k.likeness, { words: true }],
            ["Images", (k) => (k.relation === "SAME_CLASS" ? whole(k.images) : marked(k.images))],
        ], alike, { pick: show, chosen: (k) => k === current }));
        list.go(0);
    };
    show(current);
    return card("Images that are alike", el("div", { class: "split" }, side, el("div", { class: "main" }, story, list.element)), limits);
}

/** The twins in one place as a fact, or false if there are none. */
function twins(alike, relation, title) {
    const found = alike.filter((kind) => kind.relation === relation);
    return found.length > 0 && [title, el("span", { class: relation === "SAME_CLASS" ? null : "mark" }, found.map((kind) => `${whole(kind.images)} ${kind.likeness === "same pixels" ? "the same" : "nearly"}`).join(", "))];
}

const summary = (report) => facts([
    ["Images read", whole(report.read)],
    ["Images that could not be read", marked(report.faulty)],
    report.notChosen > 0 && ["Left out by the settings", whole(report.notChosen)],
    report.passedOver > 0 && ["Other files passed over", whole(report.passedOver)],
    ["Classes", whole(report.classes.items.filter(isWanted).length + report.classes.more)],
    twins(report.alike, "OTHER_CLASS", "With a twin in another class"),
    twins(report.alike, "OTHER_PART", "With a twin in another part"),
    twins(report.alike, "SAME_CLASS", "With a twin in their class"),
]);

/** What the node warned of, in words, and names that look the same. */
function notes({ names }, sentences) {
    const all = [...sentences.map((text) => inText(text)), ...(sentences.some((text) => text.includes("look the same")) ? [] : names.items.map((text) => `Names that look the same: ${text}.`))];
    return all.length === 0 ? el("p", {}, "There is nothing to warn of: no image was skipped, and none has a twin in another class or part.")
        : el("ul", { class: "notes" }, all.map((text) => el("li", {}, text)));
}

async function draw(root, service) {
    const overview = await service.initialData();
    const { report } = overview;
    const { title, card, wide } = headings(root);
    const images = () => (overview.tables[0].rows === 0 ? el("p", { class: "hint" }, "The table is empty: there is no image to show.") : gallery(overview, service));
    if (!report) {
        fill(root, title(overview.tables[0].name), images());
        return;
    }
    fill(root, title("Images"), summary(report), notes(report, overview.notes),
        el("div", { class: "grid" }, classesCard(report, wide), alikeCard(report, overview.pairs, service, wide), reasonsCard(report, wide), filesCard(report, wide),
            wide("The images by class", images())));
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root) => draw(root, connect(service)));
