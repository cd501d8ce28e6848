/** Makes the elements that the views have in common. */

/** An element with attributes (functions become listeners) and children; what is null or undefined is left out. */
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
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
}

export const whole = (value) => Math.round(value).toLocaleString("en-US");

/** A number with as many digits as it deserves; a dash where there is none. */
export function number(value, digits = 4) {
    if (value === null || value === undefined || !Number.isFinite(value)) {
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

export const count = (n, one, many = `${one}s`) => `${whole(n)} ${n === 1 ? one : many}`;

/** A section with a heading. */
export function card(title, ...children) {
    return el("section", { class: "card" }, el("h2", {}, title), ...children);
}

/** Some facts in words: [name, value]. */
export const facts = (entries) => el("ul", { class: "facts" }, entries.filter(Boolean).map(([name, value]) => el("li", {}, el("span", {}, name), el("b", {}, value))));

/** A choice of one of several values. */
export function choice(label, options, selected, changed) {
    const select = el("select", { change: () => changed(select.value) }, options.map(([value, text]) =>
        el("option", { value, selected: value === selected }, text)));
    return el("label", { class: "choice" }, el("span", {}, label), select);
}

/**
 * A table. Columns are [title, cell of a row, options]; options: left for text, chosen(row) marks a row.
 * With pick, rows are chosen by mouse or keyboard.
 */
export function table(caption, columns, rows, { pick, chosen } = {}) {
    const body = rows.map((row) => {
        const cells = columns.map(([, cell, options]) => el("td", { class: options?.left ? "left" : null }, cell(row)));
        if (!pick) {
            return el("tr", {}, cells);
        }
        const isChosen = chosen?.(row) ?? false;
        return el("tr", {
            tabindex: 0, class: isChosen ? "chosen" : null, "aria-selected": String(isChosen), click: () => pick(row),
            keydown: (event) => {
                if (event.key === "Enter" || event.key === " ") {
                    event.preventDefault();
                    pick(row);
                }
            },
        }, cells);
    });
    return el("div", {}, el("p", { class: "caption" }, caption),
        el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption }, el("table", {},
            el("thead", {}, el("tr", {}, columns.map(([title, , options]) =>
                el("th", { scope: "col", class: options?.left ? "left" : null }, title)))),
            el("tbody", {}, body))));
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
