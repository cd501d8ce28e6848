/** The view of the Top-k Remover: images by score, above a line those that were removed, below it those that were kept. */
import { card, choice, count, el, facts, mount, number, percent, table, whole } from "./dom.js";
import { ALL, pages, replaceTable, rowId, sizeChoice, tile, tiles } from "./images.js";
import { connect } from "./service.js";
import { STYLE } from "./style.js";

const sum = (classes, field) => classes.reduce((total, c) => total + c[field], 0);

const share = (part, all) => (all > 0 ? `${whole(part)} (${percent(part / all)})` : "–");

async function draw(root, service) {
    const overview = await service.initialData();
    const { classes, flagged } = overview;
    if (overview.rows === 0) {
        root.replaceChildren(el("h1", {}, "Removed images"), el("p", { class: "hint" }, "The table is empty: there was nothing to remove."));
        return;
    }
    const all = {
        index: ALL, label: "All classes", rows: overview.rows, removed: sum(classes, "removed"), poisoned: sum(classes, "poisoned"),
        poisonRemoved: sum(classes, "poisonRemoved"), lowestRemoved: null, highestKept: null,
    };
    let current = classes.find((c) => c.index === overview.chosen);
    const story = el("p", { class: "hint" });
    const line = el("div", { class: "cut" });
    const side = el("div");
    const bar = el("div", { class: "bar" });
    const images = el("div");
    const list = (removed) => pages(removed ? "removed images" : "kept images",
        async (offset) => page(offset === 0 && current.index === overview.chosen
            ? overview[removed ? "removed" : "kept"] : await service.data("images", current.index, removed, offset)), ({ offset, total, items }) => {
            const left = total - offset - items.length;
            return [tiles(items.map((image) => tile(image, `score ${number(image.score)}`, current === all ? [rowId(image.key), image.label] : rowId(image.key)))),
                removed && left > 0 ? el("p", { class: "hint more" }, `… and ${whole(left)} more down to the line`) : null];
        });
    const page = (answer) => ({ offset: answer.offset, total: answer.total, items: answer.images });
    const removed = list(true);
    const kept = list(false);

    const ranked = () => table(`${count(classes.length, "class", "classes")}; choose one to see its images.`, [
        ["Class", (c) => c.label, { left: true }],
        ["Images", (c) => whole(c.rows)],
        ["Removed", (c) => whole(c.removed)],
        ["Kept", (c) => whole(c.rows - c.removed)],
        ...(flagged ? [
            ["Poison removed", (c) => (c.poisoned > 0 ? `${whole(c.poisonRemoved)} of ${whole(c.poisoned)}` : "–")],
            ["Poison left", (c) => (c.poisoned > c.poisonRemoved ? el("span", { class: "mark" }, whole(c.poisoned - c.poisonRemoved)) : "0")],
            ["Precision", (c) => (c.removed > 0 ? percent(c.poisonRemoved / c.removed) : "–")],
        ] : []),
        ["Lowest removed score", (c) => number(c.lowestRemoved)],
        ["Highest kept score", (c) => number(c.highestKept)],
    ], [all, ...classes], { pick: (c) => show(c.index), chosen: (c) => c === current });

    const describe = () => {
        const c = current;
        story.textContent = `${whole(c.removed)} of ${count(c.rows, "image")} removed${flagged
            ? `, ${whole(c.poisonRemoved)} of them poisoned; ${whole(c.poisoned - c.poisonRemoved)} of ${count(c.poisoned, "poisoned image")} left` : ""}.`;
        const scores = c === all && overview.perClass && classes.length > 1 ? "each class has its own" : [
            c.lowestRemoved !== null && `lowest removed score ${number(c.lowestRemoved)}`, c.highestKept !== null && `highest kept score ${number(c.highestKept)}`,
        ].filter(Boolean).join(", ");
        line.replaceChildren(el("b", {}, "Cut-off"), scores ? ` ${scores}` : "");
        replaceTable(side, ranked());
        select.querySelector("select").value = String(c.index);
    };
    const show = (index) => {
        current = index === ALL ? all : classes.find((c) => c.index === index);
        describe();
        removed.go(0);
        kept.go(0);
    };
    const select = choice("Class", [all, ...classes].map((c) => [String(c.index), `${c.label} (${whole(c.removed)} of ${whole(c.rows)} removed)`]),
        String(current.index), (value) => show(Number(value)));
    bar.append(select, sizeChoice(images));
    images.append(el("h3", {}, "Removed, the highest score first"), removed.element, line, el("h3", {}, "Kept, the nearest to the cut-off first"), kept.element);
    describe();
    removed.start(page(overview.removed));
    kept.start(page(overview.kept));
    root.replaceChildren(
        el("h1", {}, "Removed images"),
        el("p", { class: "hint" }, `Rule: ${overview.rule}.`),
        facts([
            ["Removed", share(all.removed, all.rows)],
            ["Kept", share(all.rows - all.removed, all.rows)],
            flagged && ["Poison removed", `${whole(all.poisonRemoved)} of ${whole(all.poisoned)}`],
            flagged && ["Poison left", whole(all.poisoned - all.poisonRemoved)],
            flagged && ["Poison among the removed", all.removed > 0 ? percent(all.poisonRemoved / all.removed) : "–"],
        ]),
        el("div", { class: "stack" }, card("Classes", side), card("Images by score", bar, story, images)));
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root) => draw(root, connect(service)));
