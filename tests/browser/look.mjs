// What can be seen wrong on a page, as functions that run in it.

/* Texts of charts that lie on each other or outside their picture. */
export const overlaps = () => {
  const found = [];
  for (const svg of document.querySelectorAll('main svg.chart')) {
    if (!svg.getClientRects().length) continue;
    const view = svg.viewBox.baseVal;
    const boxes = [...svg.querySelectorAll('text')].map(text => {
      const b = text.getBBox(), size = parseFloat(getComputedStyle(text).fontSize);
      /* The ink of a line, not its leading. */
      return { text: text.textContent, x: b.x, w: b.width, y: +text.getAttribute('y') - 0.8 * size, h: 0.9 * size };
    });
    for (const [i, a] of boxes.entries()) {
      if (a.x < -2 || a.x + a.w > view.width + 2 || a.y < -2 || a.y + a.h > view.height + 2) found.push(`out: ${a.text}`);
      for (const b of boxes.slice(0, i))
        if (Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x) > 1 && Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y) > 1)
          found.push(`${a.text} on ${b.text}`);
    }
  }
  return found;
};
