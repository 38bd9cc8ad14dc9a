"""What can be judged of a page by its document: outline, names, contrast, width, labels inside their pictures."""

from itertools import pairwise

from playwright.sync_api import Page

# Text paler than 4.5:1 on what is under it, opacity and layers of background counted in; icons are no text.
_PALE_TEXT = """() => {
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const luminance = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const parse = text => { const n = text.match(/[\\d.]+/g).map(Number); return n.length > 3 ? n : [...n, 1]; };
  const over = (front, share, back) => back.map((v, i) => v * (1 - share) + front[i] * share);
  const pale = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
    const style = getComputedStyle(element), frame = element.getBoundingClientRect();
    if (!words || !frame.width || !frame.height || style.visibility === 'hidden') continue;
    if (element.closest('style, script, noscript, [data-testid="stIconMaterial"]')) continue;
    const colour = parse(element.closest('svg') ? style.fill : style.color);
    let share = colour[3], back = [255, 255, 255];
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const own = getComputedStyle(e), layer = parse(own.backgroundColor);
      share *= Number(own.opacity);
      if (layer[3] > 0) layers.unshift(layer);
    }
    if (share === 0) continue; // measured by the page, not shown
    for (const layer of layers) back = over(layer, layer[3], back);
    const lights = [luminance(over(colour, share, back)), luminance(back)].sort((a, b) => b - a);
    const ratio = (lights[0] + 0.05) / (lights[1] + 0.05);
    if (ratio < 4.5) pale.push(`${ratio.toFixed(2)}: ${words.slice(0, 40)}`);
  }
  return pale;
}"""

# Words that Plotly wrote past the edge of their picture.
_CUT_LABELS = """() => [...document.querySelectorAll('.stPlotlyChart')].flatMap(chart => {
  const edge = chart.getBoundingClientRect();
  return [...chart.querySelectorAll('svg text')]
    .filter(text => text.textContent.trim())
    .filter(text => { const box = text.getBoundingClientRect();
                      return box.width && (box.right > edge.right + 2 || box.left < edge.left - 2); })
    .map(text => text.textContent.slice(0, 60));
})"""

# Things a keyboard reaches without a name that a screen reader could say.
_NAMELESS = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [role="figure"]')]
  .filter(e => e.offsetParent !== null && !e.closest('[aria-hidden="true"]'))
  .filter(e => !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.textContent || e.title
                 || (e.labels && e.labels.length) || '').toString().trim())
  .map(e => e.outerHTML.slice(0, 120))"""

_OUTLINE = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
  .filter(e => e.offsetParent !== null).map(e => Number(e.tagName[1]))"""

_OVERFLOW = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
  .filter(Boolean).map(e => e.scrollWidth - e.clientWidth)"""


def list_flaws(page: Page) -> list[str]:
    """Return what is wrong with a page that has come to rest, each flaw in words."""
    flaws = [f"pale text {text}" for text in page.evaluate(_PALE_TEXT)]
    flaws += [f"cut in a chart: {text}" for text in page.evaluate(_CUT_LABELS)]
    flaws += [f"without a name: {text}" for text in page.evaluate(_NAMELESS)]
    outline = page.evaluate(_OUTLINE)
    if outline.count(1) != 1 or any(after > before + 1 for before, after in pairwise(outline)):
        flaws.append(f"headings out of order: {outline}")
    if max(page.evaluate(_OVERFLOW)) > 0:
        flaws.append("wider than the screen")
    return flaws
