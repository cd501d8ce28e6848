/** The view of nodes that make tables of labelled images: the images by class. */
import { el, fill, headings, mount, named } from "./dom.js";
import { gallery } from "./images.js";
import { connect } from "./service.js";
import { STYLE } from "./style.js";

async function draw(root, service) {
    const overview = await service.initialData();
    const { target } = overview.tables[0];
    const heading = headings(root).title(overview.tables.length === 1 ? overview.tables[0].name : "Images");
    if (overview.tables.every((t) => t.rows === 0)) {
        fill(root, heading, el("p", { class: "hint" }, "The table is empty: there is no image to show."));
        return;
    }
    fill(root, heading, target ? el("p", {}, "A network with the backdoor takes these images for the class ", el("b", {}, named(target)), ".") : null,
        gallery(overview, service));
}

export default (shadowRoot, service) => mount(shadowRoot, STYLE, (root) => draw(root, connect(service)));
