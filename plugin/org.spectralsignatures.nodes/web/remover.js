/** The view of the Top-k Remover: images by score, above a line those that were removed, below it those that were kept. */
import { choice, count, el, facts, fill, headings, inText, mount, named, number, percent, replaceTable, share, table, whole } from "./dom.js";
import { rowId, sizeChoice, tile, tiles } from "./images.js";
import { ALL, pages } from "./pages.js";
import { connect } from "./service.js";
import { STYLE } from "./style.js";
import { verdict } from "./verdict.js";

const sum = (classes, field) => classes.reduce((total, c) => total + c[field], 0);

const partOf = (part, all) => `${whole(part)} (${percent(share(part, all))})`;

async function draw(root, service) {
    const overview = await service.initialData();
    const { classes, flagged } = overview;
    const { title, sub, card } = headings(root);
    if (overview.rows === 0) {
        fill(root, title("Removed images"), el("p", { class: "hint" }, "The table is empty: there was nothing to remove."));
        return;
    }
    const all = {
        index: ALL, label: "All classes", rows: overview.rows, removed: sum(classes, "removed"), poisoned: sum(classes, "poisoned"),
        poisonRemoved: sum(classes, "poisonRemoved"), lowestRemoved: null, highestKept: null, verdict: null,
    };
    let current = classes.find((c) => c.index === overview.chosen);
    const story = el("p", { "aria-live": "polite" });
    const line = el("div", { class: "cut" });
    const side = el("div");
    const bar = el("div", { class: "bar" });
    const images = el("div");
    const list = (removed) => {
        service.knows(overview[removed ? "removed" : "kept"], "images", overview.chosen, removed, 0);
        return pages(removed ? "removed images" : "kept images", service, (offset) => ["images", current.index, removed, offset], ({ offset, total, items }) => {
            const left = total - offset - items.length;
            return [tiles(items.map((image) => tile(image, `score ${number(image.score)}`, [rowId(image.key), current === all ? named(image.label) : null]))),
                removed && left > 0 ? el("p", { class: "hint more" }, `… and ${whole(left)} more down to the line`) : null];
        });
    };
    const removed = list(true);
    const kept = list(false);

    const ranked = () => table(`${count(classes.length, "class", "classes")}, the most suspicious first; choose one to see its images.`, [
        ["Class", (c) => c.label, { left: true }],
        ["Verdict", (c) => (c === all ? "" : verdict(c.verdict)), { words: true }],
        ["Removed", (c) => whole(c.removed)],
        ["Kept", (c) => whole(c.rows - c.removed)],
        ...(flagged ? [
            ["Poison removed", (c) => (c.poisoned > 0 ? `${whole(c.poisonRemoved)} of ${whole(c.poisoned)}` : "–")],
            ["Poison left", (c) => (c.poisoned > c.poisonRemoved ? el("span", { class: "mark" }, whole(c.poisoned - c.poisonRemoved)) : "0")],
            ["Precision", (c) => percent(share(c.poisonRemoved, c.removed))],
        ] : []),
        ["Images", (c) => whole(c.rows)],
        ["Lowest removed score", (c) => number(c.lowestRemoved)],
        ["Highest kept score", (c) => number(c.highestKept)],
    ], [all, ...classes], { pick: (c) => show(c.index), chosen: (c) => c === current });

    const describe = () => {
        const c = current;
        fill(story, c === all ? null : ["Verdict: ", verdict(c.verdict), `, by the scores of ${inText(c.label)} alone. `], `${whole(c.removed)} of ${count(c.rows, "image")} removed${flagged
            ? `, ${whole(c.poisonRemoved)} of them poisoned; ${whole(c.poisoned - c.poisonRemoved)} of ${count(c.poisoned, "poisoned image")} left` : ""}.`);
        const scores = c === all && overview.perClass && classes.length > 1 ? "each class has its own" : [
            c.lowestRemoved !== null && `lowest removed score ${number(c.lowestRemoved)}`, c.highestKept !== null && `highest kept score ${number(c.highestKept)}`,
        ].filter(Boolean).join(", ");
        fill(line, el("b", {}, "Cut-off"), scores ? ` ${scores}` : null);
        replaceTable(side, ranked());
        select.querySelector("select").value = String(c.index);
    };
    const show = (index) => {
        current = index === ALL ? all : classes.find((c) => c.index === index);
        describe();
        removed.go(0);
        kept.go(0);
    };
    const select = choice("Class", [all, ...classes].map((c) => [String(c.index), `${c === all ? c.label : inText(c.label)} (${whole(c.removed)} of ${whole(c.rows)} removed)`]),
        String(current.index), (value) => show(Number(value)));
    bar.append(select, sizeChoice(images));
    images.append(sub("Removed, the highest score first"), removed.element, line, sub("Kept, the nearest to the cut-off first"), kept.element);
    describe();
    removed.go(0);
    kept.go(0);
    fill(root,
        title("Removed images"),
        el("p", { class: "hint" }, `Rule: ${overview.rule}. Verdicts at the significance level ${number(overview.level)}; the verdict is not the truth, and that of a Backdoor Auditor, which also asks the network, counts more.`),
        facts([
            ["Removed", partOf(all.removed, all.rows)],
            ["Kept", partOf(all.rows - all.removed, all.rows)],
            flagged && ["Poison removed", `${whole(all.poisonRemoved)} of ${whole(all.poisoned)}`],
            flagged && ["Poison left", whole(all.poisoned - all.poisonRemoved)],
            flagged && ["Poison among the removed", percent(share(all.poisonRemoved, all.removed))],
        ]),
        el("div", { class: "stack" }, card("Classes", side), card("Images by score", bar, story, images)));
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root) => draw(root, connect(service)));
