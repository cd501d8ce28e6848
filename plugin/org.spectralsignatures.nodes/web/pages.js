/** Lists of which one page is shown at a time. */
import { el, fill, whole } from "./dom.js";

/** Asks for all classes, parts or bars, where the index of one asks for its own. The same as in the node. */
export const ALL = -1;

/** Says which part of a list is shown, and leads to the others. */
function pager(what, { offset, total, shown, page }, go) {
    const to = (text, start, possible) => el("button", { type: "button", disabled: !possible, click: () => go(start) }, text);
    return el("nav", { class: "pager", "aria-label": `Pages of ${what}` },
        el("span", { role: "status" }, total === 0 ? `No ${what}` : `${whole(offset + 1)} to ${whole(offset + shown)} of ${whole(total)}`),
        total > shown ? [
            to("First", 0, offset > 0), to("Previous", Math.max(0, offset - page), offset > 0), to("Next", offset + page, offset + shown < total),
        ] : null);
}

/**
 * A list of which one page is shown.
 *
 * @param what the list is of
 * @param service of the view
 * @param question gives the method and the parameters that ask for the page at an offset
 * @param render makes elements of an answer: offset, total and items
 */
export function pages(what, service, question, render) {
    const bar = el("div");
    const failure = el("p", { class: "hint", role: "status", hidden: true });
    const body = el("div");
    const element = el("div", { class: "pages" }, bar, failure, body);
    let size = 0;
    let asked = 0;
    const ask = service.place((answer) => {
        const shown = answer.items.length;
        const focused = bar.contains(bar.getRootNode().activeElement) ? bar.getRootNode().activeElement.textContent : null;
        size = answer.offset === 0 ? shown : Math.max(size, shown);
        failure.hidden = true;
        fill(bar, pager(what, { offset: answer.offset, total: answer.total, shown, page: size }, go));
        fill(body, render(answer));
        if (focused) {
            const buttons = [...bar.querySelectorAll("button:not(:disabled)")];
            (buttons.find((button) => button.textContent === focused) ?? buttons[0])?.focus({ preventScroll: true });
        }
    }, (error) => {
        failure.textContent = error.message;
        failure.hidden = false;
        if (asked === 0) {
            fill(bar);
            fill(body);
        }
    });
    const go = (start) => {
        asked = start;
        ask(...question(start));
    };
    return { element, go };
}
