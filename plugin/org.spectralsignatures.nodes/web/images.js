/** Images in views: tiles with captions, and the gallery of a labelled table. */
import { choice, count, el, fill, inText, named, percent, replaceTable, share, table, whole } from "./dom.js";
import { ALL, pages } from "./pages.js";

/** Least width of a tile in pixels, and most of it in a narrow view, in percent. */
const SIZES = [["64", "Small", 22], ["96", "Medium", 30], ["160", "Large", 45]];

/** An image, or a place that says that there is none. */
export const picture = (address, label) => (address
    ? el("img", { src: address, alt: label, decoding: "async", draggable: "false" })
    : el("span", { class: "picture none", role: "img", "aria-label": `${label}: no image` }, "no image"));

/** A picture on which a box, in percent of its edges, shows where something lies. */
export function framed(address, label, ratio, box) {
    return el("span", { class: "frame", style: `aspect-ratio: ${ratio}` }, picture(address, label), box
        ? el("span", { class: "box", style: `left: ${box.left}%; top: ${box.top}%; width: ${box.width}%; height: ${box.height}%` }) : null);
}

/** A row ID; of a long one the end is seen, which differs most. */
export const rowId = (key) => el("span", { class: "end" }, el("bdi", {}, key));

/** An image with its caption. A poisoned one has a thick edge and says so, in the given words. */
export function tile({ address, poisoned, key, label }, line, note, mark = "poisoned") {
    return el("li", {}, el("figure", { class: poisoned ? "tile poison" : "tile", title: `${key}\n${label}` }, picture(address, `${key}, ${label}`),
        el("figcaption", {}, line, poisoned ? el("span", { class: "mark" }, mark) : null, note ? el("small", {}, ...[note].flat()) : null)));
}

export const tiles = (...content) => el("ul", { class: "tiles" }, ...content);

/** The choice of the size of tiles; it sets the size on the element. */
export function sizeChoice(element) {
    const apply = (chosen) => {
        element.style.setProperty("--tile", `${chosen}px`);
        element.style.setProperty("--most", `${SIZES.find(([size]) => size === chosen)[2]}%`);
    };
    apply(SIZES[1][0]);
    return choice("Image size", SIZES, SIZES[1][0], apply);
}

/** The classes of a table as a table: how many images, and how many of them are poisoned. */
function classTable(info, chosen, pick) {
    const most = info.classes.reduce((largest, c) => Math.max(largest, c.rows), 1);
    const present = info.classes.map((c, index) => ({ ...c, index })).filter((c) => c.rows > 0);
    const all = { label: "All classes", rows: info.rows, poisoned: info.classes.reduce((sum, c) => sum + c.poisoned, 0), index: ALL };
    return table(`${count(present.length, "class", "classes")}; choose one to see its images.`, [
        ["Class", (c) => c.label, { left: true }],
        ["Images", (c) => el("span", { class: "amount" }, whole(c.rows), c.index === ALL ? null
            : el("i", { style: `width: ${(100 * c.rows) / most}%` }))],
        ...(info.flagged ? [["Poisoned", (c) => (c.poisoned ? `${whole(c.poisoned)} (${percent(share(c.poisoned, c.rows))})` : "–")]] : []),
    ], [all, ...present], { pick: (c) => pick(c.index), chosen: (c) => c.index === chosen });
}

/** Tables of labelled images: choice of table and class, counts, and the images page by page. */
export function gallery(overview, service) {
    let current = 0;
    let label = overview.chosen;
    const side = el("div", { class: "side" });
    const main = el("div", { class: "main" });
    const split = el("div", { class: "split" }, side, main);
    const summary = el("p", { class: "hint" });
    service.knows(overview.first, "page", current, label, 0);
    const list = pages("images", service, (offset) => ["page", current, label, offset],
        ({ items }) => tiles(items.map((image) => tile(image, rowId(image.key), named(image.label)))));
    const bar = el("div", { class: "bar" });

    const describe = () => {
        const info = overview.tables[current];
        const poison = info.classes.reduce((sum, c) => sum + c.poisoned, 0);
        const present = info.classes.filter((c) => c.rows > 0);
        summary.textContent = [`${count(info.rows, "image")} ${present.length === 1 ? `of the class ${inText(present[0].label)}` : `in ${count(present.length, "class", "classes")}`}`,
            info.size, poison ? `${whole(poison)} poisoned, which come first in their class` : null].filter(Boolean).join(" · ");
        split.classList.toggle("single", present.length < 2);
        if (present.length < 2) {
            fill(side);
        } else {
            replaceTable(side, classTable(info, label, choose));
        }
        fill(classes.querySelector("select"), options(info));
    };
    const options = (info) => [[ALL, "All classes"], ...info.classes.map((c, i) => [i, `${inText(c.label)} (${whole(c.rows)})`])]
        .filter(([i]) => i === ALL || info.classes[i].rows > 0).map(([value, text]) => el("option", { value, selected: value === label }, text));
    const choose = (index) => {
        label = index;
        describe();
        list.go(0);
    };
    const classes = choice("Class", [], "", (value) => choose(Number(value)));
    const several = overview.tables.some((t) => t.classes.filter((c) => c.rows > 0).length > 1);
    fill(bar,
        overview.tables.length > 1 ? choice("Table", overview.tables.map((t, i) => [String(i), `${t.name} (${whole(t.rows)})`]), String(current), (value) => {
            current = Number(value);
            choose(ALL);
        }) : null,
        several ? classes : null,
        sizeChoice(main));
    main.append(list.element);
    describe();
    list.go(0);
    return [summary, bar, split];
}
