/** The view of the Backdoor Auditor: conclusion, verdicts, the marks of a class, and the images that carry them beside others. */
import { choice, count, el, facts, fill, headings, inText, mount, named, number, percent, replaceTable, table, whole } from "./dom.js";
import { picture, rowId, sizeChoice, tile, tiles } from "./images.js";
import { ALL, pages } from "./pages.js";
import { connect } from "./service.js";
import { STYLE } from "./style.js";
import { verdict } from "./verdict.js";

const sum = (classes, field) => classes.reduce((total, c) => total + c[field], 0);

/** What the verdict means for the images of the class. */
function story({ verdict: { finding } }, marks) {
    switch (finding) {
        case "POISONED":
            return "Its images share a mark, and the network takes images of other classes for this one as soon as the mark is put on them: that is what a backdoor does. Look whether the mark belongs there.";
        case "NOTHING_FOUND":
            return `${marks.length > 0 ? "What some of its images share was not taken for the mark of a backdoor, but for a natural similarity."
                : "Its images share no mark that stands out."} That is no proof that it is clean.`;
        default:
            return marks.length > 0 ? "Judge its marks by eye." : "Nothing follows for its images.";
    }
}

/** What a mark is and does, in words. */
function words(mark) {
    const turned = Number.isFinite(mark.turned) ? `put on images of other classes it turns ${percent(mark.turned)} of them into this class` : "it was put on no image of another class";
    return [`Mark ${mark.number}: ${count(mark.images, "image")} of `, named(mark.label), ` ${mark.images === 1 ? "carries" : "carry"} it; ${turned}. `,
        mark.takenOut ? "These images were taken out. " : mark.listed ? "No nature explains it, but the network takes little notice of it, so these images were not taken out: judge them by eye. "
            : "It is not taken for poison, but for a natural similarity.",
        mark.listed ? mark.looksLike === null ? "Without it they keep their label." : ["Without it most of them look like ", named(mark.looksLike), "."] : null];
}

async function draw(root, service) {
    const overview = await service.initialData();
    const { classes, flagged, marks } = overview;
    const { title, sub, card } = headings(root);
    const all = { index: ALL, label: "All classes", rows: overview.rows, suspicious: sum(classes, "suspicious"), poisoned: sum(classes, "poisoned"),
        poisonFound: sum(classes, "poisonFound"), p: null, verdict: null };
    let current = classes.find((c) => c.index === overview.chosen);
    let mark = marks.find((m) => m.number === overview.mark) ?? null;
    const ofCurrent = () => marks.filter((m) => current === all || m.index === current.index);
    const about = el("p", { "aria-live": "polite" });
    const aboutMark = el("p", { "aria-live": "polite" });
    const line = el("div", { class: "cut" });
    const classSide = el("div");
    const markSide = el("div");
    const images = el("div");
    const looks = (image) => (image.looksLike === image.label ? "looks like its class" : ["looks like ", named(image.looksLike)]);
    if (overview.marked) {
        service.knows(overview.marked, "marked", mark.number, 0);
    }
    service.knows(overview.others, "others", overview.chosen, 0);
    const marked = pages("images with this mark", service, (offset) => ["marked", mark.number, offset], ({ items }) =>
        tiles(items.map((image) => tile(image, looks(image), [`evidence ${number(image.evidence, 3)}`, rowId(image.key)], "known poison"))));
    const compared = () => (current === all && mark ? mark.index : current.index);
    const others = pages("other images", service, (offset) => ["others", compared(), offset], ({ items }) =>
        tiles(items.map((image) => tile(image, rowId(image.key), compared() === ALL ? named(image.label) : null, "known poison"))));
    const carriers = el("div", {}, sub("Images that carry the mark, the most evident first"), marked.element);
    const withMark = el("div", { class: "more" }, aboutMark, carriers);

    const classTable = () => table(`${count(classes.length, "class", "classes")}, the most suspicious first; choose one to see its marks and images.`, [
        ["Class", (c) => c.label, { left: true }],
        ["Verdict", (c) => (c === all ? "" : verdict(c.verdict)), { words: true }],
        ["Suspicious", (c) => whole(c.suspicious)],
        ["Images", (c) => whole(c.rows)],
        ["p-value", (c) => (c === all ? "" : number(c.p, 2))],
        ...(flagged ? [["Known poison found", (c) => (c.poisoned > 0 ? `${whole(c.poisonFound)} of ${whole(c.poisoned)}` : "–")]] : []),
    ], [all, ...classes], { pick: (c) => show(c.index), chosen: (c) => c === current });

    const markTable = (shown) => table(`${marks.length < overview.allMarks ? `The ${whole(marks.length)} most suspicious of ${whole(overview.allMarks)} marks`
        : count(shown.length, "mark")}; choose one to see the images that carry it.`, [
        ["Mark", (m) => el("span", { class: "sample" }, picture(m.address, `Mark ${m.number} of ${inText(m.label)}`), whole(m.number)), { words: true }],
        ...(current === all ? [["Class", (m) => m.label, { left: true }]] : []),
        ["Images", (m) => whole(m.images)],
        ["Turns others", (m) => percent(m.turned)],
        ["p-value", (m) => number(m.p, 2)],
        ["Strength", (m) => number(m.strength, 3)],
        ["Looks like", (m) => (m.listed ? m.looksLike ?? "its class" : "–"), { left: true }],
        ["Taken out", (m) => (m.takenOut ? el("span", { class: "mark" }, "yes") : "no")],
    ], shown, { pick: (m) => pick(m), chosen: (m) => m === mark });

    const describe = () => {
        const c = current;
        const shown = ofCurrent();
        fill(about, c === all ? `${whole(c.suspicious)} of ${count(c.rows, "image")} were taken out.` : [verdict(c.verdict), ". ", story(c, shown)]);
        fill(line, el("b", {}, mark?.listed ? "For comparison" : "Images"),
            el("span", {}, mark?.listed ? ["images of ", named(mark.label), " that carry no mark"] : mark ? ["of ", named(mark.label)] : "of which none was taken out"));
        fill(aboutMark, mark ? words(mark) : null);
        withMark.hidden = mark === null;
        carriers.hidden = !mark?.listed;
        markSide.hidden = shown.length === 0;
        replaceTable(classSide, classTable());
        replaceTable(markSide, markTable(shown));
        select.querySelector("select").value = String(c.index);
    };
    const pick = (chosen) => {
        mark = chosen;
        describe();
        if (mark?.listed) {
            marked.go(0);
        }
        others.go(0);
    };
    const show = (index) => {
        current = index === ALL ? all : classes.find((c) => c.index === index);
        pick(ofCurrent()[0] ?? null);
    };
    const select = choice("Class", [all, ...classes].map((c) => [String(c.index), `${c === all ? c.label : inText(c.label)} (${whole(c.suspicious)} of ${whole(c.rows)} suspicious)`]),
        String(current.index), (value) => show(Number(value)));
    const bar = el("div", { class: "bar" }, select, sizeChoice(images));
    images.append(withMark, line, others.element);
    pick(mark);
    fill(root,
        title("Audit"),
        el("p", { class: "conclusion" }, overview.conclusion),
        el("p", {}, overview.nextStep),
        facts([
            ["Images", whole(overview.rows)],
            ["Suspicious", whole(all.suspicious)],
            ["Clean", whole(overview.rows - all.suspicious)],
            ["Marks", whole(overview.allMarks)],
            flagged && ["Known poison found", `${whole(all.poisonFound)} of ${whole(all.poisoned)}`],
            flagged && ["Clean images taken out", whole(all.suspicious - all.poisonFound)],
            overview.engine && ["Computed on", overview.engine],
        ]),
        el("p", { class: "hint" }, `Significance level ${percent(overview.level)}: so often any class of a clean set is called poisoned. Triggers that move about or differ from image to image are not found this way.`),
        el("div", { class: "stack" }, card("Classes", classSide),
            card("Marks and images", el("p", { class: "hint" }, "A mark is what images of a class have in common at the same place: pixels that it replaces as they are, what it adds around a middle grey. Evidence: how clearly an image carries its mark; 1 is the least that counts."),
                bar, about, markSide, images)));
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root) => draw(root, connect(service)));
