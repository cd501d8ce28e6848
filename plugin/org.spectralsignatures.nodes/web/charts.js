/** Charts in the style of the views, by Apache ECharts. */
import * as echarts from "./lib/echarts.esm.min.js";

import { el } from "./dom.js";
import { COLOURS } from "./style.js";

const AXIS = {
    nameTextStyle: { color: COLOURS.text },
    nameLocation: "middle",
    axisLabel: { color: COLOURS.text, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: COLOURS.faint } },
    splitLine: { lineStyle: { color: "#ECEAE9" } },
};

export const xAxis = (name, options = {}) => ({ ...AXIS, name, nameGap: 28, ...options });

export const yAxis = (name, options = {}) => ({ ...AXIS, name, nameGap: 44, ...options });

const BASE = {
    animation: false,
    color: [COLOURS.clean, COLOURS.poison, COLOURS.third, COLOURS.fourth],
    textStyle: { fontFamily: "Roboto, Segoe UI, Helvetica Neue, Arial, sans-serif", color: COLOURS.text },
    grid: { left: 60, right: 20, top: 36, bottom: 48 },
    legend: { type: "scroll", top: 0, left: "center", itemGap: 16, textStyle: { color: COLOURS.text } },
    tooltip: { trigger: "axis", confine: true, textStyle: { color: COLOURS.text, fontSize: 12 } },
};

/**
 * A place for a chart that follows its size and is drawn as soon as it has one.
 *
 * @param label says what is seen, for those who do not see it
 * @param onEnd is given what to do when the view is closed
 */
export function chart(label, onEnd, height = 300) {
    const element = el("div", { class: "chart", role: "img", "aria-label": label, style: `height: ${height}px` });
    let instance = null;
    let option = null;
    const listeners = [];
    const draw = () => {
        if (option && element.clientWidth > 0 && element.clientHeight > 0) {
            if (instance === null) {
                instance = echarts.init(element, null, { renderer: "svg" });
                listeners.forEach(([name, listener]) => instance.on(name, listener));
            }
            instance.setOption(option, true);
        }
    };
    const observer = new ResizeObserver(() => {
        if (instance === null) {
            draw();
        } else if (element.clientWidth > 0) {
            instance.resize();
        }
    });
    observer.observe(element);
    onEnd(() => {
        observer.disconnect();
        instance?.dispose();
    });
    return {
        element,
        set(changed) {
            option = { ...BASE, ...changed, legend: { ...BASE.legend, ...changed.legend } };
            draw();
        },
        on: (name, listener) => listeners.push([name, listener]),
    };
}
