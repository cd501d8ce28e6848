/** Charts in the style of the views, by Apache ECharts. */
import * as echarts from "./lib/echarts.esm.min.js";

import { el, fill, number } from "./dom.js";
import { colours, whenColoursChange } from "./style.js";

/** A text for a tooltip, whose markup is not to be taken for markup. */
export const escaped = (text) => echarts.format.encodeHTML(String(text));

const axis = () => {
    const { text, faint, rule } = colours();
    return {
        nameTextStyle: { color: text },
        nameLocation: "middle",
        axisLabel: { color: text, hideOverlap: true },
        axisLine: { show: true, lineStyle: { color: faint } },
        splitLine: { lineStyle: { color: rule } },
    };
};

const merged = (base, options) => ({ ...base, ...options, axisLabel: { ...base.axisLabel, ...options.axisLabel } });

export const xAxis = (name, options = {}) => merged({ ...axis(), name, nameGap: 28 }, options);

export const yAxis = (name, options = {}) => merged({ ...axis(), name, nameGap: 44 }, options);

/** An axis of numbers of images; large ones get a short form, so that labels keep clear of the axis's name. */
export const countAxis = (make, name, options = {}) => make(name, {
    type: "value", min: 0, minInterval: 1, ...options, axisLabel: { formatter: (v) => (Math.abs(v) >= 1e5 ? `${number(v / 1e3, 4)}k` : number(v, 6)), ...options.axisLabel },
});

/** The stripes of a bar, by which it differs from others without its colour. */
export const hatched = () => ({ symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.8, color: colours().hatch });

/** The line across a ROC curve or the like: what a score that knows nothing would reach. */
export const dotted = (data) => ({
    type: "line", name: "Chance", silent: true, symbol: "none", tooltip: { show: false }, color: colours().faint, lineStyle: { width: 1, type: "dotted" }, data,
});

function base() {
    const { clean, poison, third, fourth, text, page, line } = colours();
    return {
        animation: false,
        color: [clean, poison, third, fourth],
        textStyle: { fontFamily: "Roboto, Segoe UI, Helvetica Neue, Arial, sans-serif", color: text },
        grid: { left: 60, right: 20, top: 16, bottom: 48 },
        tooltip: { trigger: "axis", confine: true, backgroundColor: page, borderColor: line, textStyle: { color: text, fontSize: 12 } },
    };
}

const DASHES = { dashed: "6 3", dotted: "2 3" };

/** A row of the series with their colours and strokes, in the page itself, where it wraps instead of being cut. */
function legend(series) {
    const svg = (tag, attributes) => {
        const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
        Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
        return element;
    };
    return series.map((s) => {
        const sign = svg("svg", { width: 24, height: 12, "aria-hidden": true });
        const color = s.itemStyle?.color ?? s.color;
        if (s.type === "line") {
            sign.append(svg("line", { x1: 0, x2: 24, y1: 6, y2: 6, stroke: color, "stroke-width": s.lineStyle?.width ?? 2, "stroke-dasharray": DASHES[s.lineStyle?.type] ?? "none" }));
        } else {
            sign.append(svg("rect", { x: 4, width: 16, height: 12, fill: color }));
            if (s.itemStyle?.decal) {
                sign.append(svg("path", { d: "M4 12L16 0M10 12L20 2M4 6L10 0M16 12L20 8", stroke: colours().page, "stroke-width": 2, "stroke-opacity": 0.6 }));
            }
        }
        return el("li", {}, sign, s.name);
    });
}

/**
 * A place for a chart that follows its size and the colours of the page, and is drawn as soon as it has a size.
 *
 * @param label says what is seen, for those who do not see it
 * @param onEnd is given what to do when the view is closed
 * @param pick is given the value on the horizontal axis where the chart was clicked
 */
export function chart(label, onEnd, height = 300, pick = null) {
    const canvas = el("div", { class: pick ? "chart picks" : "chart", role: "img", "aria-label": label, style: `height: ${height}px` });
    const key = el("ul", { class: "legend", "aria-label": `Signs of: ${label}`, hidden: true });
    let instance = null;
    let option = null;
    const draw = () => {
        if (option && canvas.clientWidth > 0 && canvas.clientHeight > 0) {
            if (instance === null) {
                instance = echarts.init(canvas, null, { renderer: "svg" });
                instance.getZr().on("click", ({ offsetX, offsetY }) => {
                    if (pick && instance.containPixel("grid", [offsetX, offsetY])) {
                        pick(instance.convertFromPixel({ xAxisIndex: 0 }, offsetX));
                    }
                });
            }
            const made = option(canvas.clientWidth);
            const standard = base();
            fill(key, made.named ? legend(made.series) : null);
            key.hidden = !made.named;
            instance.setOption({ ...standard, ...made, named: undefined, legend: { show: false }, tooltip: { ...standard.tooltip, ...made.tooltip } }, true);
        }
    };
    const observer = new ResizeObserver(() => {
        if (canvas.clientWidth > 0) {
            instance?.resize();
            draw();
        }
    });
    observer.observe(canvas);
    const ended = whenColoursChange(draw);
    onEnd(() => {
        ended();
        observer.disconnect();
        instance?.dispose();
    });
    return {
        element: el("div", {}, key, canvas),
        /**
         * @param changed makes the chart's option, given its width in pixels; named: a list of the series stands above
         * @param text says what is seen now
         */
        set(changed, text = label) {
            option = changed;
            canvas.setAttribute("aria-label", text);
            draw();
        },
        /** Draws nothing until there is something again. */
        clear() {
            option = null;
            key.hidden = true;
            instance?.clear();
            canvas.setAttribute("aria-label", label);
        },
        show(shown) {
            canvas.style.display = shown ? "" : "none";
        },
    };
}
