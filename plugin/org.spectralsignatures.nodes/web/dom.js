/** Makes the elements that the views have in common. */

const present = (children) => children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);

/** An element with attributes (functions become listeners) and children; what is null, undefined or false is left out. */
export function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => {
        if (typeof value === "function") {
            element.addEventListener(name, value);
        } else if (value === true) {
            element.setAttribute(name, "");
        } else if (value !== null && value !== undefined && value !== false) {
            element.setAttribute(name, value);
        }
    });
    element.append(...present(children));
    return element;
}

/** Puts children in place of those of an element; what is null, undefined or false is left out. */
export const fill = (element, ...children) => element.replaceChildren(...present(children));

export const whole = (value) => (Number.isFinite(value) ? Math.round(value).toLocaleString("en-US") : "–");

/** A number with as many digits as it deserves; a dash where there is none. */
export function number(value, digits = 4) {
    if (!Number.isFinite(value)) {
        return "–";
    }
    if (Number.isInteger(value) && Math.abs(value) < 1e9) {
        return whole(value);
    }
    const size = Math.abs(value);
    if (size >= 10 ** (digits - 1) && size < 1e6) {
        return whole(value);
    }
    return size >= 1e6 || size < 1e-3 ? value.toExponential(2) : value.toLocaleString("en-US", { maximumSignificantDigits: digits });
}

export const percent = (share, digits = 1) => (Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : "–");

/** A part of a number, 0 to 1; NaN where one of them is unknown. */
export const share = (part, all) => (Number.isFinite(part) && all > 0 ? part / all : NaN);

export const count = (n, one, many = `${one}s`) => `${whole(n)} ${n === 1 ? one : many}`;

/** A name from the user's data, which may run from right to left, as an element of its own and within a text. */
export const named = (name) => el("bdi", {}, name ?? "–");
export const inText = (name) => `\u2068${name ?? "–"}\u2069`;

/**
 * Headings of a view: level 1 where the view is the page, below the headings around it where a page says so by the attribute
 * {@code data-heading-level} of the view's element.
 */
export function headings(root) {
    const top = Number(root.getRootNode().host?.dataset.headingLevel ?? 1);
    const make = (below, style) => (...children) => el(`h${Math.min(6, top + below)}`, { class: style }, children);
    const head = make(1, "head");
    return {
        title: make(0, "title"),
        head,
        sub: make(2, "sub"),
        /** A section with a heading. */
        card: (text, ...children) => el("section", { class: "card" }, head(text), children),
        wide: (text, ...children) => el("section", { class: "card wide" }, head(text), children),
    };
}

/** Some facts in words: [name, value]. */
export const facts = (entries) => el("ul", { class: "facts" }, entries.filter(Boolean).map(([name, value]) => el("li", {}, el("span", {}, name), el("b", {}, value))));

/** A choice of one of several values. */
export function choice(label, options, selected, changed) {
    const select = el("select", { change: () => changed(select.value) }, options.map(([value, text]) =>
        el("option", { value, selected: String(value) === String(selected) }, text)));
    return el("label", { class: "choice" }, el("span", {}, label), select);
}

/** Rows that are chosen by mouse or keyboard: one stop of the Tab key, the arrow keys lead on. */
function choosable(rows, chosen, pick) {
    const focus = (i) => {
        const next = rows[Math.max(0, Math.min(rows.length - 1, i))];
        rows.forEach((row) => row.setAttribute("tabindex", row === next ? 0 : -1));
        next.focus();
    };
    const stop = Math.max(0, chosen.indexOf(true));
    rows.forEach((row, i) => {
        row.setAttribute("tabindex", i === stop ? 0 : -1);
        row.setAttribute("aria-selected", String(chosen[i]));
        row.classList.toggle("chosen", chosen[i]);
        row.addEventListener("click", () => pick(i));
        row.addEventListener("keydown", (event) => {
            const keys = {
                Enter: () => pick(i), " ": () => pick(i), ArrowDown: () => focus(i + 1), ArrowUp: () => focus(i - 1),
                PageDown: () => focus(i + 10), PageUp: () => focus(i - 10), Home: () => focus(0), End: () => focus(rows.length - 1),
            };
            if (Object.hasOwn(keys, event.key)) {
                event.preventDefault();
                keys[event.key]();
            }
        });
    });
}

/**
 * A table. Columns are [title, cell of a row, options]; options: left for names, words for texts that may wrap.
 * With pick, rows can be chosen; chosen(row) marks one.
 */
export function table(caption, columns, rows, { pick, chosen } = {}) {
    const style = (options) => (options?.left ? "left" : options?.words ? "words" : null);
    const body = rows.map((row) => el("tr", {}, columns.map(([, cell, options]) => el("td", { class: style(options) }, options?.left ? named(cell(row)) : cell(row)))));
    if (pick) {
        choosable(body, rows.map((row) => chosen?.(row) ?? false), (i) => pick(rows[i]));
    }
    return el("div", {}, el("p", { class: "caption" }, caption),
        el("div", { class: "scroll", tabindex: pick ? null : 0, role: "region", "aria-label": caption }, el("table", { role: pick ? "grid" : null, "aria-label": pick ? caption : null },
            el("thead", {}, el("tr", {}, columns.map(([title, , options]) => el("th", { scope: "col", class: style(options) }, title)))),
            el("tbody", {}, body))));
}

/** Puts a table in place of an earlier one, at the same scroll position; a row that was chosen by keyboard keeps the focus. */
export function replaceTable(holder, changed) {
    const before = holder.querySelector(".scroll");
    const [top, left] = [before?.scrollTop ?? 0, before?.scrollLeft ?? 0];
    const focused = holder.contains(holder.getRootNode().activeElement);
    holder.replaceChildren(changed);
    const scroll = changed.querySelector(".scroll");
    scroll.scrollTop = top;
    scroll.scrollLeft = left;
    if (focused) {
        changed.querySelector("tr.chosen")?.focus({ preventScroll: true });
    }
}

/** Draws a view into the shadow root, or says why it cannot. */
export function mount(shadowRoot, css, draw) {
    const root = el("main", { class: "view", "aria-busy": "true" }, el("p", { class: "hint" }, "Loading …"));
    shadowRoot.replaceChildren(el("style", {}, css), root);
    const ends = [];
    draw(root, (end) => ends.push(end)).catch((error) => {
        root.replaceChildren(el("p", { class: "error", role: "alert" }, `This view cannot be shown. ${error.message}`));
    }).finally(() => root.removeAttribute("aria-busy"));
    return { teardown: () => {
        ends.forEach((end) => end());
        shadowRoot.replaceChildren();
    } };
}
