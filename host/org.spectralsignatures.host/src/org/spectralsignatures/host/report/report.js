const raw = JSON.parse(document.getElementById("data").textContent);

/* Pictures stand in the data once, elsewhere their numbers; texts that look like such a number are marked. */
const withPictures = (value) => {
    if (typeof value === "string") {
        return value.startsWith("picture:") ? raw.pictures[Number(value.substring(8))] : value.startsWith("text:") ? value.substring(5) : value;
    }
    if (Array.isArray(value)) {
        return value.map(withPictures);
    }
    return value === null || typeof value !== "object" ? value
        : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withPictures(inner)]));
};
const data = { ...raw, nodes: withPictures(raw.nodes) };
const SVG = "http://www.w3.org/2000/svg";

const make = (namespace) => (tag, attributes = {}, ...children) => {
    const element = namespace ? document.createElementNS(namespace, tag) : document.createElement(tag);
    Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined && value !== false)
        .forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
};
const el = make(null);
const svg = make(SVG);

const STATES = { EXECUTED: "executed", FAILED: "failed", CANCELLED: "cancelled", EXECUTING: "running", CONFIGURED: "not executed", IDLE: "not configured" };
const COLOURS = {
    Source: "#F18D30", Sink: "#B51F1F", Learner: "#CFD200", Predictor: "#3A9B3A", Manipulator: "#FFD800", Visualizer: "#2F7FB7", Other: "#A08A6A",
};
const SIZE = 36;

const duration = (seconds) => {
    if (seconds === undefined) {
        return "";
    }
    return seconds < 99.5 ? `${seconds.toFixed(seconds < 9.95 ? 1 : 0)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
};
const plain = (value) => (typeof value !== "number" ? value
    : Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toLocaleString("en-US")
        : Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4 ? value.toExponential(3) : value.toLocaleString("en-US", { maximumSignificantDigits: 6 }));

/* The workflow as a graph: nodes where they lie on the canvas. */

function placed() {
    const nodes = data.nodes;
    if (nodes.every((node) => node.x !== undefined)) {
        return new Map(nodes.map((node) => [node.id, [node.x, node.y]]));
    }
    const depth = new Map();
    const rows = new Map();
    return new Map(nodes.map((node) => {
        const before = data.connections.filter(([, , dest]) => dest === node.id).map(([source]) => depth.get(source) ?? 0);
        const column = Math.max(-1, ...before) + 1;
        depth.set(node.id, column);
        rows.set(column, (rows.get(column) ?? -1) + 1);
        return [node.id, [column * 160, rows.get(column) * 130]];
    }));
}

function wrapped(name) {
    const lines = [""];
    name.split(" ").forEach((word) => {
        const line = lines.length - 1;
        if (lines[line] && lines[line].length + word.length > 16) {
            lines.push(word);
        } else {
            lines[line] += (lines[line] ? " " : "") + word;
        }
    });
    return lines;
}

function graph() {
    const places = placed();
    const nodes = new Map(data.nodes.map((node) => [node.id, node]));
    const xs = [...places.values()].map(([x]) => x);
    const ys = [...places.values()].map(([, y]) => y);
    const left = Math.min(...xs) - 70;
    const top = Math.min(...ys) - 50;
    const width = Math.max(...xs) - left + 110;
    const height = Math.max(...ys) - top + 110;
    // More ports than fit beside the box go on below it: the name stands above.
    const portY = (y, port, ports) => y + Math.max(SIZE / 2 - (ports - 1) * 4.5, 4) + (port - 1) * 9;
    const lines = data.connections.map(([source, from, dest, to]) => {
        const [x1, yA] = places.get(source);
        const [x2, yB] = places.get(dest);
        const a = from === 0 ? yA - 4 : portY(yA, from, nodes.get(source).outputs);
        const b = to === 0 ? yB - 4 : portY(yB, to, nodes.get(dest).inputs);
        const bend = Math.max(30, Math.abs(x2 - x1 - SIZE) / 2);
        return svg("path", {
            d: `M${x1 + SIZE + 5} ${a} C${x1 + SIZE + bend} ${a} ${x2 - bend} ${b} ${x2 - 5} ${b}`, class: from === 0 ? "wire flow" : "wire",
        });
    });
    const boxes = data.nodes.map((node) => {
        const [x, y] = places.get(node.id);
        const name = wrapped(node.name);
        const ports = (count, px) => Array.from({ length: count }, (_, i) => svg("circle", { cx: px, cy: portY(y, i + 1, count), r: 3.5, class: "port" }));
        const done = { EXECUTED: "#1F8A5F", FAILED: "#D55E00" }[node.state] ?? "#B9B5B3";
        return svg("a", { href: `#node-${node.id}`, "aria-label": `${node.name} (#${node.path}), ${STATES[node.state]} ${duration(node.seconds)}` },
            name.map((line, i) => svg("text", { x: x + SIZE / 2, y: y - 8 - (name.length - 1 - i) * 14, "text-anchor": "middle", "font-weight": 600 }, line)),
            svg("rect", { x, y, width: SIZE, height: SIZE, rx: 4, fill: COLOURS[node.type] ?? COLOURS.Other, stroke: "#3E3A39", "stroke-opacity": 0.25 }),
            ports(node.inputs, x - 3), ports(node.outputs, x + SIZE + 3),
            svg("circle", { cx: x + SIZE / 2, cy: y + SIZE + 10, r: 5, fill: done }),
            node.state === "FAILED" ? svg("text", { x: x + SIZE / 2, y: y + SIZE + 14, "text-anchor": "middle", class: "alarm", "font-weight": 700, "font-size": 10 }, "!") : null,
            svg("text", { x: x + SIZE / 2, y: y + SIZE + 31, "text-anchor": "middle", class: "faint" }, `#${node.path}  ${duration(node.seconds)}`));
    });
    return el("div", { class: "panel graph" }, svg("svg", { style: `width: ${width}px`, viewBox: `${left} ${top} ${width} ${height}`, role: "group", "aria-label": "The workflow" }, lines, boxes));
}

/* Views: their modules become addresses of this page; relative imports are led to each other. */

const addresses = new Map();

function address(path, files) {
    const index = files[path];
    if (!addresses.has(index)) {
        const source = data.modules[index].replace(/((?:from|import)\s*\(?\s*)(["'])(\.{1,2}\/[^"']+)\2/g, (whole, before, quote, target) => {
            const resolved = new URL(target, `file:///${path}`).pathname.substring(1);
            return resolved in files ? `${before}${quote}${address(resolved, files)}${quote}` : whole;
        });
        addresses.set(index, URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    }
    return addresses.get(index);
}

function serviceOf(node) {
    const answers = new Map(node.view.answers.map(({ method, params, answer }) => [JSON.stringify([method, params]), answer]));
    return {
        getConfig: () => ({
            nodeId: `root:${node.id}`, projectId: data.workflow, workflowId: "root", extensionType: "view", hasNodeView: true,
            initialData: node.view.initialData, renderingConfig: { type: "DEFAULT" },
        }),
        callNodeDataService: async ({ serviceType, dataServiceRequest }) => {
            if (serviceType === "initial_data") {
                return { result: JSON.stringify(node.view.initialData) };
            }
            const { method, params, id } = JSON.parse(dataServiceRequest);
            const answer = answers.get(JSON.stringify([method, params])) ?? {
                error: { code: -32001, message: "This report holds no more of it: open the node's view." },
            };
            return { result: JSON.stringify({ ...answer, id }) };
        },
        sendAlert: () => {},
        addPushEventListener: () => () => {},
        updateDataPointSelection: async () => ({}),
        getResourceLocation: async (path) => address(path, node.view.files),
    };
}

function view(node) {
    // the view's headings begin below that of the node
    const place = el("div", { class: "view", "data-heading-level": 4 });
    const root = place.attachShadow({ mode: "open" });
    import(address(node.view.module, node.view.files)).then((module) => module.default(root, serviceOf(node)))
        .catch((error) => place.replaceChildren(`The view cannot be shown: ${error.message}`));
    return place;
}

/* Tables and settings. */

function cell(value, isNumber) {
    if (value !== null && typeof value === "object") {
        return el("td", {}, el("img", { src: value.picture, alt: "image" }));
    }
    const text = value === null ? "?" : String(plain(value));
    return el("td", { class: isNumber ? "number" : text.length > 60 ? "long" : null }, text);
}

function table(content) {
    const more = content.size > content.rows.length ? `, the first ${content.rows.length} of ${plain(content.size)} rows` : `, ${plain(content.size)} row${content.size === 1 ? "" : "s"}`;
    return el("details", { open: content.rows.length === content.size && content.size > 0 && content.size <= 20 ? "" : null },
        el("summary", {}, content.port, el("span", { class: "faint" }, more)),
        el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": content.port }, el("table", {},
            el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Row ID"), content.columns.map((c) => el("th", { scope: "col", class: c.number ? "number" : null }, c.name)))),
            el("tbody", {}, content.rows.map((row) => el("tr", {}, row.map((value, i) => cell(value, i > 0 && content.columns[i - 1].number))))))));
}

const pairs = (entries) => el("div", { class: "scroll" }, el("table", {}, el("tbody", {}, Object.entries(entries).map(([name, value]) =>
    el("tr", {}, el("th", { scope: "row" }, name), el("td", { class: "long" }, value === null || value === "" ? "(empty)" : value))))));

function panel(node) {
    return el("section", { class: "panel node", id: `node-${node.id}` },
        el("header", {}, el("h3", {}, `${node.name} (#${node.path})`), el("span", { class: `state ${node.state}` }, STATES[node.state]),
            el("span", { class: "faint" }, node.taken ? "from the cache" : duration(node.seconds))),
        node.message ? el("p", { class: `message ${node.state}` }, node.message) : null,
        node.view ? view(node) : null,
        node.tables.map(table),
        Object.keys(node.settings).length > 0 ? el("details", {}, el("summary", {}, "Settings"), pairs(node.settings)) : null);
}

const executed = data.nodes.filter((node) => node.state === "EXECUTED").length;
document.getElementById("report").append(
    el("h1", {}, data.workflow),
    el("p", { class: "faint" }, `${data.date} · ${executed} of ${data.nodes.length} nodes executed in ${duration(data.seconds)} · Spectral Signatures for KNIME`),
    el("h2", {}, "Workflow"), graph(),
    el("h2", {}, "Nodes"), ...data.nodes.map(panel),
    Object.keys(data.variables).length > 0 ? el("section", { class: "panel" }, el("h2", {}, "Workflow variables"), pairs(data.variables)) : "",
    el("section", { class: "panel" }, el("h2", {}, "Versions"), pairs(data.versions)));
