/** The view of the Backdoor Auditor: conclusion, verdicts, suspicious images beside those next to them, pairs of classes. */
import { choice, count, el, facts, fill, headings, inText, mount, named, number, percent, replaceTable, table, whole } from "./dom.js";
import { ALL, rowId, sizeChoice, tile, tiles } from "./images.js";
import { pages } from "./pages.js";
import { connect } from "./service.js";
import { STYLE } from "./style.js";
import { verdict } from "./verdict.js";

const sum = (classes, field) => classes.reduce((total, c) => total + c[field], 0);

/** What the verdict means for the images of the class. */
function story({ verdict: { finding }, suspicious }) {
    switch (finding) {
        case "POISONED":
            return "The first network is sure of their label, the second one takes them for another class, and they have something in common beside that. Look for a mark that they share, or wrong labels.";
        case "NOTHING_FOUND":
            return "What flows from it to other classes, if anything, does not differ from natural confusion. That is no proof that it is clean.";
        default:
            return suspicious > 0 ? "Judge the images below by eye." : "Nothing follows for its images; those with the strongest evidence are shown to be looked at.";
    }
}

const pairTable = (overview) => table(overview.pairs.length < overview.allPairs
    ? `The ${whole(overview.pairs.length)} most suspicious of ${whole(overview.allPairs)} pairs.` : `${count(overview.allPairs, "pair")}, the most suspicious first.`, [
    ["Label", (p) => p.label, { left: true }],
    ["Looks like", (p) => p.looksLike, { left: true }],
    ["Images", (p) => whole(p.images)],
    ["Taken out", (p) => whole(p.takenOut)],
    ["p-value", (p) => number(p.p, 2)],
    ["Statistic", (p) => number(p.statistic, 3)],
], overview.pairs);

async function draw(root, service) {
    const overview = await service.initialData();
    const { classes, flagged } = overview;
    const { title, sub, card } = headings(root);
    const all = { index: ALL, label: "All classes", rows: overview.rows, suspicious: sum(classes, "suspicious"), poisoned: sum(classes, "poisoned"),
        poisonFound: sum(classes, "poisonFound"), p: null, verdict: null };
    let current = classes.find((c) => c.index === overview.chosen);
    const words = el("p", { "aria-live": "polite" });
    const line = el("div", { class: "cut" });
    const side = el("div");
    const images = el("div");
    const list = (suspicious) => {
        service.knows(overview[suspicious ? "suspicious" : "others"], "images", overview.chosen, suspicious, 0);
        return pages(suspicious ? "suspicious images" : "other images", service, (offset) => ["images", current.index, suspicious, offset], ({ images: found }) =>
            tiles(found.map((image) => tile(image, image.looksLike === image.label ? "looks like its class" : ["looks like ", named(image.looksLike)],
                [`evidence ${number(image.evidence, 3)}`, current === all ? [" · ", named(image.label)] : null, rowId(image.key)], "known poison"))));
    };
    const suspicious = list(true);
    const others = list(false);

    const ranked = () => table(`${count(classes.length, "class", "classes")}, the most suspicious first; choose one to see its images.`, [
        ["Class", (c) => c.label, { left: true }],
        ["Verdict", (c) => (c === all ? "" : verdict(c.verdict)), { words: true }],
        ["Suspicious", (c) => whole(c.suspicious)],
        ["Images", (c) => whole(c.rows)],
        ["p-value", (c) => (c === all ? "" : number(c.p, 2))],
        ...(flagged ? [["Known poison found", (c) => (c.poisoned > 0 ? `${whole(c.poisonFound)} of ${whole(c.poisoned)}` : "–")]] : []),
    ], [all, ...classes], { pick: (c) => show(c.index), chosen: (c) => c === current });

    const describe = () => {
        const c = current;
        fill(words, c === all ? `${whole(c.suspicious)} of ${count(c.rows, "image")} were taken out.` : [verdict(c.verdict), ". ", story(c)]);
        fill(line, el("b", {}, c.suspicious > 0 ? "Given back" : "Nothing taken out"), " what follows was not taken for poison");
        replaceTable(side, ranked());
        select.querySelector("select").value = String(c.index);
    };
    const show = (index) => {
        current = index === ALL ? all : classes.find((c) => c.index === index);
        describe();
        suspicious.go(0);
        others.go(0);
    };
    const select = choice("Class", [all, ...classes].map((c) => [String(c.index), `${c === all ? c.label : inText(c.label)} (${whole(c.suspicious)} of ${whole(c.rows)} suspicious)`]),
        String(current.index), (value) => show(Number(value)));
    const bar = el("div", { class: "bar" }, select, sizeChoice(images));
    images.append(sub("Suspicious, the strongest evidence first"), suspicious.element, line, sub("Not suspicious, the strongest evidence first"), others.element);
    describe();
    suspicious.go(0);
    others.go(0);
    fill(root,
        title("Audit"),
        el("p", { class: "conclusion" }, overview.conclusion),
        el("p", {}, overview.nextStep),
        facts([
            ["Images", whole(overview.rows)],
            ["Suspicious", whole(all.suspicious)],
            ["Clean", whole(overview.rows - all.suspicious)],
            flagged && ["Known poison found", `${whole(all.poisonFound)} of ${whole(all.poisoned)}`],
            flagged && ["Clean images taken out", whole(all.suspicious - all.poisonFound)],
        ]),
        el("p", { class: "hint" }, `Significance level ${percent(overview.level)}: so often any class of a clean set is called poisoned. Poison whose labels are right (clean-label) is not found this way.`),
        el("div", { class: "stack" }, card("Classes", side), card("Images by evidence", el("p", { class: "hint" }, "Evidence: how strongly the two networks disagree about an image, in nats."), bar, words, images),
            card("Pairs of classes", el("p", { class: "hint" }, "Images of one label that the second network takes for another class, without being told their label."),
                overview.pairs.length > 0 ? pairTable(overview) : el("p", {}, "No image looks like another class than its own."))));
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root) => draw(root, connect(service)));
