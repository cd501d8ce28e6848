package org.spectralsignatures.host.tests;

/**
 * Questions to a page, as expressions of JavaScript for a list of roots (elements): each answers a list of what is wrong, in words. What
 * is hidden is left alone.
 */
final class PageChecks {

    private static final String START = """
        ((roots) => {
            const inside = (root, selector) => [...root.querySelectorAll(selector)].filter((e) => e.checkVisibility({ checkOpacity: true, visibilityProperty: true }));
            const owns = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
            const told = (e) => `${e.tagName}.${e.getAttribute('class') ?? ''} '${e.textContent.trim().slice(0, 40)}'`;
            const wrong = [];
            for (const root of roots) {
        """;

    private static final String END = """
            }
            return wrong;
        })(%s)
        """;

    private PageChecks() {
    }

    private static String check(final String body, final String roots) {
        return START + body + END.formatted(roots);
    }

    /** Elements whose text does not fit, but for those that can be scrolled. */
    static String cutText(final String roots) {
        return check("""
            for (const e of [root, ...inside(root, '*')]) {
                if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline' && !['auto', 'hidden', 'scroll'].includes(getComputedStyle(e).overflowX)
                    && !e.closest('.chart') && e.clientWidth > 0) {
                    wrong.push(`${told(e)}: ${e.scrollWidth} in ${e.clientWidth}`);
                }
            }
            """, roots);
    }

    /** What is wider than its place. */
    static String wider(final String roots) {
        return check("""
            if (root.scrollWidth > root.clientWidth) {
                wrong.push(`${root.tagName}: ${root.scrollWidth} in ${root.clientWidth}`);
            }
            """, roots);
    }

    /** Words that stand for a value that is not there, or a number that is none. */
    static String missingValues(final String roots) {
        return check("""
            for (const e of [root, ...inside(root, '*')].filter(owns)) {
                const text = [...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.textContent).join(' ');
                if (/\\b(null|undefined|NaN|Infinity)\\b|\\[object /.test(text)) {
                    wrong.push(told(e));
                }
            }
            for (const e of inside(root, '[aria-label], [title], [alt]')) {
                const text = ['aria-label', 'title', 'alt'].map((a) => e.getAttribute(a) ?? '').join(' ');
                if (/\\b(null|undefined|NaN)\\b/.test(text)) {
                    wrong.push(`${e.tagName} ${text}`);
                }
            }
            """, roots);
    }

    /** Texts of charts that lie on one another, or not wholly in their chart. */
    static String chartTexts(final String roots) {
        return check("""
            for (const chart of inside(root, '.chart')) {
                const frame = chart.getBoundingClientRect();
                const texts = inside(chart, 'svg text').filter((e) => e.textContent.trim()).map((e) => ({ e, at: corners(e) }));
                function corners(e) {
                    const box = e.getBBox();
                    const m = e.getScreenCTM();
                    return [[box.x, box.y], [box.x + box.width, box.y], [box.x + box.width, box.y + box.height], [box.x, box.y + box.height]]
                        .map(([x, y]) => [m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f]);
                }
                // two turned boxes lie apart where an edge of one of them parts them
                const apart = (a, b) => [a, b].some((box) => [0, 1].some((i) => {
                    const [dx, dy] = [box[i + 1][0] - box[i][0], box[i + 1][1] - box[i][1]];
                    const length = Math.hypot(dx, dy) || 1;
                    const [pa, pb] = [a, b].map((c) => c.map(([x, y]) => (x * dx + y * dy) / length));
                    return Math.max(...pa) < Math.min(...pb) + 1.5 || Math.max(...pb) < Math.min(...pa) + 1.5;
                }));
                texts.forEach(({ e, at }, i) => {
                    if (at.some(([x, y]) => x < frame.left - 1 || x > frame.right + 1 || y < frame.top - 1 || y > frame.bottom + 1)) {
                        wrong.push(`${chart.getAttribute('aria-label')}: cut '${e.textContent}'`);
                    }
                    texts.slice(i + 1).filter((other) => !apart(at, other.at))
                        .forEach((other) => wrong.push(`${chart.getAttribute('aria-label')}: '${e.textContent}' on '${other.e.textContent}'`));
                });
            }
            """, roots);
    }

    /** Texts whose contrast with what they stand on is below 4.5 : 1 (WCAG 2, 1.4.3). */
    static String contrast(final String roots) {
        return check("""
            const parse = (c) => { const v = c.match(/[\\d.]+/g).map(Number); return [v[0], v[1], v[2], v.length > 3 ? v[3] : 1]; };
            const over = (top, low) => [0, 1, 2].map((i) => top[i] * top[3] + low[i] * (1 - top[3])).concat(1);
            const behind = (e) => {
                const layers = [];
                for (let at = e; at; at = at.parentElement ?? at.getRootNode().host) {
                    layers.push(parse(getComputedStyle(at).backgroundColor));
                }
                return layers.reverse().reduce((low, top) => over(top, low), [255, 255, 255, 1]);
            };
            const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, w, i) => sum + w * (c[i] / 255 <= 0.04045 ? c[i] / 255 / 12.92 : ((c[i] / 255 + 0.055) / 1.055) ** 2.4), 0);
            for (const e of [root, ...inside(root, '*')].filter(owns)) {
                if (e.closest('option, script, style, a svg rect')) {
                    continue;
                }
                let low = behind(e instanceof SVGElement ? e.closest('svg').parentElement : e);
                if (e instanceof SVGElement) {
                    const box = e.getBoundingClientRect();
                    const cells = [...e.closest('svg').querySelectorAll('path, circle')].filter((p) => /^(rgb|#)/.test(p.getAttribute('fill') ?? '')).filter((p) => {
                        const r = p.getBoundingClientRect();
                        return r.left <= box.left + 1 && r.right >= box.right - 1 && r.top <= box.top + 1 && r.bottom >= box.bottom - 1;
                    });
                    cells.forEach((p) => { low = over(parse(getComputedStyle(p).fill), low); });
                }
                const ink = over(parse(e instanceof SVGElement ? getComputedStyle(e).fill : getComputedStyle(e).color), low);
                const [a, b] = [light(ink), light(low)].sort((x, y) => y - x);
                if ((a + 0.05) / (b + 0.05) < 4.5) {
                    wrong.push(`${told(e)}: ${((a + 0.05) / (b + 0.05)).toFixed(2)}, ${ink} on ${low}`);
                }
            }
            """, roots);
    }

    /** Headings that skip a level, below the given one, and roots without one of it. */
    static String headings(final String roots, final int top) {
        return check("""
            const levels = inside(root, 'h1, h2, h3, h4, h5, h6').map((e) => Number(e.tagName[1]));
            if (levels[0] !== TOP || levels.filter((l) => l === TOP).length !== 1) {
                wrong.push(`starts with ${levels}`);
            }
            levels.forEach((level, i) => {
                if (i > 0 && level > levels[i - 1] + 1) {
                    wrong.push(`h${level} after h${levels[i - 1]}`);
                }
            });
            """.replace("TOP", Integer.toString(top)), roots);
    }

    /** Fields without a name, pictures and charts without a text. */
    static String names(final String roots) {
        return check("""
            for (const e of inside(root, 'select, input')) {
                if (!e.closest('label')?.textContent.trim() && !e.getAttribute('aria-label')) {
                    wrong.push(told(e));
                }
            }
            for (const e of inside(root, 'img, [role=img], [role=region], table[role=grid]')) {
                if (!(e.getAttribute('alt') ?? e.getAttribute('aria-label') ?? '').trim()) {
                    wrong.push(told(e));
                }
            }
            """, roots);
    }

    /** How many stops of the Tab key there are. */
    static String tabStops(final String root) {
        return "[..." + root + ".querySelectorAll('button:not(:disabled), select, [tabindex]')].filter((e) => e.tabIndex >= 0).length";
    }
}
