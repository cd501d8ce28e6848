/** The view of the Layer Activation Extractor: what was extracted, of which classes, and what other layers would give. */
import { count, el, facts, fill, headings, mount, named, number, percent, share, table, whole } from "./dom.js";
import { connect } from "./service.js";
import { STYLE } from "./style.js";

const POOLINGS = { FLATTEN: "Flatten", GLOBAL_AVERAGE: "Global average" };

const MEANINGS = { FLATTEN: "all values of the layer", GLOBAL_AVERAGE: "the mean of each channel" };

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

/** A number of bytes, in powers of 1,000. */
function size(bytes) {
    const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
    return `${power === 0 ? whole(bytes) : number(bytes / 1000 ** power, 3)} ${UNITS[power]}`;
}

const shape = ({ channels, height, width }) => `${whole(channels)} × ${whole(height)} × ${whole(width)}`;

async function draw(root, service) {
    const overview = await service.initialData();
    const { title, card } = headings(root);
    const chosen = overview.layers.find((l) => l.name === overview.layer);
    const few = (c) => c.rows < overview.fewest;
    const poisoned = overview.classes.reduce((sum, c) => sum + (c.poisoned ?? 0), 0);
    fill(root,
        title("Activations"),
        el("p", {}, "Each image became ", el("b", {}, count(overview.dimensions, "number")), ": ", MEANINGS[overview.pooling] ?? overview.pooling, " ", el("b", {}, named(overview.layer)), "."),
        facts([
            ["Layer", named(overview.layer)],
            chosen && ["Channels × height × width", shape(chosen)],
            ["Pooling", POOLINGS[overview.pooling] ?? overview.pooling],
            ["Values an image", whole(overview.dimensions)],
            ["Images", whole(overview.rows)],
            ["Size of the file", size(overview.bytes)],
            overview.engine && ["Computed on", overview.engine],
        ]),
        el("p", { class: "hint" }, `The activations lie in a NumPy file: ${whole(overview.rows)} rows of ${count(overview.dimensions, "number")} in single precision, 4 bytes each.`),
        el("div", { class: "grid" },
            card("Classes", table(`${count(overview.classes.length, "class", "classes")}${overview.flagged ? `; ${count(poisoned, "image")} flagged as poisoned` : ""}.`, [
                ["Class", (c) => c.label, { left: true }],
                ["Images", (c) => whole(c.rows)],
                ...(overview.flagged ? [["Known poison", (c) => (c.poisoned > 0 ? `${whole(c.poisoned)} (${percent(share(c.poisoned, c.rows))})` : "–")]] : []),
                ...(overview.classes.some(few) ? [["Verdict", (c) => (few(c) ? el("span", { class: "unsure" }, `needs ${count(overview.fewest, "image")}`) : ""), { words: true }]] : []),
            ], overview.classes)),
            card("Layers of the network", table("From the images to the answer; what each would give for these images.", [
                ["Layer", (l) => (l === chosen ? el("b", {}, `${l.name} (this one)`) : l.name), { left: true }],
                ["Channels × height × width", shape],
                ["Values, flattened", (l) => whole(l.channels * l.height * l.width)],
                ["File, flattened", (l) => size(4 * l.channels * l.height * l.width * overview.rows)],
                ["File, averaged", (l) => size(4 * l.channels * overview.rows)],
            ], overview.layers))));
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root) => draw(root, connect(service)));
